"""How the pages for agencies answer: their headers, and the page for each way in which a request can fail."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

import structlog
from starlette.responses import RedirectResponse, Response

from rolecall.actions.files import LARGEST
from rolecall.actions.passwords import PasswordsBusy
from rolecall.domain import errors as domain
from rolecall.domain.recruiters import Right, RoleMissing
from rolecall.pages.agency import wording
from rolecall.pages.agency.sent import ForeignPage
from rolecall.pages.agency.visit import Arrival, NoWorkspace, Visit
from rolecall.ports.files import FilesUnavailable
from rolecall.store.db import is_unavailable
from rolecall.web.errors import BodyTooLarge, RateLimited, UnreadableBody
from rolecall.web.limits import CounterUnavailable
from rolecall.web.responses import add_headers
from rolecall.web.templates import environment, html_response, message_page, page_headers
from rolecall.web.tokens import TokenExpired, TokenRefused

log = structlog.get_logger()
_templates = environment("rolecall.pages.agency")
_templates.filters.update(wording.FILTERS)  # pyright: ignore[reportUnknownMemberType] - Jinja types it as a bare dict
# Kept nowhere. Browsers tell the origin of a form only to whom they may tell the address: to us, and nobody else.
HEADERS = {**page_headers(), "Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


class Problem(NamedTuple):
    """What a person is told."""

    status: int
    heading: str
    text: str


_INVITED_AGAIN = "Ask whoever invited you to send it again."
_NEW_LINK = "Ask for another one on the page on which you sign in."
# The first class that fits decides.
_PROBLEMS: Sequence[tuple[type[Exception], Problem]] = (
    (TokenExpired, Problem(410, "This invitation has expired", _INVITED_AGAIN)),
    (domain.InvitationExpired, Problem(410, "This invitation has expired", _INVITED_AGAIN)),
    (
        domain.InvitationSettled,
        Problem(410, "This invitation has been answered", "There is nothing more to do here."),
    ),
    (TokenRefused, Problem(404, "There is no such invitation", f"The address may be cut off. {_INVITED_AGAIN}")),
    (domain.InvitationUnknown, Problem(404, "There is no such invitation", _INVITED_AGAIN)),
    (domain.LinkExpired, Problem(410, "This link has expired", _NEW_LINK)),
    (domain.LinkUsed, Problem(410, "This link has been used", f"It signs in once. {_NEW_LINK}")),
    (domain.LinkUnknown, Problem(404, "There is no such link", f"The address may be cut off. {_NEW_LINK}")),
    (NoWorkspace, Problem(404, "There is nothing here", "The address may be cut off, or the page is gone.")),
    (domain.NotFound, Problem(404, "There is nothing here", "It is gone, or it is not your agency’s.")),
    (RoleMissing, Problem(403, "This is not yours to do", "Ask a team manager of your agency.")),
    (
        ForeignPage,
        Problem(403, "The form came from another page", "Nothing was saved. Open the page here and try again."),
    ),
    (RateLimited, Problem(429, "Too many tries", "Nothing was done. Wait a little, then try again.")),
    (PasswordsBusy, Problem(503, "Too many at once", "Nothing was done. Try again in a minute.")),
    (domain.Invalid, Problem(400, "That cannot be read", "The address, or the form, has something that does not fit.")),
    (UnreadableBody, Problem(400, "The form could not be read", "Go back, reload the page and try again.")),
    (
        BodyTooLarge,
        Problem(413, "That is too much", f"Nothing was saved. A file may have {LARGEST >> 20} MB at most."),
    ),
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


def page(template: str, *, status: int = 200, **context: Any) -> Response:
    """A page of somebody who is not signed in."""
    return html_response(_templates.get_template(template).render(context), status=status, headers=HEADERS)


def view(visit: Visit, template: str, *, status: int = 200, **context: Any) -> Response:
    """A page of a recruiter who is signed in. `done` in the query says what the last form did."""
    shown = {
        "visit": visit,
        "home": visit.home,
        "rights": {right.name.lower(): visit.may(right) for right in Right},
        "done": wording.DONE.get(visit.asked("done"), ""),
        "alert": "",
        "faults": {},
        "typed": {},
    }
    return page(template, status=status, **(shown | context))


def go(arrival: Arrival, path: str = "", *, part: str = "", **query: str) -> Response:
    """Send the browser to a page of ours after a form, so that a reload repeats nothing. `part` is an element's id."""
    told = f"?{urlencode(query)}" if query else ""
    return RedirectResponse(f"{arrival.home}{path}{told}{'#' if part else ''}{part}", status_code=303, headers=HEADERS)


def said(heading: str, text: str, *, link: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """A page that says one thing, with a way on."""
    return message_page(heading, text, status=status, link=link, headers=HEADERS)


def signed_out(arrival: Arrival) -> Response:
    """Send whoever is not signed in to the page where one signs in; a form is not repeated afterwards."""
    link = {"href": f"{arrival.home}/sign-in", "label": "Sign in"}
    if arrival.request.method != "GET":
        return said("You are signed out", "Nothing was saved. Sign in and try again.", link=link, status=401)
    wanted = arrival.request.url.path
    return go(arrival, "/sign-in", **({} if wanted == arrival.home else {"next": wanted}))


def problem(error: Exception) -> Response:
    """The page that tells a person what is wrong."""
    if is_unavailable(error) or isinstance(error, FilesUnavailable | CounterUnavailable):
        log.error("a store cannot be reached", pages="agency", error=str(error))
        told = _UNAVAILABLE
    else:
        told = next((told for known, told in _PROBLEMS if isinstance(error, known)), _CRASHED)
    if told is _CRASHED:
        log.error("request failed", pages="agency", exc_info=error)
    response = message_page(told.heading, told.text, status=told.status, headers=HEADERS)
    if isinstance(error, RateLimited):
        add_headers(response, {"Retry-After": str(error.window.seconds_left)})
    return response
