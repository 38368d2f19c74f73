"""The start page's one read: the job boards of the demo."""

from dataclasses import dataclass

from rolecall.store.db import Connection, fetch_all


@dataclass(frozen=True, slots=True)
class BoardRow:
    name: str
    slug: str
    open_jobs: int


async def boards(conn: Connection, workspace_slug: str, *, limit: int) -> list[BoardRow]:
    """The companies of one workspace that have open jobs, most of them first."""
    query = """
        select c.name, c.slug, count(*) as open_jobs
        from workspace w
        join company c on c.workspace_id = w.id
        join job j on j.workspace_id = c.workspace_id and j.company_id = c.id and j.status = 'open'
        where w.slug = %s
        group by c.workspace_id, c.id
        order by open_jobs desc, c.name
        limit %s
    """
    return await fetch_all(conn, BoardRow, query, (workspace_slug, limit))
