"""Connectors: a linked ATS (every workspace has a built-in native one), or a partner's embedding integration."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_rows, fetch_value

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


async def put_linked(conn: Connection, connector: Connector) -> UUID:
    """Store a connector that a customer is about to link, or rename the one that the customer has; its id."""
    return await fetch_value(
        conn,
        """
        insert into connector (workspace_id, id, category, integration, name, environment, status, origin_id,
                               end_user_email, created_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, environment, integration, origin_id)
            where origin_id is not null and deleted_at is null
        do update set name = excluded.name, end_user_email = excluded.end_user_email
        returning id
        """,
        (
            connector.workspace_id,
            connector.id,
            connector.category,
            connector.integration,
            connector.name,
            connector.environment,
            connector.status,
            connector.origin_id,
            connector.end_user_email,
            connector.created_at,
        ),
    )


async def lock(conn: Connection, workspace_id: UUID, connector_id: UUID) -> Connector | None:
    """A connector by id, unless it is deleted, held against other writers until the transaction ends."""
    query = f"""
        select {_COLUMNS} from connector where workspace_id = %s and id = %s and deleted_at is null
        for no key update
    """
    return await fetch_one(conn, Connector, query, (workspace_id, connector_id))


async def complete(
    conn: Connection, workspace_id: UUID, connector_id: UUID, *, secrets: bytes | None, now: datetime
) -> None:
    """Note that a connector is linked, for the first time or again. `secrets` are sealed."""
    await conn.execute(
        """
        update connector
        set status = 'COMPLETE', secrets_sealed = %s, completed_at = coalesce(completed_at, %s), relink_needed_at = null
        where workspace_id = %s and id = %s
        """,
        (secrets, now, workspace_id, connector_id),
    )


async def start_sync(
    conn: Connection, workspace_id: UUID, connector_id: UUID, *, due: datetime | None, now: datetime
) -> None:
    """Note that a sync begins, and when the next one is due."""
    await conn.execute(
        """
        update connector set sync_status = 'syncing', sync_started_at = %s, sync_due_at = %s
        where workspace_id = %s and id = %s
        """,
        (now, due, workspace_id, connector_id),
    )


async def set_company(conn: Connection, workspace_id: UUID, connector_id: UUID, *, company_id: UUID) -> None:
    """Say which company a connector's jobs belong to."""
    await conn.execute(
        "update connector set company_id = %s where workspace_id = %s and id = %s",
        (company_id, workspace_id, connector_id),
    )


async def end_sync(conn: Connection, workspace_id: UUID, connector_id: UUID, *, status: str) -> None:
    """Note what became of a sync. Those that were done are counted."""
    await conn.execute(
        """
        update connector set sync_status = %(status)s, syncs = syncs + (%(status)s = 'done')::integer
        where workspace_id = %(workspace)s and id = %(connector)s
        """,
        {"status": status, "workspace": workspace_id, "connector": connector_id},
    )


async def need_relink(conn: Connection, workspace_id: UUID, connector_id: UUID, *, now: datetime) -> None:
    """Note that the system no longer lets us in. It is not asked again before it is linked again."""
    await conn.execute(
        """
        update connector set status = 'RELINK_NEEDED', relink_needed_at = %s, sync_due_at = null
        where workspace_id = %s and id = %s
        """,
        (now, workspace_id, connector_id),
    )


async def delete(conn: Connection, workspace_id: UUID, connector_id: UUID, *, now: datetime) -> None:
    """Let a connector be gone for everybody, and forget what let us into its system."""
    await conn.execute(
        """
        update connector set deleted_at = %s, secrets_sealed = null, token_sealed = null, sync_due_at = null
        where workspace_id = %s and id = %s
        """,
        (now, workspace_id, connector_id),
    )


async def forget(conn: Connection, workspace_id: UUID, connector_id: UUID) -> None:
    """Remove a deleted connector that has no records left, with the company of its jobs if nothing else is in that."""
    await conn.execute(
        """
        with gone as (
            delete from connector where workspace_id = %s and id = %s and deleted_at is not null
            returning workspace_id, company_id
        )
        delete from company c using gone
        where c.workspace_id = gone.workspace_id and c.id = gone.company_id
          and not exists (select from job j where j.workspace_id = c.workspace_id and j.company_id = c.id)
        """,
        (workspace_id, connector_id),
    )


async def due(conn: Connection, now: datetime) -> list[tuple[UUID, UUID]]:
    """The workspaces and ids of all connectors whose next sync is due."""
    query = "select workspace_id, id from connector where sync_due_at <= %s and deleted_at is null order by sync_due_at"
    return [(workspace_id, connector_id) for workspace_id, connector_id in await fetch_rows(conn, query, (now,))]


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
