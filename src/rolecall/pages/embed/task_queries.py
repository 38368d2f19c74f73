"""What the tasks screen reads."""

from dataclasses import dataclass
from uuid import UUID

from rolecall.store.db import Connection, fetch_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsorted:
    """A posting with new candidates: how many, and the one who waits longest."""

    job_id: UUID
    title: str
    candidates: int
    first_id: UUID


async def new_candidates(conn: Connection, workspace_id: UUID, client_id: UUID) -> list[Unsorted]:
    """A client's postings with candidates to sort, the longest waiting first."""
    query = """
        select p.job_id, p.title, count(*) as candidates, (array_agg(s.id order by s.confirmed_at, s.id))[1] as first_id
        from posting p
        join submission s on s.workspace_id = p.workspace_id and s.posting_id = p.id and s.stage = 'awaiting_sort'
        where p.workspace_id = %s and p.client_id = %s
        group by p.job_id, p.title
        order by min(s.confirmed_at)
    """
    return await fetch_all(conn, Unsorted, query, (workspace_id, client_id))
