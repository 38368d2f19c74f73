"""How the pages for agencies answer: their headers, and the page for each way in which a request can fail."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import structlog
from starlette.responses import Response

from rolecall.domain import errors as domain
from rolecall.domain.invitations import Invitation
from rolecall.store.db import is_unavailable
from rolecall.web.errors import BodyTooLarge, UnreadableBody
from rolecall.web.templates import environment, html_response, message_page, page_headers
from rolecall.web.tokens import TokenExpired, TokenRefused

log = structlog.get_logger()
_templates = environment("rolecall.pages.agency")
# The address opens the page: it is kept nowhere and told to nobody.
_HEADERS = {**page_headers(), "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


class Problem(NamedTuple):
    """What a person is told."""

    status: int
    heading: str
    text: str


_AGAIN = "Ask whoever invited you to send it again."
# The first class that fits decides.
_PROBLEMS: Sequence[tuple[type[Exception], Problem]] = (
    (TokenExpired, Problem(410, "This invitation has expired", _AGAIN)),
    (domain.InvitationExpired, Problem(410, "This invitation has expired", _AGAIN)),
    (
        domain.InvitationSettled,
        Problem(410, "This invitation has been answered", "There is nothing more to do here."),
    ),
    (TokenRefused, Problem(404, "There is no such invitation", f"The address may be cut off. {_AGAIN}")),
    (domain.InvitationUnknown, Problem(404, "There is no such invitation", _AGAIN)),
    (UnreadableBody, Problem(400, "The form could not be read", "Go back, reload the page and try again.")),
    (BodyTooLarge, Problem(413, "That is too much text", "Nothing was saved. Go back and send less.")),
)
_UNAVAILABLE = Problem(503, "Not available at the moment", "Nothing was saved. Try again in a minute.")
_CRASHED = Problem(500, "Something went wrong on our side", "Nothing was saved. Reload the page and try again.")


def page(invitation: Invitation, client: str, *, values: Mapping[str, str], faults: Mapping[str, str]) -> Response:
    """The invitation and its form; 422 when something in the form is wrong."""
    html = _templates.get_template("invitation.html").render(
        invitation=invitation, client=client, values=values, faults=faults
    )
    return html_response(html, status=422 if faults else 200, headers=_HEADERS)


def said(heading: str, text: str) -> Response:
    """A page that says what was done."""
    return message_page(heading, text, status=200, headers=_HEADERS)


def problem(error: Exception) -> Response:
    """The page that tells a person what is wrong."""
    if is_unavailable(error):
        log.error("database unavailable", pages="agency", error=str(error))
        told = _UNAVAILABLE
    else:
        told = next((told for known, told in _PROBLEMS if isinstance(error, known)), _CRASHED)
    if told is _CRASHED:
        log.error("request failed", pages="agency", exc_info=error)
    return message_page(told.heading, told.text, status=told.status, headers=_HEADERS)
