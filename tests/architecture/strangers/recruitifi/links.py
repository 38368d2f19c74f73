"""Tokens and links to screens."""

from tests.architecture.calls import Call
from tests.architecture.ids import Ids


def job_link(theirs: Ids, own: Ids) -> list[Call]:
    ours = {"connectorId": own.connector, "clientId": own.client, "userId": own.user, "jobId": own.job}
    foreign = [
        {"connectorId": theirs.connector},
        {"connectorId": theirs.connector, "clientId": theirs.client, "userId": theirs.user, "jobId": theirs.client_job},
        *({"jobId": job} for job in (theirs.job, theirs.mission, theirs.job_remote, theirs.job_code)),
        {"jobId": theirs.mission_external},
    ]
    return [Call(query=ours | changes) for changes in foreign]


def client_link(theirs: Ids, own: Ids) -> list[Call]:
    ours = {"connectorId": own.connector, "clientId": own.client, "userId": own.user}
    foreign = {"connectorId": theirs.connector}
    return [
        Call(query=ours),
        Call(query=ours | foreign),
        Call(query={**foreign, "clientId": theirs.client, "userId": theirs.user}),
    ]


def application_link(theirs: Ids, own: Ids) -> list[Call]:
    ours = {"connectorId": own.connector, "clientId": own.client, "userId": own.user, "jobId": own.submission_job}
    ours["applicationId"] = own.submission
    foreign = [
        {"connectorId": theirs.connector},
        {"jobId": theirs.submission_job},
        {"applicationId": theirs.submission},
        {"jobId": theirs.submission_job, "applicationId": theirs.submission},
    ]
    return [Call(query=ours), *(Call(query=ours | changes) for changes in foreign)]


CALLS = {
    "createAccessToken": lambda theirs, _own: [Call(json={"client_id": theirs.client_id, "client_secret": "ours"})],
    "getSettingsLink": client_link,
    "getTasksLink": client_link,
    "getJobLink": job_link,
    "getApplicationLink": application_link,
}
