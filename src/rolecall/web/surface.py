"""A surface: one public API, declared as data, and the path that each of its requests takes.

authenticate, count against the limit, open the transaction, run the operation, commit, answer; every error on the way
becomes the surface's own answer. An answer leaves only after the commit.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from rolecall.store.db import Connection, Database, Unavailable
from rolecall.web.errors import ErrorMap, RateLimited, ServiceUnavailable, UnknownPath
from rolecall.web.limits import Limit, RateCounter, Window
from rolecall.web.requests import client_address

log = structlog.get_logger()


class Backend(Protocol):
    """What the kit itself needs of a process."""

    @property
    def database(self) -> Database: ...
    @property
    def rates(self) -> RateCounter: ...


Principal = TypeVar("Principal")
Services = TypeVar("Services", bound=Backend)


@dataclass(frozen=True, slots=True)
class Call(Generic[Principal, Services]):
    """One authenticated request with its connection: in a transaction if the operation writes, read-only if not."""

    request: Request
    principal: Principal
    services: Services
    conn: Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of a contract. `public` is the reason why it needs no credential."""

    method: str
    path: str
    name: str
    handle: Callable[[Any], Awaitable[Response]]
    writes: bool = False
    public: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(Generic[Principal, Services]):
    """How often one may call. None from a function is no limit; `unlimited` is the reason when there never is one."""

    of: Callable[[Principal, Services], Limit | None] = lambda _principal, _services: None
    anonymous: Callable[[str, Services], Limit | None] = lambda _address, _services: None
    headers: Callable[[Window], dict[str, str]] = lambda _window: {}
    unlimited: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface(Generic[Principal, Services]):
    """One public API. Under its `prefixes`, unknown paths are answered in its own error shape."""

    name: str
    title: str
    prefixes: Sequence[str]
    operations: Sequence[Operation]
    authenticate: Callable[[Request, Services], Awaitable[Principal]]
    unauthenticated: type[Exception]
    limits: Limits[Principal, Services]
    errors: ErrorMap

    def routes(self, services: Services) -> list[Route]:
        """A route for each operation, bound to the process's services. One path and method is served once."""
        by_path: dict[str, list[Operation]] = {}
        for operation in self.operations:
            by_path.setdefault(operation.path, []).append(operation)
        return [
            Route(path, self._endpoint(operation, services), methods=[operation.method], name=operation.name)
            for path, operations in by_path.items()
            for operation in operations
        ]

    async def answer_unknown(self, _request: Request) -> Response:
        """The answer to a path, or a method, that the contract does not have."""
        return self.errors.answer(UnknownPath())

    def _endpoint(self, operation: Operation, services: Services) -> Callable[[Request], Awaitable[Response]]:
        route = f"{self.name} {operation.path}"

        async def endpoint(request: Request) -> Response:
            window: Window | None = None
            request.scope["rolecall.route"] = route
            try:
                if operation.public is None:
                    principal, window = await self._admit(request, services)
                else:
                    principal = None
                response = await self._carry_out(operation, request, principal, services)
            except ClientDisconnect:
                return Response(status_code=499)
            except Exception as error:  # noqa: BLE001 - every error becomes an answer in the contract's shape
                window = getattr(error, "window", window)
                response = self._refuse(error)
            if window is not None:
                response.headers.update(self.limits.headers(window))
            return response

        return endpoint

    async def _admit(self, request: Request, services: Services) -> tuple[Principal, Window | None]:
        try:
            principal = await self.authenticate(request, services)
        except self.unauthenticated as error:
            error.window = await self._count(self.limits.anonymous(client_address(request), services), services)  # type: ignore[attr-defined]
            raise
        return principal, await self._count(self.limits.of(principal, services), services)

    async def _count(self, limit: Limit | None, services: Services) -> Window | None:
        if limit is None:
            return None
        window = await services.rates.count(limit)
        if window.exceeded:
            raise RateLimited(window)
        return window

    async def _carry_out(
        self, operation: Operation, request: Request, principal: Principal | None, services: Services
    ) -> Response:
        database = services.database
        async with database.writing() if operation.writes else database.reading() as conn:
            return await operation.handle(Call(request, principal, services, conn))

    def _refuse(self, error: Exception) -> Response:
        if isinstance(error, Unavailable):
            log.error("database unavailable", surface=self.name, error=str(error))
            error = ServiceUnavailable()
        elif self.errors.find(type(error)) in (None, Exception):
            log.error("request failed", surface=self.name, exc_info=error)
        return self.errors.answer(error)
