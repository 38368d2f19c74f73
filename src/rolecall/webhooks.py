"""What a surface says about its webhooks: `WEBHOOKS` in its `webhooks.py`, found by folder.

The engine (`rolecall.tasks.webhooks`) knows who listens, when to try again and how to keep a log; a surface knows which
of its words an event is, and what its contract sends with it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from rolecall.domain.webhooks import Webhook
from rolecall.services import Services
from rolecall.store.db import Connection
from rolecall.store.deliveries import Delivery
from rolecall.store.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """An event that is committed, a webhook that may want to hear of it, and a connection to read with."""

    services: Services
    conn: Connection
    event: Event
    webhook: Webhook


@dataclass(frozen=True, slots=True)
class Message:
    """What a contract sends: its word for the event, and a body that is sent as JSON.

    `connector_id` is the connector that it is about, if it is about one.
    """

    event: str
    body: Any
    connector_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A message that is about to be sent, for headers that only one contract has."""

    services: Services
    conn: Connection
    webhook: Webhook
    delivery: Delivery


async def _no_headers(_signing: Signing) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSurface:
    """`compose` is None for an event that the contract does not tell of.

    `waits` are the pauses before the second try, the third and so on; each try ends after `seconds`. None is planned
    later than `within` after the first.
    """

    name: str
    compose: Callable[[Occasion], Awaitable[Message | None]]
    waits: tuple[timedelta, ...]
    seconds: float = 10
    within: timedelta | None = None
    headers: Callable[[Signing], Awaitable[Mapping[str, str]]] = field(default=_no_headers)
