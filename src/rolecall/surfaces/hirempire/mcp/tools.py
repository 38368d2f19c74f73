"""What a tool is, and how its arguments are read. What is wrong with one is told in a sentence that names it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rolecall.domain.ids import parse_id
from rolecall.surfaces.hirempire import fields
from rolecall.surfaces.hirempire.auth import TokenCall
from rolecall.surfaces.hirempire.errors import Refusal
from rolecall.web.fields import web_address

Arguments = Mapping[str, Any]

_LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tool:
    """One tool. `run` returns anything that msgspec can write as a JSON object; `properties` are JSON Schema."""

    name: str
    title: str
    description: str
    run: Callable[[TokenCall, Arguments], Awaitable[Any]]
    properties: Mapping[str, Any]
    required: tuple[str, ...] = ()
    writes: bool = False
    idempotent: bool = True

    @property
    def schema(self) -> dict[str, Any]:
        """The arguments as a JSON Schema."""
        schema: dict[str, Any] = {"type": "object", "properties": dict(self.properties)}
        return schema | {"required": list(self.required)} if self.required else schema


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool gave: the text of a JSON object with the object itself, or a sentence that says what is wrong."""

    text: str
    shape: dict[str, Any] | None = None

    @property
    def refused(self) -> bool:
        return self.shape is None


def check_required(arguments: Arguments, names: Iterable[str]) -> None:
    """Refuse the first of these arguments that is missing or blank."""
    for name in names:
        if fields.is_blank(arguments.get(name)):
            raise Refusal(f"Missing required field: {name}")


def text(arguments: Arguments, name: str, *, longest: int, lines: bool = False) -> str | None:
    """A text, None where it is not given."""
    value = arguments.get(name)
    if fields.is_blank(value):
        return None
    found = fields.text(value, longest=longest, lines=lines)
    if found is None:
        raise Refusal(f"Invalid {name}. Use a text of at most {longest:,} characters.")
    return found.strip()


def address(arguments: Arguments, name: str) -> str | None:
    """A web address, None where it is not given. A bare domain is read as https."""
    given = text(arguments, name, longest=_LONGEST_ADDRESS)
    if given is None:
        return None
    found = web_address(given if "://" in given else f"https://{given}")
    if found is None:
        raise Refusal(f"Invalid {name}. Use an address such as https://acme.example.")
    return found


def record_id(arguments: Arguments, name: str, *, kind: str) -> UUID:
    """The id of a record. A malformed one is a record that is not there."""
    value = arguments.get(name)
    found = parse_id(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise unknown(name, kind)
    return found


def unknown(name: str, kind: str) -> Refusal:
    """What is said of an id that nobody has, or somebody else."""
    return Refusal(f"Invalid {name}. There is no such {kind} in this workspace.")


def flag(arguments: Arguments, name: str) -> bool:
    """A yes or no; not given is no."""
    value = arguments.get(name)
    if value is not None and not isinstance(value, bool):
        raise Refusal(f"Invalid {name}. Use true or false.")
    return bool(value)
