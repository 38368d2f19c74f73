"""HirEmpire's query parameters: one by name or none. What is missing is told before what is too much."""

from collections.abc import Callable
from uuid import UUID

from starlette.requests import Request

from rolecall.domain.errors import DomainError
from rolecall.domain.ids import parse_id
from rolecall.surfaces.hirempire.errors import Refusal


def only(request: Request, name: str, *, missing: str = "Query parameter '{}' is required.") -> str:
    """The value of a query that holds this parameter, once, and nothing else."""
    items = request.query_params.multi_items()
    value = next((value for key, value in items if key == name), "")
    if not value:
        raise Refusal(missing.format(name))
    if len(items) > 1:
        raise Refusal(f"Only '{name}' query parameter is allowed.")
    return value


def optional(request: Request, name: str) -> str | None:
    """The value of a query that may hold this parameter, and nothing else."""
    items = request.query_params.multi_items()
    if items and (len(items) > 1 or items[0][0] != name):
        raise Refusal(f"Only '{name}' query parameter is allowed.")
    return items[0][1] if items else None


def no_query(text: str) -> Callable[[Request], None]:
    """A check that refuses every query parameter with this text."""

    def check(request: Request) -> None:
        if request.query_params:
            raise Refusal(text)

    return check


def id_or(error: DomainError, text: str) -> UUID:
    """The id that a parameter spells. A malformed one is a record that we do not have, which is `error`."""
    found = parse_id(text)
    if found is None:
        raise error
    return found
