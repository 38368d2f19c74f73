"""Timesheets: what an agency says that somebody worked on some days of a week, and what the employer decides of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from rolecall.domain.contract_hires import ContractHire, ContractRate, next_change
from rolecall.domain.contract_work import PayUnit
from rolecall.domain.errors import FieldInvalid, MoveRefused
from rolecall.domain.submissions import Side
from rolecall.domain.texts import check_text

LONGEST_NOTE = 500
LONGEST_REASON = 2_000
_WEEK = timedelta(days=6)  # from its first day to its last
_DAY = timedelta(days=1)
_MOST_A_DAY = {PayUnit.HOUR: 24, PayUnit.DAY: 1}


class TimesheetStatus(StrEnum):
    """A rejected one is corrected and submitted again; what is approved stays."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"


# From each status, where a timesheet may go and who takes it there. Submitting again what is submitted corrects it.
MOVES: dict[TimesheetStatus, dict[TimesheetStatus, Side]] = {
    TimesheetStatus.SUBMITTED: {
        TimesheetStatus.SUBMITTED: Side.AGENCY,
        TimesheetStatus.APPROVED: Side.CLIENT,
        TimesheetStatus.REJECTED: Side.CLIENT,
    },
    TimesheetStatus.APPROVED: {},
    TimesheetStatus.REJECTED: {TimesheetStatus.SUBMITTED: Side.AGENCY},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an agency submits: `quantity` hours or days of work, from a day to another one of the same week."""

    from_day: date
    to_day: date
    quantity: Decimal
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timesheet:
    """A stored timesheet; migration 0030 says what the less plain columns mean."""

    workspace_id: UUID
    id: UUID
    contract_hire_id: UUID
    rate_id: UUID
    recruiter_id: UUID | None
    decided_by: UUID | None = None
    from_day: date
    to_day: date
    quantity: Decimal
    pay_amount: Decimal
    bill_amount: Decimal
    note: str | None
    status: TimesheetStatus
    reason: str | None = None
    version: int
    submitted_at: datetime
    decided_at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "status", TimesheetStatus(self.status))


def check_move(old: TimesheetStatus, new: TimesheetStatus, *, by: Side) -> None:
    """Raise MoveRefused unless this side may take a timesheet from `old` to `new`."""
    if MOVES[old].get(new) != by:
        raise MoveRefused(kind="timesheet", old=old, new=new)


def can_move(old: TimesheetStatus, new: TimesheetStatus, *, by: Side) -> bool:
    """Whether this side may, for the forms of a page."""
    return MOVES[old].get(new) == by


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + _WEEK


def check_entry(entry: Entry, hire: ContractHire, rates: Sequence[ContractRate], *, latest: date) -> None:
    """Raise FieldInvalid for days that cannot be submitted together, or more than can be worked on them.

    `latest` is the last day that has come.
    """
    _check_days(entry, hire, latest=latest)
    change = next_change(rates, entry.from_day)
    if change is not None and change <= entry.to_day:
        hint = f"{change - _DAY} or earlier, as another rate holds from {change}: submit the rest on its own"
        raise FieldInvalid(field="to_day", hint=hint)
    days = (entry.to_day - entry.from_day).days + 1
    most = _MOST_A_DAY[hire.unit] * days
    if not entry.quantity.is_finite() or not 0 < entry.quantity <= most:
        raise FieldInvalid(field="quantity", hint=f"more than 0 and at most {most}, which is what {days} days have")
    if entry.quantity != round(entry.quantity, 2):
        raise FieldInvalid(field="quantity", hint="at most two decimals")
    check_text(entry.note or "", field="note", longest=LONGEST_NOTE, required=False)


def _check_days(entry: Entry, hire: ContractHire, *, latest: date) -> None:
    sunday = week_of(entry.from_day)[1]
    if entry.from_day < hire.starts_on:
        raise FieldInvalid(field="from_day", hint=f"{hire.starts_on} or later, as work starts then")
    if entry.to_day < entry.from_day:
        raise FieldInvalid(field="to_day", hint="not before the first day")
    if entry.to_day > sunday:
        raise FieldInvalid(field="to_day", hint=f"{sunday} or earlier, which is the Sunday of that week")
    if hire.ends_on is not None and entry.to_day > hire.ends_on:
        raise FieldInvalid(field="to_day", hint=f"{hire.ends_on} or earlier, as work ends then")
    if entry.to_day > latest:
        raise FieldInvalid(field="to_day", hint="a day that has come")


def check_not_covered(entry: Entry, others: Sequence[Timesheet]) -> None:
    """Raise FieldInvalid where a day is on another timesheet of the same hire, whatever came of that one."""
    for other in others:
        if entry.from_day <= other.to_day and other.from_day <= entry.to_day:
            hint = f"days that are not on another timesheet: one goes from {other.from_day} to {other.to_day}"
            raise FieldInvalid(field="from_day", hint=hint)


def next_days(
    hire: ContractHire, rates: Sequence[ContractRate], known: Sequence[Timesheet], *, latest: date
) -> tuple[date, date] | None:
    """The first days that are on no timesheet and can stand on one; None where all that have come are covered."""
    first = hire.starts_on
    for sheet in sorted(known, key=lambda one: one.from_day):
        if first < sheet.from_day:
            break
        first = max(first, sheet.to_day + _DAY)
    last = min(day for day in (week_of(first)[1], hire.ends_on, latest) if day is not None)
    change = next_change(rates, first)
    later = [sheet.from_day for sheet in known if sheet.from_day > first]
    last = min([last, *(day - _DAY for day in [change, *later] if day is not None)])
    return (first, last) if first <= last else None


def check_reason(reason: str) -> None:
    """Raise FieldMissing or FieldInvalid unless the agency can read why a timesheet comes back."""
    check_text(reason, field="reason", longest=LONGEST_REASON, lines=True)
