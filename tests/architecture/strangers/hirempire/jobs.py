"""Jobs and companies."""

from tests.architecture.calls import Call, Calls
from tests.architecture.ids import Ids
from tests.surfaces.hirempire.conftest import COMPANY, JOB


def by_query(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(query={"job_id": job}) for job in (theirs.job, theirs.mission)]


def changes(theirs: Ids, _own: Ids) -> list[Call]:
    asked = ({"status": "Paused"}, {"job_title": "Ours now"}, {"questions": {}}, {"city": None})
    return [Call(json={"job_id": job} | change) for job in (theirs.job, theirs.mission) for change in asked]


def additions(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(json=JOB | {"company_id": theirs.company})]


def nothing(_theirs: Ids, _own: Ids) -> list[Call]:
    return [Call()]


CALLS: dict[str, Calls] = {
    "listJobs": nothing,
    "getJob": by_query,
    "addJob": additions,
    "updateJob": changes,
    "deleteJob": by_query,
    "createCompany": lambda _theirs, _own: [Call(json=COMPANY)],
    "deleteCompany": lambda theirs, _own: [Call(query={"company_id": theirs.company_own})],
    "n8nVerifyCredentials": nothing,
}
