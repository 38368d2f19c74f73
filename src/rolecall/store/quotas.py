"""How much a workspace has of what a plan limits."""

from uuid import UUID

from rolecall.store.db import Connection, fetch_value


async def hold(conn: Connection, workspace_id: UUID, quota: str) -> None:
    """Let one transaction at a time count and add, so that a plan's last place is given away once."""
    query = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"
    await conn.execute(query, (f"quota {workspace_id} {quota}",))


async def open_jobs(conn: Connection, workspace_id: UUID) -> int:
    """The open jobs of a workspace."""
    return await fetch_value(
        conn, "select count(*) from job where workspace_id = %s and status = 'open'", (workspace_id,)
    )


async def companies(conn: Connection, workspace_id: UUID) -> int:
    """The companies of a workspace that are not a partner's and not archived."""
    query = "select count(*) from company where workspace_id = %s and partner_id is null and archived_at is null"
    return await fetch_value(conn, query, (workspace_id,))
