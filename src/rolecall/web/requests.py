"""Reading requests: headers, JSON bodies and query parameters, with limits on their size."""

from typing import Any

import msgspec
from starlette.requests import Request

from rolecall.web.errors import BodyTooLarge, UnreadableBody

_DEEPEST = 64


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


async def read_body(request: Request, *, at_most: int) -> bytes:
    """The body. Raises BodyTooLarge as soon as more than `at_most` bytes have come."""
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
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableBody from error
    check_storable(value)
    return value


def check_storable(value: Any, depth: int = 0) -> None:
    """Raise UnreadableBody when a JSON value holds text that PostgreSQL refuses, or is nested too deep."""
    if depth > _DEEPEST:
        raise UnreadableBody
    if isinstance(value, str):
        if "\x00" in value or not _encodable(value):
            raise UnreadableBody
    elif isinstance(value, dict):
        for key, item in value.items():
            check_storable(key, depth + 1)
            check_storable(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            check_storable(item, depth + 1)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
