"""HirEmpire source links: GET /job-sources and POST /create-source."""

from uuid import UUID

from starlette.responses import Response

from rolecall.actions.source_links import create_source_link
from rolecall.domain.errors import FieldInvalid, JobUnknown
from rolecall.domain.ids import parse_id
from rolecall.surfaces.hirempire import fields, queries
from rolecall.surfaces.hirempire.auth import TokenCall, acting
from rolecall.surfaces.hirempire.errors import Refusal
from rolecall.surfaces.hirempire.parameters import id_or, only
from rolecall.surfaces.hirempire.wire import (
    CreatedSourceShape,
    SourceListShape,
    source_shape,
    source_with_job_shape,
)
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_NO_NAME = "source_name is required and must be a non-empty string"


async def list_sources(call: TokenCall) -> Response:
    wanted = only(call.request, "job_id")
    job_id = id_or(JobUnknown(job=wanted), wanted)
    workspace_id = call.principal.workspace_id
    if not await queries.has_job(call.conn, workspace_id, job_id):
        raise JobUnknown(job=job_id)
    jobs_url = call.services.settings.jobs_url
    rows = await queries.sources(call.conn, workspace_id, job_id)
    shapes = [source_shape(row, jobs_url=jobs_url) for row in rows]
    return json_response(SourceListShape(job_id=str(job_id), total_sources=len(shapes), sources=shapes))


async def create_source(call: TokenCall) -> Response:
    body = await fields.read_object(call.request, at_most=call.services.settings.max_body_bytes)
    job_id = _body_job_id(body.get("job_id"))
    name = _body_source_name(body.get("source_name"))
    try:
        link, _ = await create_source_link(await acting(call), job_id, name=name)
    except FieldInvalid as error:
        raise Refusal(_NO_NAME) from error
    row = await queries.source(call.conn, link.workspace_id, link.id)
    assert row is not None, f"source link {link.id} was just stored or found"
    return json_response(
        CreatedSourceShape(source=source_with_job_shape(row, jobs_url=call.services.settings.jobs_url))
    )


def _body_job_id(value: object) -> UUID:
    job_id = parse_id(value) if isinstance(value, str) else None
    if job_id is None:
        raise Refusal("job_id is required and must be a UUID")
    return job_id


def _body_source_name(value: object) -> str:
    if not isinstance(value, str):
        raise Refusal(_NO_NAME)
    return value


OPERATIONS = [
    Operation(method="GET", path="/job-sources", name="listJobSources", handle=list_sources),
    Operation(method="POST", path="/create-source", name="createSource", handle=create_source, writes=True),
]
