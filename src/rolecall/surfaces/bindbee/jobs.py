"""Bindbee jobs: GET /api/ats/v1/jobs."""

from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.responses import Response

from rolecall.settings import Settings
from rolecall.surfaces.bindbee import queries, wire
from rolecall.surfaces.bindbee.auth import BindbeeCall, connector_of
from rolecall.surfaces.bindbee.expanding import JOB_RELATIONS, expand
from rolecall.surfaces.bindbee.parameters import Parameters, Relation, encode_cursor
from rolecall.surfaces.bindbee.queries import JobFilter, Page
from rolecall.web.responses import raw_json
from rolecall.web.surface import Operation

STATUSES = ("OPEN", "CLOSED", "DRAFT", "ARCHIVED", "PENDING", "-")
_OURS = {word: status for status, word in wire.STATUS_WORDS.items()}
_DEFAULT_PAGE, _LARGEST_PAGE, _LARGEST_LATER_PAGE = 50, 100, 200


@dataclass(frozen=True, slots=True)
class Shape:
    """What a page's records carry beyond their default body."""

    raw_data: bool
    custom_fields: bool
    relations: list[Relation]

    @property
    def is_default(self) -> bool:
        return not (self.raw_data or self.custom_fields or self.relations)


async def list_jobs(call: BindbeeCall) -> Response:
    settings = call.services.settings
    parameters = Parameters(call.request)
    filters = _filters(parameters, settings)
    most = _LARGEST_LATER_PAGE if settings.bindbee_later_contract else _LARGEST_PAGE
    size = parameters.whole_number("page_size", default=_DEFAULT_PAGE, least=1, most=most)
    shape = Shape(parameters.flag("include_raw_data"), parameters.flag("include_custom_fields"), parameters.expand())
    parameters.check()
    connector = connector_of(call.principal)
    assert connector.subject_id is not None
    wanted = JobFilter(workspace_id=connector.workspace_id, connector_id=connector.subject_id, **filters)
    if shape.is_default:
        page = await queries.job_page(call.conn, wanted, size=size)
    else:
        page = await _shaped_page(call, wanted, size=size, shape=shape)
    cursor = encode_cursor(page.last) if page.last is not None else None
    return raw_json(wire.page_body(page.items, count=page.count, cursor=cursor, jobs_url=settings.jobs_url))


def _filters(parameters: Parameters, settings: Settings) -> dict[str, Any]:
    status = parameters.text("status") if settings.bindbee_later_contract else parameters.choice("status", STATUSES)
    ours = _OURS.get(status) if status is not None else None
    return {
        "ids": parameters.ids("ids"),
        "remote_id": parameters.text("remote_id"),
        "code": parameters.text("code"),
        "status": ours,
        "remote_status": status if ours is None else None,
        "offices": parameters.ids("offices"),
        "modified_after": parameters.time("modified_after"),
        "after": parameters.cursor(),
    }


async def _shaped_page(call: BindbeeCall, wanted: JobFilter, *, size: int, shape: Shape) -> Page:
    rows = await queries.job_rows(call.conn, wanted, size=size, with_raw=shape.raw_data)
    shown = rows[:size]
    records = [wire.record_of(row.unified, jobs_url=call.services.settings.jobs_url) for row in shown]
    for record, row in zip(records, shown, strict=True):
        if shape.raw_data:
            record["raw_data"] = msgspec.Raw(row.raw.encode()) if row.raw is not None else None
        if shape.custom_fields:
            record["custom_fields"] = {}
    await expand(call.conn, wanted.workspace_id, records, relations=shape.relations, known=JOB_RELATIONS)
    items = b",".join(msgspec.json.encode(record) for record in records)
    return Page(items, len(shown), shown[-1].id if len(rows) > size else None)


OPERATIONS = [
    Operation(method="GET", path="/api/ats/v1/jobs", name="get_jobs_api_ats_v1_jobs_get", handle=list_jobs),
]
