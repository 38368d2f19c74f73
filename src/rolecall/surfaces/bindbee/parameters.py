"""Reading query parameters. All problems of a request are answered at once, in the words of the published contract."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qsl
from uuid import UUID

from starlette.requests import Request

from rolecall.domain.ids import parse_id
from rolecall.surfaces.bindbee.errors import ParametersRefused
from rolecall.surfaces.bindbee.uuids import complaint, read_uuid

_TRUE = {"true", "1", "yes", "on", "t", "y"}
_FALSE = {"false", "0", "no", "off", "f", "n"}
_INTEGER = re.compile(r"\s*[+-]?\d{1,4000}\s*")
_RELATION = re.compile(r"([^,\[\]]*)(?:\[([^\[\]]*)\])?(?:,|$)")
_UNENCODED_PLUS = re.compile(r" (\d{2}:?\d{2})$")
_DEFAULT_PAGE, _LARGEST_PAGE, _LARGEST_LATER_PAGE = 50, 100, 200
_EPOCH, _MICROSECOND = datetime.fromtimestamp(0, UTC), timedelta(microseconds=1)
_CONNECTOR_HEADER = "x-connector-token"
SLUG_PATTERN, _LONGEST_SLUG = "^[a-z][a-z0-9_-]*$", 64
_SLUG = re.compile(SLUG_PATTERN.strip("^$"))

Relation = tuple[str, frozenset[str] | None]


@dataclass
class Parameters:
    """The parameters of one request, read one by one; `check` raises if any of them was wrong.

    `later` says that the operator has chosen the later contract, where some rules are wider.
    """

    request: Request
    later: bool = False
    problems: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        query: bytes = self.request.scope["query_string"]
        self._given = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)) if query else {}

    def text(self, name: str) -> str | None:
        """A parameter as it came; the last one counts when it is repeated."""
        value = self._given.get(name)
        return value if value is None or self._storable(name, value) else None

    def _storable(self, name: str, value: str) -> bool:
        """Whether PostgreSQL can be asked for this text; if not, that is noted."""
        if "\x00" in value:
            self._refuse(name, "Input should be a string without NUL characters", kind="string_type", value=value)
            return False
        return True

    def repeated(self, name: str) -> list[str]:
        """Every value of a parameter that may be sent several times."""
        query: bytes = self.request.scope["query_string"]
        found = [value for key, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True) if key == name]
        return [value for value in found if self._storable(name, value)]

    def path_id(self, name: str) -> UUID | None:
        """An id in the path."""
        value: str = self.request.path_params[name]
        found = read_uuid(value)
        if found is None:
            problem = {"loc": ["path", name], "msg": complaint(value), "type": "uuid_parsing", "input": value}
            self.problems.append(problem)
        return found

    def path_text(self, name: str) -> str:
        """A word in the path."""
        value: str = self.request.path_params[name]
        if "\x00" in value:
            message = "Input should be a string without NUL characters"
            self.problems.append({"loc": ["path", name], "msg": message, "type": "string_type", "input": value})
        return value

    def one_id(self, name: str) -> UUID | None:
        """One id."""
        value = self.text(name)
        found = read_uuid(value) if value is not None else None
        if value is not None and found is None:
            self._refuse(name, complaint(value), kind="uuid_parsing", value=value)
        return found

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """One of a closed list of words."""
        value = self.text(name)
        if value is None or value in allowed:
            return value
        quoted = [f"'{word}'" for word in allowed]
        expected = f"{', '.join(quoted[:-1])} or {quoted[-1]}"
        self._refuse(name, f"Input should be {expected}", kind="enum", value=value, ctx={"expected": expected})
        return None

    def slug(self, name: str) -> str | None:
        """A word of small letters, digits, - and _, as the contract names models."""
        value = self.text(name)
        if value is None or (len(value) <= _LONGEST_SLUG and _SLUG.fullmatch(value)):
            return value
        if len(value) > _LONGEST_SLUG:
            message = f"String should have at most {_LONGEST_SLUG} characters"
            self._refuse(name, message, kind="string_too_long", value=value, ctx={"max_length": _LONGEST_SLUG})
        else:
            message, pattern = f"String should match pattern '{SLUG_PATTERN}'", {"pattern": SLUG_PATTERN}
            self._refuse(name, message, kind="string_pattern_mismatch", value=value, ctx=pattern)
        return None

    def one_of(self, *names: str) -> dict[str, str]:
        """Exactly one of some parameters, by its name."""
        given = {name: value for name in names if (value := self.text(name)) is not None}
        if len(given) != 1:
            message = f"Exactly one of {' and '.join(names)} is required"
            self.problems.append({"loc": ["query", names[0]], "msg": message, "type": "value_error", "input": None})
        return given

    def required(self, name: str, value: str | None) -> str:
        """The value of a parameter that has to be there, as it was read; empty, and noted, where it is not."""
        if name not in self._given:
            self.problems.append({"loc": ["query", name], "msg": "Field required", "type": "missing", "input": None})
        return value or ""

    def flag(self, name: str) -> bool:
        """A boolean, false when absent."""
        value = self.text(name)
        if value is None or value.lower() in _FALSE:
            return False
        if value.lower() not in _TRUE:
            message = "Input should be a valid boolean, unable to interpret input"
            self._refuse(name, message, kind="bool_parsing", value=value)
        return True

    def maybe_flag(self, name: str) -> bool | None:
        """A boolean, None when absent."""
        return self.flag(name) if name in self._given else None

    def page_size(self) -> int:
        """How many records a page may have."""
        most = _LARGEST_LATER_PAGE if self.later else _LARGEST_PAGE
        return self.whole_number("page_size", default=_DEFAULT_PAGE, least=1, most=most)

    def whole_number(self, name: str, *, default: int, least: int, most: int) -> int:
        """An integer within bounds; out of bounds is refused, never clamped."""
        value = self.text(name)
        if value is None:
            return default
        if not _INTEGER.fullmatch(value):
            message = "Input should be a valid integer, unable to parse string as an integer"
            self._refuse(name, message, kind="int_parsing", value=value)
            return default
        number = int(value)
        if number < least:
            message = f"Input should be greater than or equal to {least}"
            self._refuse(name, message, kind="greater_than_equal", value=value, ctx={"ge": least})
        elif number > most:
            message = f"Input should be less than or equal to {most}"
            self._refuse(name, message, kind="less_than_equal", value=value, ctx={"le": most})
        return number

    def ids(self, name: str) -> list[UUID] | None:
        """A comma-separated list of ids. What is no UUID matches nothing, so it is left out."""
        value = self.text(name)
        if value is None:
            return None
        found = [parse_id(part) for part in value.split(",")]
        return [parsed for parsed in found if parsed is not None]

    def time(self, name: str) -> datetime | None:
        """An ISO 8601 time, in UTC where no offset is given."""
        value = self.text(name)
        if value is None:
            return None
        try:
            time = datetime.fromisoformat(_UNENCODED_PLUS.sub(r"+\1", value))
            return (time if time.tzinfo is not None else time.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            message = "Input should be a valid ISO 8601 date and time"
            self._refuse(name, message, kind="datetime_parsing", value=value)
            return None

    def cursor(self, name: str = "cursor") -> UUID | None:
        """The id that a cursor stands for; an empty cursor is the first page."""
        value = self.text(name)
        if not value:
            return None
        found = decode_cursor(value)
        if found is None:
            self._refuse(name, "Input should be a cursor of this API", kind="value_error", value=value)
        return found.last if found is not None else None

    def cursor_until(self, name: str = "cursor") -> datetime | None:
        """The moment that a cursor's pages show, if it names one."""
        found = decode_cursor(self.text(name) or "")
        return found.until if found is not None else None

    def expand(self, name: str = "expand") -> list[Relation]:
        """The relations to expand, each with the fields it is cut down to, or None for all."""
        value = self.text(name)
        if not value:
            return []
        relations = parse_expand(value)
        if relations is None:
            self._refuse(name, "Input should have balanced brackets", kind="value_error", value=value)
        return relations or []

    def check(self, *, of_connector: bool = True) -> None:
        """Raise ParametersRefused if any parameter was wrong, or the token is missing that a connector's calls need."""
        if of_connector and self.request.headers.get(_CONNECTOR_HEADER) is None:
            missing = {"loc": ["header", _CONNECTOR_HEADER], "msg": "Field required", "type": "missing", "input": None}
            self.problems.append(missing)
        if self.problems:
            raise ParametersRefused(self.problems)

    def _refuse(self, name: str, message: str, *, kind: str, value: str, ctx: dict[str, Any] | None = None) -> None:
        problem: dict[str, Any] = {"loc": ["query", name], "msg": message, "type": kind, "input": value}
        self.problems.append(problem if ctx is None else problem | {"ctx": ctx})


