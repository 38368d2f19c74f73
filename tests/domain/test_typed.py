"""Amounts and days as people type them."""

from datetime import date
from decimal import Decimal

import pytest

from rolecall.domain.errors import FieldInvalid, FieldMissing
from rolecall.domain.typed import read_amount, read_day


@pytest.mark.parametrize(
    ("text", "amount"),
    [("61200", "61200"), (" 61,200.50 ", "61200.50"), ("61 200", "61200"), ("1,234,567", "1234567"), ("62.5", "62.5")],
)
def test_an_amount_is_read_exactly(text: str, amount: str) -> None:
    assert read_amount(text, field="pay") == Decimal(amount)


@pytest.mark.parametrize("text", ["62,50", "1,23,456", "-1", "1e5", "NaN", "٣", "1.23456", "1,2345", "9" * 16, "€ 5"])
def test_what_may_mean_another_amount_is_refused(text: str) -> None:
    with pytest.raises(FieldInvalid, match=r"an amount such as 62\.50"):
        read_amount(text, field="pay", example="62.50")


def test_a_day_is_a_date() -> None:
    assert read_day(" 2026-02-28 ", field="day") == date(2026, 2, 28)
    for text in ("2026-02-29", "28.2.2026", "0001-01-01", "2026-02-28T00:00"):
        with pytest.raises(FieldInvalid, match="a day such as 2026-03-02"):
            read_day(text, field="day")


@pytest.mark.parametrize("read", [read_amount, read_day])
def test_nothing_is_missing(read) -> None:
    with pytest.raises(FieldMissing):
        read(" ", field="it")
