"""Counters of fixed windows, shared by all processes. A global table, unlogged."""

from collections.abc import Mapping
from datetime import datetime

from rolecall.store.db import Connection, fetch_rows


async def add(conn: Connection, amounts: Mapping[str, int], *, expires_at: Mapping[str, datetime]) -> dict[str, int]:
    """Add to each key's counter and return the counters after that."""
    keys = sorted(amounts)  # one order for all, so that two processes cannot lock each other out
    rows = await fetch_rows(
        conn,
        """
        insert into rate_window as w (key, count, expires_at)
        select * from unnest(%s::text[], %s::bigint[], %s::timestamptz[])
        on conflict (key) do update set count = w.count + excluded.count
        returning key, count
        """,
        (keys, [amounts[key] for key in keys], [expires_at[key] for key in keys]),
    )
    return dict(rows)


async def read(conn: Connection, key: str) -> tuple[int, datetime] | None:
    """A key's counter and the end of its window."""
    cursor = await conn.execute("select count, expires_at from rate_window where key = %s", (key,))
    return await cursor.fetchone()


async def forget(conn: Connection, key: str) -> None:
    """Drop one counter."""
    await conn.execute("delete from rate_window where key = %s", (key,))


async def forget_ended(conn: Connection, now: datetime) -> int:
    """Drop the counters of windows that have ended; how many there were."""
    cursor = await conn.execute("delete from rate_window where expires_at <= %s", (now,))
    return cursor.rowcount
