"""The days that reports are about."""

from datetime import UTC, date, datetime

import pytest

from rolecall.domain.errors import FieldInvalid
from rolecall.domain.reports import Period, check_period, month_of, months_beside, read_month, usual_period


def test_a_period_ends_with_its_last_day() -> None:
    period = Period(first=date(2026, 1, 31), last=date(2026, 1, 31))
    assert period.starts_at == datetime(2026, 1, 31, tzinfo=UTC)
    assert period.ends_at == datetime(2026, 2, 1, tzinfo=UTC)


def test_the_usual_period_is_ninety_days() -> None:
    assert usual_period(date(2026, 3, 31)) == Period(first=date(2026, 1, 1), last=date(2026, 3, 31))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 2, 1), date(2027, 2, 28)),
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 4, 1), date(2026, 4, 30)),
    ],
)
def test_a_month_ends_where_it_does(first: date, last: date) -> None:
    assert month_of(first) == Period(first=first, last=last)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), "last"),
        (date(2023, 1, 1), date(2026, 1, 3), "last"),
        (date(1999, 12, 31), date(2000, 1, 1), "first"),
        (date(2026, 1, 1), date(2201, 1, 1), "last"),
    ],
)
def test_days_that_are_no_period(first: date, last: date, field: str) -> None:
    with pytest.raises(FieldInvalid) as refused:
        check_period(Period(first=first, last=last))
    assert refused.value.facts["field"] == field


def test_three_years_are_a_period() -> None:
    check_period(Period(first=date(2023, 1, 1), last=date(2026, 1, 2)))


def test_a_month_is_read() -> None:
    assert read_month("2026-02") == Period(first=date(2026, 2, 1), last=date(2026, 2, 28))


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-02-01", "1999-12", "2201-01", "march", "9999-12"])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(FieldInvalid):
        read_month(text)


def test_the_months_beside() -> None:
    beside = months_beside(month_of(date(2026, 1, 1)))
    assert [(label, one.first) for label, one in beside] == [
        ("Earlier", date(2025, 12, 1)),
        ("Later", date(2026, 2, 1)),
    ]
