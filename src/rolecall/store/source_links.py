"""Source links: one counted public link for each channel and job."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, Hot, columns, fetch_all, fetch_hot, fetch_one


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


_ADD_VISITS = Hot("""
    with visit as (
        select * from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as v (workspace_id, id, amount)
    ), held as (
        select l.workspace_id, l.id from source_link l
        join visit v on v.workspace_id = l.workspace_id and v.id = l.id
        order by l.workspace_id, l.id
        for no key update of l
    )
    update source_link l set visits = l.visits + v.amount
    from visit v join held h on h.workspace_id = v.workspace_id and h.id = v.id
    where l.workspace_id = v.workspace_id and l.id = v.id
""")


async def add_visits(conn: Connection, visits: Mapping[tuple[UUID, UUID], int]) -> None:
    """Add to the counters of links, given as (workspace id, link id). Locks them in one order for all callers."""
    keys = sorted(visits)
    await fetch_hot(
        conn, _ADD_VISITS, [key[0] for key in keys], [key[1] for key in keys], [visits[key] for key in keys]
    )


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
