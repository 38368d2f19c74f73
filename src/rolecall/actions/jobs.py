"""Jobs: made, changed and moved from status to status. Every write renews the unified body in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import UNSET, UnsetType

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.offering import keep_in_step, offer_on_opening
from rolecall.actions.places import Place
from rolecall.actions.publishing import publish_on_website, recount, refresh_publications, reserve_slug
from rolecall.actions.text import clean_field
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.errors import CompanyUnknown, JobUnknown, NameTaken
from rolecall.domain.jobs import LONGEST_DESCRIPTION, HeldJob, Job, JobStatus, check_facts, check_move
from rolecall.domain.missions import Offer
from rolecall.store import companies, jobs, locations, publications, terms
from rolecall.store.db import UniqueViolation
from rolecall.store.facets import Gone
from rolecall.store.locations import Location
from rolecall.store.terms import JOB_TYPE, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """What a job is made of. `salary_period` says what the amounts are for; `slug` is one that is asked for."""

    company_id: UUID
    title: str
    description: str | None
    connector_id: UUID | None = None
    partner_id: UUID | None = None
    external_id: str | None = None
    code: str | None = None
    sector: str | None = None
    job_function: str | None = None
    contract_type: str | None = None
    workplace: str = "onsite"
    headcount: int = 1
    languages: Sequence[str] = ()
    places: Sequence[Place] = ()
    salary_min: Decimal | None = None
    salary_max: Decimal | None = None
    salary_currency: str | None = None
    salary_period: str | None = None
    salary_hidden: bool = False
    career_level: str | None = None
    slug: str | None = None
    confidential: bool = False
    department_ids: Sequence[UUID] = ()
    location_ids: Sequence[UUID] = ()
    hiring_manager_ids: Sequence[UUID] = ()
    recruiter_ids: Sequence[UUID] = ()
    posting_urls: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JobChanges:
    """What is to change of a job; what is UNSET stays. The status is not among it: `move_job` changes that.

    `places` become the job's locations, `main_place` the first of them.
    """

    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    external_id: str | UnsetType | None = UNSET
    code: str | UnsetType | None = UNSET
    sector: str | UnsetType | None = UNSET
    job_function: str | UnsetType | None = UNSET
    contract_type: str | UnsetType | None = UNSET
    workplace: str | UnsetType = UNSET
    headcount: int | UnsetType = UNSET
    languages: Sequence[str] | UnsetType = UNSET
    salary_min: Decimal | UnsetType | None = UNSET
    salary_max: Decimal | UnsetType | None = UNSET
    salary_currency: str | UnsetType | None = UNSET
    salary_period: str | UnsetType | None = UNSET
    salary_hidden: bool | UnsetType = UNSET
    career_level: str | UnsetType | None = UNSET
    confidential: bool | UnsetType = UNSET
    department_ids: Sequence[UUID] | UnsetType = UNSET
    hiring_manager_ids: Sequence[UUID] | UnsetType = UNSET
    recruiter_ids: Sequence[UUID] | UnsetType = UNSET
    places: Sequence[Place] | UnsetType = UNSET
    main_place: Place | UnsetType = UNSET


_LISTS = frozenset({"languages", "department_ids", "hiring_manager_ids", "recruiter_ids"})


async def create_job(ctx: Context, new: NewJob) -> tuple[HeldJob, bool]:
    """Store a draft job; the second value says whether it is new.

    A partner that sends an external_id it has used before gets the stored job, unchanged. Raises CompanyUnknown when
    the company is not the partner's own (for a partner) or not in the workspace (for all others), FieldMissing or
    FieldInvalid for a fact that cannot be stored, or when nothing is left of the description once it is clean.
    """
    company = await companies.get(ctx.conn, ctx.workspace_id, new.company_id)
    foreign = company is not None and new.partner_id is not None and company.partner_id != new.partner_id
    if company is None or company.archived_at is not None or foreign:
        raise CompanyUnknown(company=new.company_id)
    stored = await _of_partner(ctx, new)
    if stored is not None:
        return stored, False
    job = await _job(ctx, new, default_sector=company.sector)
    check_facts(job)
    try:
        async with ctx.conn.transaction():
            await jobs.insert(ctx.conn, job, body=ctx.job_body(job))
    except UniqueViolation:
        # The same partner sent the same job twice at once, and the other request was faster.
        stored = await _of_partner(ctx, job)
        if stored is None:
            raise
        return stored, False
    await _link(ctx, job)
    await _file_under_contract_type(ctx, job)
    await record(ctx, "job", "created", record_id=job.id)
    return HeldJob(job), True


async def _link(ctx: Context, job: Job, *, before: Job | None = None) -> None:
    """Store what a job belongs to, as far as it differs from `before`."""
    if before is None or job.location_ids != before.location_ids:
        await jobs.set_locations(ctx.conn, ctx.workspace_id, job.id, job.location_ids)
    if job.department_ids != (before.department_ids if before else []):
        await jobs.set_departments(ctx.conn, ctx.workspace_id, job.id, job.department_ids)
    for role in ("hiring_manager", "recruiter"):
        ids = getattr(job, f"{role}_ids")
        if ids != (getattr(before, f"{role}_ids") if before else []):
            await jobs.set_members(ctx.conn, ctx.workspace_id, job.id, role=role, member_ids=ids)


async def _of_partner(ctx: Context, job: NewJob | Job) -> HeldJob | None:
    """The job that the partner has stored under the same id of its own, held for writing."""
    if job.partner_id is None or job.external_id is None:
        return None
    found = await jobs.by_external_id(ctx.conn, ctx.workspace_id, job.partner_id, job.external_id)
    return None if found is None else await hold_job(ctx, found.id)


async def _job(ctx: Context, new: NewJob, *, default_sector: str | None) -> Job:
    return Job(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        connector_id=new.connector_id or await native_connector_id(ctx.conn, ctx.workspace_id),
        company_id=new.company_id,
        partner_id=new.partner_id,
        external_id=new.external_id,
        title=new.title,
        description=await _clean(new.description),
        code=new.code,
        status=JobStatus.DRAFT,
        sector=new.sector if new.sector is not None else default_sector,
        job_function=new.job_function,
        contract_type=new.contract_type,
        workplace=new.workplace,
        headcount=new.headcount,
        languages=list(new.languages),
        salary_min=new.salary_min,
        salary_max=new.salary_max,
        salary_currency=new.salary_currency,
        salary_period=new.salary_period,
        salary_hidden=new.salary_hidden,
        career_level=new.career_level,
        slug=await reserve_slug(ctx, new.title, wanted=new.slug),
        remote_created_at=ctx.now,
        remote_updated_at=ctx.now,
        created_at=ctx.now,
        updated_at=ctx.now,
        modified_at=ctx.now,
        confidential=new.confidential,
        department_ids=list(new.department_ids),
        location_ids=[*await _location_ids(ctx, new.places), *new.location_ids],
        hiring_manager_ids=list(new.hiring_manager_ids),
        recruiter_ids=list(new.recruiter_ids),
        posting_urls=list(new.posting_urls),
    )


async def _clean(description: str | None) -> str | None:
    if description is None:
        return None
    return await clean_field(description, field="description", longest=LONGEST_DESCRIPTION)


async def _location_ids(ctx: Context, places: Sequence[Place]) -> list[UUID]:
    """The locations of these places in the given order, stored first where they are new."""
    wanted = {place.code: place for place in places}
    for code in sorted(wanted):  # one order for all, so that two requests cannot lock each other out
        place = wanted[code]
        location = Location(
            workspace_id=ctx.workspace_id,
            id=new_id(),
            code=code,
            name=place.name,
            city=place.city,
            country_code=place.country_code,
            created_at=ctx.now,
            modified_at=ctx.now,
        )
        await locations.add(ctx.conn, location)
    ids = await locations.ids_by_code(ctx.conn, ctx.workspace_id, list(wanted))
    return [ids[code] for code in wanted]


async def _file_under_contract_type(ctx: Context, job: Job) -> None:
    """Let a job's contract type be its job type on the career site: fixed-term becomes Fixed-term."""
    if job.contract_type is None:
        await jobs.set_terms(ctx.conn, ctx.workspace_id, job.id, [])
        return
    name = job.contract_type.replace("_", "-").capitalize()
    term = Term(workspace_id=ctx.workspace_id, id=new_id(), kind=JOB_TYPE, name=name)
    await jobs.set_terms(ctx.conn, ctx.workspace_id, job.id, [await terms.put(ctx.conn, term)])


