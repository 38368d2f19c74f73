"""Events: what happened, one row for each write, in the transaction of the write."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from rolecall.store.db import Connection, columns, fetch_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`type` is kind.verb, as in job.published; `payload` holds ids and changed words, never secrets or documents."""

    workspace_id: UUID
    id: UUID
    type: str
    record_kind: str
    record_id: UUID
    actor: str
    payload: dict[str, Any]
    occurred_at: datetime


_COLUMNS = columns(Event)


async def insert(conn: Connection, event: Event) -> None:
    """Append an event."""
    await conn.execute(
        """
        insert into event (workspace_id, id, type, record_kind, record_id, actor, payload, occurred_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            event.workspace_id,
            event.id,
            event.type,
            event.record_kind,
            event.record_id,
            event.actor,
            Jsonb(event.payload),
            event.occurred_at,
        ),
    )


async def of_record(conn: Connection, workspace_id: UUID, record_id: UUID) -> list[Event]:
    """The events of one record, oldest first."""
    query = f"select {_COLUMNS} from event where workspace_id = %s and record_id = %s order by id"
    return await fetch_all(conn, Event, query, (workspace_id, record_id))
