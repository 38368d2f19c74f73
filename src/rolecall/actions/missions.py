"""Missions: jobs that partner accounts pushed, published or refused by the operator."""

from datetime import timedelta
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.jobs import hold_job, move_job
from rolecall.actions.offering import offer_mission
from rolecall.domain.errors import JobUnknown, MissionReviewed, MissionUnknown
from rolecall.domain.jobs import HeldJob, JobStatus
from rolecall.domain.missions import Offer
from rolecall.domain.texts import check_text

LONGEST_REASON = 500
REVIEW_PATH = "/operator"
REVIEW_AUDIENCE = "operator/missions"
REVIEW_LIVES = timedelta(hours=1)


async def publish_mission(ctx: Context, job_id: UUID, *, offer: Offer | None = None) -> HeldJob:
    """Open a mission, whatever its status, and offer it to agencies.

    Without an offer one that has no posting is offered as the workspace's defaults say. Raises MissionUnknown,
    AgencyUnknown or FieldInvalid.
    """
    held, offer = await _hold(ctx, job_id), offer or Offer()
    if held.status == JobStatus.OPEN:
        await offer_mission(ctx, held, offer)
        return held
    return await move_job(ctx, held, JobStatus.OPEN, offer=offer)


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


async def make_review_link(ctx: Context) -> dict[str, str]:
    """The claims of a link with which an operator reviews the missions of the workspace in a browser."""
    await record(ctx, "workspace", "review_link_made", record_id=ctx.workspace_id)
    return {"workspace": str(ctx.workspace_id)}
