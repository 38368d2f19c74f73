"""What an operator sees: a request id in every answer and log line, one line for each request, and metrics."""

import functools
import os
import re
import time

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rolecall.web.logs import REQUEST_ID, log_request

REQUESTS = Counter("rolecall_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("rolecall_request_seconds", "Time from a request's head to its answer's end.", ["route"])
# Finding a metric by its labels costs as much as ten increments. Routes, methods and statuses are few.
_requests = functools.lru_cache(maxsize=10_000)(REQUESTS.labels)
_seconds = functools.lru_cache(maxsize=1_000)(SECONDS.labels)
_USABLE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Observe:
    """ASGI middleware. A usable X-Request-Id of the client is kept, so that a call can be followed through systems."""

    def __init__(self, app: ASGIApp, *, log_requests: bool) -> None:
        self._app = app
        self._log_requests = log_requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        bound = REQUEST_ID.set(request_id)
        started = time.perf_counter()
        status = 500

        async def observed_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, observed_send)
        finally:
            self._note(scope, status, time.perf_counter() - started)
            REQUEST_ID.reset(bound)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method, route = scope["method"], scope.get("rolecall.route", "unknown")
        _requests(method, route, status).inc()
        _seconds(route).observe(seconds)
        if self._log_requests:
            log_request(method=method, route=route, status=status, seconds=seconds)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            given = value.decode("latin-1")
            if _USABLE_ID.fullmatch(given):
                return given
    return os.urandom(16).hex()


async def metrics(_request: Request) -> Response:
    """The metrics in Prometheus's text format: of all web processes, where several share the port."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
