"""Events: what happened, one row for each write, in the transaction of the write."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from rolecall.domain.events import EventType
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`payload` holds ids and changed words, never secrets or documents.

    `record_kind` is the type's kind but for events about many records, which are about an import. The events of one
    request, task or command share a `cause`.
    """

    workspace_id: UUID
    id: UUID
    type: EventType
    record_kind: str
    record_id: UUID
    actor: str
    payload: dict[str, Any]
    occurred_at: datetime
    cause: UUID | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "type", EventType(self.type))


_COLUMNS = columns(Event)


async def insert(conn: Connection, event: Event) -> bool:
    """Append an event; the answer is whether an active webhook of the workspace wants to hear of its type."""
    return await fetch_value(
        conn,
        """
        insert into event (workspace_id, id, type, record_kind, record_id, actor, payload, occurred_at, cause)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        returning exists (
            select from webhook w
            where w.workspace_id = event.workspace_id and w.active and event.type = any(w.event_types)
        )
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
            event.cause,
        ),
    )


async def get(conn: Connection, workspace_id: UUID, event_id: UUID) -> Event | None:
    """One event."""
    query = f"select {_COLUMNS} from event where workspace_id = %s and id = %s"
    return await fetch_one(conn, Event, query, (workspace_id, event_id))


async def of_record(conn: Connection, workspace_id: UUID, record_id: UUID) -> list[Event]:
    """The events of one record, oldest first."""
    query = f"select {_COLUMNS} from event where workspace_id = %s and record_id = %s order by id"
    return await fetch_all(conn, Event, query, (workspace_id, record_id))


async def of_cause(conn: Connection, workspace_id: UUID, cause: UUID) -> list[Event]:
    """The events of one cause, oldest first."""
    query = f"select {_COLUMNS} from event where workspace_id = %s and cause = %s order by id"
    return await fetch_all(conn, Event, query, (workspace_id, cause))


async def same_cause(conn: Connection, event: Event, type_: EventType) -> bool:
    """Whether what caused an event also led to one of another type about the same record."""
    query = """
        select exists (
            select from event where workspace_id = %s and record_id = %s and cause = %s and type = %s
        )
    """
    return await fetch_value(conn, query, (event.workspace_id, event.record_id, event.cause, type_))
