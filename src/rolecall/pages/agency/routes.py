"""The agencies' own pages, under /agency/<workspace>; and the page that answers an invitation.

Every form is a POST that sends the browser on, so that a reload repeats nothing.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rolecall.pages.agency import (
    account,
    candidates,
    fees,
    invitation,
    postings,
    sign_in,
    statements,
    submitting,
    team,
    timesheets,
)
from rolecall.pages.agency.answers import problem, signed_out
from rolecall.pages.agency.sent import ForeignPage, Sent, check_origin, read_sent
from rolecall.pages.agency.visit import NoWorkspace, SignedOut, admit, arrive, is_of_visit
from rolecall.services import Services
from rolecall.web.multipart import Intake, release_upload
from rolecall.web.pages import Pages

_HOME = "/agency/{workspace}"
_REST = "/agency/{rest:path}"
_SESSION = "It asks for a session of its own, by a cookie that the page for signing in gives."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One page or form. `public` says why nobody need be signed in; `takes` lets files in, and how many."""

    method: str
    path: str
    handle: Callable[[Any], Awaitable[Response]]
    public: str | None = None
    takes: Intake | None = None

    @property
    def whole_path(self) -> str:
        return _HOME + self.path


_SIGNS_IN = "People sign in here; tries are counted by where they come from."
_LINK = "A random token in the address signs in once, within minutes; tries are counted by where they come from."
_PAGES: Sequence[_Page] = (
    _Page(method="GET", path="/sign-in", handle=sign_in.show, public=_SIGNS_IN),
    _Page(method="POST", path="/sign-in", handle=sign_in.by_password, public=_SIGNS_IN),
    _Page(method="POST", path="/sign-in/link", handle=sign_in.ask_for_link, public=_SIGNS_IN),
    _Page(method="GET", path="/enter/{token}", handle=sign_in.show_link, public=_LINK),
    _Page(method="POST", path="/enter/{token}", handle=sign_in.use_link, public=_LINK),
    _Page(method="POST", path="/sign-out", handle=sign_in.sign_out),
    _Page(method="GET", path="", handle=postings.show_all),
    _Page(method="GET", path="/postings/{posting}", handle=postings.show),
    _Page(method="POST", path="/postings/{posting}/questions", handle=postings.ask),
    _Page(method="GET", path="/postings/{posting}/submit", handle=submitting.show),
    _Page(method="POST", path="/postings/{posting}/submit", handle=submitting.send, takes=submitting.TAKES),
    _Page(method="GET", path="/candidates", handle=candidates.show_all),
    _Page(method="GET", path="/candidates/{submission}", handle=candidates.show),
    _Page(method="POST", path="/candidates/{submission}/withdraw", handle=candidates.take_back),
    _Page(method="POST", path="/candidates/{submission}/remind", handle=candidates.ask_again),
    _Page(method="POST", path="/candidates/{submission}/messages", handle=candidates.write, takes=candidates.TAKES),
    _Page(method="GET", path="/timesheets", handle=timesheets.show_all),
    _Page(method="GET", path="/timesheets/{hire}", handle=timesheets.show),
    _Page(method="POST", path="/timesheets/{hire}", handle=timesheets.submit),
    _Page(method="POST", path="/timesheets/{hire}/{timesheet}", handle=timesheets.correct),
    _Page(method="GET", path="/fees", handle=fees.show),
    _Page(method="GET", path="/statements", handle=statements.show),
    _Page(method="GET", path="/statements.csv", handle=statements.download),
    _Page(method="GET", path="/account", handle=account.show),
    _Page(method="POST", path="/account/password", handle=account.set_password),
    _Page(method="POST", path="/account/sessions", handle=account.revoke_session),
    _Page(method="GET", path="/team", handle=team.show),
    _Page(method="POST", path="/team/invite", handle=team.invite),
    _Page(method="POST", path="/team/{recruiter}", handle=team.change),
)


async def _answer(page: _Page, request: Request, services: Services) -> Response:
    arrival = await arrive(services, request)
    if page.public is not None and (page.method == "POST" or "{token}" in page.path):
        await sign_in.count_try(request, services)
    if page.method == "POST":
        check_origin(request, public_url=services.settings.public_url)
    if page.public is not None:
        return await page.handle(replace(arrival, sent=await _sent(page, request)))
    try:
        visit = await admit(arrival)
    except SignedOut:
        return signed_out(arrival)
    sent = await _sent(page, request)
    if page.method == "POST" and not is_of_visit(visit, sent):
        raise ForeignPage
    return await page.handle(replace(visit, sent=sent))


async def _sent(page: _Page, request: Request) -> Sent:
    return await read_sent(request, page.takes) if page.method == "POST" else Sent()


async def _unknown(_request: Request, _services: Services) -> Response:
    raise NoWorkspace


def _routes(services: Services) -> Sequence[BaseRoute]:
    ours = [
        Route(
            page.whole_path,
            _endpoint(page.whole_path, lambda request, services, page=page: _answer(page, request, services), services),
            methods=[page.method],
        )
        for page in _PAGES
    ]
    invitations = [
        Route(invitation.ROUTE, _endpoint(invitation.ROUTE, handler, services), methods=[method], name=name)
        for method, handler, name in (
            ("GET", invitation.show, "agency invitation"),
            ("POST", invitation.answer, None),
        )
    ]
    rest = Route(_REST, _endpoint(_REST, _unknown, services))
    rest.methods = set()  # none named: every method there is
    return [*invitations, *ours, rest]


def _endpoint(
    route: str, handler: Callable[[Request, Services], Awaitable[Response]], services: Services
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request.scope["rolecall.route"] = f"agency {route}"
        try:
            return await handler(request, services)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, a person gets a page that says so
            return problem(error)
        finally:
            await release_upload(request)

    return endpoint


def _public(_services: Services) -> dict[str, str]:
    return {
        invitation.ROUTE: invitation.PUBLIC,
        _REST: "It says that there is no such page.",
        **{page.whole_path: page.public or _SESSION for page in _PAGES},
    }


PAGES = Pages(name="agency", routes=_routes, public=_public)
