"""Companies and missions."""

from tests.architecture.calls import Call
from tests.architecture.ids import Ids


def company(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(json={"name": "Ours", "externalId": theirs.company_external})]


def mission(theirs: Ids, own: Ids) -> list[Call]:
    body = {"title": "Ours", "description": "Ours.", "companyId": own.company}
    return [
        Call(json=body | {"companyId": theirs.company}),
        Call(json=body | {"companyId": theirs.company, "externalId": theirs.mission_external}),
        Call(json=body | {"externalId": theirs.mission_external}),
    ]


def mission_change(theirs: Ids, own: Ids) -> list[Call]:
    changes = [{"title": "Ours now"}, {"status": "Closed"}, {"status": "Closed", "companyId": own.company}]
    foreign = [Call(path={"missionId": id_}, json=change) for id_ in (theirs.mission, theirs.job) for change in changes]
    moved = [{"companyId": theirs.company}, {"externalId": theirs.mission_external}]
    return [*foreign, *(Call(path={"missionId": own.mission}, json=change) for change in moved)]


CALLS = {
    "listCompanies": lambda _theirs, _own: [Call()],
    "createCompany": company,
    "listMissions": lambda theirs, _own: [Call(), Call(query={"companyId": theirs.company})],
    "createMission": mission,
    "updateMission": mission_change,
}
