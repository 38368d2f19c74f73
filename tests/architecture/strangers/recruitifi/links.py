"""Tokens and links to screens."""

from tests.architecture.calls import Call
from tests.architecture.estate import Ids


def job_link(theirs: Ids, own: Ids) -> list[Call]:
    ours = {"connectorId": own.connector, "clientId": own.client, "userId": own.user, "jobId": own.job}
    foreign = [
        {"connectorId": theirs.connector},
        {"connectorId": theirs.connector, "clientId": theirs.client, "userId": theirs.user, "jobId": theirs.client_job},
        *({"jobId": job} for job in (theirs.job, theirs.mission, theirs.job_remote, theirs.job_code)),
        {"jobId": theirs.mission_external},
    ]
    return [Call(query=ours | changes) for changes in foreign]


CALLS = {
    "createAccessToken": lambda theirs, _own: [Call(json={"client_id": theirs.client_id, "client_secret": "ours"})],
    "getJobLink": job_link,
}
