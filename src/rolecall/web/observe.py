"""What an operator sees: a request id in every answer and log line, one line for each request, and metrics."""

import functools
import os
import re
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

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
        structlog.contextvars.bind_contextvars(request_id=request_id)
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
            structlog.contextvars.unbind_contextvars("request_id")

    def _note(self, scope: MutableMapping[str, Any], status: int, seconds: float) -> None:
        route = scope.get("rolecall.route", "unknown")
        _requests(scope["method"], route, status).inc()
        _seconds(route).observe(seconds)
        if self._log_requests:
            # The route, not the address: addresses may carry tokens.
            log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))


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
