"""CrossPath missions: GET and POST /missions, PATCH /missions/{missionId}."""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET
from starlette.responses import Response

from rolecall.actions.jobs import JobChanges, NewJob, change_job, create_job, hold_job, move_job
from rolecall.domain.errors import CompanyUnknown, FieldFrozen, FieldInvalid, JobUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import Job, JobStatus, check_partner_may_move
from rolecall.domain.reference_lists import ReferenceLists
from rolecall.surfaces.crosspath import fields, queries
from rolecall.surfaces.crosspath.auth import PartnerCall, acting
from rolecall.surfaces.crosspath.errors import NoFields
from rolecall.surfaces.crosspath.wire import mission_shape, parse_status
from rolecall.web.requests import read_json_object
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

# The contract's field names that are the job's own under another name.
_JOB_FIELDS = {
    "externalId": "external_id",
    "title": "title",
    "description": "description",
    "position": "job_function",
    "sector": "sector",
    "languages": "languages",
    "contractType": "contract_type",
    "remote": "workplace",
    "headcount": "headcount",
    "salaryMin": "salary_min",
    "salaryMax": "salary_max",
    "currency": "salary_currency",
}


async def list_missions(call: PartnerCall) -> Response:
    query = call.request.query_params
    company_id = parse_id(query["companyId"]) if "companyId" in query else None
    status = None
    if "status" in query:
        status = parse_status(query["status"])
        if status is None:
            raise FieldInvalid(field="status")
    if "companyId" in query and company_id is None:
        return json_response({"missions": []})
    partner = call.principal
    rows = await queries.missions(call.conn, partner.workspace_id, partner.id, company_id=company_id, status=status)
    return json_response({"missions": [mission_shape(row) for row in rows]})


async def post_mission(call: PartnerCall) -> Response:
    body = await read_json_object(call.request, at_most=call.services.settings.max_body_bytes)
    fields.check_present(body, "companyId", "title", "description")
    if not isinstance(body["companyId"], str):
        raise FieldInvalid(field="companyId")
    values = fields.read_fields(body, fields.mission_fields(call.services.settings.partner_lists))
    fields.check_salary(values.get("salaryMin"), values.get("salaryMax"), values.get("currency"))
    company_id = parse_id(body["companyId"])
    if company_id is None:
        raise CompanyUnknown(company=body["companyId"])
    new = NewJob(
        company_id=company_id,
        partner_id=call.principal.id,
        places=values.get("locations", ()),
        salary_period="year",
        **_job_values(values),
    )
    ctx = await acting(call)
    job, is_new = await create_job(ctx, new)
    if is_new and call.principal.publish_immediately:
        job = await move_job(ctx, job, JobStatus.OPEN)
    return await _answer(call, job, status=201 if is_new else 200)


async def patch_mission(call: PartnerCall) -> Response:
    body = await read_json_object(call.request, at_most=call.services.settings.max_body_bytes)
    ctx = await acting(call)
    job_id = parse_id(call.request.path_params["missionId"])
    if job_id is None:
        raise JobUnknown(job=call.request.path_params["missionId"])
    job = await hold_job(ctx, job_id)
    if job.partner_id != call.principal.id:
        raise JobUnknown(job=job_id)
    status = _wanted_status(job, body)
    if not body:
        raise NoFields
    values = _changes(job, body, call.services.settings.partner_lists)
    job = await change_job(ctx, job, JobChanges(places=values.get("locations", UNSET), **_job_values(values)))
    job = await move_job(ctx, job, status)
    return await _answer(call, job)


def _wanted_status(job: Job, body: Mapping[str, Any]) -> JobStatus:
    """The status a PATCH asks for. Anything but the stored one is a change, and only a Live mission may change."""
    if "status" not in body:
        return job.status
    word = body["status"]
    wanted = parse_status(word) if isinstance(word, str) else None
    if wanted is None:
        check_partner_may_move(job.status, JobStatus.OPEN)
        raise FieldInvalid(field="status")
    check_partner_may_move(job.status, wanted)
    return wanted


def _changes(job: Job, body: Mapping[str, Any], lists: ReferenceLists) -> dict[str, Any]:
    if "companyId" in body and body["companyId"] != str(job.company_id):
        raise FieldFrozen(field="companyId")
    values = fields.read_fields(body, fields.mission_fields(lists))
    fields.check_salary(
        values.get("salaryMin", job.salary_min),
        values.get("salaryMax", job.salary_max),
        values.get("currency", job.salary_currency),
    )
    return values


def _job_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {ours: values[theirs] for theirs, ours in _JOB_FIELDS.items() if theirs in values}


async def _answer(call: PartnerCall, job: Job, *, status: int = 200) -> Response:
    row = await queries.mission(call.conn, job.workspace_id, call.principal.id, job.id)
    if row is None:  # a repeated POST met the operator who archives the mission: it is gone here
        raise JobUnknown(job=job.id)
    return json_response(mission_shape(row), status=status)


OPERATIONS = [
    Operation(method="GET", path="/missions", name="listMissions", handle=list_missions),
    Operation(method="POST", path="/missions", name="createMission", handle=post_mission, writes=True),
    Operation(method="PATCH", path="/missions/{missionId}", name="updateMission", handle=patch_mission, writes=True),
]
