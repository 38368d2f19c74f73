"""Which days a timesheet can have and what can be worked on them; who decides. Days are dates, whatever the zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from rolecall.domain.contract_work import PayUnit
from rolecall.domain.errors import FieldInvalid, MoveRefused
from rolecall.domain.ownership import latest_day
from rolecall.domain.submissions import Side
from rolecall.domain.timesheets import (
    MOVES,
    Entry,
    Timesheet,
    TimesheetStatus,
    can_move,
    check_entry,
    check_move,
    check_not_covered,
    next_days,
    week_of,
)
from tests.domain.test_contract_work import RATES, hire
from tests.domain.test_hires import FAR

MONDAY, SUNDAY = date(2026, 6, 8), date(2026, 6, 14)


def june(first: int, last: int, quantity: str = "1") -> Entry:
    return Entry(from_day=date(2026, 6, first), to_day=date(2026, 6, last), quantity=Decimal(quantity))


def sheet(first: date, last: date, **changes: object) -> Timesheet:
    facts = {
        "workspace_id": hire().id, "id": hire().id, "contract_hire_id": hire().id, "rate_id": hire().id,
        "recruiter_id": None, "from_day": first, "to_day": last, "quantity": Decimal(8), "pay_amount": Decimal(400),
        "bill_amount": Decimal(800), "note": None, "status": "submitted", "version": 1,
        "submitted_at": datetime(2026, 6, 15, tzinfo=UTC),
    }  # fmt: skip
    return Timesheet(**(facts | changes))  # type: ignore[arg-type]


def fault(entry: Entry, *, latest: date = FAR, **changes: object) -> str:
    """The field that is wrong, empty for none."""
    try:
        check_entry(entry, hire(**changes), RATES, latest=latest)
    except FieldInvalid as error:
        return error.facts["field"]
    return ""


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (june(8, 14, "168"), ""),
        (june(8, 8, "24"), ""),
        (june(8, 8, "24.01"), "quantity"),
        (june(8, 14, "168.25"), "quantity"),
        (june(8, 14, "0"), "quantity"),
        (june(8, 14, "-1"), "quantity"),
        (june(8, 14, "7.125"), "quantity"),
        (june(8, 14, "NaN"), "quantity"),
        (june(8, 7), "to_day"),
        (june(14, 15), "to_day"),  # Sunday and Monday
        (Entry(from_day=date(2026, 5, 31), to_day=date(2026, 5, 31), quantity=Decimal(1)), "from_day"),
        (Entry(from_day=date(2026, 11, 30), to_day=date(2026, 12, 1), quantity=Decimal(1)), "to_day"),
        (Entry(from_day=date(2026, 11, 30), to_day=date(2026, 11, 30), quantity=Decimal(1)), ""),
    ],
)
def test_a_timesheet_has_days_of_one_week_of_work(entry: Entry, field: str) -> None:
    assert fault(entry) == field


def test_nobody_works_more_days_than_there_are() -> None:
    assert fault(june(8, 12, "5"), unit=PayUnit.DAY) == ""
    assert fault(june(8, 12, "4.5"), unit=PayUnit.DAY) == ""
    assert fault(june(8, 12, "5.5"), unit=PayUnit.DAY) == "quantity"


def test_an_open_end_can_be_billed_at_any_time() -> None:
    later = Entry(from_day=date(2027, 1, 4), to_day=date(2027, 1, 10), quantity=Decimal(40))
    assert fault(later) == "to_day"
    assert fault(later, ends_on=None) == ""


def test_a_week_across_a_change_of_rates_is_two_timesheets() -> None:
    whole = Entry(from_day=date(2026, 6, 29), to_day=date(2026, 7, 5), quantity=Decimal(40))
    with pytest.raises(FieldInvalid, match="2026-06-30 or earlier, as another rate holds from 2026-07-01"):
        check_entry(whole, hire(), RATES, latest=FAR)
    assert fault(replace(whole, to_day=date(2026, 6, 30))) == ""
    assert fault(replace(whole, from_day=date(2026, 7, 1))) == ""


@pytest.mark.parametrize(
    ("now", "field"),
    [
        (datetime(2026, 6, 14, 9, 59, tzinfo=UTC), ""),
        (datetime(2026, 6, 13, 10, 0, tzinfo=UTC), ""),  # it is the 14th where it is latest
        (datetime(2026, 6, 13, 9, 59, tzinfo=UTC), "to_day"),
        (datetime(2026, 6, 13, 22, 0, tzinfo=timezone(timedelta(hours=12))), ""),  # the same moment, told in Auckland
    ],
)
def test_a_day_can_be_submitted_once_it_has_come_somewhere(now: datetime, field: str) -> None:
    assert fault(june(8, 14), latest=latest_day(now)) == field


@pytest.mark.parametrize(
    ("entry", "on_it"),
    [
        (june(8, 10), True),
        (june(10, 10), True),
        (june(12, 14), True),
        (june(9, 11), True),
        (june(8, 9), False),
        (june(13, 14), False),
    ],
)
def test_no_day_is_on_two_timesheets(entry: Entry, on_it: object) -> None:
    others = [sheet(date(2026, 6, 10), date(2026, 6, 12), status="rejected")]
    if not on_it:
        check_not_covered(entry, others)
        return
    with pytest.raises(FieldInvalid, match="one goes from 2026-06-10 to 2026-06-12"):
        check_not_covered(entry, others)


def test_a_week_goes_from_monday_to_sunday() -> None:
    assert week_of(MONDAY) == week_of(SUNDAY) == (MONDAY, SUNDAY)
    assert week_of(date(2027, 1, 1)) == (date(2026, 12, 28), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("known", "latest", "days"),
    [
        ([], FAR, (date(2026, 6, 1), date(2026, 6, 7))),
        ([], date(2026, 6, 3), (date(2026, 6, 1), date(2026, 6, 3))),
        ([], date(2026, 5, 31), None),
        ([sheet(date(2026, 6, 1), date(2026, 6, 7))], date(2026, 6, 7), None),
        ([sheet(date(2026, 6, 1), date(2026, 6, 5))], FAR, (date(2026, 6, 6), date(2026, 6, 7))),
        ([sheet(date(2026, 6, 3), date(2026, 6, 5))], FAR, (date(2026, 6, 1), date(2026, 6, 2))),
        ([sheet(date(2026, 6, 1), date(2026, 6, 28))], FAR, (date(2026, 6, 29), date(2026, 6, 30))),
        ([sheet(date(2026, 6, 1), date(2026, 6, 30))], FAR, (date(2026, 7, 1), date(2026, 7, 5))),
        ([sheet(date(2026, 6, 1), date(2026, 11, 30))], FAR, None),
    ],
)
def test_the_next_days_are_the_first_that_can_stand_together(
    known: list[Timesheet], latest: date, days: tuple[date, date] | None
) -> None:
    assert next_days(hire(), RATES, known, latest=latest) == days
    if days is not None:
        entry = Entry(from_day=days[0], to_day=days[1], quantity=Decimal(1))
        check_entry(entry, hire(), RATES, latest=latest)
        check_not_covered(entry, known)


ALLOWED = {
    ("submitted", "submitted"): Side.AGENCY,
    ("submitted", "approved"): Side.CLIENT,
    ("submitted", "rejected"): Side.CLIENT,
    ("rejected", "submitted"): Side.AGENCY,
}


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("new", list(TimesheetStatus))
@pytest.mark.parametrize("old", list(TimesheetStatus))
def test_the_agency_submits_and_the_client_decides(old: TimesheetStatus, new: TimesheetStatus, side: Side) -> None:
    allowed = ALLOWED.get((old, new)) == side
    assert set(MOVES) == set(TimesheetStatus)
    assert can_move(old, new, by=side) == allowed
    if allowed:
        check_move(old, new, by=side)
        return
    with pytest.raises(MoveRefused):
        check_move(old, new, by=side)
