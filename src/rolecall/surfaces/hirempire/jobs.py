"""HirEmpire jobs: GET /jobs and /get-job, POST /add-job, PATCH /update-job, DELETE /delete-job."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec import UNSET
from starlette.responses import Response

from rolecall.actions.context import Context
from rolecall.actions.departments import department_id
from rolecall.actions.forms import set_form
from rolecall.actions.jobs import JobChanges, NewJob, change_job, create_job, hold_job, move_job
from rolecall.actions.places import Place, country_name, place_of
from rolecall.actions.quotas import check_open_jobs
from rolecall.actions.source_links import create_source_link
from rolecall.domain import errors as domain
from rolecall.domain.errors import CompanyUnknown, JobUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import HeldJob, JobStatus
from rolecall.surfaces.hirempire import fields, queries, words
from rolecall.surfaces.hirempire.auth import TokenCall, acting
from rolecall.surfaces.hirempire.errors import HEADER_TOLD, Refusal, header_told, says
from rolecall.surfaces.hirempire.parameters import id_or, no_query, only
from rolecall.surfaces.hirempire.plans import plan_of
from rolecall.surfaces.hirempire.wire import JobListShape, OneJobShape, job_shape, time_text
from rolecall.web.requests import read_body
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_REQUIRED = (
    "company_id",
    "job_title",
    "department",
    "job_country",
    "salary",
    "currency",
    "salary_period",
    "job_type",
    "workplace",
    "career_level",
    "job_description",
    "job_sources",
)
_NOTHING = "At least one updatable field must be provided"


async def list_jobs(call: TokenCall) -> Response:
    jobs_url = call.services.settings.jobs_url
    rows = await queries.jobs(call.conn, call.principal.workspace_id, jobs_url=jobs_url)
    return json_response(JobListShape(total_jobs=len(rows), jobs=[job_shape(row) for row in rows]))


async def get_job(call: TokenCall) -> Response:
    wanted = only(call.request, "job_id")
    job_id = id_or(JobUnknown(job=wanted), wanted)
    jobs_url = call.services.settings.jobs_url
    row = await queries.job(call.conn, call.principal.workspace_id, job_id, jobs_url=jobs_url)
    if row is None:
        raise JobUnknown(job=job_id)
    return json_response(OneJobShape(job=job_shape(row)))


async def add_job(call: TokenCall) -> Response:
    body = await fields.read_object(call.request, at_most=call.services.settings.max_body_bytes)
    fields.check_required(body, _REQUIRED)
    values = fields.read(body, fields.JOB_WORDS)
    names = fields.source_names("job_sources", body["job_sources"])
    status = _first_status(body)
    texts = {name: reader(body.get(name)) for name, reader in fields.TEXTS.items()}
    ctx = await acting(call)
    job, _ = await create_job(
        ctx,
        NewJob(
            company_id=_company_id(body["company_id"]),
            title=texts["job_title"] or "",
            description=texts["job_description"] or "",
            sector=texts["industry"],
            slug=texts["public_slug"],
            salary_hidden=bool(body.get("hide_salary")),
            places=[place_of(texts["job_country"] or "", texts["city"])],
            **await facts(ctx, values),
        ),
    )
    job = await set_form(ctx, job, fields.form(body.get("questions")))
    for name in names:
        await create_source_link(ctx, job.id, name=name)
    job = await _move(call, ctx, job, status)
    return json_response(
        {
            "success": True,
            "job_id": str(job.id),
            "job_status": words.STATUS_SHOWN[job.status],
            "total_applications": 0,
            "applications": [],
            "google_jobs_indexed": False,
        }
    )


def _first_status(body: Mapping[str, Any]) -> JobStatus:
    if "status" not in body:
        return JobStatus.DRAFT
    if not isinstance(body["status"], str):
        raise Refusal("Field 'status' must be a string if provided.")
    return fields.job_status("status", body["status"])


def _company_id(value: Any) -> UUID:
    found = parse_id(value) if isinstance(value, str) else None
    if found is None:
        raise CompanyUnknown(company=value)
    return found


async def facts(ctx: Context, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the contract's words say of a job, under the record's names."""
    renamed = {
        "salary_period": "salary_period",
        "job_type": "contract_type",
        "workplace": "workplace",
        "career_level": "career_level",
        "currency": "salary_currency",
    }
    found = {ours: values[theirs] for theirs, ours in renamed.items() if theirs in values}
    if "salary" in values:  # one amount: both bounds
        found |= {"salary_min": values["salary"], "salary_max": values["salary"]}
    if "department" in values:
        found["department_ids"] = [await department_id(ctx, values["department"])]
    return found


async def _move(call: TokenCall, ctx: Context, job: HeldJob, status: JobStatus) -> HeldJob:
    plan = plan_of(call.services.settings)
    if plan is not None and status == JobStatus.OPEN != job.status:
        await check_open_jobs(ctx, at_most=plan.active_jobs)
    return await move_job(ctx, job, status)


