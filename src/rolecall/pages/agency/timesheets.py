"""People of the agency at work by contract: the list, and one with the rates and the timesheets.

Recruiters see whom they submitted; team and finance managers see all.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from starlette.responses import Response

from rolecall.actions.timesheets import correct_timesheet, submit_timesheet
from rolecall.domain.contract_hires import ContractRate, rate_on
from rolecall.domain.errors import Conflict, FieldInvalid, FieldMissing, HireUnknown
from rolecall.domain.errors_of_agencies import TimesheetUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.ownership import latest_day
from rolecall.domain.recruiters import Right
from rolecall.domain.submissions import Side
from rolecall.domain.timesheets import LONGEST_NOTE, Entry, Timesheet, TimesheetStatus, can_move, next_days
from rolecall.domain.typed import read_amount, read_day
from rolecall.pages.agency import contract_queries as queries
from rolecall.pages.agency.answers import go, view
from rolecall.pages.agency.contract_queries import SeenContract
from rolecall.pages.agency.sent import Sent, faults_of
from rolecall.pages.agency.visit import Visit
from rolecall.store import contract_hires, timesheets
from rolecall.store.db import Connection


class Line(NamedTuple):
    """A timesheet as it is shown, with its rate; `open` is whether it can be corrected."""

    sheet: Timesheet
    rate: ContractRate
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Somebody at work: the rates, the timesheets, and the first days that can be submitted, None for none."""

    contract: SeenContract
    rates: list[ContractRate]
    lines: list[Line]
    next_days: tuple[date, date] | None


def _own(visit: Visit) -> UUID | None:
    return None if visit.may(Right.FEES) else visit.own


async def show_all(visit: Visit) -> Response:
    """Everybody at work."""
    async with visit.services.database.reading() as conn:
        found = await queries.contracts(conn, visit.workspace.id, visit.agency.id, own=_own(visit))
    return view(visit, "timesheets.html", contracts=found, today=visit.services.clock().date())


async def show(visit: Visit) -> Response:
    """One of them; `sheet` in the query is the timesheet to correct."""
    return _page(visit, await _find(visit))


async def _find(visit: Visit) -> Shown:
    """The person whose hire the address names. Raises HireUnknown."""
    hire_id = parse_id(visit.path("hire"))
    if hire_id is None:
        raise HireUnknown
    async with visit.services.database.reading() as conn:
        seen = await queries.contract(conn, visit.workspace.id, visit.agency.id, hire_id, own=_own(visit))
        if seen is None:
            raise HireUnknown
        return await _shown(visit, conn, seen)


async def _shown(visit: Visit, conn: Connection, seen: SeenContract) -> Shown:
    workspace_id = visit.workspace.id
    hire = await contract_hires.of_submission(conn, workspace_id, seen.submission_id)
    rates = await contract_hires.rates(conn, workspace_id, seen.id)
    sheets = await timesheets.of_hire(conn, workspace_id, seen.id)
    if hire is None:
        raise HireUnknown
    named = {rate.id: rate for rate in rates}
    again = TimesheetStatus.SUBMITTED
    return Shown(
        contract=seen,
        rates=rates,
        lines=[Line(one, named[one.rate_id], can_move(one.status, again, by=Side.AGENCY)) for one in sheets],
        next_days=next_days(hire, rates, sheets, latest=latest_day(visit.services.clock())),
    )


def _page(
    visit: Visit,
    shown: Shown,
    *,
    correcting: UUID | None = None,
    faults: dict[str, str] | None = None,
    alert: str = "",
) -> Response:
    tried = bool(faults or alert)
    asked = correcting if tried else parse_id(visit.asked("sheet"))
    edited = next((line.sheet for line in shown.lines if line.open and line.sheet.id == asked), None)
    today = visit.services.clock().date()
    status = 200 if not tried else 409 if alert else 422
    return view(
        visit,
        "timesheet.html",
        status=status,
        faults=faults or {},
        alert=alert,
        typed=visit.sent.typed() if tried else _filled(edited, shown),
        contract=shown.contract,
        rates=shown.rates,
        rate=rate_on(shown.rates, max(today, shown.contract.starts_on)),
        lines=shown.lines,
        edited=edited,
        next_days=shown.next_days,
        longest=LONGEST_NOTE,
    )


def _filled(edited: Timesheet | None, shown: Shown) -> dict[str, str]:
    """What the form starts with: the timesheet to correct, or the next days."""
    if edited is not None:
        days, quantity, note = (edited.from_day, edited.to_day), f"{edited.quantity.normalize():f}", edited.note
    else:
        days, quantity, note = shown.next_days, "", None
    if days is None:
        return {}
    return {"from_day": str(days[0]), "to_day": str(days[1]), "quantity": quantity, "note": note or ""}


async def submit(visit: Visit) -> Response:
    """Submit the days in the form: `from_day`, `to_day`, `quantity` and maybe a `note`."""
    shown = await _find(visit)
    entry, faults = _entry(visit.sent)
    if entry is None:
        return _page(visit, shown, faults=faults)
    try:
        async with visit.writing() as ctx:
            await submit_timesheet(ctx, shown.contract.id, visit.agency.id, visit.recruiter.id, entry)
    except FieldInvalid as error:
        return _page(visit, await _find(visit), faults=faults_of(error))
    return go(visit, f"/timesheets/{shown.contract.id}", part="timesheets", done="timesheet")


async def correct(visit: Visit) -> Response:
    """Put what the form says in the place of a timesheet that is not approved."""
    shown, timesheet_id = await _find(visit), parse_id(visit.path("timesheet"))
    if timesheet_id is None or timesheet_id not in {line.sheet.id for line in shown.lines}:
        raise TimesheetUnknown
    entry, faults = _entry(visit.sent)
    if entry is None:
        return _page(visit, shown, correcting=timesheet_id, faults=faults)
    try:
        async with visit.writing() as ctx:
            await correct_timesheet(ctx, timesheet_id, visit.agency.id, visit.recruiter.id, entry)
    except FieldInvalid as error:
        return _page(visit, await _find(visit), correcting=timesheet_id, faults=faults_of(error))
    except Conflict:
        told = "The client has approved this timesheet meanwhile: it stays as it is."
        return _page(visit, await _find(visit), alert=told)
    return go(visit, f"/timesheets/{shown.contract.id}", part="timesheets", done="corrected")


def _entry(sent: Sent) -> tuple[Entry | None, dict[str, str]]:
    """The days in a form, None with what is wrong with them by field."""
    faults: dict[str, str] = {}

    def day(field: str) -> date | None:
        try:
            return read_day(sent.text(field), field=field)
        except (FieldMissing, FieldInvalid) as error:
            faults.update(faults_of(error))
            return None

    def amount(field: str) -> Decimal | None:
        try:
            return read_amount(sent.text(field), field=field, example="37.5")
        except (FieldMissing, FieldInvalid) as error:
            faults.update(faults_of(error))
            return None

    from_day, to_day, quantity = day("from_day"), day("to_day"), amount("quantity")
    if from_day is None or to_day is None or quantity is None:
        return None, faults
    return Entry(from_day=from_day, to_day=to_day, quantity=quantity, note=sent.line("note") or None), {}