async def get_job(ctx: Context, job_id: UUID) -> Job:
    """A job that is not archived, to read. Raises JobUnknown."""
    return _there(await jobs.get(ctx.conn, ctx.workspace_id, job_id), job_id)


async def hold_job(ctx: Context, job_id: UUID) -> HeldJob:
    """A job that is not archived, held against other writers until the transaction ends. Raises JobUnknown."""
    return HeldJob(_there(await jobs.lock(ctx.conn, ctx.workspace_id, job_id), job_id))


def _there(job: Job | None, job_id: UUID) -> Job:
    if job is None or job.status == JobStatus.ARCHIVED:
        raise JobUnknown(job=job_id)
    return job


async def change_job(ctx: Context, job: HeldJob, changes: JobChanges) -> HeldJob:
    """Change facts of a job, not its status.

    Raises NameTaken when its partner uses the new external_id for another job, FieldMissing or FieldInvalid for a fact
    that cannot be stored.
    """
    facts = await _facts(ctx, job, changes)
    changed = replace(job, **facts)
    if changed == job:
        return job
    check_facts(changed)
    changed = _stamped(ctx, changed)
    reworded = changed.title != job.title or changed.description != job.description
    gone: list[Gone] = []
    if reworded:
        path, gone = await refresh_publications(ctx, changed)
        changed = replace(changed, public_path=path)
    try:
        async with ctx.conn.transaction():
            await jobs.update(ctx.conn, changed, body=ctx.job_body(changed))
    except UniqueViolation as error:
        raise NameTaken(kind="job", name=changed.external_id) from error
    await _link(ctx, changed, before=job)
    if reworded and job.partner_id is not None:
        await keep_in_step(ctx, job, changed)
    if changed.contract_type != job.contract_type:
        await _file_under_contract_type(ctx, changed)
    if job.published_at is not None:
        await recount(ctx, [job.id], texts=reworded, gone=gone)
    names = sorted(name for name in facts if getattr(job, name) != getattr(changed, name))
    await record(ctx, "job", "changed", record_id=job.id, fields=names)
    return changed


