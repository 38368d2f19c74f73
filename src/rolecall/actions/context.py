"""What an action is given: the caller's transaction, the workspace it may see, who acts, and the time."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from rolecall.actions.ids import new_id
from rolecall.domain.events import EventType
from rolecall.ports.unified import JobBody
from rolecall.store import events, queue
from rolecall.store.db import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`actor` names who acts in the audit log: `credential:<id>`, `user:<id>`, `operator` or `task:<name>`.

    `acted_for` is in whose place, in the same words; every event names both. `cause` ties the events of everything that
    is done with one context.
    """

    conn: Connection
    workspace_id: UUID
    actor: str
    now: datetime
    job_body: JobBody
    acted_for: str | None = None
    cause: UUID = field(default_factory=new_id)


DISPATCH = "webhooks.dispatch"


async def record(ctx: Context, kind: str, verb: str, *, record_id: UUID, **payload: Any) -> None:
    """Append the event `kind.verb` about a record, in the action's transaction.

    Raises ValueError for a type that `domain.events` does not list.
    """
    event = events.Event(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        type=EventType(f"{kind}.{verb}"),
        record_kind=kind,
        record_id=record_id,
        actor=ctx.actor,
        payload=payload if ctx.acted_for is None else {**payload, "acted_for": ctx.acted_for},
        occurred_at=ctx.now,
        cause=ctx.cause,
    )
    await append(ctx.conn, event)


async def append(conn: Connection, event: events.Event) -> None:
    """Store an event, and queue it for the webhooks that want to hear of it, if there are any."""
    if await events.insert(conn, event):
        await queue.defer(conn, DISPATCH, workspace=str(event.workspace_id), event=str(event.id))
