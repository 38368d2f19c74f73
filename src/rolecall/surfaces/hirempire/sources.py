"""HirEmpire source links: GET /job-sources and POST /create-source."""

from typing import Any, cast
from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions.source_links import create_source_link
from rolecall.domain.errors import FieldInvalid, JobUnknown
from rolecall.domain.ids import parse_id
from rolecall.surfaces.hirempire import queries
from rolecall.surfaces.hirempire.auth import TokenCall, acting
from rolecall.surfaces.hirempire.errors import JobIdMissing, JobIdRefused, OnlyJobIdAllowed, SourceNameRefused
from rolecall.surfaces.hirempire.wire import (
    CreatedSourceShape,
    SourceListShape,
    source_shape,
    source_with_job_shape,
)
from rolecall.web.requests import BYTE_ORDER_MARK, read_body
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation


async def list_sources(call: TokenCall) -> Response:
    job_id = _only_job_id(call.request)
    workspace_id = call.principal.workspace_id
    if not await queries.has_job(call.conn, workspace_id, job_id):
        raise JobUnknown(job=job_id)
    jobs_url = call.services.settings.jobs_url
    rows = await queries.sources(call.conn, workspace_id, job_id)
    shapes = [source_shape(row, jobs_url=jobs_url) for row in rows]
    return json_response(SourceListShape(job_id=str(job_id), total_sources=len(shapes), sources=shapes))


async def create_source(call: TokenCall) -> Response:
    body = await _read_object(call.request, at_most=call.services.settings.max_body_bytes)
    job_id = _body_job_id(body.get("job_id"))
    name = _body_source_name(body.get("source_name"))
    try:
        link, _ = await create_source_link(acting(call), job_id, name=name)
    except FieldInvalid as error:
        raise SourceNameRefused from error
    row = await queries.source(call.conn, link.workspace_id, link.id)
    assert row is not None, f"source link {link.id} was just stored or found"
    return json_response(
        CreatedSourceShape(source=source_with_job_shape(row, jobs_url=call.services.settings.jobs_url))
    )


def _only_job_id(request: Request) -> UUID:
    """The job_id of a query that holds nothing else. A malformed one is a job that we do not have."""
    items = request.query_params.multi_items()
    wanted = next((value for name, value in items if name == "job_id"), "")
    if not wanted:
        raise JobIdMissing
    if len(items) > 1:
        raise OnlyJobIdAllowed
    job_id = parse_id(wanted)
    if job_id is None:
        raise JobUnknown(job=wanted)
    return job_id


async def _read_object(request: Request, *, at_most: int) -> dict[str, Any]:
    """The body as a JSON object, whatever its content type says; empty when it is anything else."""
    raw = await read_body(request, at_most=at_most)
    try:
        value: Any = msgspec.json.decode(raw.removeprefix(BYTE_ORDER_MARK))
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _body_job_id(value: object) -> UUID:
    job_id = parse_id(value) if isinstance(value, str) else None
    if job_id is None:
        raise JobIdRefused
    return job_id


def _body_source_name(value: object) -> str:
    if not isinstance(value, str):
        raise SourceNameRefused
    return value


OPERATIONS = [
    Operation(method="GET", path="/job-sources", name="listJobSources", handle=list_sources),
    Operation(method="POST", path="/create-source", name="createSource", handle=create_source, writes=True),
]
