"""Permanent hires of submitted people: who is paid, what for, and what becomes of it when the guarantee fails."""

from datetime import date
from typing import Any
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.hire_costs import check_agreed, invoiced_to
from rolecall.actions.ids import new_id
from rolecall.actions.payees import payee_of
from rolecall.actions.postings import close_posting
from rolecall.actions.submission_moves import hold_submission, take
from rolecall.domain import hires as rules
from rolecall.domain.contract_work import Engagement
from rolecall.domain.errors import HireUnknown
from rolecall.domain.errors_of_agencies import OtherEngagement
from rolecall.domain.hires import AgencyHire, NewHire, Settlement
from rolecall.domain.ownership import latest_day
from rolecall.domain.postings import PostingState, check_fee_percent
from rolecall.domain.submissions import Side, SubmissionStage
from rolecall.domain.texts import check_text
from rolecall.store import agency_hires, clients


async def log_hire(ctx: Context, submission_id: UUID, new: NewHire, *, user_id: UUID | None = None) -> AgencyHire:
    """Log a permanent hire of a person with an offer, and close the posting unless it is to stay open.

    Raises SubmissionUnknown, MoveRefused, OtherEngagement, FieldMissing or FieldInvalid, also for a cost center of
    somebody else and for a fee that was not agreed on.
    """
    rules.check_hire(new)
    check_fee_percent(new.fee_percent)
    held = await hold_submission(ctx, submission_id)
    if held.posting.engagement != Engagement.PERMANENT:
        raise OtherEngagement(engagement=held.posting.engagement)
    payee = await payee_of(ctx.conn, held.submission, held.posting, hired_at=ctx.now)
    await check_agreed(ctx, new.fee_percent, held.posting, payee or held.submission.agency_id)
    cost_center_id = await invoiced_to(ctx, new.cost_center_id, held.posting)
    await take(ctx, held.submission, SubmissionStage.HIRED, by=Side.CLIENT)
    hire = AgencyHire(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        submission_id=submission_id,
        agency_id=payee,
        cost_center_id=cost_center_id,
        user_id=user_id,
        starts_on=new.starts_on,
        first_year_pay=new.first_year_pay,
        currency=new.currency,
        work_location=new.work_location.strip(),
        fee_percent=new.fee_percent,
        fee_note=new.fee_note,
        fee_amount=rules.fee_amount(new.first_year_pay, new.fee_percent),
        invoice_memo=(new.invoice_memo or "").strip() or None,
        due_on=rules.due_on(new.starts_on),
        guaranteed_until=rules.guaranteed_until(new.starts_on),
        created_at=ctx.now,
    )
    await agency_hires.insert(ctx.conn, hire)
    await record(ctx, "agency_hire", "logged", record_id=hire.id, submission=str(submission_id))
    if not new.keep_open and held.posting.state != PostingState.CLOSED:
        await close_posting(ctx, held.posting)
    return hire


async def mark_paid(ctx: Context, hire_id: UUID, *, on: date) -> AgencyHire:
    """Note that a hire's invoice was paid. Refunds that waited for the client's long overdue invoices may follow.

    Raises HireUnknown.
    """
    hire = await _hold(ctx, hire_id)
    if hire.paid_on is not None or hire.settlement is not None:
        return hire
    paid = await agency_hires.change(ctx.conn, ctx.workspace_id, hire_id, paid_on=on)
    await record(ctx, "agency_hire", "paid", record_id=hire_id)
    await _refund_waiting(ctx, hire_id)
    return paid


async def _refund_waiting(ctx: Context, hire_id: UUID) -> None:
    """Refund what has waited for this invoice, if no other one is long overdue: a part of the write that settles it."""
    today, hires = ctx.now.date(), await _of_same_client(ctx, hire_id)
    if any(rules.is_long_overdue(hire, today) for hire in hires):
        return
    for hire in hires:
        if hire.settlement == Settlement.REFUND_WAITING:
            facts = {"settlement": Settlement.REFUNDED, "settled_on": today}
            await agency_hires.change(ctx.conn, ctx.workspace_id, hire.id, **facts)
            await record(ctx, "agency_hire", "refunded", record_id=hire.id)


async def fail_guarantee(ctx: Context, hire_id: UUID, *, on: date, reason: str) -> AgencyHire:
    """Note that a hired person left within the guarantee: the invoice is void, or refunded where it was paid.

    Raises HireUnknown, GuaranteeOver, FieldMissing or FieldInvalid.
    """
    check_text(reason, field="reason", longest=rules.LONGEST_REASON, lines=True)
    hire = await _hold(ctx, hire_id)
    rules.check_guarantee(hire, on, latest=latest_day(ctx.now))
    facts = await _settled(ctx, hire)
    failed = await agency_hires.change(
        ctx.conn, ctx.workspace_id, hire_id, failed_on=on, failure_reason=reason.strip(), **facts
    )
    await record(ctx, "agency_hire", "failed", record_id=hire_id, settlement=failed.settlement)
    await _refund_waiting(ctx, hire_id)
    return failed


async def stop_owing(ctx: Context, hire_id: UUID) -> AgencyHire | None:
    """Take a hire's invoice back, as a part of the write that settles a contest for the client; what it was before.

    What was paid is refunded, at once or once the client has paid what is long overdue. A hire that failed stays as it
    was settled: None.
    """
    hire = await _hold(ctx, hire_id)
    if hire.settlement is not None:
        return None
    facts = await _settled(ctx, hire)
    facts |= {"agency_id": None, "taken_from_id": hire.agency_id}
    await agency_hires.change(ctx.conn, ctx.workspace_id, hire.id, **facts)
    await _refund_waiting(ctx, hire_id)
    return hire


async def _settled(ctx: Context, hire: AgencyHire) -> dict[str, Any]:
    """What becomes today of the invoice of a hire that is not owed any more."""
    today = ctx.now.date()
    others = [other for other in await _of_same_client(ctx, hire.id) if other.id != hire.id]
    overdue = any(rules.is_long_overdue(other, today) for other in others)
    settlement = rules.settlement_of(hire, client_overdue=overdue)
    return {"settlement": settlement, "settled_on": None if settlement == Settlement.REFUND_WAITING else today}


async def _hold(ctx: Context, hire_id: UUID) -> AgencyHire:
    """A hire, held. Its client is held first, since what becomes of one invoice depends on the others."""
    client_id = await agency_hires.client_of(ctx.conn, ctx.workspace_id, hire_id)
    if client_id is None:
        raise HireUnknown
    await clients.hold(ctx.conn, ctx.workspace_id, client_id)
    hire = await agency_hires.hold(ctx.conn, ctx.workspace_id, hire_id)
    if hire is None:
        raise HireUnknown
    return hire


async def _of_same_client(ctx: Context, hire_id: UUID) -> list[AgencyHire]:
    """The hires of the client that hired, this one too."""
    client_id = await agency_hires.client_of(ctx.conn, ctx.workspace_id, hire_id)
    return [] if client_id is None else await agency_hires.of_client(ctx.conn, ctx.workspace_id, client_id)
