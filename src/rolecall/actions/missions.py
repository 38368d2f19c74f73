"""Missions: jobs that partner accounts pushed, published or refused by the operator."""

from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.jobs import hold_job, move_job
from rolecall.domain.errors import JobUnknown, MissionReviewed, MissionUnknown
from rolecall.domain.jobs import HeldJob, JobStatus
from rolecall.domain.texts import check_text

LONGEST_REASON = 500


async def publish_mission(ctx: Context, job_id: UUID) -> HeldJob:
    """Open a mission, whatever its status. Raises MissionUnknown."""
    return await move_job(ctx, await _hold(ctx, job_id), JobStatus.OPEN)


async def refuse_mission(ctx: Context, job_id: UUID, *, reason: str) -> HeldJob:
    """Close a mission that waits to be reviewed, and keep why. Its partner sees it closed, and may still edit it.

    Raises MissionUnknown, MissionReviewed, FieldMissing or FieldInvalid.
    """
    check_text(reason, field="reason", longest=LONGEST_REASON)
    held = await _hold(ctx, job_id)
    if held.status != JobStatus.DRAFT:
        raise MissionReviewed(status=held.status)
    refused = await move_job(ctx, held, JobStatus.CLOSED)
    await record(ctx, "job", "refused", record_id=held.id, reason=reason.strip())
    return refused


async def _hold(ctx: Context, job_id: UUID) -> HeldJob:
    """A job that a partner pushed, held. Raises MissionUnknown."""
    try:
        held = await hold_job(ctx, job_id)
    except JobUnknown as error:
        raise MissionUnknown(mission=job_id) from error
    if held.partner_id is None:
        raise MissionUnknown(mission=job_id)
    return held
