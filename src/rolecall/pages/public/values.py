"""What people type into the fields of a form, as values. Each function gives None for what it cannot read."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,6})?", re.ASCII)
_PHONE = re.compile(r"[\d\s()+./x-]+", re.ASCII)
_SPOKEN = re.compile(r"([^()]+?)\s*(?:\(([^()]*)\))?")
_LEAST_DIGITS = 5
_MOST_LANGUAGES = 20


def decimal(text: str) -> Decimal | None:
    """A number with a point or a comma before its fraction, and spaces or nothing between thousands."""
    plain = "".join(text.split())
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None


def plain_number(text: str) -> int | float | None:
    """A number as JSON has it."""
    found = decimal(text)
    if found is None:
        return None
    return int(found) if found == found.to_integral_value() else float(found)


def number_between(least: int, most: int) -> Callable[[str], Decimal | None]:
    """A reader of numbers within bounds."""

    def read(text: str) -> Decimal | None:
        found = decimal(text)
        return found if found is not None and least <= found <= most else None

    return read


def phone(text: str) -> str | None:
    """What may be a phone number: the right characters, and enough digits. It is read closer when it is stored."""
    enough = sum(c.isdigit() for c in text) >= _LEAST_DIGITS
    return text if enough and _PHONE.fullmatch(text) else None


def languages(text: str) -> list[dict[str, str]] | None:
    """Languages separated by commas, each with how well it is spoken in brackets, if it is told."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    found = [_SPOKEN.fullmatch(part) for part in parts]
    if not found or len(found) > _MOST_LANGUAGES:
        return None
    spoken: list[dict[str, str]] = []
    for match in found:
        if match is None:
            return None
        spoken.append({"language": match[1].strip(), "fluency": (match[2] or "").strip()})
    return spoken
