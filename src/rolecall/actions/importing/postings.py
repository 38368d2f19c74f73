"""One line of a file of postings: its shape, and what is wrong with a line that does not have it."""

import hashlib
import json
import re
from datetime import date
from typing import Annotated, Any, Literal, NoReturn

import msgspec
from msgspec import Meta, Struct

from rolecall.actions.importing.rejects import Reject, excerpt_of
from rolecall.actions.money import CURRENCIES
from rolecall.actions.places import country_name

# Part of every line's hash: raise it when lines are read or mapped differently, and the next import renews all jobs.
_MAPPING = b"1"

Word = Annotated[str, Meta(max_length=500)]
Text = Annotated[str, Meta(max_length=50_000)]
Amount = Annotated[float, Meta(ge=0, le=1e12)]


class Salary(Struct, frozen=True, omit_defaults=True, gc=False):
    """Gross amounts of a currency (ISO 4217) for an interval."""

    min: Amount | None = None
    max: Amount | None = None
    currency: Word | None = None
    interval: Literal["HOUR", "DAY", "WEEK", "MONTH", "YEAR"] | None = None


class Location(Struct, frozen=True, omit_defaults=True, gc=False):
    """Where the work is done. `raw` is an address, or all there is when nothing else is known."""

    raw: Word | None = None
    city: Word | None = None
    region: Word | None = None
    country: Word | None = None
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, Meta(ge=-180, le=180)] | None = None


class Question(Struct, frozen=True, omit_defaults=True, gc=False):
    """A screening question; one without options asks for free text."""

    text: Annotated[str, Meta(min_length=1, max_length=5000)]
    section: Word | None = None
    options: Annotated[list[Annotated[str, Meta(max_length=1000)]], Meta(max_length=200)] | None = None


