"""Connectors: a linked ATS (every workspace has a built-in native one), or a partner's embedding integration."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, columns, fetch_all, fetch_one

NATIVE = "native"
EMBED = "embed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """`category` is ATS or EMBED; `token_sealed` is the token encrypted, for the lists that must show it again."""

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


_COLUMNS = columns(Connector)


async def insert(conn: Connection, connector: Connector) -> None:
    """Store a new connector."""
    await conn.execute(
        """
        insert into connector (workspace_id, id, category, integration, name, partner_id, token_sealed, environment,
                               status, origins, disabled_at, created_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            connector.workspace_id,
            connector.id,
            connector.category,
            connector.integration,
            connector.name,
            connector.partner_id,
            connector.token_sealed,
            connector.environment,
            connector.status,
            connector.origins,
            connector.disabled_at,
            connector.created_at,
        ),
    )


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
