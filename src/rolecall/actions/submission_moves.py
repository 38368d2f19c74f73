"""How a submission moves: held with its posting, written down with its feedback, followed by its application."""

from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from rolecall.actions.applications import move_application
from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.locking import watch_posting
from rolecall.domain.errors import SubmissionUnknown
from rolecall.domain.jobs import Job
from rolecall.domain.postings import Posting
from rolecall.domain.submissions import APPLICATION_STATUS, EXITS, Side, Submission, SubmissionStage, check_move
from rolecall.store import agencies, applications, jobs, postings, submission_talk, submissions
from rolecall.store.submission_talk import Move

UNNAMED_SOURCE = "Agency"  # until the employer may know which


class Held(NamedTuple):
    """A submission and what it belongs to, held against other writers. The posting is always held first."""

    submission: Submission
    posting: Posting
    job: Job


async def hold_submission(ctx: Context, submission_id: UUID) -> Held:
    """A submission, held for writing. Raises SubmissionUnknown."""
    known = await submissions.get(ctx.conn, ctx.workspace_id, submission_id)
    if known is None:
        raise SubmissionUnknown
    posting = await postings.hold(ctx.conn, ctx.workspace_id, known.posting_id)
    held = await submissions.hold(ctx.conn, ctx.workspace_id, submission_id)
    if posting is None or held is None:
        raise SubmissionUnknown
    if held.posting_id != posting.id:  # transferred meanwhile
        return await hold_submission(ctx, submission_id)
    job = await jobs.get(ctx.conn, ctx.workspace_id, posting.job_id)
    if job is None:
        raise SubmissionUnknown
    return Held(held, posting, job)


async def take(
    ctx: Context, submission: Submission, stage: SubmissionStage, *, by: Side, feedback: str | None = None, **facts: Any
) -> Submission:
    """Move a submission that is held, with its application in the one record. `facts` change with it.

    Raises MoveRefused.
    """
    check_move(submission.stage, stage, by=by)
    moved = await submissions.change(
        ctx.conn,
        ctx.workspace_id,
        submission.id,
        now=ctx.now,
        stage=stage,
        stage_since=ctx.now,
        exited_from=submission.stage if stage in EXITS else None,
        **facts,
    )
    await note_move(ctx, moved, old=submission.stage, feedback=feedback)
    await record(ctx, "submission", "moved", record_id=submission.id, old=submission.stage, new=stage, by=by)
    if submission.stage == SubmissionStage.AWAITING_SORT:
        await watch_posting(ctx, submission.posting_id)
    if moved.application_id is not None and stage in APPLICATION_STATUS:
        await move_application(ctx, moved.application_id, APPLICATION_STATUS[stage])
        if stage == SubmissionStage.REVIEWING:
            await _name_source(ctx, moved, moved.application_id)
    return moved


async def note_move(ctx: Context, submission: Submission, *, old: SubmissionStage, feedback: str | None) -> None:
    """Write down a move to the stage where the submission now is: a part of the write that moves it."""
    move = Move(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        submission_id=submission.id,
        old=old,
        new=submission.stage,
        feedback=feedback,
        actor=ctx.actor,
        created_at=ctx.now,
    )
    await submission_talk.insert_move(ctx.conn, move)


async def _name_source(ctx: Context, submission: Submission, application_id: UUID) -> None:
    """From now on the employer may know the agency, so the record names it as the source."""
    agency = await agencies.get(ctx.conn, ctx.workspace_id, submission.agency_id)
    known = await applications.lock(ctx.conn, ctx.workspace_id, application_id)
    if agency is not None and known is not None and known.source == UNNAMED_SOURCE:
        await applications.update(ctx.conn, replace(known, source=agency.name, agency_id=agency.id))
