"""The public pages' answers: what was asked for, or a page that says why not."""

from datetime import datetime
from uuid import uuid4

import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from rolecall.ports.files import FilesUnavailable
from rolecall.store.db import is_unavailable
from rolecall.web.errors import BodyTooLarge, UnreadableBody
from rolecall.web.limits import CounterUnavailable
from rolecall.web.templates import html_response, message_page, page_headers

log = structlog.get_logger()

_FRESH = {**page_headers(), "Cache-Control": "no-cache"}
# What a browser keeps for its back button, with all that was typed, and asks for again otherwise.
KEPT = {**page_headers(), "Cache-Control": "private, no-cache", "Referrer-Policy": "same-origin"}
_COUNTED = {**page_headers(), "Cache-Control": "no-store"}


def page(html: str | bytes, *, status: int = 200) -> Response:
    """A page that a browser asks for again each time."""
    return html_response(html, status=status, headers=_FRESH)


def form_page(html: str, *, status: int = 200) -> Response:
    """A page about one person's application."""
    return html_response(html, status=status, headers=KEPT)


# Stands in a job's page for the last word of its address, in the link to the form. As long as a source link's id, and
# nobody's text can have it.
PLACE = str(uuid4())


class ReadyPage:
    """A job's page as bytes, for all addresses at which it stands. It may be kept until `stale_at`.

    `gone` says that its own address answers so; a source link opens it all the same.
    """

    __slots__ = ("_headers", "_parts", "gone", "stale_at")

    def __init__(self, html: str, *, gone: bool = False, stale_at: datetime | None = None) -> None:
        self._parts = [part.encode() for part in html.split(PLACE)]
        self._headers = html_response(html, headers=_COUNTED).raw_headers
        self.gone = gone
        self.stale_at = stale_at

    def at(self, word: str) -> bytes:
        """The page at the address that ends in a word."""
        return word.encode().join(self._parts)

    def behind(self, link_id: str) -> "CountedPage":
        """The page behind a source link."""
        return CountedPage(self._headers, self.at(link_id))


class CountedPage:
    """A page that no cache may keep, because each opening counts. An ASGI application that sends what is ready."""

    __slots__ = ("_headers", "_html")

    def __init__(self, headers: list[tuple[bytes, bytes]], html: bytes) -> None:
        self._headers = headers
        self._html = html

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._html})


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


def too_many(seconds: int) -> Response:
    """Too many applications came from this address."""
    answer = message_page(
        "Too many applications from here",
        "Many applications came from your network in this hour. Wait a while, go back, and send yours again.",
        status=429,
        headers=KEPT,
    )
    answer.headers["Retry-After"] = str(seconds)
    return answer


def unreadable() -> Response:
    """What came is no form of ours."""
    return message_page(
        "The form could not be read",
        "Nothing is stored. Go back and send the form again.",
        status=400,
        headers=KEPT,
    )


def too_large() -> Response:
    """The files are too large together."""
    return message_page(
        "The files are too large together",
        "Nothing is stored. Go back, choose smaller files, and send the form again.",
        status=413,
        headers=KEPT,
    )


def failed(error: Exception) -> Response:
    """The page for what went wrong, with a line in the log where it was on our side."""
    if isinstance(error, BodyTooLarge):
        return too_large()
    if isinstance(error, UnreadableBody):
        return unreadable()
    if is_unavailable(error) or isinstance(error, CounterUnavailable | FilesUnavailable):
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
