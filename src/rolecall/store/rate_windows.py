"""Counters of fixed windows, shared by all processes. A global table, unlogged."""

from collections.abc import Mapping
from datetime import datetime

from rolecall.store.db import Connection, Hot, fetch_hot

_ADD = Hot("""
    insert into rate_window as w (key, count, expires_at)
    select * from unnest($1::text[], $2::bigint[], $3::timestamptz[])
    on conflict (key) do update set count = w.count + excluded.count
    returning key, count, (select number from credential_generation)
""")


async def add(
    conn: Connection, amounts: Mapping[str, int], *, expires_at: Mapping[str, datetime]
) -> tuple[dict[str, int], int]:
    """Add to each key's counter; the counters after that, and the generation of credentials."""
    keys = sorted(amounts)  # one order for all, so that two processes cannot lock each other out
    rows = await fetch_hot(conn, _ADD, keys, [amounts[key] for key in keys], [expires_at[key] for key in keys])
    return {key: count for key, count, _ in rows}, rows[0][2]


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
