"""How the screens answer: the headers every answer has, and the page for each way in which a request can fail."""

from collections.abc import Sequence
from typing import NamedTuple

import structlog
from starlette.responses import RedirectResponse, Response

from rolecall.actions.files import LARGEST
from rolecall.domain import errors as domain
from rolecall.domain.errors_of_agencies import OfferedByAnother
from rolecall.ports.files import FilesUnavailable
from rolecall.store.db import is_unavailable
from rolecall.web.errors import BodyTooLarge, UnreadableBody
from rolecall.web.templates import html_response, message_page, page_headers
from rolecall.web.tokens import TokenExpired, TokenRefused

log = structlog.get_logger()


class Problem(NamedTuple):
    """What a person is told."""

    status: int
    heading: str
    text: str


_EXPIRED = Problem(401, "This link has expired", "Reload the page around this frame to go on with a fresh link.")
_NOT_VALID = Problem(401, "This link is not valid", "Reload the page around this frame to get a working link.")
_ELSEWHERE = Problem(
    401, "This link belongs to another page", "Open the page that this screen is a part of, or reload it."
)
_UNAVAILABLE = Problem(503, "Not available at the moment", "Nothing was saved. Try again in a minute.")
# The first class that fits decides.
_PROBLEMS: Sequence[tuple[type[Exception], Problem]] = (
    (TokenExpired, _EXPIRED),
    (domain.LinkExpired, _EXPIRED),
    (domain.LinkUsed, _ELSEWHERE),
    (TokenRefused, _NOT_VALID),
    (domain.NotAuthenticated, _NOT_VALID),
    (
        OfferedByAnother,
        Problem(
            403,
            "Another client offers this job",
            "Its terms, agencies and candidates are on the screens of the client that offers it.",
        ),
    ),
    (
        domain.NotPermitted,
        Problem(
            403,
            "You no longer have access",
            "Your account, or the integration you came through, may not open this screen. Ask whoever looks after it.",
        ),
    ),
    (
        domain.NotFound,
        Problem(404, "There is nothing here", "What this link shows is gone, or there is no such screen."),
    ),
    (domain.Invalid, Problem(400, "The form could not be read", "Go back, reload the page and try again.")),
    (UnreadableBody, Problem(400, "The form could not be read", "Go back, reload the page and try again.")),
    (
        BodyTooLarge,
        Problem(413, "That is too much", f"Nothing was saved. A file may have {LARGEST >> 20} MB at most."),
    ),
    (
        domain.Conflict,
        Problem(409, "This cannot be done as it stands", "Nothing was saved. Open the page again to see why."),
    ),
    (FilesUnavailable, _UNAVAILABLE),
)
_CRASHED = Problem(500, "Something went wrong on our side", "Nothing was saved. Reload the page and try again.")


def embed_headers(origins: Sequence[str], *, nonce: str | None = None) -> dict[str, str]:
    """The headers of a screen that pages of these origins may frame; without any, every https page may."""
    return {
        **page_headers(frame_ancestors=list(origins) or ["https:"], script_nonce=nonce),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }


def screen_answer(html: str, *, origins: Sequence[str], status: int, nonce: str) -> Response:
    """A screen as an answer."""
    return html_response(html, status=status, headers=embed_headers(origins, nonce=nonce))


def go_to(url: str, *, origins: Sequence[str], part: str = "") -> Response:
    """Send the browser on after a form, so that a reload repeats nothing. `part` is an element's id."""
    return RedirectResponse(f"{url}{'#' if part else ''}{part}", status_code=303, headers=embed_headers(origins))


def problem(error: Exception, *, origins: Sequence[str]) -> Response:
    """The page that tells a person what is wrong. It shows no data, whoever looks at it."""
    if is_unavailable(error):
        log.error("database unavailable", pages="embed", error=str(error))
        told = _UNAVAILABLE
    else:
        told = next((told for known, told in _PROBLEMS if isinstance(error, known)), _CRASHED)
    if told is _CRASHED:
        log.error("request failed", pages="embed", exc_info=error)
    return message_page(told.heading, told.text, status=told.status, headers=embed_headers(origins), embedded=True)
