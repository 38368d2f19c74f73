"""Contract work on the application screen: the hire, its rates, and timesheets to decide on.

Whoever hires or pays may change rates and decide; the actions check it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from rolecall.actions import timesheets as actions
from rolecall.actions.contract_hires import set_end, set_rate
from rolecall.actions.embedding.application import ApplicationVisit
from rolecall.domain.contract_hires import ContractHire, ContractRate, NewContractHire, may_run, rate_on
from rolecall.domain.contract_work import PayUnit
from rolecall.domain.errors import EditedMeanwhile, FieldInvalid, HireUnknown
from rolecall.domain.errors_of_agencies import TimesheetUnknown
from rolecall.domain.submissions import Side, SubmissionStage
from rolecall.domain.timesheets import LONGEST_REASON, Timesheet, TimesheetStatus, can_move
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.application_hire import HireFields, cost_center, currency_of, required
from rolecall.pages.embed.forms import Form, read_amount, read_day
from rolecall.pages.embed.frame import Done, FormRefused
from rolecall.pages.embed.sections import id_in
from rolecall.store import contract_hires, cost_centers, timesheets
from rolecall.web.errors import UnreadableBody

_SHOWN_DECIDED = 12
_CORRECTED = "The agency has corrected this timesheet since you opened the screen. Look at it again, then decide."


class Line(NamedTuple):
    """A timesheet as it is shown, with its rate; `open` is whether it waits for a decision."""

    sheet: Timesheet
    rate: ContractRate
    open: bool


async def contract_values(opened: Opened[ApplicationVisit]) -> Mapping[str, Any]:
    """What the agency says of pay and time, and the contract hire with its rates and timesheets."""
    conn, visit = opened.conn, opened.visit
    ids = (visit.workspace_id, visit.submission.id)
    hire = None
    if visit.submission.stage == SubmissionStage.HIRED:
        hire = await contract_hires.of_submission(conn, *ids)
    shown = await _hired(opened, hire) if hire is not None else {}
    return {
        "terms": await contract_hires.terms_of(conn, *ids),
        "contract": hire,
        "may_run": may_run(visit.user),
        "longest_reason": LONGEST_REASON,
        **shown,
    }


async def _hired(opened: Opened[ApplicationVisit], hire: ContractHire) -> dict[str, Any]:
    conn, today = opened.conn, opened.services.clock().date()
    rates = await contract_hires.rates(conn, hire.workspace_id, hire.id)
    named = {rate.id: rate for rate in rates}
    sheets = await timesheets.of_hire(conn, hire.workspace_id, hire.id)
    lines = [Line(sheet, named[sheet.rate_id], _waits(sheet)) for sheet in sheets]
    centers = await cost_centers.of_client(conn, hire.workspace_id, opened.visit.client.id)
    decided = [line for line in lines if not line.open]
    return {
        "rates": rates,
        "rate": rate_on(rates, max(today, hire.starts_on)),
        "center": next((center.name for center in centers if center.id == hire.cost_center_id), ""),
        "to_decide": [line for line in lines if line.open][::-1],
        "decided": decided[:_SHOWN_DECIDED],
        "more_decided": len(decided[_SHOWN_DECIDED:]),
        "approved": sum((line.sheet.bill_amount for line in lines if _is_approved(line.sheet)), Decimal(0)),
    }


def _waits(sheet: Timesheet) -> bool:
    return can_move(sheet.status, TimesheetStatus.APPROVED, by=Side.CLIENT)


def _is_approved(sheet: Timesheet) -> bool:
    return sheet.status == TimesheetStatus.APPROVED


async def read_contract_hire(opened: Opened[ApplicationVisit], form: Form) -> NewContractHire:
    """The contract hire that the form tells of. Raises FormRefused with all that is wrong with it."""
    fields = HireFields(form)
    starts_on, ends_on = fields.read("starts_on", read_day), fields.read("ends_on", _day_or_none)
    pay_rate, currency = fields.read("pay_rate", read_amount), fields.read("currency", currency_of)
    unit, location = fields.read("unit", _unit), fields.read("work_location", required)
    center, fee, keep_open = fields.read("cost_center", cost_center), await fields.fee(opened), fields.keeps_open()
    if starts_on is None or pay_rate is None or currency is None or unit is None or location is None or fee is None:
        raise FormRefused(fields.faults)
    if fields.faults:
        raise FormRefused(fields.faults)
    return NewContractHire(
        starts_on=starts_on,
        ends_on=ends_on,
        pay_rate=pay_rate,
        currency=currency,
        unit=unit,
        markup_percent=fee.percentage,
        fee_note=fee.note,
        work_location=location,
        keep_open=keep_open,
        invoice_memo=form.one("invoice_memo").strip() or None,
        cost_center_id=center,
    )


def _day_or_none(form: Form, name: str) -> date | None:
    return read_day(form, name) if form.one(name).strip() else None


def _unit(form: Form, name: str) -> PayUnit:
    if form.one(name) not in set(PayUnit):
        raise FieldInvalid(field=name, hint="choose one")
    return PayUnit(form.one(name))


async def rate(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """Let another rate hold: `pay_rate` from `from_day` on."""
    ctx, from_day, pay_rate = await opened.context(), read_day(form, "from_day"), read_amount(form, "pay_rate")
    user, author_id, hire_id = opened.visit.user, opened.visit.person.id, await _hire_id(opened)
    await set_rate(ctx, user, hire_id, from_day=from_day, pay_rate=pay_rate, author_id=author_id)
    return Done(word="rate", part="contract")


async def end(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """Let work end on `ends_on`, or leave the end open."""
    ctx, ends_on = await opened.context(), _day_or_none(form, "ends_on")
    await set_end(ctx, opened.visit.user, await _hire_id(opened), ends_on=ends_on)
    return Done(word="end", part="contract")


async def decide(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """Approve a `timesheet` as it was at a `version`, or send it back: `do` is approve or reject, with a `reason`."""
    ctx, user, author_id = await opened.context(), opened.visit.user, opened.visit.person.id
    timesheet_id, version = await _timesheet_id(opened, form), _version(form)
    try:
        if form.one("do") == "approve":
            await actions.approve_timesheet(ctx, user, timesheet_id, version=version, author_id=author_id)
            return Done(word="approved", part="timesheets")
        if form.one("do") == "reject":
            reason = form.one("reason")
            await actions.reject_timesheet(ctx, user, timesheet_id, version=version, reason=reason, author_id=author_id)
            return Done(word="sent_back", part="timesheets")
    except EditedMeanwhile as error:
        raise FormRefused({}, alert=_CORRECTED, status=409) from error
    raise UnreadableBody


async def _hire_id(opened: Opened[ApplicationVisit]) -> UUID:
    """The contract hire of the screen's person. Raises HireUnknown."""
    hire = await contract_hires.of_submission(opened.conn, opened.visit.workspace_id, opened.visit.submission.id)
    if hire is None:
        raise HireUnknown
    return hire.id


async def _timesheet_id(opened: Opened[ApplicationVisit], form: Form) -> UUID:
    """The timesheet that a form names, one of the screen's person. Raises HireUnknown or TimesheetUnknown."""
    timesheet_id, hire_id = id_in(form, "timesheet", TimesheetUnknown), await _hire_id(opened)
    sheet = await timesheets.get(opened.conn, opened.visit.workspace_id, timesheet_id)
    if sheet is None or sheet.contract_hire_id != hire_id:
        raise TimesheetUnknown
    return timesheet_id


def _version(form: Form) -> int:
    text = form.one("version")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise UnreadableBody
    return int(text)


FORMS = {"rate": rate, "end": end, "timesheet": decide}
