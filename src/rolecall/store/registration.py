"""Writers that are under way, so that who polls for changes misses none. See decision 21."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_value


async def register(conn: Connection, workspace_id: UUID) -> datetime:
    """Say that the transaction writes in a workspace. Its records carry the time that this returns, or a later one."""
    return await fetch_value(conn, "select register_writer(%s)", (workspace_id,))


@dataclass(frozen=True, slots=True)
class Standing:
    """A session that writes in several transactions: from `at` on, under a `mark` of the workspace."""

    at: datetime
    mark: int


async def register_session(conn: Connection, workspace_id: UUID) -> Standing:
    """As `register`, for a connection that plans records in one transaction and writes them in another."""
    mark: int = await fetch_value(conn, "select low_bits(milliseconds_now())")
    await conn.execute("select pg_advisory_lock_shared(hashtext(%s), %s)", (str(workspace_id), mark))
    return Standing(await fetch_value(conn, "select clock_timestamp()"), mark)


async def unregister_session(conn: Connection, workspace_id: UUID, standing: Standing) -> None:
    """Say that what was planned has been committed."""
    await conn.execute("select pg_advisory_unlock_shared(hashtext(%s), %s)", (str(workspace_id), standing.mark))


async def settled_until(conn: Connection, workspace_id: UUID) -> datetime:
    """Later statements see all records of a workspace that carry an earlier time than this; none will be added."""
    return await fetch_value(conn, "select settled_until(%s)", (workspace_id,))
