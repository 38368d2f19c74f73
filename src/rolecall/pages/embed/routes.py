"""Signed screens that a partner embeds. The token in the address or the form is all that identifies a request."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from rolecall.domain.errors import NotFound
from rolecall.pages.embed import application, job, settings, tasks
from rolecall.pages.embed.access import ANY_PAGE, LEAD_PATH, framing_origins
from rolecall.pages.embed.answers import problem
from rolecall.pages.embed.frame import SHARED_FORMS, ScreenPage
from rolecall.pages.embed.leading import lead
from rolecall.services import Services
from rolecall.store.db import Unavailable
from rolecall.web.pages import Pages

Handler = Callable[[Request, Services], Awaitable[Response]]
_UNKNOWN_PATH = "/embed/{rest:path}"
_OPERATION = "recruitifi openEmbed"  # its name in the RecruitiFi contract
_SIGNED = "A signed link, or the token of the session that it opened, comes with every request."


# A screen is served once its page stands here.
SCREENS: Sequence[ScreenPage[Any]] = (settings.PAGE, tasks.PAGE, job.PAGE, application.PAGE)


async def unknown_screen(_request: Request, _services: Services) -> Response:
    raise NotFound


def _handlers() -> Iterator[tuple[str, str, Handler]]:
    """Method, path and handler of all that is served."""
    yield "GET", LEAD_PATH, lead
    for page in SCREENS:
        yield "GET", f"/embed/{page.screen}", page.show
        for name in page.downloads:
            yield "GET", f"/embed/{page.screen}/{name}", partial(page.download, name=name)
        for name in (*page.forms, *SHARED_FORMS):
            yield "POST", f"/embed/{page.screen}/{name}", partial(page.send, name=name)


_ALL_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def _routes(services: Services) -> list[Route]:
    views = {f"/embed/{page.screen}" for page in SCREENS}
    known = [
        Route(path, _endpoint(path, handler, services), methods=[method], name=_OPERATION if path in views else None)
        for method, path, handler in _handlers()
    ]
    rest = Route(_UNKNOWN_PATH, _endpoint(_UNKNOWN_PATH, unknown_screen, services), methods=_ALL_METHODS)
    return [*known, rest]


def _endpoint(path: str, handler: Handler, services: Services) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request.scope["rolecall.route"] = f"embed {path}"
        try:
            return await handler(request, services)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, a person gets a page that says so
            return problem(error, origins=await _origins(request, services))

    return endpoint


async def _origins(request: Request, services: Services) -> Sequence[str]:
    try:
        return await framing_origins(request, services)
    except Unavailable:
        return ANY_PAGE


def _public(_services: Services) -> dict[str, str]:
    return {path: _SIGNED for _, path, _ in _handlers()} | {_UNKNOWN_PATH: "It says that there is no such screen."}


PAGES = Pages(name="embed", routes=_routes, public=_public)
