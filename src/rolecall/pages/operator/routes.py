"""/operator: partners' missions, reviewed in a browser. The token in the address or the form is all there is to it."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from rolecall.actions.missions import REVIEW_PATH
from rolecall.pages.operator import reviewing
from rolecall.pages.operator.answers import problem
from rolecall.services import Services
from rolecall.web.pages import Pages

Handler = Callable[[Request, Services], Awaitable[Response]]
_MISSION = REVIEW_PATH + "/missions/{mission}"
_SIGNED = "A signed token, for one workspace and for an hour, comes with every request; only a command makes one."
_ROUTES: Sequence[tuple[str, str, Handler]] = (
    ("GET", REVIEW_PATH, reviewing.show_accounts),
    ("GET", _MISSION, reviewing.show_mission),
    ("POST", f"{_MISSION}/publish", reviewing.publish),
    ("POST", f"{_MISSION}/refuse", reviewing.refuse),
)


def _routes(services: Services) -> list[Route]:
    return [Route(path, _endpoint(path, handler, services), methods=[method]) for method, path, handler in _ROUTES]


def _endpoint(path: str, handler: Handler, services: Services) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request.scope["rolecall.route"] = f"operator {path}"
        try:
            return await handler(request, services)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, a person gets a page that says so
            return problem(error)

    return endpoint


def _public(_services: Services) -> dict[str, str]:
    return {path: _SIGNED for _, path, _ in _ROUTES}


PAGES = Pages(name="operator", routes=_routes, public=_public)
