"""Requests that may be sent again: the second one is answered as the first was, and writes nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from rolecall.actions.context import Context
from rolecall.domain.errors import RequestDiffers
from rolecall.store import idempotency
from rolecall.store.db import Connection
from rolecall.store.idempotency import Remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeatable:
    """What a request is known again by: whose it is (`scope`), the client's key or a hash, and a hash of all of it."""

    scope: str
    key: bytes
    request_hash: bytes
    lives: timedelta


async def earlier_answer(conn: Connection, workspace_id: UUID, request: Repeatable, *, now: datetime) -> bytes | None:
    """The answer to the same request, if one is remembered. Raises RequestDiffers for another one under its key."""
    first = await idempotency.find(conn, workspace_id, request.scope, key=request.key)
    if first is None or first.expires_at <= now:
        return None
    return _answer(first, request)


async def answer_once(ctx: Context, request: Repeatable, act: Callable[[], Awaitable[tuple[UUID, bytes]]]) -> bytes:
    """Act and remember the answer, or give the answer of the first; `act` returns the record it made and the answer.

    Of two at once, the second waits for the first to commit. Raises RequestDiffers for another one under its key.
    """
    claimed = Remembered(
        workspace_id=ctx.workspace_id,
        scope=request.scope,
        key=request.key,
        request_hash=request.request_hash,
        record_id=None,
        answer=None,
        created_at=ctx.now,
        expires_at=ctx.now + request.lives,
    )
    if not await idempotency.claim(ctx.conn, claimed):
        first = await idempotency.find(ctx.conn, ctx.workspace_id, request.scope, key=request.key)
        assert first is not None
        return _answer(first, request)
    record_id, answer = await act()
    await idempotency.settle(
        ctx.conn, ctx.workspace_id, request.scope, key=request.key, record_id=record_id, answer=answer
    )
    return answer


def _answer(first: Remembered, request: Repeatable) -> bytes:
    if first.request_hash != request.request_hash:
        raise RequestDiffers
    assert first.answer is not None, "it is stored with what it answers"
    return first.answer
