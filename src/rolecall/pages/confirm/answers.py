"""How the confirmation page answers: its headers, its pages, and the one for each way in which a request can fail."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import structlog
from starlette.responses import RedirectResponse, Response

from rolecall.actions.files import LARGEST, RESUMES
from rolecall.domain import errors as domain
from rolecall.domain.submissions import LONGEST_ANSWER, SubmissionStage
from rolecall.domain.time_zones import spoken
from rolecall.pages.confirm.sent import answer_name, question_name
from rolecall.pages.confirm.visit import Visit
from rolecall.ports.files import FilesUnavailable
from rolecall.services import file_url
from rolecall.store.db import is_unavailable
from rolecall.web.errors import BodyTooLarge, RateLimited, UnreadableBody
from rolecall.web.limits import CounterUnavailable
from rolecall.web.templates import environment, html_response, message_page, page_headers
from rolecall.web.tokens import TokenExpired, TokenRefused

log = structlog.get_logger()
_templates = environment("rolecall.pages.confirm")
_templates.filters["spoken"] = cast(Any, spoken)  # pyright: ignore[reportUnknownMemberType] - Jinja types it as a bare dict
# The address opens the page: it is kept nowhere and told to nobody.
_HEADERS = {**page_headers(), "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_ACCEPT = ",".join(f".{kind}" for kind in RESUMES)
_KINDS = ", ".join(kind.upper() for kind in RESUMES)


class Problem(NamedTuple):
    """What a person is told."""

    status: int
    heading: str
    text: str


_AGAIN = "Ask the agency to send it again."
# The first class that fits decides.
_PROBLEMS: Sequence[tuple[type[Exception], Problem]] = (
    (TokenExpired, Problem(410, "This address works no more", _AGAIN)),
    (TokenRefused, Problem(404, "There is no such page", f"The address may be cut off. {_AGAIN}")),
    (domain.SubmissionUnknown, Problem(404, "There is no such page", _AGAIN)),
    (
        domain.PostingNotTaking,
        Problem(409, "This job is not open any more", "Nobody can be presented for it at the moment."),
    ),
    (
        domain.JobTakesNoApplications,
        Problem(409, "This job is not open any more", "Nobody can be presented for it at the moment."),
    ),
    (
        domain.AlreadySubmitted,
        Problem(409, "You are represented already", "An agency presents you for this job: all is done."),
    ),
    (
        domain.Conflict,
        Problem(409, "This has been answered", "Open the address in your message again to see where it stands."),
    ),
    (UnreadableBody, Problem(400, "The form could not be read", "Go back, reload the page and try again.")),
    (BodyTooLarge, Problem(413, "That is too much", f"Nothing was saved. A file may have {LARGEST >> 20} MB at most.")),
    (RateLimited, Problem(429, "Too many tries", "Nothing was saved. Wait an hour and try again.")),
    (FilesUnavailable, Problem(503, "Not available at the moment", "Nothing was saved. Try again in a minute.")),
    (CounterUnavailable, Problem(503, "Not available at the moment", "Nothing was saved. Try again in a minute.")),
    (domain.NotAuthenticated, Problem(401, "This address is not valid", "It may be cut off.")),
    (domain.NotPermitted, Problem(403, "This is not yours to do", "Nothing was saved.")),
    (domain.NotFound, Problem(404, "There is nothing here", "It may be gone.")),
    (domain.Invalid, Problem(400, "The form could not be read", "Go back, reload the page and try again.")),
)
_UNAVAILABLE = Problem(503, "Not available at the moment", "Nothing was saved. Try again in a minute.")
_CRASHED = Problem(500, "Something went wrong on our side", "Nothing was saved. Reload the page and try again.")


def form(visit: Visit, *, values: Mapping[str, str], faults: Mapping[str, str]) -> Response:
    """The form, with what was typed; 422 when something in it is wrong."""
    numbered = enumerate(visit.posting.questions, start=1)
    shown = _shown(visit, faults) | {
        "questions": [{"name": answer_name(at), "kept": question_name(at), "text": text} for at, text in numbered],
        "values": defaultdict(str, values),
        "longest_answer": LONGEST_ANSWER,
    }
    html = _templates.get_template("confirm.html").render(shown)
    return html_response(html, status=422 if faults else 200, headers=_HEADERS)


def standing(visit: Visit, *, faults: Mapping[str, str]) -> Response:
    """Where it stands once the person has answered, and what they can still do."""
    html = _templates.get_template("standing.html").render(_shown(visit, faults) | {"stages": SubmissionStage})
    return html_response(html, status=422 if faults else 200, headers=_HEADERS)


def _shown(visit: Visit, faults: Mapping[str, str]) -> dict[str, object]:
    resume = visit.resume
    where = None if resume is None else file_url(visit.services, resume.workspace_id, resume.id)
    return {"visit": visit, "faults": faults, "resume_url": where, "accept": _ACCEPT, "kinds": _KINDS}


def closed() -> Response:
    """The page of a job that closed before the person answered."""
    return message_page(
        "This job is not open any more",
        "Nobody is presented for it at the moment, so there is nothing for you to do.",
        status=410,
        headers=_HEADERS,
    )


def sent_on(path: str) -> Response:
    """Send the browser to a page, so that a reload repeats nothing."""
    return RedirectResponse(path, 303, headers=_HEADERS)


def problem(error: Exception) -> Response:
    """The page that tells a person what is wrong."""
    if is_unavailable(error):
        log.error("database unavailable", pages="confirm", error=str(error))
        told = _UNAVAILABLE
    else:
        told = next((told for known, told in _PROBLEMS if isinstance(error, known)), _CRASHED)
    if told is _CRASHED:
        log.error("request failed", pages="confirm", exc_info=error)
    return message_page(told.heading, told.text, status=told.status, headers=_HEADERS)
