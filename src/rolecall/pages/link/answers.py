"""How the linking page answers: its headers, its views, and what a person is told when it cannot go on.

A view tells the page around it what happened, as the public React hook expects: JSON text with `type` SUCCESS and the
temporary token, or CLOSE. It may tell everybody who frames it: the policy says who may, and the temporary token is of
use only to who has the organization's key.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import structlog
from starlette.responses import Response

from rolecall.domain import errors as domain
from rolecall.ports.ats import Integration
from rolecall.services import Services
from rolecall.store.db import is_unavailable
from rolecall.web.errors import BodyTooLarge, UnreadableBody
from rolecall.web.templates import environment, html_response, page_headers

log = structlog.get_logger()
_templates = environment("rolecall.pages.link")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The form: who links what for whom, and what is wrong with what was entered, by field or as a whole."""

    token: str
    instance: str
    integration: Integration
    customer: str
    organization: str
    again: bool
    faults: dict[str, str] = field(default_factory=dict[str, str])
    alert: str = ""


class Problem(NamedTuple):
    """What a person is told."""

    status: int
    heading: str
    text: str


_FRESH = "Go back to the page you came from and start again."
# The first class that fits decides.
_PROBLEMS: Sequence[tuple[type[Exception], Problem]] = (
    (domain.LinkExpired, Problem(401, "This link has expired", f"Links work for seven days. {_FRESH}")),
    (domain.LinkUsed, Problem(401, "This link has been used", f"The connection was made with it already. {_FRESH}")),
    (domain.LinkUnknown, Problem(401, "This link is not valid", _FRESH)),
    (domain.NotPermitted, Problem(403, "This system cannot be connected", "It is switched off here for the moment.")),
    (UnreadableBody, Problem(400, "The form could not be read", _FRESH)),
    (BodyTooLarge, Problem(413, "That is too much text", _FRESH)),
)
_UNAVAILABLE = Problem(503, "Not available at the moment", "Nothing was saved. Try again in a minute.")
_CRASHED = Problem(500, "Something went wrong on our side", "Nothing was saved. Reload the page and try again.")


def form(view: View, services: Services, *, status: int = 200) -> Response:
    """The form that a customer fills in."""
    return _page("form.html", services, status=status, instance=view.instance, view=view)


def linked(view: View, services: Services, *, temporary_token: str) -> Response:
    """The end of the session: the temporary token goes to the page around."""
    return _page("linked.html", services, instance=view.instance, view=view, temporary_token=temporary_token)


def problem(error: Exception, services: Services, *, instance: str) -> Response:
    """The page that tells a person what is wrong, with a way out."""
    if is_unavailable(error):
        log.error("database unavailable", pages="link", error=str(error))
        told = _UNAVAILABLE
    else:
        told = next((told for known, told in _PROBLEMS if isinstance(error, known)), _CRASHED)
    if told is _CRASHED:
        log.error("request failed", pages="link", exc_info=error)
    return _page("problem.html", services, status=told.status, instance=instance, told=told)


def _page(template: str, services: Services, *, instance: str, status: int = 200, **given: object) -> Response:
    nonce = secrets.token_urlsafe(18)
    html = _templates.get_template(template).render(nonce=nonce, instance=instance, **given)
    headers = {
        **page_headers(frame_ancestors=services.settings.link_origins, script_nonce=nonce),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return html_response(html, status=status, headers=headers)
