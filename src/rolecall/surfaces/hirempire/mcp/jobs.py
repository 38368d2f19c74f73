"""The MCP tools get_jobs and create_job."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from rolecall.actions.context import Context
from rolecall.actions.forms import set_form
from rolecall.actions.jobs import NewJob, create_job, move_job
from rolecall.actions.places import place_of
from rolecall.actions.quotas import check_open_jobs
from rolecall.actions.source_links import create_source_link
from rolecall.domain.errors import ActiveJobsUsedUp, CompanyUnknown
from rolecall.domain.jobs import LONGEST_DESCRIPTION, LONGEST_TITLE, LONGEST_WORD, HeldJob, JobStatus
from rolecall.surfaces.hirempire import fields, queries, words
from rolecall.surfaces.hirempire.auth import TokenCall, acting
from rolecall.surfaces.hirempire.errors import ACTIVE_JOBS, Refusal
from rolecall.surfaces.hirempire.jobs import facts
from rolecall.surfaces.hirempire.mcp.job_schema import JOB_PROPERTIES, JOB_REQUIRED, JOB_STATUSES
from rolecall.surfaces.hirempire.mcp.tools import Arguments, Tool, check_required, flag, record_id, text, unknown
from rolecall.surfaces.hirempire.plans import plan_of
from rolecall.surfaces.hirempire.wire import JobListShape, job_shape, source_shape

_read_status = fields.listed(JOB_STATUSES)
_read_first_status = fields.listed({"active": JobStatus.OPEN, "draft": JobStatus.DRAFT})
_read_salary_type = fields.listed({word: word for word in ("fixed", "range", "confidential")})
# The tool's words are those of the REST API's answers; those of its input are read too. By argument, what a job has.
_WORDS: Mapping[str, tuple[str, fields.Reader]] = {
    "department": ("department", fields.JOB_WORDS["department"]),
    "location_type": ("workplace", fields.listed(words.shown(words.WORKPLACES), also=words.WORKPLACES)),
    "employment_type": ("job_type", fields.listed(words.shown(words.JOB_TYPES), also=words.JOB_TYPES)),
    "career_level": ("career_level", fields.listed(words.shown(words.CAREER_LEVELS), also=words.CAREER_LEVELS)),
    "currency": ("currency", fields.JOB_WORDS["currency"]),
    "salary_period": ("salary_period", fields.JOB_WORDS["salary_period"]),
}


async def get_jobs(call: TokenCall, arguments: Arguments) -> Any:
    jobs_url, workspace_id = call.services.settings.jobs_url, call.principal.workspace_id
    if fields.is_blank(arguments.get("status")):
        rows = await queries.jobs(call.conn, workspace_id, jobs_url=jobs_url)
    else:
        status = _read_status("status", arguments["status"])
        rows = await queries.jobs_in(call.conn, workspace_id, status, jobs_url=jobs_url)
    return JobListShape(total_jobs=len(rows), jobs=[job_shape(row) for row in rows])


async def create(call: TokenCall, arguments: Arguments) -> Any:
    check_required(arguments, JOB_REQUIRED)
    new, values = _read(arguments)
    names = _source_names(arguments["sources"])
    status = _read_first_status("status", arguments["status"])
    flag(arguments, "post_on_linkedin")
    form = fields.form(arguments.get("questions"))
    ctx = await acting(call)
    try:
        job, _ = await create_job(ctx, replace(new, **await facts(ctx, values)))
    except CompanyUnknown as error:
        raise unknown("company_id", "company") from error
    job = await set_form(ctx, job, form)
    for name in names:
        await create_source_link(ctx, job.id, name=name)
    job, note = await _opened(call, ctx, job, status)
    links = await queries.sources(call.conn, ctx.workspace_id, job.id)
    return {
        "success": True,
        "job_id": str(job.id),
        "job_status": words.STATUS_SHOWN[job.status],
        "note": note,
        "sources": [source_shape(link, jobs_url=call.services.settings.jobs_url) for link in links],
        "posted_on_linkedin": False,
    }


def _read(arguments: Arguments) -> tuple[NewJob, Mapping[str, Any]]:
    """The job that the arguments tell of, but for what its words say of it."""
    company_id = record_id(arguments, "company_id", kind="company")
    title = text(arguments, "title", longest=LONGEST_TITLE) or ""
    industry = text(arguments, "industry", longest=LONGEST_WORD)
    values = {ours: reader(name, arguments[name]) for name, (ours, reader) in _WORDS.items()}
    country = text(arguments, "country", longest=fields.LONGEST_PLACE) or ""
    place = place_of(country, text(arguments, "city", longest=fields.LONGEST_PLACE))
    least, most = _salary(arguments)
    new = NewJob(
        company_id=company_id,
        title=title,
        description=text(arguments, "description", longest=LONGEST_DESCRIPTION, lines=True),
        sector=industry,
        salary_min=least,
        salary_max=most,
        salary_hidden=flag(arguments, "hide_salary"),
        places=[place],
    )
    return new, values


async def _opened(call: TokenCall, ctx: Context, job: HeldJob, status: JobStatus) -> tuple[HeldJob, str | None]:
    """The job in the status that is asked for, or as a draft where the plan allows no further open one, and why."""
    plan = plan_of(call.services.settings)
    if plan is not None and status == JobStatus.OPEN:
        try:
            await check_open_jobs(ctx, at_most=plan.active_jobs)
        except ActiveJobsUsedUp:
            return job, f"Saved as a draft. {ACTIVE_JOBS}"
    return await move_job(ctx, job, status), None


def _salary(arguments: Arguments) -> tuple[Decimal | None, Decimal | None]:
    """The bounds of a salary: equal ones where it is fixed, none where it is confidential."""
    kind = _read_salary_type("salary_type", arguments["salary_type"])
    if kind == "confidential":
        return None, None
    names = ("salary_fixed",) if kind == "fixed" else ("salary_min", "salary_max")
    for name in names:
        if fields.is_blank(arguments.get(name)):
            raise Refusal(f"Missing required field: {name} (salary_type is {kind})")
    amounts = [fields.JOB_WORDS["salary"](name, arguments[name]) for name in names]
    if amounts[0] > amounts[-1]:
        raise Refusal("Invalid salary_max. It is less than salary_min.")
    return amounts[0], amounts[-1]


def _source_names(value: Any) -> list[str]:
    try:
        return fields.source_names("sources", value)
    except Refusal as error:
        raise Refusal(error.text.replace("Invalid job_source:", "Invalid sources:")) from error


TOOLS = [
    Tool(
        name="get_jobs",
        title="Jobs",
        description=(
            "All jobs of the workspace, newest first, with their source links and the number of applicants; of one "
            "status if asked. Archived jobs are listed only when asked for."
        ),
        run=get_jobs,
        properties={"status": {"type": "string", "enum": list(JOB_STATUSES)}},
    ),
    Tool(
        name="create_job",
        title="Add a job",
        description=(
            "Add a job to a company, with one counted link for each source. When the plan allows no further active "
            "job (can_activate_job of get_companies is false), it is saved as a draft, and job_status says so."
        ),
        run=create,
        properties=JOB_PROPERTIES,
        required=JOB_REQUIRED,
        writes=True,
        idempotent=False,
    ),
]