async def update_job(call: TokenCall) -> Response:
    body = await fields.read_object(call.request, at_most=call.services.settings.max_body_bytes)
    wanted = body.get("job_id")
    if not isinstance(wanted, str) or fields.is_blank(wanted):
        raise Refusal("Job ID is required and cannot be empty.")
    status = _wanted_status(body)
    _check_something(body)
    values = fields.read(body, fields.JOB_WORDS)
    texts = _changed_texts(body)
    job_id = parse_id(wanted.strip())
    if job_id is None:
        raise JobUnknown(job=wanted)
    ctx = await acting(call)
    job = await hold_job(ctx, job_id)
    place = await _changed_place(ctx, job, texts)
    changes = JobChanges(
        title=texts.get("job_title") or UNSET,
        description=texts.get("job_description") or UNSET,
        sector=texts.get("industry", UNSET),
        salary_hidden=bool(body["hide_salary"]) if body.get("hide_salary") is not None else UNSET,
        main_place=place if place is not None else UNSET,
        **await facts(ctx, values),
    )
    job = await change_job(ctx, job, changes)
    if "questions" in body:
        job = await set_form(ctx, job, fields.form(body["questions"]))
    if status is not None:
        job = await _move(call, ctx, job, status)
    return json_response({"success": True, "id": str(job.id), "status": words.STATUS_SHOWN[job.status]})


def _wanted_status(body: Mapping[str, Any]) -> JobStatus | None:
    if "status" not in body:
        return None
    if fields.is_blank(body["status"]):
        raise Refusal("Job status is required and cannot be empty.")
    return fields.job_status("status", body["status"])


# A null clears these; in the others it is no change.
_CLEARED_BY_NULL = ("city", "industry", "questions")
_NOT_CLEARED = ("job_title", "job_country", "job_description", "hide_salary")


def _check_something(body: Mapping[str, Any]) -> None:
    given = [name for name in ("status", *fields.JOB_WORDS, *_CLEARED_BY_NULL) if name in body]
    if not given and all(body.get(name) is None for name in _NOT_CLEARED):
        raise Refusal(_NOTHING)


def _changed_texts(body: Mapping[str, Any]) -> dict[str, str | None]:
    """The texts that are to change. One that cannot be stored is no field that can be updated."""
    texts: dict[str, str | None] = {}
    for name in ("job_title", "job_country", "city", "industry", "job_description"):
        value = body.get(name)
        usable = fields.TEXTS[name](value)
        if usable is not None or (name in body and value is None and name in _CLEARED_BY_NULL):
            texts[name] = usable
        elif name in body and value is not None:
            if name in _CLEARED_BY_NULL and fields.is_blank(value):
                texts[name] = None
            else:
                raise Refusal(_NOTHING)
    if body.get("questions") is not None and not isinstance(body["questions"], dict):
        raise Refusal(_NOTHING)
    return texts


async def _changed_place(ctx: Context, job: HeldJob, texts: Mapping[str, str | None]) -> Place | None:
    """The job's place with its new country or city; what is not sent of the two stays."""
    if "job_country" not in texts and "city" not in texts:
        return None
    stored = await queries.job_place(ctx.conn, ctx.workspace_id, job.id)
    country, city = texts.get("job_country"), texts.get("city")
    if stored is not None:
        city = city if "city" in texts else stored.city
        known = country_name(stored.country_code) if stored.country_code is not None else None
        country = country or known or stored.name.rpartition(", ")[2]
    return place_of(country or "Worldwide", city)


async def delete_job(call: TokenCall) -> Response:
    if (await read_body(call.request, at_most=call.services.settings.max_body_bytes)).strip():
        raise Refusal("Request body is not allowed.")
    wanted = only(call.request, "job_id", missing="Missing required query parameter '{}'.")
    ctx = await acting(call)
    job = await move_job(ctx, await hold_job(ctx, id_or(JobUnknown(job=wanted), wanted)), JobStatus.ARCHIVED)
    return json_response(
        {
            "success": True,
            "job_id": str(job.id),
            "message": "Job deleted successfully",
            "deleted": time_text(job.modified_at),
        }
    )


_ADD_ERRORS = HEADER_TOLD | {
    CompanyUnknown: says(401, "Invalid company id"),
    # All other facts have been looked at: this is HTML in which no word may stay.
    domain.Invalid: says(400, "Missing required field: job_description"),
}
_UPDATE_ERRORS = header_told("Authorization header is required.") | {
    JobUnknown: says(401, "Invalid job id"),
    domain.Invalid: says(400, _NOTHING),
}

OPERATIONS = [
    Operation(
        method="GET",
        path="/jobs",
        name="listJobs",
        handle=list_jobs,
        check=no_query("Query parameters are not allowed."),
    ),
    Operation(method="GET", path="/get-job", name="getJob", handle=get_job),
    Operation(
        method="POST",
        path="/add-job",
        name="addJob",
        handle=add_job,
        writes=True,
        check=no_query("Query parameters or URL params are not allowed."),
        errors=_ADD_ERRORS,
    ),
    Operation(
        method="PATCH", path="/update-job", name="updateJob", handle=update_job, writes=True, errors=_UPDATE_ERRORS
    ),
    Operation(
        method="DELETE", path="/delete-job", name="deleteJob", handle=delete_job, writes=True, errors=HEADER_TOLD
    ),
]
