"""CrossPath's reads of missions: jobs with the codes of their locations, in one statement."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from rolecall.store.db import Connection, fetch_all, fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionRow:
    id: UUID
    external_id: str | None
    company_id: UUID
    title: str
    description: str
    status: str
    job_function: str | None
    sector: str | None
    locations: list[str]
    languages: list[str]
    contract_type: str | None
    workplace: str
    headcount: int
    salary_min: Decimal | None
    salary_max: Decimal | None
    salary_currency: str | None
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None


_SELECT = """
    select j.id, j.external_id, j.company_id, j.title, coalesce(j.description, '') as description, j.status,
           j.job_function, j.sector, j.languages, j.contract_type, j.workplace, j.headcount, j.salary_min,
           j.salary_max, j.salary_currency, j.created_at, j.updated_at, j.published_at,
           array(select l.code from job_location jl
                 join location l on l.workspace_id = jl.workspace_id and l.id = jl.location_id
                 where jl.workspace_id = j.workspace_id and jl.job_id = j.id
                 order by jl.position) as locations
    from job j
    where j.workspace_id = %(workspace)s and j.partner_id = %(partner)s and j.status <> 'archived'
"""


async def mission(conn: Connection, workspace_id: UUID, partner_id: UUID, job_id: UUID) -> MissionRow | None:
    """One mission of a partner."""
    params = {"workspace": workspace_id, "partner": partner_id, "job": job_id}
    return await fetch_one(conn, MissionRow, _SELECT + "and j.id = %(job)s", params)


async def missions(
    conn: Connection, workspace_id: UUID, partner_id: UUID, *, company_id: UUID | None, status: str | None
) -> list[MissionRow]:
    """A partner's missions, newest first, of one company or in one status when asked."""
    query = _SELECT + (
        "and (%(company)s::uuid is null or j.company_id = %(company)s) "
        "and (%(status)s::text is null or j.status = %(status)s) order by j.id desc"
    )
    params = {"workspace": workspace_id, "partner": partner_id, "company": company_id, "status": status}
    return await fetch_all(conn, MissionRow, query, params)
