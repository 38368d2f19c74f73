"""A call as the walks over all operations make it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from rolecall.domain.ids import parse_id
from tests.architecture.ids import Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """How an operation is called: `path` fills its path, `headers` replace the caller's own.

    `form` is sent as multipart or form fields, `files` beside it as httpx takes them.
    """

    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    json: Any = None
    form: dict[str, str] | None = None
    files: dict[str, tuple[str, bytes]] | None = None
    headers: dict[str, str] = field(default_factory=dict)


Calls = Callable[[Ids, Ids], list[Call]]


def id_of(text: str) -> UUID:
    """The UUID in an id of a walk."""
    found = parse_id(text)
    assert found is not None, "the ids of a walk are well-formed"
    return found
