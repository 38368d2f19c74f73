"""Timesheets: agencies submit and correct them, the employer approves them or sends them back.

Whoever writes holds the hire first, so that rates, ends and other timesheets stay as they are meanwhile.
"""

from typing import Any
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.contract_hires import hold_for_client
from rolecall.actions.ids import new_id
from rolecall.domain.clients import ClientUser
from rolecall.domain.contract_hires import ContractHire, rate_on
from rolecall.domain.contract_work import in_cents
from rolecall.domain.errors import EditedMeanwhile, HireUnknown
from rolecall.domain.errors_of_agencies import TimesheetUnknown
from rolecall.domain.ownership import latest_day
from rolecall.domain.submissions import Side
from rolecall.domain.timesheets import (
    Entry,
    Timesheet,
    TimesheetStatus,
    check_entry,
    check_move,
    check_not_covered,
    check_reason,
)
from rolecall.store import contract_hires, timesheets


async def submit_timesheet(
    ctx: Context, hire_id: UUID, agency_id: UUID, recruiter_id: UUID | None, entry: Entry
) -> Timesheet:
    """Store a timesheet of somebody who works for the agency, under the rate of its days.

    Raises HireUnknown or FieldInvalid.
    """
    hire = await _hold_for_agency(ctx, hire_id, agency_id)
    sheet = Timesheet(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        contract_hire_id=hire_id,
        version=1,
        **await _facts(ctx, hire, recruiter_id, entry),
    )
    await timesheets.insert(ctx.conn, sheet)
    await record(ctx, "timesheet", "submitted", record_id=sheet.id, contract_hire=str(hire_id))
    return sheet


async def correct_timesheet(
    ctx: Context, timesheet_id: UUID, agency_id: UUID, recruiter_id: UUID | None, entry: Entry
) -> Timesheet:
    """Put an entry in the place of one that waits or has come back; it waits then.

    Raises TimesheetUnknown, MoveRefused or FieldInvalid.
    """
    known = await timesheets.get(ctx.conn, ctx.workspace_id, timesheet_id)
    if known is None:
        raise TimesheetUnknown
    try:
        hire = await _hold_for_agency(ctx, known.contract_hire_id, agency_id)
    except HireUnknown as error:
        raise TimesheetUnknown from error
    known = await _again(ctx, timesheet_id)
    check_move(known.status, TimesheetStatus.SUBMITTED, by=Side.AGENCY)
    facts = await _facts(ctx, hire, recruiter_id, entry, instead_of=timesheet_id)
    fresh = {"reason": None, "decided_by": None, "decided_at": None, "version": known.version + 1}
    stored = await timesheets.change(ctx.conn, ctx.workspace_id, timesheet_id, **facts, **fresh)
    await record(ctx, "timesheet", "corrected", record_id=timesheet_id, version=stored.version)
    return stored


async def _facts(
    ctx: Context, hire: ContractHire, recruiter_id: UUID | None, entry: Entry, *, instead_of: UUID | None = None
) -> dict[str, Any]:
    """What is stored of an entry, with what it comes to. Raises FieldInvalid."""
    rates = await contract_hires.rates(ctx.conn, ctx.workspace_id, hire.id)
    check_entry(entry, hire, rates, latest=latest_day(ctx.now))
    others = await timesheets.of_hire(ctx.conn, ctx.workspace_id, hire.id)
    check_not_covered(entry, [other for other in others if other.id != instead_of])
    rate = rate_on(rates, entry.from_day)
    return {
        "rate_id": rate.id,
        "recruiter_id": recruiter_id,
        "from_day": entry.from_day,
        "to_day": entry.to_day,
        "quantity": entry.quantity,
        "pay_amount": in_cents(entry.quantity * rate.pay_rate),
        "bill_amount": in_cents(entry.quantity * rate.bill_rate),
        "note": (entry.note or "").strip() or None,
        "status": TimesheetStatus.SUBMITTED,
        "submitted_at": ctx.now,
    }


async def approve_timesheet(
    ctx: Context, user: ClientUser, timesheet_id: UUID, *, version: int, author_id: UUID | None = None
) -> Timesheet:
    """Approve a timesheet as it was at a version. The author is the user, unless somebody acts in that one's place.

    Raises PermissionMissing, TimesheetUnknown, MoveRefused, or EditedMeanwhile where the agency has corrected it.
    """
    by = author_id or user.id
    return await _decide(ctx, user, timesheet_id, TimesheetStatus.APPROVED, version=version, by=by)


async def reject_timesheet(
    ctx: Context, user: ClientUser, timesheet_id: UUID, *, version: int, reason: str, author_id: UUID | None = None
) -> Timesheet:
    """Send a timesheet back for a reason that the agency reads. Raises as `approve_timesheet`, and for the reason."""
    check_reason(reason)
    by, kept = author_id or user.id, reason.strip()
    return await _decide(ctx, user, timesheet_id, TimesheetStatus.REJECTED, version=version, by=by, reason=kept)


async def _decide(
    ctx: Context,
    user: ClientUser,
    timesheet_id: UUID,
    status: TimesheetStatus,
    *,
    version: int,
    by: UUID,
    reason: str | None = None,
) -> Timesheet:
    known = await timesheets.get(ctx.conn, ctx.workspace_id, timesheet_id)
    if known is None:
        raise TimesheetUnknown
    try:
        await hold_for_client(ctx, user, known.contract_hire_id)
    except HireUnknown as error:
        raise TimesheetUnknown from error
    known = await _again(ctx, timesheet_id)
    check_move(known.status, status, by=Side.CLIENT)
    if known.version != version:
        raise EditedMeanwhile
    decided = {"status": status, "reason": reason, "decided_by": by, "decided_at": ctx.now}
    stored = await timesheets.change(ctx.conn, ctx.workspace_id, timesheet_id, **decided)
    await record(ctx, "timesheet", str(status), record_id=timesheet_id, version=version)
    return stored


async def _again(ctx: Context, timesheet_id: UUID) -> Timesheet:
    """A timesheet as it is now that its hire is held. Raises TimesheetUnknown."""
    found = await timesheets.get(ctx.conn, ctx.workspace_id, timesheet_id)
    if found is None:
        raise TimesheetUnknown
    return found


async def _hold_for_agency(ctx: Context, hire_id: UUID, agency_id: UUID) -> ContractHire:
    """A contract hire of somebody who works for the agency, held. Raises HireUnknown."""
    hire = await contract_hires.hold(ctx.conn, ctx.workspace_id, hire_id)
    if hire is None or await contract_hires.agency_of(ctx.conn, ctx.workspace_id, hire_id) != agency_id:
        raise HireUnknown
    return hire
