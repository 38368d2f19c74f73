"""Reading the fields of companies and missions. Each reader gets a field's name and JSON value and returns its own."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from rolecall.actions.money import CURRENCIES
from rolecall.actions.places import Place, parse_place
from rolecall.domain.errors import FieldInvalid, FieldMissing, FieldNotListed
from rolecall.domain.reference_lists import ReferenceLists
from rolecall.domain.texts import is_blank, storable_text
from rolecall.surfaces.crosspath.reference import Find, finders

Reader = Callable[[str, Any], Any]
_LARGEST_AMOUNT = 10**15


def read_fields(body: Mapping[str, Any], readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The known fields that `body` has, read in the contract's order; unknown keys are ignored.

    Raises FieldMissing, FieldInvalid or FieldNotListed for the first field that is wrong.
    """
    return {name: reader(name, body[name]) for name, reader in readers.items() if name in body}


def required(reader: Reader) -> Reader:
    """A reader to which null is the same as absence."""

    def read(name: str, value: Any) -> Any:
        if value is None:
            raise FieldMissing(field=name)
        return reader(name, value)

    return read


def optional(reader: Reader) -> Reader:
    """A reader that lets null through."""

    def read(name: str, value: Any) -> Any:
        return None if value is None else reader(name, value)

    return read


def text(*, longest: int, required: bool = True) -> Reader:
    """A string of at most `longest` characters, of which one can be seen where it is required."""

    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or len(value) > longest or (required and is_blank(value)):
            raise FieldInvalid(field=name)
        return value

    return read


def line(*, longest: int, required: bool = True) -> Reader:
    """A `text` on one line, without control characters."""
    read_text = text(longest=longest, required=required)

    def read(name: str, value: Any) -> str:
        read_text(name, value)
        if storable_text(value) != value:
            raise FieldInvalid(field=name)
        return value

    return read


def external_id(name: str, value: Any) -> str | None:
    """The partner's own id of a record. An empty one is none: it would make all records that have it one."""
    own: str = line(longest=191, required=False)(name, value)
    return None if is_blank(own) else own


def web_address(name: str, value: Any) -> str:
    """An http or https address."""
    if not isinstance(value, str) or len(value) > 2_000 or any(c.isspace() for c in value):
        raise FieldInvalid(field=name)
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise FieldInvalid(field=name) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FieldInvalid(field=name)
    return value


def listed(find: Find) -> Reader:
    """A value of a reference list; `find` gives its code."""

    def read(name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise FieldInvalid(field=name)
        code = find(value)
        if code is None:
            raise FieldNotListed(field=name)
        return code

    return read


def place(name: str, value: Any) -> Place:
    """A country, optionally with a city."""
    if not isinstance(value, str):
        raise FieldInvalid(field=name)
    found = parse_place(value)
    if found is None:
        raise FieldNotListed(field=name)
    return found


def list_of(reader: Reader) -> Reader:
    """A list, read item by item; repeated items count once."""

    def read(name: str, value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > 200:
            raise FieldInvalid(field=name)
        return list(dict.fromkeys(reader(name, item) for item in value))

    return read


def whole_number(*, least: int, most: int) -> Reader:
    """An integer within bounds; 3.0 is one too, as in JSON Schema."""

    def read(name: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or value not in range(least, most + 1):
            raise FieldInvalid(field=name)
        return int(value)

    return read


def amount(name: str, value: Any) -> Decimal:
    """A number that is not negative, nor larger than any salary."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LARGEST_AMOUNT:
        raise FieldInvalid(field=name)
    return Decimal(str(value))


def currency(name: str, value: Any) -> str:
    """A code of ISO 4217, in capitals."""
    if not isinstance(value, str) or value not in CURRENCIES:
        raise FieldInvalid(field=name)
    return value


@lru_cache(maxsize=8)
def company_fields(chosen: ReferenceLists) -> dict[str, Reader]:
    """A reader for each field of a company, with the installation's reference lists."""
    find = finders(chosen)
    return {
        "externalId": optional(external_id),
        "name": required(line(longest=200)),
        "website": optional(web_address),
        "sector": optional(listed(find["sector"])),
        "size": optional(listed(find["size"])),
        "location": optional(place),
        "description": optional(text(longest=20_000, required=False)),
        "logoUrl": optional(web_address),
    }


@lru_cache(maxsize=8)
def mission_fields(chosen: ReferenceLists) -> dict[str, Reader]:
    """A reader for each field of a mission but its company and status, with the installation's reference lists."""
    find = finders(chosen)
    return {
        "externalId": optional(external_id),
        "title": required(line(longest=200)),
        "description": required(text(longest=50_000)),
        "position": optional(listed(find["position"])),
        "sector": optional(listed(find["sector"])),
        "locations": list_of(place),
        "languages": list_of(listed(find["languages"])),
        "contractType": optional(listed(find["contractType"])),
        "remote": listed(find["remote"]),
        "headcount": whole_number(least=1, most=999),
        "salaryMin": optional(amount),
        "salaryMax": optional(amount),
        "currency": optional(currency),
    }


def check_present(body: Mapping[str, Any], *names: str) -> None:
    """Raise FieldMissing for the first of these fields that `body` lacks or has as null."""
    for name in names:
        if body.get(name) is None:
            raise FieldMissing(field=name)


def check_salary(least: Decimal | None, most: Decimal | None, currency_code: str | None) -> None:
    """Raise unless the amounts are in order and have a currency."""
    if least is not None and most is not None and most < least:
        raise FieldInvalid(field="salaryMax")
    if (least is not None or most is not None) and currency_code is None:
        raise FieldMissing(field="currency")
