"""What the operator's pages read beside missions: how far a mission's posting has come."""

from uuid import UUID

from rolecall.store.db import Connection, fetch_value


async def confirmed(conn: Connection, workspace_id: UUID, posting_id: UUID) -> int:
    """How many people agencies have submitted to a posting and who have confirmed it."""
    query = """
        select count(*) from submission where workspace_id = %s and posting_id = %s and confirmed_at is not null
    """
    return await fetch_value(conn, query, (workspace_id, posting_id))
