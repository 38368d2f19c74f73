"""What an action is given: the caller's transaction, the workspace it may see, who acts, and the time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rolecall.actions.ids import new_id
from rolecall.ports.unified import JobBody
from rolecall.store import events
from rolecall.store.db import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`actor` names who acts in the audit log: `credential:<id>`, `user:<id>`, `operator` or `task:<name>`."""

    conn: Connection
    workspace_id: UUID
    actor: str
    now: datetime
    job_body: JobBody


async def record(ctx: Context, kind: str, verb: str, *, record_id: UUID, **payload: Any) -> None:
    """Append the event `kind.verb` about a record, in the action's transaction."""
    event = events.Event(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        type=f"{kind}.{verb}",
        record_kind=kind,
        record_id=record_id,
        actor=ctx.actor,
        payload=payload,
        occurred_at=ctx.now,
    )
    await events.insert(ctx.conn, event)
