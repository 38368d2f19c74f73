"""Source links."""

from tests.architecture.calls import Call
from tests.architecture.ids import Ids


def source(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(json={"job_id": job, "source_name": "Fair"}) for job in (theirs.job, theirs.mission)]


def sources(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(query={"job_id": job}) for job in (theirs.job, theirs.mission)]


CALLS = {
    "listJobSources": sources,
    "createSource": source,
}
