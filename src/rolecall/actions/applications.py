"""Applications: where they stand, and what a recruiter notes of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.stages import job_stages
from rolecall.domain.applications import Application, ApplicationStatus
from rolecall.domain.errors import ApplicationUnknown
from rolecall.store import applications


async def move_application(ctx: Context, application_id: UUID, status: ApplicationStatus) -> Application:
    """Move an application to a status and to the stage of its job that stands for it, if there is one.

    Raises ApplicationUnknown.
    """
    known = await _hold(ctx, application_id)
    if known.status == status:
        return known
    stages = await job_stages(ctx, known.job_id)
    stage_id = next((stage.id for stage in stages if stage.status == status), known.stage_id)
    rejected_at = ctx.now if status == ApplicationStatus.REJECTED else None
    moved = await _store(ctx, known, status=status, stage_id=stage_id, rejected_at=rejected_at)
    await record(
        ctx,
        "application",
        "moved",
        record_id=known.id,
        old=known.status,
        new=status,
        stage_id=None if stage_id is None else str(stage_id),
    )
    return moved


async def note_on_application(ctx: Context, application_id: UUID, note: str | None) -> Application:
    """Keep a recruiter's note for the next message to the applicant; None clears it. Raises ApplicationUnknown."""
    known = await _hold(ctx, application_id)
    if known.follow_up_note == note:
        return known
    noted = await _store(ctx, known, follow_up_note=note)
    await record(ctx, "application", "changed", record_id=known.id, fields=["follow_up_note"])
    return noted


async def _hold(ctx: Context, application_id: UUID) -> Application:
    known = await applications.lock(ctx.conn, ctx.workspace_id, application_id)
    if known is None:
        raise ApplicationUnknown
    return known


async def _store(ctx: Context, known: Application, **facts: Any) -> Application:
    now = max(ctx.now, known.modified_at + timedelta(microseconds=1))
    changed = replace(known, **facts, updated_at=now, modified_at=now)
    await applications.update(ctx.conn, changed)
    return changed
