"""Requests to addresses that other people name: webhooks' receivers, and whatever a workspace links."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

USUAL_ANSWER = 65_536  # bytes


class OutboundError(Exception):
    """No answer could be had. `permanent`: asking again later is of no use."""

    permanent: ClassVar[bool] = False


class Unreachable(OutboundError):
    """Nobody answered in time, or the connection failed."""


class AddressRefused(OutboundError):
    """The address is not one that this installation sends requests to."""

    permanent = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: `body` is what came as it came, `cut` says that there was more of it than was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool = False


class Outbound(Protocol):
    """Sends one request at a time. Redirects are answers like any other; they are not followed."""

    async def send(
        self,
        method: str,
        url: str,
        *,
        seconds: float,
        headers: Mapping[str, str] = ...,
        body: bytes | None = None,
        at_most: int = USUAL_ANSWER,
    ) -> Reply:
        """The answer that has come whole within `seconds`, or its first `at_most` bytes. Raises OutboundError."""
        ...
