"""Source links: one counted public link for each channel and job."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, columns, fetch_all, fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """`code` is four characters of a-z and 0-9, unique within the job; `visits` counts openings."""

    workspace_id: UUID
    id: UUID
    job_id: UUID
    name: str
    code: str
    visits: int
    created_at: datetime


_COLUMNS = columns(SourceLink)


async def insert(conn: Connection, link: SourceLink) -> bool:
    """Store a new link; False when the job already has one with this name or code."""
    cursor = await conn.execute(
        """
        insert into source_link (workspace_id, id, job_id, name, code, visits, created_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        on conflict do nothing
        """,
        (link.workspace_id, link.id, link.job_id, link.name, link.code, link.visits, link.created_at),
    )
    return cursor.rowcount == 1


async def get(conn: Connection, workspace_id: UUID, link_id: UUID) -> SourceLink | None:
    """A link by id."""
    query = f"select {_COLUMNS} from source_link where workspace_id = %s and id = %s"
    return await fetch_one(conn, SourceLink, query, (workspace_id, link_id))


async def by_name(conn: Connection, workspace_id: UUID, job_id: UUID, name: str) -> SourceLink | None:
    """A job's link by name, to the letter."""
    query = f"select {_COLUMNS} from source_link where workspace_id = %s and job_id = %s and name = %s"
    return await fetch_one(conn, SourceLink, query, (workspace_id, job_id, name))


async def of_job(conn: Connection, workspace_id: UUID, job_id: UUID) -> list[SourceLink]:
    """A job's links, oldest first."""
    query = f"select {_COLUMNS} from source_link where workspace_id = %s and job_id = %s order by created_at, id"
    return await fetch_all(conn, SourceLink, query, (workspace_id, job_id))


async def of_workspace(conn: Connection, workspace_id: UUID) -> list[SourceLink]:
    """All links of a workspace, oldest first."""
    query = f"select {_COLUMNS} from source_link where workspace_id = %s order by created_at, id"
    return await fetch_all(conn, SourceLink, query, (workspace_id,))
