"""Jobs of the unified API."""

from rolecall.surfaces.bindbee.parameters import encode_cursor
from tests.architecture.calls import Call, id_of
from tests.architecture.estate import Ids


def jobs(theirs: Ids, _own: Ids) -> list[Call]:
    relations = "departments,offices,hiring_managers,recruiters"
    queries = [
        {"ids": f"{theirs.job},{theirs.mission}", "expand": relations, "include_raw_data": "true"},
        {"remote_id": theirs.job_remote},
        {"code": theirs.job_code},
        {"offices": theirs.office},
        {"cursor": encode_cursor(id_of(theirs.job))},
    ]
    return [*(Call(query=query) for query in queries), Call(headers={"X-Connector-Token": theirs.connector_token})]


CALLS = {
    "get_jobs_api_ats_v1_jobs_get": jobs,
}