async def _facts(ctx: Context, job: Job, changes: JobChanges) -> dict[str, Any]:
    """The fields of Job that changes set, as they are stored."""
    given = {field.name: getattr(changes, field.name) for field in fields(changes)}
    facts = {name: value for name, value in given.items() if value is not UNSET}
    if "description" in facts:
        facts["description"] = await clean_field(facts["description"], field="description", longest=LONGEST_DESCRIPTION)
    if "places" in facts:
        facts["location_ids"] = await _location_ids(ctx, facts.pop("places"))
    if "main_place" in facts:
        first = await _location_ids(ctx, [facts.pop("main_place")])
        facts["location_ids"] = list(dict.fromkeys([*first, *job.location_ids[1:]]))
    return {name: list(value) if name in _LISTS else value for name, value in facts.items()}


async def move_job(ctx: Context, job: HeldJob, status: JobStatus, *, offer: Offer | None = None) -> HeldJob:
    """Move a job to a status; its publications follow. The first opening publishes it on the website.

    A partner's mission that opens is offered to agencies: as `offer` says or, if it has no posting yet, as the
    workspace's defaults say. Raises MoveRefused when the job cannot go there from where it is.
    """
    check_move(job.status, status)
    if status == job.status:
        return job
    moved = _stamped(ctx, replace(job, status=status))
    if status == JobStatus.OPEN:
        moved = replace(moved, published_at=job.published_at or ctx.now)
        if job.public_path is None:
            moved = replace(moved, public_path=await publish_on_website(ctx, moved))
    await publications.set_active(ctx.conn, ctx.workspace_id, job.id, active=status == JobStatus.OPEN, now=ctx.now)
    await jobs.update(ctx.conn, moved, body=ctx.job_body(moved))
    await recount(ctx, [job.id], texts=job.public_path is None)
    await record(ctx, "job", "moved", record_id=job.id, old=job.status, new=status)
    if status == JobStatus.OPEN and job.partner_id is not None:
        await offer_on_opening(ctx, moved, offer)
    return moved


async def store_facts(ctx: Context, job: HeldJob) -> HeldJob:
    """Store a held job whose facts have been checked. Its caller records what has changed."""
    job = _stamped(ctx, job)
    await jobs.update(ctx.conn, job, body=ctx.job_body(job))
    return job


def _stamped(ctx: Context, job: HeldJob) -> HeldJob:
    """The job with new times of change, later than the old ones also where this request waited for another."""
    now = max(ctx.now, job.modified_at + timedelta(microseconds=1))
    return replace(job, updated_at=now, modified_at=now, remote_updated_at=now)
