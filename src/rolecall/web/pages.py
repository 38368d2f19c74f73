"""HTML pages: routes that are part of no API contract."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.routing import BaseRoute


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A folder of pages. `routes` gets the process's services; `public` says for each path why it needs no sign-in.

    Pages with a higher `rank` are matched later: a folder whose paths begin with a free word comes last.
    """

    name: str
    routes: Callable[[Any], Sequence[BaseRoute]]
    public: Callable[[Any], dict[str, str]]
    rank: int = 0
