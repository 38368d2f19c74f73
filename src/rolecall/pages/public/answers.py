"""The public pages' answers: what was asked for, or a page that says why not, in the language of the request."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from rolecall.pages.public.speaking import templates
from rolecall.ports.files import FilesUnavailable
from rolecall.store.db import is_unavailable
from rolecall.web.errors import BodyTooLarge, UnreadableBody
from rolecall.web.limits import CounterUnavailable
from rolecall.web.templates import html_response, page_headers
from rolecall.web.translation import Language, message

log = structlog.get_logger()

FRESH = {**page_headers(), "Cache-Control": "no-cache"}
# What a browser keeps for its back button, with all that was typed, and asks for again otherwise.
KEPT = {**page_headers(), "Cache-Control": "private, no-cache", "Referrer-Policy": "same-origin"}
_COUNTED = {**page_headers(), "Cache-Control": "no-store"}


def page(html: str | bytes, *, status: int = 200) -> Response:
    """A page that a browser asks for again each time."""
    return html_response(html, status=status, headers=FRESH)


def form_page(html: str, *, status: int = 200) -> Response:
    """A page about one person's application."""
    return html_response(html, status=status, headers=KEPT)


_OF_BODIES = {b"content-length", b"content-type"}

# Stands in a job's page for the last word of its address, in the link to the form. As long as a source link's id, and
# nobody's text can have it.
PLACE = str(uuid4())


class ReadyPage:
    """A job's page as bytes, for all addresses at which it stands. It may be kept until `stale_at`.

    `gone` says that its own address answers so; a source link opens it all the same.
    """

    __slots__ = ("_gone", "_headers", "_language", "_own", "_parts", "stale_at")

    def __init__(self, html: str, *, language: str | None, gone: bool = False, stale_at: datetime | None) -> None:
        self._parts = [part.encode() for part in html.split(PLACE)]
        self._headers = html_response(html, headers=_COUNTED).raw_headers
        self._language = language
        self._gone = gone
        self._own: tuple[str, KeptPage] | None = None
        self.stale_at = stale_at

    def own(self, slug: str) -> "KeptPage":
        """The page at an address of its own."""
        if self._own is None or self._own[0] != slug:
            html, status = self._at(slug), 410 if self._gone else 200
            self._own = slug, KeptPage(html, language=self._language, varies=False, status=status)
        return self._own[1]

    def behind(self, link_id: str) -> "CountedPage":
        """The page behind a source link."""
        return CountedPage(self._headers, self._at(link_id))

    def _at(self, word: str) -> bytes:
        """The page at the address that ends in a word."""
        return word.encode().join(self._parts)


class KeptPage:
    """A page as bytes that stays the same for a while. A browser asks each time, and is told if it has it already.

    `varies` says that the address alone does not decide about its language. An ASGI application.
    """

    __slots__ = ("_headers", "_html", "_status", "_tag")

    def __init__(self, html: bytes, *, language: str | None, varies: bool, status: int = 200) -> None:
        self._html = html
        self._status = status
        self._tag = f'"{hashlib.sha256(self._html).hexdigest()[:24]}"'.encode()
        headers = {**FRESH, "ETag": self._tag.decode()}
        if language is not None:
            headers["Content-Language"] = language
        if varies:
            headers["Vary"] = "Accept-Language"
        self._headers = html_response(self._html, headers=headers).raw_headers

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        status, body = self._status, self._html
        if status == 200 and any(name == b"if-none-match" and self._tag in value for name, value in scope["headers"]):
            status, body = 304, b""
        headers = self._headers if body else [one for one in self._headers if one[0] not in _OF_BODIES]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class CountedPage:
    """A page that no cache may keep, because each opening counts. An ASGI application that sends what is ready."""

    __slots__ = ("_headers", "_html")

    def __init__(self, headers: list[tuple[bytes, bytes]], html: bytes) -> None:
        self._headers = headers
        self._html = html

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._html})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    """What a page says that has nothing else to show."""

    status: int
    heading: str
    text: str
    headers: Mapping[str, str]


_NOT_FOUND = _Saying(
    status=404,
    heading=message("Page not found"),
    text=message(
        "There is no job at this address, or it is no longer shown. Check the link, or ask whoever sent it to you."
    ),
    headers=FRESH,
)
_WRONG_METHOD = _Saying(
    status=405,
    heading=message("Not possible here"),
    text=message("This page can only be opened and read."),
    headers={**FRESH, "Allow": "GET, HEAD"},
)
_TOO_MANY = _Saying(
    status=429,
    heading=message("Too many applications from here"),
    text=message("Many applications came from your network in this hour. Wait a while, go back, and send yours again."),
    headers=KEPT,
)
_UNREADABLE = _Saying(
    status=400,
    heading=message("The form could not be read"),
    text=message("Nothing is stored. Go back and send the form again."),
    headers=KEPT,
)
_TOO_LARGE = _Saying(
    status=413,
    heading=message("The files are too large together"),
    text=message("Nothing is stored. Go back, choose smaller files, and send the form again."),
    headers=KEPT,
)
_NOT_AVAILABLE = _Saying(
    status=503,
    heading=message("Not available at the moment"),
    text=message("We cannot show this page right now. Try again in a minute."),
    headers={**_COUNTED, "Retry-After": "10"},
)
_BROKEN = _Saying(
    status=500,
    heading=message("Something went wrong"),
    text=message("This is our fault, not yours. Try again in a minute."),
    headers=_COUNTED,
)


def _said(saying: _Saying, words: Language) -> Response:
    html = templates(words).get_template("said.html").render(
        heading=words.gettext(saying.heading), text=words.gettext(saying.text), language=words.code
    )  # fmt: skip
    return html_response(html, status=saying.status, headers={**saying.headers, "Vary": "Accept-Language"})


def not_found(words: Language) -> Response:
    """There is nothing at this address, or nothing any more."""
    return _said(_NOT_FOUND, words)


def wrong_method(words: Language) -> Response:
    """A page is only ever read."""
    return _said(_WRONG_METHOD, words)


def too_many(words: Language, *, seconds: int) -> Response:
    """Too many applications came from this address."""
    answer = _said(_TOO_MANY, words)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def unreadable(words: Language) -> Response:
    """What came is no form of ours."""
    return _said(_UNREADABLE, words)


def failed(error: Exception, words: Language) -> Response:
    """The page for what went wrong, with a line in the log where it was on our side."""
    if isinstance(error, BodyTooLarge):
        return _said(_TOO_LARGE, words)
    if isinstance(error, UnreadableBody):
        return unreadable(words)
    if is_unavailable(error) or isinstance(error, CounterUnavailable | FilesUnavailable):
        log.error("database unavailable", pages="public", error=str(error))
        return _said(_NOT_AVAILABLE, words)
    log.error("page failed", pages="public", exc_info=error)
    return _said(_BROKEN, words)
