"""Webhooks and what is sent to them."""

from rolecall.actions import webhooks
from rolecall.actions.context import Context
from rolecall.actions.ids import new_id
from rolecall.actions.webhooks import NewWebhook
from rolecall.domain.events import EventType
from rolecall.domain.webhooks import DeliveryStatus, Webhook
from rolecall.store import deliveries
from rolecall.store.deliveries import Delivery
from tests.architecture.cast import Act, Cast

NEW = NewWebhook(
    surface="hirempire",
    url="https://hooks.example.org/ats",
    events=["job_added"],
    event_types=[EventType.JOB_MOVED],
)


async def _webhook(ctx: Context, cast: Cast) -> Webhook:
    webhook, _ = await webhooks.create_webhook(ctx, NEW, sealer=cast.world.services.sealer)
    return webhook


async def _change(ctx: Context, cast: Cast) -> None:
    webhook = await _webhook(ctx, cast)
    await webhooks.change_webhook(ctx, webhook, events=[], event_types=[], active=False)


async def _delete(ctx: Context, cast: Cast) -> None:
    await webhooks.delete_webhook(ctx, (await _webhook(ctx, cast)).id, surface="hirempire")


async def _renew(ctx: Context, cast: Cast) -> None:
    webhook = await _webhook(ctx, cast)
    await webhooks.renew_webhook_secret(ctx, webhook.id, sealer=cast.world.services.sealer)


async def _key(ctx: Context, cast: Cast) -> None:
    await webhooks.organization_key(ctx, sealer=cast.world.services.sealer)


async def _redeliver(ctx: Context, cast: Cast) -> None:
    message = Delivery(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        webhook_id=(await _webhook(ctx, cast)).id,
        event_id=new_id(),
        event="job_added",
        body=b"{}",
        status=DeliveryStatus.FAILED,
        created_at=ctx.now,
    )
    await deliveries.add(ctx.conn, message)
    await webhooks.redeliver(ctx, message.id)


WRITES: dict[str, tuple[str, Act]] = {
    "webhooks.change_webhook": ("webhook.changed", _change),
    "webhooks.create_webhook": ("webhook.created", _webhook),
    "webhooks.organization_key": ("workspace.changed", _key),
    "webhooks.delete_webhook": ("webhook.deleted", _delete),
    "webhooks.redeliver": ("webhook.redelivered", _redeliver),
    "webhooks.renew_webhook_secret": ("webhook.secret_renewed", _renew),
}
READS = {"webhooks.hold_webhook"}
PARTS = {"webhooks.queue_delivery": "webhooks.redeliver"}
OTHERS = {"context.append": "it is what appends the event"}
