"""Webhooks: made, changed, deleted, and a message that is sent again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.sealing import Sealer
from rolecall.domain.errors import DeliveryUnknown, WebhookUnknown
from rolecall.domain.events import EventType
from rolecall.domain.texts import check_text
from rolecall.domain.webhooks import Webhook, check_url, new_secret
from rolecall.store import deliveries, queue, webhooks, workspaces
from rolecall.store.db import Connection
from rolecall.store.deliveries import Delivery

DELIVER = "webhooks.deliver"
DELIVERIES = "webhooks"
LATER_TRIES = "webhooks.again"

_LONGEST_NAME = 200
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWebhook:
    """What a webhook is made of: `events` in the words of the surface, `event_types` that they may come from."""

    surface: str
    url: str
    events: Sequence[str]
    event_types: Sequence[EventType]
    name: str = "Webhook"
    environment: str | None = None


async def create_webhook(ctx: Context, new: NewWebhook, *, sealer: Sealer) -> tuple[Webhook, str]:
    """Store a webhook, active at once; the second value is the secret that its messages are signed with.

    Whether anybody listens at the address is for the surface to find out. Raises FieldMissing or FieldInvalid.
    """
    check_url(new.url)
    check_text(new.name, field="name", longest=_LONGEST_NAME)
    secret = new_secret()
    webhook = Webhook(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        surface=new.surface,
        name=new.name,
        url=new.url,
        events=list(new.events),
        event_types=list(new.event_types),
        active=True,
        secret=sealer.seal(secret),
        created_at=ctx.now,
        updated_at=ctx.now,
        environment=new.environment,
    )
    await webhooks.insert(ctx.conn, webhook)
    await record(ctx, "webhook", "created", record_id=webhook.id, surface=new.surface)
    return webhook, secret


async def hold_webhook(ctx: Context, webhook_id: UUID, *, surface: str) -> Webhook:
    """A webhook of a surface, held against other writers until the transaction ends. Raises WebhookUnknown."""
    return _there(await webhooks.lock(ctx.conn, ctx.workspace_id, webhook_id), surface)


def _there(webhook: Webhook | None, surface: str) -> Webhook:
    if webhook is None or webhook.surface != surface:
        raise WebhookUnknown
    return webhook


async def change_webhook(
    ctx: Context,
    webhook: Webhook,
    *,
    events: Sequence[str],
    event_types: Sequence[EventType],
    active: bool,
) -> Webhook:
    """Change what a held webhook is told, and whether it is told anything."""
    changed = replace(webhook, events=list(events), event_types=list(event_types), active=active, updated_at=ctx.now)
    await webhooks.update(
        ctx.conn,
        ctx.workspace_id,
        webhook.id,
        events=changed.events,
        event_types=changed.event_types,
        active=active,
        now=ctx.now,
    )
    await record(ctx, "webhook", "changed", record_id=webhook.id, events=changed.events, active=active)
    return changed


async def renew_webhook_secret(ctx: Context, webhook_id: UUID, *, sealer: Sealer) -> str:
    """A new secret for a webhook, which its messages are signed with from now on. Raises WebhookUnknown."""
    if await webhooks.lock(ctx.conn, ctx.workspace_id, webhook_id) is None:
        raise WebhookUnknown
    secret = new_secret()
    await webhooks.set_secret(ctx.conn, ctx.workspace_id, webhook_id, sealed=sealer.seal(secret))
    await record(ctx, "webhook", "secret_renewed", record_id=webhook_id)
    return secret


async def organization_key(ctx: Context, *, sealer: Sealer, renew: bool = False) -> str:
    """The key that messages about the organization are signed with, made when there is none yet or a new one is due."""
    await workspaces.lock(ctx.conn, ctx.workspace_id)
    sealed = await workspaces.webhook_key(ctx.conn, ctx.workspace_id)
    if sealed is not None and not renew:
        return sealer.open(sealed)
    key = secrets.token_urlsafe(_KEY_BYTES)
    await workspaces.set_webhook_key(ctx.conn, ctx.workspace_id, sealed=sealer.seal(key))
    await record(ctx, "workspace", "changed", record_id=ctx.workspace_id, fields=["webhook_key"])
    return key


async def delete_webhook(ctx: Context, webhook_id: UUID, *, surface: str) -> None:
    """Delete a webhook of a surface with the log of its deliveries. Raises WebhookUnknown."""
    await hold_webhook(ctx, webhook_id, surface=surface)
    await webhooks.delete(ctx.conn, ctx.workspace_id, webhook_id)
    await record(ctx, "webhook", "deleted", record_id=webhook_id)


async def redeliver(ctx: Context, delivery_id: UUID) -> Delivery:
    """Send a message again, the same under the same id, with all of its tries. Raises DeliveryUnknown."""
    delivery = await deliveries.start_again(ctx.conn, ctx.workspace_id, delivery_id, now=ctx.now)
    if delivery is None:
        raise DeliveryUnknown(delivery=delivery_id)
    await queue_delivery(ctx.conn, delivery)
    await record(ctx, "webhook", "redelivered", record_id=delivery.webhook_id, delivery=str(delivery_id))
    return delivery


async def queue_delivery(conn: Connection, delivery: Delivery) -> None:
    """Queue the next try of a delivery in the caller's transaction.

    First tries to one receiver are made one after the other, so that one that hangs holds one place of the worker, not
    all. Later tries have places of their own: they must not hold up first ones, nor wait for them.
    """
    first = delivery.tries == 0
    await queue.defer(
        conn,
        DELIVER,
        queue=DELIVERIES if first else LATER_TRIES,
        lock=f"webhook:{delivery.webhook_id}" if first else None,
        at=None if first else delivery.next_try_at,
        workspace=str(delivery.workspace_id),
        delivery=str(delivery.id),
    )
