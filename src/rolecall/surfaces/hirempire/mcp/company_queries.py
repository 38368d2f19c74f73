"""The MCP tools' read of companies."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_all


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRow:
    """`country_code` is None where the place is of no known country; `city` then has what was written."""

    id: UUID
    name: str
    slug: str
    website: str | None
    logo_url: str | None
    linkedin_url: str | None
    sector: str | None
    size: str | None
    city: str | None
    country_code: str | None
    created_at: datetime
    active_jobs: int


async def companies(conn: Connection, workspace_id: UUID) -> list[CompanyRow]:
    """Every company of a workspace that is not archived, newest first, with the number of its open jobs."""
    query = """
        select c.id, c.name, c.slug, c.website, c.logo_url, c.linkedin_url, c.sector, c.size, c.city, c.country_code,
               c.created_at, coalesce(opened.amount, 0) as active_jobs
        from company c
        left join (
            select j.company_id, count(*) as amount from job j
            where j.workspace_id = %(workspace)s and j.status = 'open' group by j.company_id
        ) opened on opened.company_id = c.id
        where c.workspace_id = %(workspace)s and c.archived_at is null
        order by c.id desc
    """
    return await fetch_all(conn, CompanyRow, query, {"workspace": workspace_id})