class Posting(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A job posting. Fields that are not listed here are ignored, but stay in the stored line."""

    id: Annotated[str, Meta(min_length=1, max_length=200)]
    title: Annotated[str, Meta(min_length=1, max_length=300)]
    company: Annotated[str, Meta(min_length=1, max_length=300)]
    department: Word | None = None
    category: Word | None = None
    occupation: Word | None = None
    requisition_id: Word | None = None
    location: Location | None = None
    remote: bool | None = None
    employment_type: Literal["FULL_TIME", "PART_TIME", "TEMPORARY", "INTERN", "PERMANENT"] | None = None
    description: Text | None = None
    requirements: Text | None = None
    preferred_skills: Text | None = None
    additional_information: Text | None = None
    salary: Salary | None = None
    positions: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    visibility: Literal["internal", "external"] | None = None
    screening_questions: Annotated[list[Question], Meta(max_length=200)] | None = None
    url: Annotated[str, Meta(max_length=2000)] | None = None
    date_posted: date | None = None
    valid_through: date | None = None
    date_updated: date | None = None

    def __post_init__(self) -> None:
        """Check what a type cannot say. Raises ValueError with a message that names the field."""
        for name in ("id", "title", "company"):
            if not getattr(self, name).strip():
                raise ValueError(f"{name}: empty")
        for name in ("date_posted", "valid_through", "date_updated"):
            day: date | None = getattr(self, name)
            if day is not None and not 1900 <= day.year < 3000:
                raise ValueError(f"{name}: not between the years 1900 and 2999")
        country = self.location.country if self.location is not None else None
        if country is not None and country_name(country.upper()) is None:
            raise ValueError("location.country: not a code of ISO 3166-1")
        if self.salary is not None:
            _check_salary(self.salary)


def parse_line(number: int, line: bytes) -> Posting | Reject:
    """The posting on a line, or why there is none. A line with one has no NUL and no lone surrogate anywhere."""
    try:
        return _careful(line) if _SUSPECT.search(line) else _decode(_utf8(line))
    except RecursionError:
        return Reject(number, "nested too deeply", excerpt_of(line))
    except ValueError as error:  # all of msgspec's, json's and our own
        return Reject(number, _reason(error), excerpt_of(line))


def source_hash(posting: Posting) -> bytes:
    """SHA-256 of all that a posting says, however its line is written. What has not changed is not imported again."""
    return hashlib.sha256(_MAPPING + _encode(posting)).digest()


_decode = msgspec.json.Decoder(Posting).decode
_encode = msgspec.json.Encoder().encode

# Escapes that may stand for a control character or a surrogate. They are rare, and such lines are read with more care.
_SUSPECT = re.compile(rb"\\u(?:00[0189]|[dD])")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def _check_salary(salary: Salary) -> None:
    if salary.min is not None and salary.max is not None and salary.min > salary.max:
        raise ValueError("salary: min is above max")
    if salary.currency is None and (salary.min is not None or salary.max is not None):
        raise ValueError("salary.currency: missing")
    if salary.currency is not None and salary.currency not in CURRENCIES:
        raise ValueError("salary.currency: not a code of ISO 4217")


def _utf8(line: bytes) -> bytes:
    """The line, all of which is UTF-8: the decoder does not look into the fields that it skips."""
    if not line.isascii():
        line.decode()
    return line


def _careful(line: bytes) -> Posting:
    """A posting from a line with escapes that need a look. Control characters become blanks."""
    read = json.loads(line, parse_constant=_not_json, parse_int=_integer)
    return msgspec.convert(_clean(read, "$"), Posting)


def _integer(digits: str) -> int:
    return int(digits[:400])  # Python refuses thousands of digits, and no field of ours takes so many


def _not_json(constant: str) -> NoReturn:
    raise msgspec.DecodeError(f"{constant} is no number")


def _clean(value: Any, path: str) -> Any:
    match value:
        case str():
            if "\x00" in value:
                raise ValueError(f"{_field(path)}: has a NUL character")
            if _SURROGATE.search(value):
                raise ValueError(f"{_field(path)}: has half of a surrogate pair")
            return _CONTROL.sub(" ", value)
        case list():
            return [_clean(item, f"{path}[{index}]") for index, item in enumerate(value)]
        case dict():
            return {_clean(key, path): _clean(item, f"{path}.{key}") for key, item in value.items()}
        case _:
            return value


def _field(path: str) -> str:
    return path.removeprefix("$").removeprefix(".") or "the line"


_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
    "date": "a date",
}
# What msgspec says, and how it is said here.
_SAID = [
    (r"Expected `(\w+)(?: \| \w+)*`, got `(\w+)(?: \| \w+)*`", lambda m: f"{_WORDS[m[2]]}, not {_WORDS[m[1]]}"),
    (r"Object missing required field `(\w+)`", lambda _: "missing"),
    (r"Expected `str` of length >= 1", lambda _: "empty"),
    (r"Expected `str` of length <= (\d+)", lambda m: f"longer than {m[1]} characters"),
    (r"Expected `array` of length <= (\d+)", lambda m: f"more than {m[1]} items"),
    (r"Expected `\w+` >= ([-\d.e+]+)", lambda m: f"below {float(m[1]):.0f}"),
    (r"Expected `\w+` <= ([-\d.e+]+)", lambda m: f"above {float(m[1]):.0f}"),
    (r"Invalid enum value (.*)", lambda m: f"{m[1]} is not one of its words"),
    (r"Invalid RFC3339 encoded date", lambda _: "not a date such as 2026-01-31"),
    (r"Number out of range", lambda _: "a number out of range"),
]


def _reason(error: ValueError) -> str:
    """Why a line is not imported, beginning with the field's name where there is one."""
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    text, _, path = str(error).partition(" - at `")
    path = path.rstrip("`")
    if not isinstance(error, msgspec.ValidationError):
        return f"not JSON: {text}" if isinstance(error, msgspec.DecodeError | json.JSONDecodeError) else text
    if text == str(error) and text[:1].islower():
        return text  # a ValueError of ours, which the decoder has wrapped
    missing = re.fullmatch(r"Object missing required field `(\w+)`", text)
    if missing:
        path = f"{path}.{missing[1]}"
    for pattern, say in _SAID:
        match = re.fullmatch(pattern, text)
        if match:
            return f"{_field(path)}: {say(match)}"
    return f"{_field(path)}: {text}"
