"""A surface: one public API, declared as data, and the path that each of its requests takes.

authenticate, count against the limit, read the body, open the transaction, run the operation, commit, answer; every
error on the way becomes the surface's own answer. An answer leaves only after the commit, and no connection is held
while a client is still sending, nor while an operation that takes files stores their bytes.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from rolecall.ports.files import FilesUnavailable
from rolecall.store.db import Connection, Database, Retryable, Unavailable, is_unavailable, lost_connection
from rolecall.web.errors import Answer, ErrorMap, RateLimited, ServiceUnavailable, UnknownPath
from rolecall.web.limits import CounterUnavailable, Limit, RateCounter, Window
from rolecall.web.multipart import Intake, receive_upload, release_upload
from rolecall.web.requests import client_address, receive_body
from rolecall.web.responses import add_headers

log = structlog.get_logger()

_METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_ATTEMPTS = 3


class Memory(Protocol):
    """Credentials that are remembered, of one generation."""

    @property
    def generation(self) -> int: ...
    async def confirm(self, recalled: int, now: int | None) -> bool: ...


class Backend(Protocol):
    """What the kit itself needs of a process."""

    @property
    def database(self) -> Database: ...
    @property
    def rates(self) -> RateCounter: ...
    @property
    def credentials(self) -> Memory: ...
    @property
    def largest_body(self) -> int: ...


Principal = TypeVar("Principal")
Services = TypeVar("Services", bound=Backend)


@dataclass(frozen=True, slots=True)
class Call(Generic[Principal, Services]):
    """One authenticated request with its connection: in a transaction if the operation writes, read-only if not.

    `prepared` is what the operation's `prepare` has made of the body.
    """

    request: Request
    principal: Principal
    services: Services
    conn: Connection
    prepared: Any = None


@dataclass(frozen=True, slots=True)
class Arrival(Generic[Principal, Services]):
    """One authenticated request whose body has come in, before a connection is held for it."""

    request: Request
    principal: Principal
    services: Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of a contract. `public` is the reason why it needs no credential.

    One that takes files says how much with `takes`: `admit` then may refuse the caller before the body is read, and
    `prepare` reads the body, with `web.multipart.read_tree`, and stores the files' bytes. A transaction that is tried
    again does not prepare again.

    `writes` may depend on the request; it is then asked when the body has come in. `authenticate` replaces the
    surface's own way to check a credential. `check` may refuse a request by its head: once its caller is known and
    counted, before the body is read. `errors` are answers of this operation alone; they go before the surface's.
    One that only reads, and leaves no trace, may go `ahead` while its request is being counted.
    """

    method: str
    path: str
    name: str
    handle: Callable[[Any], Awaitable[Response]]
    writes: bool | Callable[[Request], bool] = False
    public: str | None = None
    takes: Intake | None = None
    authenticate: Callable[[Request, Any], Awaitable[Any]] | None = None
    admit: Callable[[Any], None] = lambda _principal: None
    check: Callable[[Request], None] = lambda _request: None
    errors: Mapping[type[Exception], Answer] = field(default_factory=dict[type[Exception], Answer])
    prepare: Callable[[Any], Awaitable[Any]] | None = None
    ahead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(Generic[Principal, Services]):
    """How often one may call. None from a function is no limit; `unlimited` is the reason when there never is one.

    `headers` go on every answer to a caller that is known; on those to others where `tells_anonymous` says so, and on
    every answer that says that the limit is reached.
    """

    of: Callable[[Principal, Services], Limit | None] = lambda _principal, _services: None
    anonymous: Callable[[str, Services], Limit | None] = lambda _address, _services: None
    headers: Callable[[Window], dict[str, str]] = lambda _window: {}
    tells_anonymous: bool = False
    unlimited: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface(Generic[Principal, Services]):
    """One public API. Under its `prefixes`, unknown paths are answered in its own error shape.

    It `recalls` if `authenticate` may answer with credentials that are remembered; they are then confirmed. What stands
    `beside` the contract's operations is what a standard that the contract names asks for: their paths are whole.
    """

    name: str
    title: str
    prefixes: Sequence[str]
    operations: Sequence[Operation]
    authenticate: Callable[[Request, Services], Awaitable[Principal]]
    unauthenticated: type[Exception]
    limits: Limits[Principal, Services]
    errors: ErrorMap
    recalls: bool = False
    beside: Sequence[Operation] = ()

    def routes(self, services: Services) -> list[Route]:
        """A route for each operation, bound to the process's services."""
        return [
            Route(found.path, Endpoint(self, found, services), methods=[found.method], name=f"{self.name} {found.name}")
            for found in (*self.operations, *self.beside)
        ]

    async def answer_unknown(self, _request: Request) -> Response:
        """The answer to a path, or a method, that the contract does not have."""
        return self.errors.answer(UnknownPath())

    async def answer(self, operation: Operation, request: Request, services: Services, *, errors: ErrorMap) -> Response:
        """The answer to a request for an operation. Every error becomes an answer in the contract's shape."""
        told = _Told()
        try:
            response = await self._respond(operation, request, services, told)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - as above
            response = self._refuse(error, errors)
        finally:
            if operation.takes is not None:
                await release_upload(request)
        if told.window is not None:
            add_headers(response, self.limits.headers(told.window))
        return response

    async def _respond(self, operation: Operation, request: Request, services: Services, told: "_Told") -> Response:
        """Admit the caller, then carry the operation out; what is done ahead counts only for a caller that is admitted.

        The caller is looked up again if a recalled credential has changed by the time at which the call is counted.
        """
        if operation.public is not None:
            return await self._perform(operation, request, None, services)
        recalled = services.credentials.generation
        caller = await self._identify(operation, request, services)
        limit = self._limit(caller, request, services)
        counting = services.rates.begin(limit) if limit is not None else None
        ahead = None
        if operation.ahead and not isinstance(caller, Exception) and not services.rates.is_used_up(limit):
            ahead = await self._ahead(operation, request, caller, services)
        told.window = await counting.window() if counting is not None else None
        if self.recalls and not await services.credentials.confirm(recalled, told.generation):
            ahead = None
            caller = await self._identify(operation, request, services)
            if (other := self._limit(caller, request, services)) != limit:
                told.window = await _count(other, services)
        told.check()
        if isinstance(caller, Exception):
            if not self.limits.tells_anonymous:
                told.window = None
            raise caller
        if isinstance(ahead, Exception):
            raise ahead
        return ahead or await self._perform(operation, request, caller, services)

    async def _ahead(
        self, operation: Operation, request: Request, caller: Principal, services: Services
    ) -> Response | Exception:
        """What an operation that only reads answers, found while its request is being counted."""
        try:
            return await self._perform(operation, request, caller, services)
        except Exception as error:  # noqa: BLE001 - raised again once the caller is admitted
            return error

    async def _perform(
        self, operation: Operation, request: Request, principal: Principal | None, services: Services
    ) -> Response:
        """Carry an operation out for a caller that is known."""
        operation.admit(principal)
        operation.check(request)
        await _receive(operation, request, services)
        prepared = None
        if operation.prepare is not None:
            prepared = await operation.prepare(Arrival(request, principal, services))
        return await self._carry_out(operation, request, principal, services, prepared)

    async def _identify(self, operation: Operation, request: Request, services: Services) -> Principal | Exception:
        """Who is calling, or why that is not known."""
        try:
            return await (operation.authenticate or self.authenticate)(request, services)
        except self.unauthenticated as error:
            return error

    def _limit(self, caller: Principal | Exception, request: Request, services: Services) -> Limit | None:
        if isinstance(caller, Exception):
            return self.limits.anonymous(client_address(request), services)
        return self.limits.of(caller, services)

    async def _carry_out(
        self, operation: Operation, request: Request, principal: Principal | None, services: Services, prepared: Any
    ) -> Response:
        """Run an operation, again when it lost against another transaction, or a read its connection."""
        database = services.database
        writes = operation.writes if isinstance(operation.writes, bool) else operation.writes(request)
        for left in reversed(range(_ATTEMPTS)):
            try:
                async with database.writing() if writes else database.reading() as conn:
                    return await operation.handle(Call(request, principal, services, conn, prepared))
            except (*Retryable, *Unavailable) as error:
                lost_race = isinstance(error, Retryable)
                if not left or not (lost_race or (not writes and lost_connection(error))):
                    raise
                log.warning("request is tried again", surface=self.name, operation=operation.name, error=str(error))
        raise AssertionError("the last attempt returns or raises")

    def _refuse(self, error: Exception, errors: ErrorMap) -> Response:
        if is_unavailable(error) or isinstance(error, CounterUnavailable | FilesUnavailable):
            log.error("a store cannot be reached", surface=self.name, error=str(error))
            error = ServiceUnavailable()
        elif errors.find(type(error)) in (None, Exception):
            log.error("request failed", surface=self.name, exc_info=error)
        return errors.answer(error)


async def _receive(operation: Operation, request: Request, services: Backend) -> None:
    if operation.takes is not None:
        await receive_upload(request, operation.takes)
    elif operation.method in _METHODS_WITH_BODY:
        await receive_body(request, at_most=services.largest_body)


async def _count(limit: Limit | None, services: Backend) -> Window | None:
    return await services.rates.count(limit) if limit is not None else None


class Endpoint:
    """One operation as an ASGI application. It answers its own errors, so nothing of the framework need be around."""

    def __init__(self, surface: Surface[Any, Any], operation: Operation, services: Backend) -> None:
        self._surface = surface
        self._operation = operation
        self._services = services
        self._errors = surface.errors.under(operation.errors)
        self._route = f"{surface.name} {operation.path}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["rolecall.route"] = self._route
        request = Request(scope, receive, send)
        response = await self._surface.answer(self._operation, request, self._services, errors=self._errors)
        await response(scope, receive, send)


@dataclass(slots=True)
class _Told:
    """What the headers of an answer tell: where the caller stands with its limit."""

    window: Window | None = None

    @property
    def generation(self) -> int | None:
        return self.window.generation if self.window is not None else None

    def check(self) -> None:
        if self.window is not None and self.window.exceeded:
            raise RateLimited(self.window)
