"""Partner accounts: who pushes missions in, or embeds our screens."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, columns, fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    workspace_id: UUID
    id: UUID
    name: str
    publish_immediately: bool
    disabled_at: datetime | None
    created_at: datetime


_COLUMNS = columns(Partner)


async def insert(conn: Connection, partner: Partner) -> None:
    """Store a new partner account. Raises UniqueViolation when the name is taken."""
    await conn.execute(
        """
        insert into partner (workspace_id, id, name, publish_immediately, disabled_at, created_at)
        values (%s, %s, %s, %s, %s, %s)
        """,
        (
            partner.workspace_id,
            partner.id,
            partner.name,
            partner.publish_immediately,
            partner.disabled_at,
            partner.created_at,
        ),
    )


async def get(conn: Connection, workspace_id: UUID, partner_id: UUID) -> Partner | None:
    """A partner account by id."""
    query = f"select {_COLUMNS} from partner where workspace_id = %s and id = %s"
    return await fetch_one(conn, Partner, query, (workspace_id, partner_id))


async def by_name(conn: Connection, workspace_id: UUID, name: str) -> Partner | None:
    """A partner account by name."""
    query = f"select {_COLUMNS} from partner where workspace_id = %s and name = %s"
    return await fetch_one(conn, Partner, query, (workspace_id, name))


async def set_publish_immediately(
    conn: Connection, workspace_id: UUID, partner_id: UUID, *, publish_immediately: bool
) -> None:
    """Say whether a partner's new missions open at once or wait for the operator."""
    await conn.execute(
        "update partner set publish_immediately = %s where workspace_id = %s and id = %s",
        (publish_immediately, workspace_id, partner_id),
    )


async def set_disabled(conn: Connection, workspace_id: UUID, partner_id: UUID, *, at: datetime | None) -> None:
    """Disable a partner account from a time on, or enable it again with None."""
    await conn.execute(
        "update partner set disabled_at = %s where workspace_id = %s and id = %s", (at, workspace_id, partner_id)
    )
