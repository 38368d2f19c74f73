"""What an employer does with the people who are submitted to its postings. The agency reads all feedback."""

from datetime import date, datetime
from uuid import UUID

from rolecall.actions import hiring
from rolecall.actions.applications import move_application
from rolecall.actions.applying import NewApplication, apply
from rolecall.actions.candidates import Person
from rolecall.actions.context import Context, record
from rolecall.actions.submission_moves import hold_submission, note_move, take
from rolecall.actions.submitted_resumes import attach_resume
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.applications import ApplicationStatus
from rolecall.domain.errors import (
    AlreadyConsidered,
    FieldInvalid,
    MoveRefused,
    NotTransferable,
    PostingNotTaking,
    PostingUnknown,
)
from rolecall.domain.postings import Posting, PostingState, shown_state
from rolecall.domain.submissions import (
    APPLICATION_STATUS,
    EXITS,
    IN_PROCESS,
    TRANSFERABLE,
    Side,
    Submission,
    SubmissionStage,
    check_feedback,
    next_stage,
)
from rolecall.domain.texts import check_text
from rolecall.store import agencies, jobs, postings, submissions

LONGEST_LOCATION = 500
_CLOSED = "The posting was closed."


async def advance(ctx: Context, submission_id: UUID, *, feedback: str) -> Submission:
    """Take a submission one step on; a hire is logged instead (`agency_hires.log_hire`).

    Raises SubmissionUnknown, MoveRefused, FieldMissing or FieldInvalid.
    """
    check_feedback(feedback)
    held = await hold_submission(ctx, submission_id)
    step = next_stage(held.submission.stage)
    if step is None or step == SubmissionStage.HIRED:
        raise MoveRefused(kind="submission", old=held.submission.stage, new=step or "a further stage")
    return await take(ctx, held.submission, step, by=Side.CLIENT, feedback=feedback)


async def reject(ctx: Context, submission_id: UUID, *, feedback: str) -> Submission:
    """Turn a submission down. Raises SubmissionUnknown, MoveRefused, FieldMissing or FieldInvalid."""
    check_feedback(feedback)
    held = await hold_submission(ctx, submission_id)
    return await take(ctx, held.submission, SubmissionStage.REJECTED, by=Side.CLIENT, feedback=feedback)


async def undo_rejection(ctx: Context, submission_id: UUID) -> Submission:
    """Bring a rejected submission back to where it was. Raises SubmissionUnknown, MoveRefused or PostingNotTaking."""
    held = await hold_submission(ctx, submission_id)
    state = shown_state(held.posting.state, held.job.status)
    if state == PostingState.CLOSED:
        raise PostingNotTaking(state=state)
    before = held.submission.exited_from
    if held.submission.stage != SubmissionStage.REJECTED or before is None:
        raise MoveRefused(kind="submission", old=held.submission.stage, new="the stage before a rejection")
    return await take(ctx, held.submission, SubmissionStage(before), by=Side.CLIENT)


async def end_all(ctx: Context, posting: Posting) -> None:
    """Reject everybody who is in process at a posting that closes: a part of the write that closes it."""
    for submission in await submissions.of_posting(ctx.conn, ctx.workspace_id, posting.id, stages=IN_PROCESS):
        held = await submissions.hold(ctx.conn, ctx.workspace_id, submission.id)
        if held is not None and held.stage in IN_PROCESS:
            await take(ctx, held, SubmissionStage.REJECTED, by=Side.CLIENT, feedback=_CLOSED)


async def transfer(ctx: Context, submission_id: UUID, *, to_job_id: UUID) -> Submission:
    """Move a submission to another posting of the same client, in the stage where it is.

    In the record the person gets an application for the other job, and the first one is withdrawn. Raises
    SubmissionUnknown, NotTransferable, PostingUnknown, PostingNotTaking or AlreadyConsidered.
    """
    await _hold_both(ctx, submission_id, to_job_id)
    held = await hold_submission(ctx, submission_id)
    known = held.submission
    if known.stage not in TRANSFERABLE:
        raise NotTransferable(stage=known.stage)
    target = await _target(ctx, held.posting, to_job_id)
    if any(
        other.stage not in EXITS and other.confirmed_at is not None
        for other in await submissions.of_person(ctx.conn, known, posting_id=target.id)
    ):
        raise AlreadyConsidered
    agency = await agencies.get(ctx.conn, ctx.workspace_id, known.agency_id)
    new = NewApplication(
        job_id=target.job_id,
        person=Person(first_name=known.first_name, last_name=known.last_name, email=known.email, phone=known.phone),
        channel=agency.name if agency is not None else "",
        agency_id=known.agency_id,
    )
    application = await apply(ctx, new)
    if known.resume_id is not None:
        ids = {"candidate_id": application.candidate_id, "application_id": application.id}
        await attach_resume(ctx, **ids, file_id=known.resume_id)
    await move_application(ctx, application.id, APPLICATION_STATUS[known.stage])
    if known.application_id is not None:
        await move_application(ctx, known.application_id, ApplicationStatus.WITHDRAWN)
    facts = {"posting_id": target.id, "application_id": application.id, "external_id": None, "transferred_at": ctx.now}
    moved = await submissions.change(ctx.conn, ctx.workspace_id, known.id, now=ctx.now, **facts)
    await note_move(ctx, moved, old=known.stage, feedback=f"Transferred to {target.title}.")
    await record(ctx, "submission", "transferred", record_id=known.id, old=str(held.posting.id), new=str(target.id))
    return moved


