"""Deliveries of webhooks: each message to one receiver, kept with what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from rolecall.domain.webhooks import DeliveryStatus
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """`body` is what is sent on each try. `answer` is the status of the last answer, `problem` why there was none.

    `attempts` are all tries: `at`, `answer`, `answer_body`, `problem` and `milliseconds` of each. `connector_id` is the
    connector that the message is about, if it is about one.
    """

    workspace_id: UUID
    id: UUID
    webhook_id: UUID
    event_id: UUID
    event: str
    body: bytes
    status: DeliveryStatus
    created_at: datetime
    tries: int = 0
    tried_at: datetime | None = None
    next_try_at: datetime | None = None
    answer: int | None = None
    answer_body: str | None = None
    problem: str | None = None
    milliseconds: int | None = None
    connector_id: UUID | None = None
    attempts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def __post_init__(self) -> None:
        object.__setattr__(self, "status", DeliveryStatus(self.status))


_COLUMNS = columns(Delivery)


async def add(conn: Connection, delivery: Delivery) -> bool:
    """Store a message, unless its webhook has one of this event already; whether it is new."""
    return (
        await fetch_value(
            conn,
            """
        insert into webhook_delivery
            (workspace_id, id, webhook_id, event_id, event, body, status, next_try_at, created_at, connector_id)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, webhook_id, event_id) do nothing
        returning true
        """,
            (
                delivery.workspace_id,
                delivery.id,
                delivery.webhook_id,
                delivery.event_id,
                delivery.event,
                delivery.body,
                delivery.status,
                delivery.next_try_at,
                delivery.created_at,
                delivery.connector_id,
            ),
        )
        or False
    )


async def get(conn: Connection, workspace_id: UUID, delivery_id: UUID) -> Delivery | None:
    """One delivery."""
    query = f"select {_COLUMNS} from webhook_delivery where workspace_id = %s and id = %s"
    return await fetch_one(conn, Delivery, query, (workspace_id, delivery_id))


async def newest(
    conn: Connection, workspace_id: UUID, *, webhook_id: UUID | None, status: DeliveryStatus | None, limit: int
) -> list[Delivery]:
    """The newest deliveries of a workspace, of one webhook or in one status if they are named."""
    query = f"""
        select {_COLUMNS} from webhook_delivery
        where workspace_id = %(workspace)s
          and (%(webhook)s::uuid is null or webhook_id = %(webhook)s)
          and (%(status)s::text is null or status = %(status)s)
        order by id desc limit %(limit)s
    """
    given = {"workspace": workspace_id, "webhook": webhook_id, "status": status, "limit": limit}
    return await fetch_all(conn, Delivery, query, given)


async def note_try(conn: Connection, tried: Delivery) -> bool:
    """Store how a try went, unless another worker has noted it meanwhile; whether it is stored."""
    cursor = await conn.execute(
        """
        update webhook_delivery
        set status = %s, tries = %s, tried_at = %s, next_try_at = %s, answer = %s, answer_body = %s, problem = %s,
            milliseconds = %s, attempts = attempts || %s
        where workspace_id = %s and id = %s and status = 'waiting' and tries = %s - 1
        """,
        (
            tried.status,
            tried.tries,
            tried.tried_at,
            tried.next_try_at,
            tried.answer,
            tried.answer_body,
            tried.problem,
            tried.milliseconds,
            Jsonb(_attempt(tried)),
            tried.workspace_id,
            tried.id,
            tried.tries,
        ),
    )
    return cursor.rowcount > 0


def _attempt(tried: Delivery) -> dict[str, Any]:
    return {
        "at": tried.tried_at.isoformat() if tried.tried_at is not None else None,
        "answer": tried.answer,
        "answer_body": tried.answer_body,
        "problem": tried.problem,
        "milliseconds": tried.milliseconds,
    }


async def start_again(conn: Connection, workspace_id: UUID, delivery_id: UUID, *, now: datetime) -> Delivery | None:
    """Let a delivery wait again as if it had not been tried, and return it; None when there is none."""
    query = f"""
        update webhook_delivery set status = 'waiting', tries = 0, next_try_at = %s
        where workspace_id = %s and id = %s returning {_COLUMNS}
    """
    return await fetch_one(conn, Delivery, query, (now, workspace_id, delivery_id))


async def forget_settled(conn: Connection, before: datetime) -> int:
    """Drop what was made before a time and waits for nothing any more, of all workspaces; how many."""
    cursor = await conn.execute("delete from webhook_delivery where created_at < %s and status <> 'waiting'", (before,))
    return cursor.rowcount
