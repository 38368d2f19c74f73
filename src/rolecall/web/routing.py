"""Routing by whole paths and by their first words, so that no request is compared with the routes of every surface.

Starlette tries its routes one after the other; with five contracts that is longer than answering takes.
"""

from collections.abc import Iterable, Sequence

from starlette.routing import BaseRoute, Match, Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send


class FixedPaths:
    """An ASGI application before another: it answers the paths that have no parameters, and leaves the rest to that.

    The endpoints of `routes` are ASGI applications that answer their own errors.
    """

    def __init__(self, routes: Sequence[Route], *, otherwise: ASGIApp) -> None:
        self._otherwise = otherwise
        self._found: dict[tuple[str, str], ASGIApp] = {
            (route.path, method): route.app
            for route in routes
            for method in route.methods or ()
            if "{" not in route.path and _first_match(routes, route.path, method) is route
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope.get("root_path"):
            found = self._found.get((scope["path"], scope["method"]), self._otherwise)
            await found(scope, receive, send)
        else:
            await self._otherwise(scope, receive, send)


def _first_match(routes: Sequence[Route], path: str, method: str) -> Route | None:
    scope = {"type": "http", "path": path, "method": method, "root_path": ""}
    return next((route for route in routes if route.matches(scope)[0] is Match.FULL), None)


class FirstWordRouter(Router):
    """Matches as Starlette does and in the same order, but only among the routes that begin as the path does."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        super().__init__(routes=routes, redirect_slashes=False)
        words = {_first_word(route) for route in routes}
        self._others = _router(route for route in routes if _first_word(route) is None)
        self._by_word = {
            word: _router(route for route in routes if _first_word(route) in (word, None))
            for word in words
            if word is not None
        }

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope.get("root_path"):
            await super().app(scope, receive, send)
            return
        word = scope["path"].split("/", 2)[1:2]
        await self._by_word.get(word[0] if word else "", self._others).app(scope, receive, send)


def _router(routes: Iterable[BaseRoute]) -> Router:
    return Router(routes=list(routes), redirect_slashes=False)


def _first_word(route: BaseRoute) -> str | None:
    """The word that every path of a route begins with, None when it may be any."""
    if not isinstance(route, Route | Mount):
        return None
    word = route.path.lstrip("/").partition("/")[0]
    return None if "{" in word or (isinstance(route, Mount) and not word) else word
