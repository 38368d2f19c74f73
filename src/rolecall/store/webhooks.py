"""Webhooks, a workspace's subscriptions to what happens in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from rolecall.domain.events import EventType
from rolecall.domain.webhooks import Webhook
from rolecall.store.db import Connection, columns, fetch_all, fetch_one

_COLUMNS = columns(Webhook)


async def insert(conn: Connection, webhook: Webhook) -> None:
    """Store a new webhook."""
    await conn.execute(
        """
        insert into webhook
            (workspace_id, id, surface, name, url, events, event_types, active, secret, created_at, updated_at,
             environment)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            webhook.workspace_id,
            webhook.id,
            webhook.surface,
            webhook.name,
            webhook.url,
            webhook.events,
            webhook.event_types,
            webhook.active,
            webhook.secret,
            webhook.created_at,
            webhook.updated_at,
            webhook.environment,
        ),
    )


async def get(conn: Connection, workspace_id: UUID, webhook_id: UUID) -> Webhook | None:
    """One webhook."""
    query = f"select {_COLUMNS} from webhook where workspace_id = %s and id = %s"
    return await fetch_one(conn, Webhook, query, (workspace_id, webhook_id))


async def lock(conn: Connection, workspace_id: UUID, webhook_id: UUID) -> Webhook | None:
    """One webhook, held against other writers until the transaction ends."""
    query = f"select {_COLUMNS} from webhook where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, Webhook, query, (workspace_id, webhook_id))


async def of_workspace(conn: Connection, workspace_id: UUID, *, surface: str | None = None) -> list[Webhook]:
    """A workspace's webhooks, of one surface if it is named, oldest first."""
    query = f"""
        select {_COLUMNS} from webhook
        where workspace_id = %(workspace)s and (%(surface)s::text is null or surface = %(surface)s)
        order by created_at, id
    """
    return await fetch_all(conn, Webhook, query, {"workspace": workspace_id, "surface": surface})


async def listening(conn: Connection, workspace_id: UUID, type_: EventType) -> list[Webhook]:
    """The active webhooks that may want to hear of an event of a type."""
    query = f"""
        select {_COLUMNS} from webhook
        where workspace_id = %s and active and %s = any(event_types) order by created_at, id
    """
    return await fetch_all(conn, Webhook, query, (workspace_id, type_))


async def update(
    conn: Connection,
    workspace_id: UUID,
    webhook_id: UUID,
    *,
    events: Sequence[str],
    event_types: Sequence[str],
    active: bool,
    now: datetime,
) -> None:
    """Change what a webhook is told, and whether it is told anything."""
    await conn.execute(
        """
        update webhook set events = %s, event_types = %s, active = %s, updated_at = %s
        where workspace_id = %s and id = %s
        """,
        (list(events), list(event_types), active, now, workspace_id, webhook_id),
    )


async def set_secret(conn: Connection, workspace_id: UUID, webhook_id: UUID, *, sealed: bytes) -> None:
    """Replace the secret with which a webhook's messages are signed."""
    await conn.execute(
        "update webhook set secret = %s where workspace_id = %s and id = %s", (sealed, workspace_id, webhook_id)
    )


async def delete(conn: Connection, workspace_id: UUID, webhook_id: UUID) -> bool:
    """Delete a webhook and the log of its deliveries; whether there was one."""
    cursor = await conn.execute("delete from webhook where workspace_id = %s and id = %s", (workspace_id, webhook_id))
    return cursor.rowcount > 0
