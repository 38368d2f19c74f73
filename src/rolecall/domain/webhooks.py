"""Webhooks: who wants to hear of what happens, how a message is signed, and what becomes of it.

Messages carry the headers of Standard Webhooks (https://www.standardwebhooks.com): `webhook-id`, which stays the same
on every try, `webhook-timestamp` and `webhook-signature`.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from rolecall.domain.errors import FieldInvalid
from rolecall.domain.texts import check_text

LONGEST_URL = 2_000  # characters
_SECRET_PREFIX = "whsec_"  # noqa: S105 - what a secret begins with
_SECRET_BYTES = 32


class DeliveryStatus(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A subscription of one surface: `events` are its words, `event_types` our events that they may come from.

    `secret` is sealed. With an `environment` it is told of that one's connectors only.
    """

    workspace_id: UUID
    id: UUID
    surface: str
    name: str
    url: str
    events: list[str]
    event_types: list[str]
    active: bool
    secret: bytes
    created_at: datetime
    updated_at: datetime
    environment: str | None = None


def check_url(url: str) -> None:
    """Raise FieldMissing or FieldInvalid for what cannot be the address of a receiver."""
    check_text(url, field="url", longest=LONGEST_URL)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FieldInvalid(field="url", hint="not an address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise FieldInvalid(field="url", hint="an http or https address")
    if parts.username is not None or parts.password is not None:
        raise FieldInvalid(field="url", hint="an address without a password in it")


def new_secret() -> str:
    """A secret to sign with, in the form of Standard Webhooks."""
    return _SECRET_PREFIX + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signature(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`: v1 and the base64 of an HMAC-SHA256 over id, time and body."""
    key = b64decode(secret.removeprefix(_SECRET_PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