class Cursor(NamedTuple):
    """Where a page begins: after the record `last`. Pages of changes show those of before `until`."""

    last: UUID
    until: datetime | None = None


def encode_cursor(last: UUID, *, until: datetime | None = None) -> str:
    """The cursor after a record: its id in base64, with the microsecond of `until` behind it where there is one."""
    moment = f" {(until - _EPOCH) // _MICROSECOND}" if until is not None else ""
    return base64.b64encode(f"{last}{moment}".encode()).decode()


def decode_cursor(cursor: str) -> Cursor | None:
    """What a cursor says, None when it is none."""
    try:
        words = base64.b64decode(cursor, validate=True).decode("ascii").split(" ")
        last = parse_id(words[0])
        if last is None or len(words) > 2:
            return None
        return Cursor(last, _EPOCH + int(words[1]) * _MICROSECOND if len(words) == 2 else None)
    except (binascii.Error, ValueError, OverflowError):
        return None


def parse_expand(text: str) -> list[Relation] | None:
    """The relations of `name[field,field],name`, None when the brackets do not match.

    Names that are unknown are the caller's to ignore.
    """
    relations: list[Relation] = []
    position = 0
    while position < len(text):
        match = _RELATION.match(text, position)
        if match is None:
            return None
        name, fields = match[1], match[2]
        if name:
            relations.append((name, frozenset(fields.split(",")) if fields is not None else None))
        position = match.end()
    return relations
