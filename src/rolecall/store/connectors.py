"""Connectors: a linked ATS (every workspace has a built-in native one), or a partner's embedding integration."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_one

NATIVE = "native"
EMBED = "embed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """`category` is ATS or EMBED; `token_sealed` is the token encrypted, for the lists that must show it again.

    `secrets_sealed` is what its customer entered to let us in. See migration 0016 about the rest.
    """

    workspace_id: UUID
    id: UUID
    category: str
    integration: str
    name: str
    created_at: datetime
    status: str = "COMPLETE"
    partner_id: UUID | None = None
    token_sealed: bytes | None = None
    environment: str | None = None
    origins: list[str]
    disabled_at: datetime | None = None
    origin_id: str | None = None
    end_user_email: str | None = None
    secrets_sealed: bytes | None = None
    completed_at: datetime | None = None
    relink_needed_at: datetime | None = None
    sync_status: str | None = None
    sync_started_at: datetime | None = None
    sync_due_at: datetime | None = None
    syncs: int = 0
    company_id: UUID | None = None
    deleted_at: datetime | None = None


_COLUMNS = columns(Connector)


async def insert(conn: Connection, connector: Connector) -> None:
    """Store a new connector. Raises UniqueViolation when its customer has one to the same system."""
    await rows.insert(conn, "connector", connector)


async def get(conn: Connection, workspace_id: UUID, connector_id: UUID) -> Connector | None:
    """A connector by id."""
    query = f"select {_COLUMNS} from connector where workspace_id = %s and id = %s"
    return await fetch_one(conn, Connector, query, (workspace_id, connector_id))


async def native(conn: Connection, workspace_id: UUID) -> Connector | None:
    """The workspace's built-in connector, for the records made here."""
    query = f"select {_COLUMNS} from connector where workspace_id = %s and integration = 'native'"
    return await fetch_one(conn, Connector, query, (workspace_id,))


async def of_partner(conn: Connection, workspace_id: UUID, partner_id: UUID) -> list[Connector]:
    """A partner's embedding integrations, oldest first."""
    query = f"select {_COLUMNS} from connector where workspace_id = %s and partner_id = %s order by id"
    return await fetch_all(conn, Connector, query, (workspace_id, partner_id))


async def set_token(conn: Connection, workspace_id: UUID, connector_id: UUID, *, sealed: bytes) -> None:
    """Keep a connector's newest token, sealed."""
    await conn.execute(
        "update connector set token_sealed = %s where workspace_id = %s and id = %s",
        (sealed, workspace_id, connector_id),
    )


async def set_origins(conn: Connection, workspace_id: UUID, connector_id: UUID, *, origins: list[str]) -> None:
    """Set the origins that may frame a connector's screens."""
    await conn.execute(
        "update connector set origins = %s where workspace_id = %s and id = %s", (origins, workspace_id, connector_id)
    )


async def set_disabled(conn: Connection, workspace_id: UUID, connector_id: UUID, *, at: datetime | None) -> None:
    """Disable a connector from a time on, or enable it again with None."""
    await conn.execute(
        "update connector set disabled_at = %s where workspace_id = %s and id = %s", (at, workspace_id, connector_id)
    )


def of_native(table: str) -> str:
    """SQL for: a row of `table` is the workspace's own, and came from no linked system."""
    return f"""
        {table}.connector_id = (
            select n.id from connector n where n.workspace_id = {table}.workspace_id and n.integration = 'native')
    """