async def _hold_both(ctx: Context, submission_id: UUID, job_id: UUID) -> None:
    """Hold both postings of a transfer in the order of their ids: of two that cross, one waits for the other."""
    known = await submissions.get(ctx.conn, ctx.workspace_id, submission_id)
    target = await postings.of_job(ctx.conn, ctx.workspace_id, job_id)
    for posting_id in sorted({known.posting_id, target.id}) if known is not None and target is not None else ():
        await postings.hold(ctx.conn, ctx.workspace_id, posting_id)


async def _target(ctx: Context, posting: Posting, job_id: UUID) -> Posting:
    target = await postings.hold_of_job(ctx.conn, ctx.workspace_id, job_id)
    if target is None or target.client_id != posting.client_id or target.state == PostingState.DRAFT:
        raise PostingUnknown
    if target.id == posting.id:
        raise AlreadyConsidered
    job = await jobs.get(ctx.conn, ctx.workspace_id, job_id)
    if job is None:
        raise PostingUnknown
    state = shown_state(target.state, job.status)
    if state == PostingState.CLOSED:
        raise PostingNotTaking(state=state)
    return target


async def schedule_interview(
    ctx: Context,
    submission_id: UUID,
    *,
    starts_at: datetime,
    ends_at: datetime,
    location: str | None = None,
    time_zone: str | None = None,
) -> UUID:
    """Put an interview on the record of a person who is interviewed. The times are in UTC, said in `time_zone`.

    Raises SubmissionUnknown, MoveRefused or FieldInvalid.
    """
    if ends_at <= starts_at:
        raise FieldInvalid(field="ends_at", hint="after it starts")
    check_text(location or "", field="location", longest=LONGEST_LOCATION, required=False)
    allowed = (SubmissionStage.INTERVIEWING, SubmissionStage.OFFERS)
    return await hiring.create_interview(
        ctx,
        await native_connector_id(ctx.conn, ctx.workspace_id),
        application_id=await _application_in(ctx, submission_id, allowed, to="an interview"),
        starts_at=starts_at,
        ends_at=ends_at,
        location=location,
        time_zone=time_zone,
        status="SCHEDULED",
    )


async def make_offer(ctx: Context, submission_id: UUID, *, start_date: date | None = None) -> UUID:
    """Put an offer that was sent on the record of a person. Raises SubmissionUnknown or MoveRefused."""
    application_id = await _application_in(ctx, submission_id, (SubmissionStage.OFFERS,), to="an offer")
    return await hiring.create_offer(
        ctx,
        await native_connector_id(ctx.conn, ctx.workspace_id),
        application_id=application_id,
        creator_id=None,
        status="SENT",
        sent_at=ctx.now,
        closed_at=None,
        start_date=start_date,
        remote_created_at=None,
    )


async def _application_in(ctx: Context, submission_id: UUID, stages: tuple[SubmissionStage, ...], *, to: str) -> UUID:
    submission = (await hold_submission(ctx, submission_id)).submission
    if submission.stage not in stages or submission.application_id is None:
        raise MoveRefused(kind="submission", old=submission.stage, new=to)
    return submission.application_id


async def see_withdrawal(ctx: Context, submission_id: UUID) -> None:
    """Note that the employer has seen that an agency took somebody back. Raises SubmissionUnknown."""
    submission = (await hold_submission(ctx, submission_id)).submission
    if submission.stage == SubmissionStage.WITHDRAWN and submission.withdrawal_seen_at is None:
        await submissions.mark(ctx.conn, ctx.workspace_id, submission_id, "withdrawal_seen_at", at=ctx.now)
        await record(ctx, "submission", "read", record_id=submission_id, by=Side.CLIENT)
