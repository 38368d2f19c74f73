"""The web process: every surface and page, found by folder, in one ASGI application."""

from collections.abc import Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from rolecall import pages, surfaces
from rolecall.discovery import discover
from rolecall.services import Services
from rolecall.store.db import Unavailable
from rolecall.store.migrate import DatabaseNewer, MigrationError, pending
from rolecall.web import static
from rolecall.web.observe import Observe, metrics
from rolecall.web.pages import Pages
from rolecall.web.routing import FirstWordRouter, FixedPaths
from rolecall.web.surface import Surface

# Served to anybody, and why.
PUBLIC_PATHS = {
    "/healthz": "A load balancer asks it and learns only that the process runs.",
    "/readyz": "As /healthz, and whether the database is there.",
    "/metrics": "Names of routes and counts; docs/operate says to keep it from outside at the proxy.",
    "/static/{name}": "The style sheet and the mark of public pages.",
}


def all_surfaces() -> list[Surface[Any, Any]]:
    """Every surface under `rolecall/surfaces`."""
    return discover(surfaces, module="surface", name="SURFACE")


def all_pages() -> list[Pages]:
    """Every folder of pages under `rolecall/pages`, in the order in which their paths are matched."""
    return sorted(discover(pages, module="routes", name="PAGES"), key=lambda found: found.rank)


def create_app(services: Services, *, beside: Sequence[Pages] = ()) -> ASGIApp:
    """The application, bound to one process's services. `beside` are pages that only this process has."""
    app = Starlette()
    more = [route for folder in beside for route in folder.routes(services)]
    app.router = FirstWordRouter([*more, *all_routes(services)])
    fixed = FixedPaths([route for surface in all_surfaces() for route in surface.routes(services)], otherwise=app)
    return Observe(fixed, log_requests=services.settings.log_requests)


def all_routes(services: Services) -> list[BaseRoute]:
    """Every route, in the order of matching: surfaces, operators' routes, pages, unknown paths, pages of free words."""
    found = all_surfaces()
    routes: list[BaseRoute] = [route for surface in found for route in surface.routes(services)]
    routes += _operator_routes(services)
    early = [route for folder in all_pages() if folder.rank == 0 for route in folder.routes(services)]
    late = [route for folder in all_pages() if folder.rank > 0 for route in folder.routes(services)]
    return [*routes, *early, *_unknown_path_routes(found), *late]


def _unknown_path_routes(found: Sequence[Surface[Any, Any]]) -> list[BaseRoute]:
    """Under a surface's prefix, whatever the contract does not have is answered in the surface's own shape.

    Where two surfaces share a prefix, the first in alphabetical order that claims it answers; the longest prefix wins.
    """
    claims: dict[str, Surface[Any, Any]] = {}
    for surface in found:
        for prefix in surface.prefixes:
            claims.setdefault(prefix, surface)
    routes: list[BaseRoute] = []
    for prefix in sorted(claims, key=len, reverse=True):
        for path in (prefix, prefix + "/{rest:path}"):
            route = Route(path, claims[prefix].answer_unknown)
            route.methods = set()  # none named: every method there is
            routes.append(route)
    return routes


def _operator_routes(services: Services) -> list[BaseRoute]:
    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        try:
            async with services.database.reading() as conn:
                missing = await pending(conn)
        except Unavailable:
            return PlainTextResponse("the database cannot be reached", status_code=503)
        except DatabaseNewer:
            return PlainTextResponse("ready")  # while a newer release takes over, process by process
        except MigrationError as error:
            return PlainTextResponse(str(error), status_code=503)
        if missing:
            return PlainTextResponse(f"run `rolecall migrate` first: {', '.join(missing)}", status_code=503)
        return PlainTextResponse("ready")

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics), *static.ROUTES]
