"""Companies: employers and client sites, made by operators, imports and partners."""

import itertools
from dataclasses import dataclass, replace
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.jobs import hold_job, move_job
from rolecall.actions.places import Place
from rolecall.actions.slugs import company_slug
from rolecall.actions.text import clean_field
from rolecall.domain.errors import CompanyUnknown
from rolecall.domain.jobs import JobStatus
from rolecall.store import companies, jobs
from rolecall.store.companies import Company
from rolecall.store.db import UniqueViolation

LONGEST_DESCRIPTION = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCompany:
    """What a company is made of. One that comes from a partner is a client site."""

    name: str
    partner_id: UUID | None = None
    external_id: str | None = None
    website: str | None = None
    sector: str | None = None
    size: str | None = None
    place: Place | None = None
    description: str | None = None
    logo_url: str | None = None
    linkedin_url: str | None = None


async def create_company(ctx: Context, new: NewCompany) -> tuple[Company, bool]:
    """Store a company; the second value says whether it is new.

    A partner that sends an external_id it has used before gets the stored company, unchanged.
    """
    stored = await _of_partner(ctx, new)
    if stored is not None:
        return stored, False
    description = new.description
    if description is not None:
        longest = LONGEST_DESCRIPTION
        description = await clean_field(description, field="description", longest=longest, may_be_empty=True)
    company = _company(ctx, new, description=description)
    try:
        async with ctx.conn.transaction():
            await companies.insert(ctx.conn, company)
    except UniqueViolation:
        # The same partner sent the same company twice at once, and the other request was faster.
        stored = await _of_partner(ctx, new)
        if stored is None:
            raise
        return stored, False
    company = await _claim_slug(ctx, company)
    await record(ctx, "company", "created", record_id=company.id)
    return company, True


async def archive_company(ctx: Context, company_id: UUID) -> None:
    """Take a company of the workspace's own away: its open jobs are closed, and no job can be added to it any more.

    Raises CompanyUnknown, also for a company that a partner pushed: that one is the partner's.
    """
    company = await companies.lock(ctx.conn, ctx.workspace_id, company_id)
    if company is None or company.archived_at is not None or company.partner_id is not None:
        raise CompanyUnknown(company=company_id)
    open_ids = await jobs.open_ids(ctx.conn, ctx.workspace_id, company_id)
    for job_id in sorted(open_ids):
        await move_job(ctx, await hold_job(ctx, job_id), JobStatus.CLOSED)
    await companies.archive(ctx.conn, ctx.workspace_id, company_id, now=ctx.now)
    await record(ctx, "company", "archived", record_id=company_id)


async def _of_partner(ctx: Context, new: NewCompany) -> Company | None:
    """The company that the partner has stored under the same id of its own."""
    if new.partner_id is None or new.external_id is None:
        return None
    return await companies.by_external_id(ctx.conn, ctx.workspace_id, new.partner_id, new.external_id)


def _company(ctx: Context, new: NewCompany, *, description: str | None) -> Company:
    company_id = new_id()
    return Company(
        workspace_id=ctx.workspace_id,
        id=company_id,
        name=new.name,
        slug=str(company_id),
        is_client=new.partner_id is not None,
        partner_id=new.partner_id,
        external_id=new.external_id,
        website=new.website,
        sector=new.sector,
        size=new.size,
        location_code=new.place.code if new.place else None,
        city=new.place.city if new.place else None,
        country_code=new.place.country_code if new.place else None,
        description=description,
        logo_url=new.logo_url,
        linkedin_url=new.linkedin_url,
        created_at=ctx.now,
        updated_at=ctx.now,
    )


async def _claim_slug(ctx: Context, company: Company) -> Company:
    for attempt in itertools.count(1):
        slug = company_slug(company.name, attempt=attempt)
        if await companies.claim_slug(ctx.conn, slug, ctx.workspace_id, company.id):
            await companies.set_slug(ctx.conn, ctx.workspace_id, company.id, slug)
            return replace(company, slug=slug)
    raise AssertionError("there is always another slug")
