"""How the operator's pages answer: their headers, and the page for each way in which a request can fail."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

import structlog
from starlette.responses import RedirectResponse, Response

from rolecall.actions.missions import REVIEW_PATH
from rolecall.domain import errors as domain
from rolecall.store.db import is_unavailable
from rolecall.web.errors import BodyTooLarge, UnreadableBody
from rolecall.web.templates import html_response, message_page, page_headers
from rolecall.web.tokens import TokenExpired, TokenRefused

log = structlog.get_logger()
# The address opens the page: it is kept nowhere and told to nobody.
_HEADERS = {**page_headers(), "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


class Problem(NamedTuple):
    """What a person is told."""

    status: int
    heading: str
    text: str


_FRESH = "`rolecall mission review` prints a fresh one."
# The first class that fits decides.
_PROBLEMS: Sequence[tuple[type[Exception], Problem]] = (
    (TokenExpired, Problem(401, "This address has expired", f"It works for an hour. {_FRESH}")),
    (TokenRefused, Problem(401, "This address is not valid", _FRESH)),
    (domain.NotFound, Problem(404, "There is no such mission", "It may have been archived meanwhile.")),
    (UnreadableBody, Problem(400, "The form could not be read", "Go back, reload the page and try again.")),
    (BodyTooLarge, Problem(413, "That is too much text", "Nothing was saved. Go back and send less.")),
    (domain.NotAuthenticated, Problem(401, "This address is not valid", "It may be cut off.")),
    (domain.NotPermitted, Problem(403, "This is not yours to do", "Nothing was saved.")),
    (
        domain.Conflict,
        Problem(409, "This cannot be done as it stands", "Nothing was saved. Open the page again to see why."),
    ),
    (domain.Invalid, Problem(400, "The form could not be read", "Go back, reload the page and try again.")),
)
_UNAVAILABLE = Problem(503, "Not available at the moment", "Nothing was saved. Try again in a minute.")
_CRASHED = Problem(500, "Something went wrong on our side", "Nothing was saved. Reload the page and try again.")


def page(html: str, *, status: int = 200) -> Response:
    """A page as an answer."""
    return html_response(html, status=status, headers=_HEADERS)


def address(token: str, path: str = "", **query: str) -> str:
    """The address of an operator's page; empty values of the query are left out."""
    given = {name: value for name, value in query.items() if value}
    return f"{REVIEW_PATH}{path}?{urlencode({'token': token, **given})}"


def go_to(token: str, path: str, **query: str) -> Response:
    """Send the browser to a page after a form, so that a reload repeats nothing."""
    return RedirectResponse(address(token, path, **query), status_code=303, headers=_HEADERS)


def problem(error: Exception) -> Response:
    """The page that tells a person what is wrong."""
    if is_unavailable(error):
        log.error("database unavailable", pages="operator", error=str(error))
        told = _UNAVAILABLE
    else:
        told = next((told for known, told in _PROBLEMS if isinstance(error, known)), _CRASHED)
    if told is _CRASHED:
        log.error("request failed", pages="operator", exc_info=error)
    return message_page(told.heading, told.text, status=told.status, headers=_HEADERS)
