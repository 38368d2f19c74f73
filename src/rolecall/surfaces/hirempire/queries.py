"""HirEmpire's reads of source links, with the company's slug that their addresses begin with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_all, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    id: UUID
    job_id: UUID
    name: str
    code: str
    visits: int
    created_at: datetime
    company_slug: str


_SELECT = """
    select l.id, l.job_id, l.name, l.code, l.visits, l.created_at, c.slug as company_slug
    from source_link l
    join job j on j.workspace_id = l.workspace_id and j.id = l.job_id
    join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
    where l.workspace_id = %s
"""


async def has_job(conn: Connection, workspace_id: UUID, job_id: UUID) -> bool:
    """Whether the workspace has this job and has not archived it."""
    query = "select exists (select from job where workspace_id = %s and id = %s and status <> 'archived')"
    return await fetch_value(conn, query, (workspace_id, job_id))


async def source(conn: Connection, workspace_id: UUID, link_id: UUID) -> SourceRow | None:
    """One link of a workspace."""
    return await fetch_one(conn, SourceRow, _SELECT + "and l.id = %s", (workspace_id, link_id))


async def sources(conn: Connection, workspace_id: UUID, job_id: UUID) -> list[SourceRow]:
    """All links of a job, oldest first."""
    query = _SELECT + "and l.job_id = %s order by l.created_at, l.id"
    return await fetch_all(conn, SourceRow, query, (workspace_id, job_id))
