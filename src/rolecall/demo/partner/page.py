"""GET /demo/partner: a page as a hiring system shows it, the four screens in frames. Only the demo serves it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rolecall.demo import cast
from rolecall.demo.keeping import DemoCredentials
from rolecall.demo.partner.asking import frames
from rolecall.domain.submissions import Submission, SubmissionStage
from rolecall.processes.listening import local_url
from rolecall.services import Services
from rolecall.store import postings, submissions
from rolecall.store.db import Unavailable
from rolecall.web.pages import Pages
from rolecall.web.templates import environment, html_response, message_page, page_headers

log = structlog.get_logger()
_templates = environment("rolecall.demo.partner")

PATH = "/demo/partner"
USERS = {cast.USER: "Ines Halloran, who may do everything", cast.COLLEAGUE: "Tomas Okafor, who makes postings"}
WIDTHS = {"": "Desktop", "phone": "Phone"}
_PHONE = 390
_TITLES = {
    "tasks": "What waits for this user",
    "job": "The job's posting",
    "application": "One candidate",
    "settings": "The organization",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the page's form says: who looks, how wide, and at whom."""

    user: str
    phone: bool
    candidate: str


def partner_pages(credentials: Callable[[], DemoCredentials]) -> Pages:
    """The page, for an account that is known by the time of a request."""

    def routes(services: Services) -> list[Route]:
        async def show(request: Request) -> Response:
            request.scope["rolecall.route"] = "demo partner"
            try:
                return await _shown(services, credentials(), request)
            except (httpx.HTTPError, *Unavailable) as error:
                log.warning("the partner's page has no screens", error=str(error))
                return message_page("No screens at the moment", "Reload the page in a minute.", status=503)

        return [Route(PATH, show, methods=["GET"], name="demo partner")]

    reason = "It exists in the demo only, on the machine of whoever tries it."
    return Pages(name="demo partner", routes=routes, public=lambda _services: {PATH: reason})


async def _shown(services: Services, kept: DemoCredentials, request: Request) -> Response:
    people = await _people(services, kept)
    chosen = _chosen(request, people)
    account = kept.recruitifi
    ids = {"connectorId": str(account.connector_id), "clientId": account.client, "userId": chosen.user}
    asked = {"tasks": ids, "job": {**ids, "jobId": account.job}}
    if chosen.candidate:
        asked["application"] = {**ids, "jobId": account.job, "applicationId": chosen.candidate}
    asked["settings"] = ids
    html = _templates.get_template("partner.html").render(
        frames=await frames(local_url(services.settings), account, asked),
        titles=_TITLES,
        users=USERS,
        widths=WIDTHS,
        chosen=chosen,
        people=people,
        phone=_PHONE,
    )
    return html_response(html, headers=_headers(kept.base_url))


def _headers(base_url: str) -> dict[str, str]:
    headers = page_headers()
    policy = f"{headers['Content-Security-Policy']}; frame-src 'self' {base_url}"
    return {**headers, "Content-Security-Policy": policy, "Cache-Control": "no-store"}


async def _people(services: Services, kept: DemoCredentials) -> list[Submission]:
    """The people whom the client may see, as far as they came: the newest stage first."""
    async with services.database.reading() as conn:
        posting = await postings.of_job(conn, kept.workspace.id, kept.job.id)
        found = [] if posting is None else await submissions.of_posting(conn, kept.workspace.id, posting.id)
    order = list(SubmissionStage)
    seen = [one for one in found if one.confirmed_at is not None]
    return sorted(seen, key=lambda one: order.index(one.stage))


def _chosen(request: Request, people: Sequence[Submission]) -> Chosen:
    query: Any = request.query_params
    known = [str(one.id) for one in people]
    talking = next((str(one.id) for one in people if one.stage == SubmissionStage.REVIEWING), "")
    user, candidate = query.get("user", ""), query.get("candidate", "")
    return Chosen(
        user=user if user in USERS else cast.USER,
        phone=query.get("width", "") == "phone",
        candidate=candidate if candidate in known else talking or next(iter(known), ""),
    )
