"""Amounts and days as the screens say them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from rolecall.domain.contract_work import PayUnit

_UNITS = {PayUnit.HOUR: "hour", PayUnit.DAY: "day"}


def money(amount: Decimal, currency: str) -> str:
    """As in 12,500.00 EUR."""
    return f"{amount:,.2f} {currency}"


def worked(quantity: Decimal, unit: str) -> str:
    """As in 37.5 hours."""
    return f"{quantity.normalize():f} {_UNITS[PayUnit(unit)]}{'' if quantity == 1 else 's'}"


def a_unit(unit: str) -> str:
    """As in an hour."""
    return {PayUnit.HOUR: "an hour", PayUnit.DAY: "a day"}[PayUnit(unit)]


def short_day(day: date) -> str:
    """As in 6 May 2026."""
    return f"{day:%-d %b %Y}"


FILTERS: dict[str, Callable[..., Any]] = {"money": money, "worked": worked, "a_unit": a_unit, "short_day": short_day}
