"""Webhooks: who is told of an event, the sending of each message, and the end of the log.

`dispatch` makes a message for each webhook that wants to hear of an event, from the records as they are then; what it
has made is sent the same on every try. `deliver` makes one try and queues the next. A worker that is killed in between
tries again, so a receiver may get a message twice, under the same `webhook-id`.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog

from rolecall.actions.context import DISPATCH
from rolecall.actions.ids import new_id
from rolecall.actions.webhooks import DELIVER, DELIVERIES, queue_delivery
from rolecall.domain.webhooks import DeliveryStatus, Webhook, signature
from rolecall.ports.outbound import OutboundError, Reply
from rolecall.store import deliveries, events, webhooks
from rolecall.store.deliveries import Delivery
from rolecall.store.events import Event
from rolecall.tasks.queue import BackgroundTask, Retry, Work
from rolecall.webhooks import Occasion, Signing, WebhookSurface

log = structlog.get_logger()

_KEPT_OF_AN_ANSWER = 2_000  # bytes
_GONE = 410  # the receiver says that it will never want this again


async def dispatch(work: Work, *, workspace: str, event: str) -> None:
    """Make and queue the messages about an event. One that cannot be made does not keep the others back."""
    workspace_id = UUID(workspace)
    async with work.services.database.reading() as conn:
        happened = await events.get(conn, workspace_id, UUID(event))
        listening = await webhooks.listening(conn, workspace_id, happened.type) if happened else []
    faults: list[Exception] = []
    for webhook in listening:
        assert happened is not None
        try:
            await _tell(work, happened, webhook)
        except Exception as fault:  # noqa: BLE001 - raised below, once all have had their turn
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{len(faults)} messages about {event} could not be made", faults)


async def _tell(work: Work, happened: Event, webhook: Webhook) -> None:
    surface = work.webhooks[webhook.surface]
    services, now = work.services, work.services.clock()
    async with services.database.writing() as conn:
        occasion = Occasion(services=services, conn=conn, event=happened, webhook=webhook)
        message = await surface.compose(occasion)
        if message is None or message.event not in webhook.events:
            return
        delivery = Delivery(
            workspace_id=webhook.workspace_id,
            id=new_id(),
            webhook_id=webhook.id,
            event_id=happened.id,
            event=message.event,
            body=msgspec.json.encode(message.body),
            status=DeliveryStatus.WAITING,
            created_at=now,
            next_try_at=now,
            connector_id=message.connector_id,
        )
        if await deliveries.add(conn, delivery):
            await queue_delivery(conn, delivery)


async def deliver(work: Work, *, workspace: str, delivery: str) -> None:
    """Make one try of a delivery, store how it went, and queue the next try if there is to be one."""
    services, workspace_id = work.services, UUID(workspace)
    async with services.database.reading() as conn:
        waiting = await deliveries.get(conn, workspace_id, UUID(delivery))
        if waiting is None or waiting.status != DeliveryStatus.WAITING:
            return
        webhook = await webhooks.get(conn, workspace_id, waiting.webhook_id)
        assert webhook is not None, "a webhook's deliveries are deleted with it"
        surface = work.webhooks[webhook.surface]
        headers = await _headers(
            work, surface, Signing(services=services, conn=conn, webhook=webhook, delivery=waiting)
        )
    tried = await _tried(work, surface, webhook, waiting, headers)
    async with services.database.writing() as conn:
        if await deliveries.note_try(conn, tried) and tried.status == DeliveryStatus.WAITING:
            await queue_delivery(conn, tried)
    log.info("webhook tried", webhook=str(webhook.id), delivery=delivery, status=str(tried.status), answer=tried.answer)


async def _headers(work: Work, surface: WebhookSurface, signing: Signing) -> Mapping[str, str]:
    message_id, timestamp = str(signing.delivery.id), int(work.services.clock().timestamp())
    secret = work.services.sealer.open(signing.webhook.secret)
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id=message_id, timestamp=timestamp, body=signing.delivery.body),
        **await surface.headers(signing),
    }


async def _tried(
    work: Work, surface: WebhookSurface, webhook: Webhook, waiting: Delivery, headers: Mapping[str, str]
) -> Delivery:
    """The delivery after one more try."""
    began, tries = time.monotonic(), waiting.tries + 1
    if not webhook.active:
        return replace(waiting, status=DeliveryStatus.FAILED, tries=tries, next_try_at=None, problem="switched off")
    answer: Reply | OutboundError
    try:
        answer = await work.services.outbound.send(
            "POST",
            webhook.url,
            seconds=surface.seconds,
            headers=headers,
            body=waiting.body,
            at_most=_KEPT_OF_AN_ANSWER,
        )
    except OutboundError as error:
        answer = error
    tried = replace(
        waiting,
        tries=tries,
        tried_at=work.services.clock(),
        milliseconds=round((time.monotonic() - began) * 1000),
        answer=answer.status if isinstance(answer, Reply) else None,
        answer_body=answer.body.decode(errors="replace").replace("\0", "") if isinstance(answer, Reply) else None,
        problem=None if isinstance(answer, Reply) else str(answer),
    )
    return _settled(tried, surface, answer, now=work.services.clock())


def _settled(tried: Delivery, surface: WebhookSurface, answer: Reply | OutboundError, *, now: datetime) -> Delivery:
    """What is to become of a delivery after an answer."""
    if isinstance(answer, Reply) and 200 <= answer.status < 300:
        return replace(tried, status=DeliveryStatus.DELIVERED, next_try_at=None)
    over = answer.status == _GONE if isinstance(answer, Reply) else answer.permanent
    if over or tried.tries > len(surface.waits):
        return replace(tried, status=DeliveryStatus.FAILED, next_try_at=None)
    again = now + surface.waits[tried.tries - 1]
    if surface.within is not None and again - _first_try(tried) > surface.within:
        return replace(tried, status=DeliveryStatus.FAILED, next_try_at=None)
    return replace(tried, next_try_at=again)


def _first_try(tried: Delivery) -> datetime:
    """When the first of a delivery's tries ended; one that was sent again has earlier ones behind it."""
    earlier = tried.attempts[len(tried.attempts) - (tried.tries - 1) :]
    first = datetime.fromisoformat(earlier[0]["at"]) if earlier and earlier[0]["at"] else tried.tried_at
    assert first is not None, "it has just been tried"
    return first


async def forget_deliveries(work: Work) -> None:
    """Drop the log of deliveries that are older than the operator wants to keep them."""
    before = work.services.clock() - timedelta(days=work.services.settings.webhook_log_days)
    async with work.services.database.writing() as conn:
        forgotten = await deliveries.forget_settled(conn, before)
    log.debug("forgot deliveries", deliveries=forgotten)


# A try that could not even be noted, because the database was away, is made again soon: the receiver's own waits are
# the surface's, and not these.
_SOON = Retry(tries=8, seconds=2, factor=2)

TASKS = [
    BackgroundTask(name=DISPATCH, run=dispatch, timeout=60),
    BackgroundTask(name=DELIVER, run=deliver, queue=DELIVERIES, retry=_SOON, timeout=60),
    BackgroundTask(name="webhooks.forget_deliveries", run=forget_deliveries, cron="17 3 * * *"),
]
