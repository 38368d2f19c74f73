"""Contests of ownership: an employer says that it knew the person before, the operator settles it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from rolecall.actions.agency_hires import stop_owing
from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.payees import fee_instead, payee_of
from rolecall.actions.submission_moves import hold_submission
from rolecall.domain.errors import AlreadyContested, ContestSettled, ContestUnknown, SubmissionUnknown
from rolecall.domain.hires import AgencyHire, due_instead, fee_amount
from rolecall.domain.ownership import check_contact
from rolecall.domain.submissions import Submission
from rolecall.domain.texts import check_text
from rolecall.store import agency_hires, clients, postings, submissions
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
    """Decide a contest. Where it is upheld, the agency owns the person no more.

    Hires that paid an agency which the contact of the client came before pay the next one that has a right to it, or
    nobody. Raises ContestUnknown or ContestSettled.
    """
    known = await agency_hires.hold_contest(ctx.conn, ctx.workspace_id, contest_id)
    if known is None:
        raise ContestUnknown
    if known.outcome is not None:
        raise ContestSettled(outcome=known.outcome)
    client_id = await _hold_postings(ctx, known.submission_id)
    outcome = "upheld" if upheld else "refused"
    await agency_hires.settle_contest(ctx.conn, ctx.workspace_id, contest_id, outcome=outcome, at=ctx.now)
    if upheld:
        submission = await _end_ownership(ctx, known.submission_id)
        for hire in await agency_hires.owed_for(ctx.conn, submission, client_id=client_id):
            await _pass_on(ctx, hire)
    await record(ctx, "submission", "contest_settled", record_id=known.submission_id, outcome=outcome)


async def _hold_postings(ctx: Context, submission_id: UUID) -> UUID:
    """Hold all postings at which the client may hire the person, in the order of their ids; the client."""
    known = await submissions.get(ctx.conn, ctx.workspace_id, submission_id)
    posting = known and await postings.get(ctx.conn, ctx.workspace_id, known.posting_id)
    assert known is not None, "a contest ends with its submission"
    assert posting is not None, "a submission ends with its posting"
    await clients.hold(ctx.conn, ctx.workspace_id, posting.client_id)  # before its hires, as whoever settles them does
    confirmed = await submissions.confirmed_for_client(ctx.conn, known, client_id=posting.client_id)
    for posting_id in sorted({one.posting_id for one in confirmed}):
        await postings.hold(ctx.conn, ctx.workspace_id, posting_id)
    return posting.client_id


async def _end_ownership(ctx: Context, submission_id: UUID) -> Submission:
    submission = (await hold_submission(ctx, submission_id)).submission
    ends = min(ctx.now, submission.owned_until or ctx.now)
    return await submissions.change(ctx.conn, ctx.workspace_id, submission_id, now=ctx.now, owned_until=ends)


async def _pass_on(ctx: Context, hire: AgencyHire) -> None:
    """Let a hire pay whoever has a right to it by what is known now, asked for the moment of the hire."""
    held = await hold_submission(ctx, hire.submission_id)
    agency_id = await payee_of(ctx.conn, held.submission, held.posting, hired_at=hire.created_at)
    if agency_id == hire.agency_id or await stop_owing(ctx, hire.id) is None or agency_id is None:
        return
    fee = await fee_instead(ctx.conn, hire, held.posting, agency_id)
    instead = replace(
        hire,
        id=new_id(),
        replaces_id=hire.id,
        agency_id=agency_id,
        invoiced_on=ctx.now.date(),
        fee_percent=fee.percentage,
        fee_note=fee.note,
        fee_amount=fee_amount(hire.first_year_pay, fee.percentage),
        due_on=due_instead(hire.due_on, ctx.now.date()),
        paid_on=None,
    )
    await agency_hires.insert(ctx.conn, instead)
    await record(ctx, "agency_hire", "passed_on", record_id=instead.id, replaces=str(hire.id), agency=str(agency_id))
