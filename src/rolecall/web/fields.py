"""Reading the fields of a body: declared once, everything that is wrong is found at once, in no surface's words.

A reader gets a place and the value that stands there, and returns what is used of it. What it refuses, it notes at the
place under a code; the surface turns codes into its contract's words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TRUE = frozenset({"1", "true", "on", "yes"})
_LONGEST_ADDRESS = 2_048


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is a name with dots, as in `documents.0.type`; `facts` are what the words of `code` may tell."""

    field: str
    code: str
    facts: Mapping[str, object]


class Place:
    """A place in a body; all places of one body share the list of problems."""

    def __init__(self, name: str = "", problems: list[Problem] | None = None) -> None:
        self.name = name
        self.problems: list[Problem] = [] if problems is None else problems

    def at(self, key: object) -> "Place":
        """The place of an entry."""
        return Place(f"{self.name}.{key}" if self.name else str(key), self.problems)

    def refuse(self, code: str, **facts: object) -> None:
        """Note what is wrong here."""
        self.problems.append(Problem(self.name, code, facts))


Reader = Callable[[Place, Any], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """How a field is read. A blank one, which is null, white space or an empty list, is refused if it is required.

    `alias` is a second name that callers may use.
    """

    reader: Reader
    required: bool = False
    alias: str | None = None


def mapping(fields: Mapping[str, Field]) -> Reader:
    """An object. What it has of `fields` is in the result, None where it is blank; other keys are ignored."""

    def read(place: Place, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            place.refuse("object")
            return {}
        found: dict[str, Any] = {}
        for name, known in fields.items():
            key = known.alias if known.alias is not None and _blank(value.get(name)) else name
            given = value.get(key)
            if not _blank(given):
                found[name] = known.reader(place.at(key), given)
            elif known.required:
                place.at(name).refuse("required")
            elif key in value:
                found[name] = None
        return found

    return read


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


def list_of(reader: Reader, *, most: int) -> Reader:
    """A list, or an object whose keys are places in one, as forms send it."""

    def read(place: Place, value: Any) -> list[Any]:
        if isinstance(value, Mapping) and all(isinstance(key, str) and key.isdigit() for key in value):
            items: Sequence[tuple[Any, Any]] = sorted(value.items(), key=lambda item: (len(item[0]), item[0]))
        elif isinstance(value, list):
            items = list(enumerate(value))
        else:
            place.refuse("array")
            return []
        if len(items) > most:
            place.refuse("items", most=most)
            return []
        return [reader(place.at(key), item) for key, item in items]

    return read


def text(*, longest: int, exactly: int | None = None, as_sent: bool = False) -> Reader:
    """A string of at most so many characters, without the white space around it unless it is kept as sent."""

    def read(place: Place, value: Any) -> str | None:
        if not isinstance(value, str):
            return place.refuse("string")
        found = value if as_sent else value.strip()
        if exactly is not None and len(found) != exactly:
            return place.refuse("length", length=exactly)
        if len(found) > longest:
            return place.refuse("longest", most=longest)
        return found

    return read


def converted(code: str, convert: Callable[[str], Any], *, longest: int = 255) -> Reader:
    """A string that `convert` makes something of; None from it is refused under `code`."""
    read_text = text(longest=longest)

    def read(place: Place, value: Any) -> Any:
        found = read_text(place, value)
        if found is None:
            return None
        result = convert(found)
        return place.refuse(code) if result is None else result

    return read


def one_of(words: Sequence[str]) -> Reader:
    """One of a closed list of words."""

    def read(place: Place, value: Any) -> str | None:
        return value if isinstance(value, str) and value in words else place.refuse("listed")

    return read


def boolean(place: Place, value: Any) -> bool | None:
    """True or false; as text, which forms send, 1, true, on and yes are true and anything else is false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.strip().lower() in _TRUE
    return bool(value) if value in (0, 1) else place.refuse("boolean")


def accepted(place: Place, value: Any) -> bool | None:
    """A box that must be ticked."""
    ticked = boolean(place, value)
    return place.refuse("accepted") if ticked is False else ticked


def parse_date(text_: str) -> date | None:
    """A day in the form 2026-05-06."""
    try:
        return date.fromisoformat(text_) if _DATE.fullmatch(text_) else None
    except ValueError:
        return None


def web_address(text_: str) -> str | None:
    """An http or https address, which is safe as a link."""
    try:
        parts = urlsplit(text_)
        _ = parts.port
    except ValueError:
        return None
    usable = parts.scheme in {"http", "https"} and parts.hostname and not any(c.isspace() for c in text_)
    return text_ if usable else None


day = converted("date", parse_date)
link = converted("url", web_address, longest=_LONGEST_ADDRESS)
