"""What becomes of an application, and what is noted of a candidate, as a system that keeps such records sends it in."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.text import clean_field
from rolecall.domain.applications import Stage
from rolecall.domain.errors import NameTaken
from rolecall.store import hiring, rows
from rolecall.store.db import UniqueViolation

LONGEST_BODY = 100_000
_LABELS = ("label", "name", "title", "text", "value")


def _begun(ctx: Context, connector_id: UUID) -> dict[str, Any]:
    """What every new record begins with."""
    return {
        "workspace_id": ctx.workspace_id,
        "id": new_id(),
        "connector_id": connector_id,
        "created_at": ctx.now,
        "modified_at": ctx.now,
    }


async def create_reject_reason(ctx: Context, connector_id: UUID, *, name: str) -> UUID:
    """A reason for closing applications. Raises NameTaken."""
    reason = hiring.RejectReason(**_begun(ctx, connector_id), name=name)
    try:
        async with ctx.conn.transaction():
            await rows.insert(ctx.conn, "reject_reason", reason)
    except UniqueViolation as error:
        raise NameTaken(kind="reject reason", name=name) from error
    await record(ctx, "reject_reason", "created", record_id=reason.id)
    return reason.id


async def create_activity(
    ctx: Context,
    connector_id: UUID,
    *,
    candidate_id: UUID | None,
    member_id: UUID | None,
    kind: str | None,
    subject: str | None,
    body: str | None,
    visibility: str | None,
) -> UUID:
    """An entry on a candidate's timeline. Raises FieldInvalid for a body that is too long."""
    if body is not None:
        body = await clean_field(body, field="body", longest=LONGEST_BODY, may_be_empty=True)
    activity = hiring.Activity(
        **_begun(ctx, connector_id),
        candidate_id=candidate_id,
        member_id=member_id,
        kind=kind,
        subject=subject,
        body=body,
        visibility=visibility,
    )
    await rows.insert(ctx.conn, "activity", activity)
    await record(ctx, "activity", "created", record_id=activity.id, candidate_id=_text(candidate_id))
    return activity.id


async def create_eeoc(
    ctx: Context,
    connector_id: UUID,
    *,
    candidate_id: UUID,
    submitted_at: datetime | None,
    race: str | None,
    gender: str | None,
    veteran_status: str | None,
    disability_status: str | None,
) -> UUID:
    """A candidate's equal-opportunity answers. The event does not tell them."""
    eeoc = hiring.Eeoc(
        **_begun(ctx, connector_id),
        candidate_id=candidate_id,
        submitted_at=submitted_at,
        race=race,
        gender=gender,
        veteran_status=veteran_status,
        disability_status=disability_status,
    )
    await rows.insert(ctx.conn, "eeoc", eeoc)
    await record(ctx, "eeoc", "created", record_id=eeoc.id, candidate_id=str(candidate_id))
    return eeoc.id


async def create_interview(
    ctx: Context,
    connector_id: UUID,
    *,
    application_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    stage_id: UUID | None = None,
    organizer_id: UUID | None = None,
    interviewer_ids: Sequence[UUID] = (),
    location: str | None = None,
    time_zone: str | None = None,
    status: str | None = None,
    remote_created_at: datetime | None = None,
    remote_updated_at: datetime | None = None,
) -> UUID:
    """An interview of an application; `time_zone` is the IANA name of the zone by whose clock it was arranged."""
    interview = hiring.Interview(
        **_begun(ctx, connector_id),
        application_id=application_id,
        stage_id=stage_id,
        organizer_id=organizer_id,
        location=location,
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=time_zone,
        status=status,
        remote_created_at=remote_created_at,
        remote_updated_at=remote_updated_at,
    )
    await rows.insert(ctx.conn, "interview", interview)
    members = list(dict.fromkeys(interviewer_ids))
    await hiring.add_interviewers(ctx.conn, ctx.workspace_id, interview.id, member_ids=members)
    await record(ctx, "interview", "created", record_id=interview.id, application_id=str(application_id))
    return interview.id


async def create_scorecard(
    ctx: Context,
    connector_id: UUID,
    *,
    application_id: UUID,
    interview_id: UUID | None,
    interviewer_id: UUID | None,
    recommendation: str | None,
    submitted_at: datetime | None,
    remote_created_at: datetime | None,
) -> UUID:
    """What an interviewer thinks of an application."""
    scorecard = hiring.Scorecard(
        **_begun(ctx, connector_id),
        application_id=application_id,
        interview_id=interview_id,
        interviewer_id=interviewer_id,
        recommendation=recommendation,
        submitted_at=submitted_at,
        remote_created_at=remote_created_at,
    )
    await rows.insert(ctx.conn, "scorecard", scorecard)
    await record(ctx, "scorecard", "created", record_id=scorecard.id, application_id=str(application_id))
    return scorecard.id


async def create_offer(
    ctx: Context,
    connector_id: UUID,
    *,
    application_id: UUID,
    creator_id: UUID | None,
    status: str | None,
    sent_at: datetime | None,
    closed_at: datetime | None,
    start_date: date | None,
    remote_created_at: datetime | None,
) -> UUID:
    """An offer made on an application."""
    offer = hiring.Offer(
        **_begun(ctx, connector_id),
        application_id=application_id,
        creator_id=creator_id,
        status=status,
        sent_at=sent_at,
        closed_at=closed_at,
        start_date=start_date,
        remote_created_at=remote_created_at,
    )
    await rows.insert(ctx.conn, "offer", offer)
    await record(ctx, "offer", "created", record_id=offer.id, application_id=str(application_id))
    return offer.id


async def create_stage(ctx: Context, job_id: UUID, *, name: str, position: int | None = None) -> UUID:
    """A step of a job's hiring process, after the others unless `position` says where. Raises NameTaken."""
    last = await hiring.last_stage_position(ctx.conn, ctx.workspace_id, job_id)
    stage = Stage(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        job_id=job_id,
        name=name,
        position=last + 1 if position is None else position,
        created_at=ctx.now,
        modified_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await rows.insert(ctx.conn, "stage", stage)
    except UniqueViolation as error:
        raise NameTaken(kind="stage", name=name) from error
    await record(ctx, "stage", "created", record_id=stage.id, job_id=str(job_id))
    return stage.id


async def create_question(
    ctx: Context,
    connector_id: UUID,
    *,
    job_id: UUID,
    text: str,
    kind: str,
    description: str | None = None,
    required: bool = False,
    choices: Sequence[dict[str, Any]] | None = None,
) -> UUID:
    """A question at the end of a job's application form. `choices` are objects; our form shows their labels.

    Raises FieldInvalid for a description that is too long.
    """
    if description is not None:
        description = await clean_field(description, field="description", longest=LONGEST_BODY, may_be_empty=True)
    question = hiring.SourceQuestion(
        **_begun(ctx, connector_id),
        job_id=job_id,
        position=await hiring.last_question_position(ctx.conn, ctx.workspace_id, job_id) + 1,
        text=text,
        description=description,
        kind=kind,
        required=required,
        options=[label for choice in choices or () if (label := _label(choice))],
        choices=None if choices is None else list(choices),
    )
    await hiring.add_question(ctx.conn, question)
    await record(ctx, "screening_question", "created", record_id=question.id, job_id=str(job_id))
    return question.id


def _label(choice: dict[str, Any]) -> str | None:
    found = (choice.get(name) for name in _LABELS)
    return next((str(value) for value in found if isinstance(value, str | int | float) and str(value)), None)


def _text(found: UUID | None) -> str | None:
    return None if found is None else str(found)
