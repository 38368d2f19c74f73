"""What is the same for all lines of one import."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rolecall.actions.context import append
from rolecall.actions.ids import new_id
from rolecall.domain.events import EventType
from rolecall.ports.unified import JobBody
from rolecall.store import events, importing
from rolecall.store.db import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One import. `today` decides which postings are over, `actor` is named in the events.

    `thin_tables` are those whose statistics are still to be gathered.
    """

    id: UUID
    workspace_id: UUID
    connector_id: UUID
    actor: str
    today: date
    job_body: JobBody
    thin_tables: set[str]

    async def gather_statistics(self, conn: Connection, *tables: str) -> None:
        """Tell the planner about tables that have many rows now, once in an import and only if it knows of few."""
        thin = [table for table in tables if table in self.thin_tables]
        if thin:
            await importing.gather_statistics(conn, thin)
            self.thin_tables.difference_update(thin)

    async def record(self, conn: Connection, type_: EventType, payload: dict[str, Any], *, now: datetime) -> None:
        """Append one event for many records, whose ids are in the payload: it is about the import."""
        event = events.Event(
            workspace_id=self.workspace_id,
            id=new_id(),
            type=type_,
            record_kind="import",
            record_id=self.id,
            actor=self.actor,
            payload=payload,
            occurred_at=now,
            cause=self.id,
        )
        await append(conn, event)
