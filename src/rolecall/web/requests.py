"""Reading requests: headers, JSON bodies and query parameters, with limits on their size."""

import asyncio
from typing import Any

import msgspec
from starlette.requests import Request

from rolecall.web.errors import BodyTooLarge, UnreadableBody

_LONGEST_UPLOAD = 30  # seconds
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # some clients send one


def authorization(request: Request) -> str | None:
    """The Authorization header, None when it is absent."""
    return request.headers.get("authorization")


def bearer_token(header: str | None) -> str | None:
    """The token of a `Bearer` header, None when there is none. The scheme's letter case does not matter."""
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and token else None


def client_address(request: Request) -> str:
    """The address of the client, as the trusted proxy in front tells it."""
    return request.client.host if request.client is not None else "unknown"


async def receive_body(request: Request, *, at_most: int) -> None:
    """Read the body before anything is locked for the request; `read_body` then has it at hand.

    Raises BodyTooLarge, and UnreadableBody when it does not arrive in time.
    """
    try:
        async with asyncio.timeout(_LONGEST_UPLOAD):
            request.state.body = await read_body(request, at_most=at_most)
    except TimeoutError as error:
        raise UnreadableBody from error


async def read_body(request: Request, *, at_most: int) -> bytes:
    """The body. Raises BodyTooLarge as soon as more than `at_most` bytes have come."""
    received: bytes | None = getattr(request.state, "body", None)
    if received is not None:
        return received
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > at_most:
        raise BodyTooLarge
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > at_most:
            raise BodyTooLarge
        parts.append(part)
    return b"".join(parts)


async def read_json_object(request: Request, *, at_most: int) -> dict[str, Any]:
    """The body as a JSON object. Raises UnreadableBody for another content type, broken JSON or another value."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnreadableBody
    value = parse_json(await read_body(request, at_most=at_most))
    if not isinstance(value, dict):
        raise UnreadableBody
    return value


def parse_json(body: bytes) -> Any:
    """The JSON value of a body. Raises UnreadableBody also for text that cannot be stored: NUL, lone surrogates."""
    try:
        value = msgspec.json.decode(body.removeprefix(BYTE_ORDER_MARK))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableBody from error
    if b"\\u" in body:  # only an escape can stand for NUL or half a surrogate pair
        check_storable(value)
    return value


def check_storable(value: Any) -> None:
    """Raise UnreadableBody when a JSON value holds text that PostgreSQL refuses."""
    if isinstance(value, str):
        if "\x00" in value or not _encodable(value):
            raise UnreadableBody
    elif isinstance(value, dict):
        for key, item in value.items():
            check_storable(key)
            check_storable(item)
    elif isinstance(value, list):
        for item in value:
            check_storable(item)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
