"""Logs: readable on a terminal, one JSON object a line elsewhere. Secrets never reach them."""

import asyncio
import contextlib
import functools
import logging
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec
import structlog

_SECRET_WORDS = ("secret", "token", "password", "authorization", "api_key", "cookie")
_HIDDEN = "[hidden]"
REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)  # of the request that is being answered

_log = structlog.get_logger()
_encode_line = msgspec.json.Encoder().encode


def configure_logs(*, style: str, level: str) -> None:
    """Send all logs, our own and libraries', to standard error as `style` (auto, text or json) says.

    Ours are written directly: by way of the standard library a line takes three times as long.
    """
    text = style == "text" or (style == "auto" and sys.stderr.isatty())
    shared = [
        _add_request_id,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    console = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)  # locals hold secrets
    last = console if text else structlog.processors.JSONRenderer(serializer=_json)
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=lambda *_: _Lines(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    informs = logging.getLevelNamesMapping()[level.upper()] <= logging.INFO
    log_request.directly = None if text or not informs else _Lines(sys.stderr.buffer)
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for chatty in ("procrastinate", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def hide_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank the value of every key whose name speaks of a secret."""
    for key in event:
        if _speaks_of_a_secret(key):
            event[key] = _HIDDEN
    return event


@functools.lru_cache(maxsize=1000)
def _speaks_of_a_secret(key: str) -> bool:
    return any(word in key.lower() for word in _SECRET_WORDS)


def _add_request_id(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    request_id = REQUEST_ID.get()
    if request_id is not None:
        event["request_id"] = request_id
    return event


class _Lines:
    """Where lines go. What cannot be logged must not fail for that."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._waiting: list[bytes] = []

    def msg(self, line: str) -> None:
        self._write(line.encode("utf-8", "backslashreplace") + b"\n")

    debug = info = warning = error = critical = exception = msg

    def soon(self, line: bytes) -> None:
        """Write a line at the end of this turn of the event loop, together with the others of this turn."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._write_waiting)
        self._waiting.append(line)

    def _write_waiting(self) -> None:
        lines, self._waiting = self._waiting, []
        self._write(b"\n".join([*lines, b""]))

    def _write(self, text: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
            self._stream.flush()


class _RequestLine(msgspec.Struct):
    request_id: str | None
    method: str
    route: str
    status: int
    ms: float
    timestamp: datetime
    event: str = "request"
    level: str = "info"


class _RequestLog:
    """Logs requests. As JSON their lines go past structlog, in which one takes as long as a look-up."""

    def __init__(self) -> None:
        self.directly: _Lines | None = None

    def __call__(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Log one request by its route, not by its address: addresses may carry tokens."""
        ms = round(seconds * 1000, 1)
        if self.directly is None:
            _log.info("request", method=method, route=route, status=status, ms=ms)
        else:
            line = _RequestLine(REQUEST_ID.get(), method, route, status, ms, datetime.now(UTC))
            self.directly.soon(_encode_line(line))


log_request = _RequestLog()


def _json(event: Any, **_options: Any) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()
