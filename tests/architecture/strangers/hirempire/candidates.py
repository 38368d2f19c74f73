"""Candidates: applications, and the people behind them."""

from tests.architecture.calls import Call, Calls
from tests.architecture.ids import Ids


def by_id(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(query={"candidate_id": id_}) for id_ in (theirs.application, theirs.candidate)]


def of_jobs(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(query={"job_id": job}) for job in (theirs.job, theirs.mission)]


def changes(theirs: Ids, _own: Ids) -> list[Call]:
    asked = ({"status": "hired"}, {"tags": ["ours"]}, {"pool_stage": "hot"}, {"note_to_candidate": "Ours."})
    return [
        Call(json={"candidate_id": id_} | change) for id_ in (theirs.application, theirs.candidate) for change in asked
    ]


CALLS: dict[str, Calls] = {
    "listCandidates": lambda _theirs, _own: [Call(), Call(query={"type": "applicant"})],
    "getCandidate": by_id,
    "listJobCandidates": of_jobs,
    "updateCandidate": changes,
}
