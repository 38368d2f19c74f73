"""RecruitiFi's shapes. The token answer has snake-case keys, a link camel-case ones."""

from datetime import UTC, datetime

import msgspec


class ErrorShape(msgspec.Struct, kw_only=True):
    error: str
    message: str


class AccessTokenShape(msgspec.Struct, kw_only=True):
    """`expires_in` counts seconds."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the scheme's word, no secret
    expires_in: int


class SignedLinkShape(msgspec.Struct, kw_only=True, rename="camel"):
    url: str
    expires_at: str


def wire_time(time: datetime) -> str:
    """A time as 2026-03-02T09:45:00Z, rounded down to the second."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
