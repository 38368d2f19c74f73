"""Visits of source links, one by one, and the salts of the days on which they are hashed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from rolecall.domain.visits import Device
from rolecall.store.db import Connection, Hot, fetch_hot, fetch_value


class Visit(NamedTuple):
    """An opening of a source link; `referrer_host` is empty where none was told. Thousands are made a second."""

    workspace_id: UUID
    source_link_id: UUID
    visited_at: datetime
    id: UUID
    referrer_host: str
    device: str
    visitor: bytes


# The counters and the rows in one statement: they cannot disagree. Rows are joined with the links that were counted,
# so that a visit of a link that is gone leaves nothing. Links are locked in one order by all callers.
_ADD = Hot(f"""
    with seen as (
        select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::uuid[], $5::text[], $6::text[], $7::bytea[])
            as v (workspace_id, source_link_id, visited_at, id, referrer_host, device, visitor)
    ), amounts as (
        select workspace_id, source_link_id, count(*) as amount from seen group by workspace_id, source_link_id
    ), held as (
        select l.workspace_id, l.id, a.amount from source_link l
        join amounts a on a.workspace_id = l.workspace_id and a.source_link_id = l.id
        order by l.workspace_id, l.id
        for no key update of l
    ), counted as (
        update source_link l set visits = l.visits + h.amount
        from held h where l.workspace_id = h.workspace_id and l.id = h.id
        returning l.workspace_id, l.id
    )
    insert into visit (workspace_id, source_link_id, visited_at, id, referrer_host, device, bot, visitor)
    select s.workspace_id, s.source_link_id, s.visited_at, s.id, nullif(s.referrer_host, ''), s.device,
           s.device = '{Device.BOT}', s.visitor
    from seen s join counted c on c.workspace_id = s.workspace_id and c.id = s.source_link_id
""")


async def add(conn: Connection, visits: Sequence[Visit]) -> None:
    """Store visits, at least one, and add them to the counters of their links."""
    await fetch_hot(conn, _ADD, *map(list, zip(*visits, strict=True)))


async def salt_of(conn: Connection, day: date, *, fresh: bytes) -> bytes:
    """The salt of a day, of the whole installation: `fresh` becomes it if there is none yet."""
    query = """
        insert into visit_salt as s (day, salt) values (%s, %s)
        on conflict (day) do update set salt = s.salt returning salt
    """
    return await fetch_value(conn, query, (day, fresh))


async def forget_salts(conn: Connection, before: date) -> int:
    """Delete the salts of earlier days, for good; how many."""
    cursor = await conn.execute("delete from visit_salt where day < %s", (before,))
    return cursor.rowcount


async def forget_some(conn: Connection, before: datetime, *, limit: int) -> int:
    """Delete some visits of all workspaces that were before a time and are rolled up; how many."""
    cursor = await conn.execute(
        """
        delete from visit v using (
            select workspace_id, source_link_id, visited_at, id from visit
            where visited_at < least(%s, (select until - interval '1 day' from visits_rolled_up))
            limit %s
        ) old
        where (v.workspace_id, v.source_link_id, v.visited_at, v.id)
            = (old.workspace_id, old.source_link_id, old.visited_at, old.id)
        """,
        (before, limit),
    )
    return cursor.rowcount
