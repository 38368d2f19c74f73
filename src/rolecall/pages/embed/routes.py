"""Signed screens that a partner embeds. The token in the address or the form is all that identifies a request."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from rolecall.domain.errors import NotFound
from rolecall.pages.embed import job
from rolecall.pages.embed.access import ANY_PAGE, framing_origins
from rolecall.pages.embed.answers import JOB_PATH, problem
from rolecall.services import Services
from rolecall.store.db import Unavailable
from rolecall.web.pages import Pages

Handler = Callable[[Request, Services], Awaitable[Response]]
_UNKNOWN_PATH = "/embed/{rest:path}"
_OPERATION = "recruitifi openEmbed"  # its name in the RecruitiFi contract
_SIGNED = "A signed token, for one screen, user and record and for 30 minutes, comes with every request."


async def unknown_screen(_request: Request, _services: Services) -> Response:
    raise NotFound


_ROUTES: Sequence[tuple[str, str, Handler]] = (
    ("GET", JOB_PATH, job.show),
    ("POST", f"{JOB_PATH}/save", job.save),
    ("POST", f"{JOB_PATH}/agencies", job.choose_agencies),
    ("POST", f"{JOB_PATH}/flow", job.move),
)
_ALL_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def _routes(services: Services) -> list[Route]:
    known = [
        Route(path, _endpoint(path, handler, services), methods=[method], name=_OPERATION if path == JOB_PATH else None)
        for method, path, handler in _ROUTES
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
    return {path: _SIGNED for _, path, _ in _ROUTES} | {_UNKNOWN_PATH: "It says that there is no such screen."}


PAGES = Pages(name="embed", routes=_routes, public=_public)
