"""The public pages' answers: what was asked for, or a page that says why not."""

import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from rolecall.store.db import is_unavailable
from rolecall.web.templates import html_response, message_page, page_headers

log = structlog.get_logger()

_FRESH = {**page_headers(), "Cache-Control": "no-cache"}
_COUNTED = {**page_headers(), "Cache-Control": "no-store"}


def page(html: str | bytes) -> Response:
    """A page that a browser asks for again each time."""
    return html_response(html, headers=_FRESH)


class ReadyPage:
    """A page that no cache may keep, because each opening counts. An ASGI application that sends what is ready."""

    __slots__ = ("_headers", "html")

    def __init__(self, html: bytes) -> None:
        self.html = html
        self._headers = html_response(html, headers=_COUNTED).raw_headers

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        await send({"type": "http.response.body", "body": self.html})


def not_found() -> Response:
    """There is nothing at this address, or nothing any more."""
    return message_page(
        "Page not found",
        "There is no job at this address, or it is no longer shown. Check the link, or ask whoever sent it to you.",
        status=404,
        headers=_FRESH,
    )


def wrong_method() -> Response:
    """A page is only ever read."""
    answer = message_page("Not possible here", "This page can only be opened and read.", status=405, headers=_FRESH)
    answer.headers["Allow"] = "GET, HEAD"
    return answer


def failed(error: Exception) -> Response:
    """The page for what went wrong on our side, with a line in the log."""
    if is_unavailable(error):
        log.error("database unavailable", pages="public", error=str(error))
        return not_available()
    log.error("page failed", pages="public", exc_info=error)
    return broken()


def not_available() -> Response:
    """The database cannot be reached, so nothing can be shown or counted."""
    answer = message_page(
        "Not available at the moment",
        "We cannot show this page right now. Try again in a minute.",
        status=503,
        headers=_COUNTED,
    )
    answer.headers["Retry-After"] = "10"
    return answer


def broken() -> Response:
    """Something failed on our side."""
    return message_page(
        "Something went wrong", "This is our fault, not yours. Try again in a minute.", status=500, headers=_COUNTED
    )
