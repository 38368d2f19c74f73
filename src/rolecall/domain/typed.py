"""Amounts and days as people type them into forms."""

import re
from datetime import date
from decimal import Decimal

from rolecall.domain.errors import FieldInvalid, FieldMissing

_AMOUNT = re.compile(r"(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,4})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def read_day(text: str, *, field: str) -> date:
    """A day, as 2026-03-02. Raises FieldMissing or FieldInvalid."""
    typed = text.strip()
    if not typed:
        raise FieldMissing(field=field)
    try:
        day = date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise FieldInvalid(field=field, hint="a day such as 2026-03-02")
    return day


def read_amount(text: str, *, field: str, example: str = "61200") -> Decimal:
    """An amount, as 61200 or 61,200.50. Raises FieldMissing or FieldInvalid.

    A comma stands before three digits: who means cents by it, as in 62,50, must not get a hundred times as much.
    """
    typed = text.strip().replace(" ", "")
    if not typed:
        raise FieldMissing(field=field)
    if not _AMOUNT.fullmatch(typed):
        raise FieldInvalid(field=field, hint=f"an amount such as {example}")
    return Decimal(typed.replace(",", ""))
