"""Contests of ownership: an employer says that it knew the person before, the operator settles it."""

from datetime import date
from uuid import UUID

from rolecall.actions.agency_hires import stop_owing
from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.submission_moves import hold_submission
from rolecall.domain.errors import AlreadyContested, ContestSettled, ContestUnknown, SubmissionUnknown
from rolecall.domain.ownership import check_contact
from rolecall.domain.texts import check_text
from rolecall.store import agency_hires, submissions
from rolecall.store.agency_hires import Contest
from rolecall.store.db import UniqueViolation

LONGEST_EVIDENCE = 4_000


async def contest(
    ctx: Context, submission_id: UUID, *, contacted_on: date, evidence: str, user_id: UUID | None = None
) -> Contest:
    """Say that the employer had two-way contact with the person in the 180 days before they confirmed.

    Raises SubmissionUnknown, AlreadyContested, FieldMissing or FieldInvalid.
    """
    check_text(evidence, field="evidence", longest=LONGEST_EVIDENCE, lines=True)
    submission = (await hold_submission(ctx, submission_id)).submission
    if submission.confirmed_at is None:
        raise SubmissionUnknown
    check_contact(contacted_on, submission.confirmed_at)
    fresh = Contest(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        submission_id=submission_id,
        user_id=user_id,
        contacted_on=contacted_on,
        evidence=evidence.strip(),
        created_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await agency_hires.insert_contest(ctx.conn, fresh)
    except UniqueViolation as error:
        raise AlreadyContested from error
    await record(ctx, "submission", "contested", record_id=submission_id, contest=str(fresh.id))
    return fresh


async def settle_contest(ctx: Context, contest_id: UUID, *, upheld: bool) -> None:
    """Decide a contest. Where it is upheld, the agency owns the person no more, and a hire does not pay it.

    Raises ContestUnknown or ContestSettled.
    """
    known = await agency_hires.hold_contest(ctx.conn, ctx.workspace_id, contest_id)
    if known is None:
        raise ContestUnknown
    if known.outcome is not None:
        raise ContestSettled(outcome=known.outcome)
    outcome = "upheld" if upheld else "refused"
    await agency_hires.settle_contest(ctx.conn, ctx.workspace_id, contest_id, outcome=outcome, at=ctx.now)
    if upheld:
        await stop_owing(
            ctx,
            await submissions.change(ctx.conn, ctx.workspace_id, known.submission_id, now=ctx.now, owned_until=ctx.now),
        )
    await record(ctx, "submission", "contest_settled", record_id=known.submission_id, outcome=outcome)
