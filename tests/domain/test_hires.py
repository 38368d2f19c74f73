"""What hires cost, when that is due, and how long they are guaranteed: days are dates, whatever the time zone."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from rolecall.domain.errors import FieldInvalid, GuaranteeOver
from rolecall.domain.hires import (
    AgencyHire,
    NewHire,
    Settlement,
    check_guarantee,
    check_hire,
    due_on,
    fee_amount,
    guaranteed_until,
    is_long_overdue,
    settlement_of,
)
from rolecall.domain.ids import parse_id

ID = parse_id("018f4d2e-0000-7000-8000-000000000001")
FAR = date(2030, 1, 1)


def hire(**changes: object) -> AgencyHire:
    facts = {
        "workspace_id": ID, "id": ID, "submission_id": ID, "agency_id": ID, "cost_center_id": None, "user_id": None,
        "starts_on": date(2026, 6, 1), "first_year_pay": Decimal(60_000), "currency": "EUR", "work_location": "Lund",
        "fee_percent": Decimal(18), "fee_note": None, "fee_amount": Decimal(10_800), "invoice_memo": None,
        "due_on": date(2026, 7, 1), "guaranteed_until": date(2026, 7, 31),
        "created_at": datetime(2026, 5, 1, tzinfo=UTC),
    }  # fmt: skip
    return AgencyHire(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pay", "percent", "amount"),
    [
        ("60000", "18", "10800.00"),
        ("61234", "17.5", "10715.95"),
        ("0.02", "25", "0.01"),  # half a cent goes up
        ("333.33", "33.33", "111.10"),
        ("1000000000", "100", "1000000000.00"),
    ],
)
def test_a_fee_is_rounded_to_cents(pay: str, percent: str, amount: str) -> None:
    assert fee_amount(Decimal(pay), Decimal(percent)) == Decimal(amount)


@pytest.mark.parametrize("currency", ["eur", "EURO", "E1R", "EU", "ÄÖÜ", ""])
def test_a_currency_is_three_letters(currency: str) -> None:
    new = NewHire(
        starts_on=date(2026, 6, 1), first_year_pay=Decimal(1), currency=currency, work_location="Lund",
        keep_open=True, fee_percent=Decimal(18),
    )  # fmt: skip
    with pytest.raises(FieldInvalid) as refused:
        check_hire(new)
    assert refused.value.facts["field"] == "currency"


@pytest.mark.parametrize(
    ("starts_on", "last"),
    [
        (date(2026, 6, 1), date(2026, 7, 31)),
        (date(2026, 12, 31), date(2027, 3, 1)),
        (date(2027, 12, 31), date(2028, 2, 29)),  # a leap year
        (date(2026, 3, 1), date(2026, 4, 30)),  # clocks change, dates do not
    ],
)
def test_the_guarantee_ends_sixty_days_after_the_first(starts_on: date, last: date) -> None:
    assert guaranteed_until(starts_on) == last
    assert (last - starts_on).days == 60


def test_an_invoice_is_due_thirty_days_after_the_first() -> None:
    assert due_on(date(2026, 6, 1)) == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("day", "error"),
    [
        (date(2026, 5, 31), FieldInvalid),
        (date(2026, 6, 1), None),
        (date(2026, 7, 31), None),
        (date(2026, 8, 1), GuaranteeOver),
    ],
)
def test_a_failure_counts_on_the_days_of_the_guarantee(day: date, error: type[Exception] | None) -> None:
    if error is None:
        check_guarantee(hire(), day, latest=FAR)
    else:
        with pytest.raises(error):
            check_guarantee(hire(), day, latest=FAR)


def test_nobody_fails_tomorrow_or_twice() -> None:
    with pytest.raises(FieldInvalid):
        check_guarantee(hire(), date(2026, 6, 2), latest=date(2026, 6, 1))
    check_guarantee(hire(), date(2026, 6, 1), latest=date(2026, 6, 1))
    with pytest.raises(GuaranteeOver):
        check_guarantee(hire(settlement=Settlement.VOID), date(2026, 6, 1), latest=FAR)


@pytest.mark.parametrize(("today", "long"), [(date(2026, 8, 29), False), (date(2026, 8, 30), True)])
def test_an_invoice_is_long_overdue_from_the_sixtieth_day(today: date, long: bool) -> None:  # noqa: FBT001
    assert is_long_overdue(hire(), today) == long
    for settled in (hire(paid_on=today), hire(settlement=Settlement.VOID), hire(agency_id=None)):
        assert not is_long_overdue(settled, today)


def test_what_was_paid_is_refunded_and_what_was_not_is_void() -> None:
    assert settlement_of(hire(), client_overdue=True) == Settlement.VOID
    paid = hire(paid_on=date(2026, 7, 1))
    assert settlement_of(paid, client_overdue=False) == Settlement.REFUNDED
    assert settlement_of(paid, client_overdue=True) == Settlement.REFUND_WAITING
