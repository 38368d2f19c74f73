"""Hires for contract work: who is hired from when to when, and at which rates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.hire_costs import check_agreed, invoiced_to
from rolecall.actions.ids import new_id
from rolecall.actions.postings import close_posting
from rolecall.actions.submission_moves import hold_submission, take
from rolecall.domain.clients import ClientUser
from rolecall.domain.contract_hires import (
    ContractHire,
    ContractRate,
    NewContractHire,
    check_contract_hire,
    check_may_run,
    check_new_end,
    check_new_rate,
)
from rolecall.domain.contract_work import Engagement, bill_rate, check_rate
from rolecall.domain.errors import HireUnknown
from rolecall.domain.errors_of_agencies import OtherEngagement
from rolecall.domain.postings import PostingState, check_fee_percent
from rolecall.domain.submissions import Side, SubmissionStage
from rolecall.store import contract_hires, timesheets


async def log_contract_hire(
    ctx: Context, submission_id: UUID, new: NewContractHire, *, user_id: UUID | None = None
) -> ContractHire:
    """Log a hire of a person with an offer at a posting for contract work, and close it unless it is to stay open.

    Raises SubmissionUnknown, MoveRefused, OtherEngagement, FieldMissing or FieldInvalid, also for a cost center of
    somebody else and for a markup that was not agreed on.
    """
    check_contract_hire(new)
    check_fee_percent(new.markup_percent)
    held = await hold_submission(ctx, submission_id)
    if held.posting.engagement != Engagement.CONTRACT:
        raise OtherEngagement(engagement=held.posting.engagement)
    await check_agreed(ctx, new.markup_percent, held.posting, held.submission.agency_id)
    cost_center_id = await invoiced_to(ctx, new.cost_center_id, held.posting)
    await take(ctx, held.submission, SubmissionStage.HIRED, by=Side.CLIENT)
    hire = ContractHire(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        submission_id=submission_id,
        cost_center_id=cost_center_id,
        user_id=user_id,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        currency=new.currency,
        unit=new.unit,
        markup_percent=new.markup_percent,
        fee_note=new.fee_note,
        work_location=new.work_location.strip(),
        invoice_memo=(new.invoice_memo or "").strip() or None,
        created_at=ctx.now,
    )
    await contract_hires.insert(ctx.conn, hire)
    await contract_hires.put_rate(ctx.conn, _rate(ctx, hire, new.starts_on, new.pay_rate, user_id))
    await record(ctx, "contract_hire", "logged", record_id=hire.id, submission=str(submission_id))
    if not new.keep_open and held.posting.state != PostingState.CLOSED:
        await close_posting(ctx, held.posting)
    return hire


def _rate(ctx: Context, hire: ContractHire, from_day: date, pay_rate: Decimal, user_id: UUID | None) -> ContractRate:
    return ContractRate(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        contract_hire_id=hire.id,
        user_id=user_id,
        from_day=from_day,
        pay_rate=pay_rate,
        bill_rate=bill_rate(pay_rate, hire.markup_percent),
        created_at=ctx.now,
    )


async def set_rate(
    ctx: Context,
    user: ClientUser,
    hire_id: UUID,
    *,
    from_day: date,
    pay_rate: Decimal,
    author_id: UUID | None = None,
) -> ContractRate:
    """Let another rate hold from a day on, with the markup of the hire; one from the same day is replaced.

    The day comes after all that was submitted. The author is the user, unless somebody acts in that one's place.

    Raises PermissionMissing, HireUnknown or FieldInvalid.
    """
    check_rate(pay_rate, field="pay_rate")
    hire = await hold_for_client(ctx, user, hire_id)
    until = await timesheets.submitted_until(ctx.conn, ctx.workspace_id, hire_id)
    check_new_rate(hire, from_day, submitted_until=until)
    known = {rate.from_day: rate for rate in await contract_hires.rates(ctx.conn, ctx.workspace_id, hire_id)}
    if from_day in known and known[from_day].pay_rate == pay_rate:
        return known[from_day]
    stored = await contract_hires.put_rate(ctx.conn, _rate(ctx, hire, from_day, pay_rate, author_id or user.id))
    await record(ctx, "contract_hire", "rate_set", record_id=hire_id, from_day=str(from_day))
    return stored


async def set_end(ctx: Context, user: ClientUser, hire_id: UUID, *, ends_on: date | None) -> ContractHire:
    """Let work end on a day, which comes after all that was submitted, or None for an open end.

    Raises PermissionMissing, HireUnknown or FieldInvalid.
    """
    hire = await hold_for_client(ctx, user, hire_id)
    until = await timesheets.submitted_until(ctx.conn, ctx.workspace_id, hire_id)
    check_new_end(hire, ends_on, submitted_until=until)
    if ends_on != hire.ends_on:
        await contract_hires.set_end(ctx.conn, ctx.workspace_id, hire_id, ends_on)
        await record(ctx, "contract_hire", "end_set", record_id=hire_id)
    return replace(hire, ends_on=ends_on)


async def hold_for_client(ctx: Context, user: ClientUser, hire_id: UUID) -> ContractHire:
    """A contract hire of the user's client, held. Raises PermissionMissing or HireUnknown."""
    check_may_run(user)
    hire = await contract_hires.hold(ctx.conn, ctx.workspace_id, hire_id)
    if hire is None or await contract_hires.client_of(ctx.conn, ctx.workspace_id, hire_id) != user.client_id:
        raise HireUnknown
    return hire
