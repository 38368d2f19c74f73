"""Writes that must not happen twice, remembered for as long as their contract says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, columns, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """`scope` says whose keys these are, as in `recruitsome:<credential id>`; `key` is theirs, or a hash.

    `request_hash` tells another request under the same key from a repeat. `record_id` and `answer` are what the first
    one made, None while it is under way.
    """

    workspace_id: UUID
    scope: str
    key: bytes
    request_hash: bytes
    record_id: UUID | None
    answer: bytes | None
    created_at: datetime
    expires_at: datetime


async def claim(conn: Connection, claimed: Remembered) -> bool:
    """Remember a request that begins, in place of one that has expired. False when its key is taken.

    Whoever comes second waits here until the first commits, and finds its answer with `find`.
    """
    cursor = await conn.execute(
        """
        insert into idempotency as known (workspace_id, scope, key, request_hash, record_id, answer, created_at,
                                          expires_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, scope, key) do update
        set request_hash = excluded.request_hash, record_id = excluded.record_id, answer = excluded.answer,
            created_at = excluded.created_at, expires_at = excluded.expires_at
        where known.expires_at <= excluded.created_at
        """,
        (
            claimed.workspace_id,
            claimed.scope,
            claimed.key,
            claimed.request_hash,
            claimed.record_id,
            claimed.answer,
            claimed.created_at,
            claimed.expires_at,
        ),
    )
    return cursor.rowcount == 1


async def hold(conn: Connection, workspace_id: UUID, scope: str, *, key: bytes) -> bool:
    """Hold a key until the transaction ends, without waiting; False while another transaction holds it."""
    query = "select pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
    return await fetch_value(conn, query, (f"idempotency {workspace_id} {scope} {key.hex()}",))


async def find(conn: Connection, workspace_id: UUID, scope: str, *, key: bytes) -> Remembered | None:
    """What is remembered under a key, expired or not."""
    query = f"select {columns(Remembered)} from idempotency where workspace_id = %s and scope = %s and key = %s"
    return await fetch_one(conn, Remembered, query, (workspace_id, scope, key))


async def settle(
    conn: Connection, workspace_id: UUID, scope: str, *, key: bytes, record_id: UUID, answer: bytes | None = None
) -> None:
    """Keep what the request made."""
    await conn.execute(
        """
        update idempotency set record_id = %s, answer = %s
        where workspace_id = %s and scope = %s and key = %s
        """,
        (record_id, answer, workspace_id, scope, key),
    )


async def forget_expired(conn: Connection, now: datetime) -> int:
    """Drop what has expired, of all workspaces; how many were dropped."""
    return (await conn.execute("delete from idempotency where expires_at <= %s", (now,))).rowcount
