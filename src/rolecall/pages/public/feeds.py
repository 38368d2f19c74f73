"""What programs read of a company: RSS, the feeds of job boards, its sitemap. Each has an address beside the board's.

A feed is sent as it is written, a hundred jobs at a time, and no connection to the database is held while it is being
sent. A program that has the present state already is told so before any job is read.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from rolecall.pages.public import answers, indeed, linkedin, rss, sitemap
from rolecall.pages.public.board import chosen_language, offered_languages
from rolecall.pages.public.board_queries import BoardVersion, board_versions, published
from rolecall.pages.public.feed import Feed, Format
from rolecall.pages.public.feed_queries import (
    MOST_ADDRESSES,
    addresses,
    boards_with_jobs,
    changes,
    count_addresses,
    feed_jobs,
    links_of,
    newest,
)
from rolecall.pages.public.feed_xml import Element, document, mail_date
from rolecall.pages.public.keeping import Kept
from rolecall.pages.public.queries import SLUG
from rolecall.pages.public.speaking import PACKAGE, SPOKEN, words_of
from rolecall.services import Services
from rolecall.store import companies
from rolecall.store.companies import Company
from rolecall.web.translation import language

FORMATS: Mapping[str, Format] = {"jobs.rss": rss.FORMAT, "indeed.xml": indeed.FORMAT, "linkedin.xml": linkedin.FORMAT}
_PART = re.compile(r"sitemap(?:-([1-9][0-9]{0,3}))?\.xml")
_INDEX_LIVES = timedelta(minutes=1)
_BATCH = 100
_BATCH_OF_ADDRESSES = 1_000
_HEADERS = {"Cache-Control": "public, max-age=300", "X-Content-Type-Options": "nosniff"}


class _State(NamedTuple):
    """What a feed is made of, and how its readers know it again."""

    version: BoardVersion
    company: Company
    tag: str
    changed_at: datetime


class Feeds:
    """Answers what stands beside a board. An ASGI application that answers its own errors."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.database
        self._settings = services.settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["rolecall.route"] = "public feed"
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except Exception as error:  # noqa: BLE001 - every error becomes a page
            answer = answers.failed(error, words_of(scope))
        await (answer or answers.not_found(words_of(scope)))(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        """What stands at an address, None where nothing does."""
        name = f"{request.path_params['feed']}.{request.path_params['kind']}"
        known, part = FORMATS.get(name), _part(name)
        options = _options(request, known)
        if (
            SLUG.fullmatch(request.path_params["company"]) is None
            or options is None
            or (known is None and part is None)
        ):
            return None
        state = await self._state(request, known, said=f"{name} {sorted(options.items())}")
        if state is None:
            return None
        headers = {**_HEADERS, "ETag": state.tag, "Last-Modified": mail_date(state.changed_at)}
        if _has_it(request, state):
            return Response(status_code=304, headers=headers)
        media_type = known.media_type if known is not None else sitemap.MEDIA_TYPE
        if request.method == "HEAD":
            return Response(headers=headers, media_type=media_type)
        if known is not None:
            body = await self._feed(known, state, options, name)
        else:
            body = await self._sitemap(state, part or 0)
        return StreamingResponse(body, headers=headers, media_type=media_type) if body is not None else None

    async def _state(self, request: Request, known: Format | None, *, said: str) -> _State | None:
        slug, now = request.path_params["company"], self._services.clock()
        async with self._database.reading() as conn:
            version = (await board_versions(conn, [slug], now=now)).get(slug)
            company = await companies.by_slug(conn, slug)
            if version is None or company is None:
                return None
            links = 0
            if known is not None and known.channel:
                links = await links_of(conn, version.workspace_id, known.channel)
        facts = "\n".join(map(str, (self._settings.jobs_url, said, *version, links)))
        times = (version.company_changed_at, version.changed_at, version.started_at, version.ended_at)
        changed_at = max(time for time in times if time is not None).replace(microsecond=0)
        return _State(version, company, f'"{hashlib.sha256(facts.encode()).hexdigest()[:24]}"', changed_at)

    async def _feed(self, known: Format, state: _State, options: Mapping[str, str], name: str) -> AsyncIterator[bytes]:
        """A feed in pieces. What it begins with is read before it is answered, the jobs while it is sent."""
        now, version = self._services.clock(), state.version
        async with self._database.reading() as conn:
            offered = offered_languages(await published(conn, version, now=now))
            code = chosen_language(options.get("lang", ""), offered, ())
            chosen = await newest(conn, version, language=code, now=now, at_most=known.at_most)
        address = f"{self._settings.jobs_url}/{state.company.slug}"
        said = {key: value for key, value in options.items() if value}
        feed = Feed(
            company=state.company,
            words=language(PACKAGE, code),
            address=address,
            own_address=f"{address}/{name}" + (f"?{urlencode(said)}" if said else ""),
            publisher_url=self._settings.public_url,
            changed_at=state.changed_at,
            total=len(chosen),
            options=said,
        )
        return document(known.around(feed), self._entries(known, feed, chosen))

    async def _entries(self, known: Format, feed: Feed, chosen: Sequence[UUID]) -> AsyncIterator[Sequence[Element]]:
        for start in range(0, len(chosen), _BATCH):
            async with self._database.reading() as conn:
                jobs = await feed_jobs(
                    conn, feed.company.workspace_id, chosen[start : start + _BATCH], channel=known.channel
                )
            yield [element for job in jobs for element in known.entries(job, feed)]

    async def _sitemap(self, state: _State, part: int) -> AsyncIterator[bytes] | None:
        """A part of a company's sitemap, or the index of its parts, which is number 0."""
        now, version = self._services.clock(), state.version
        board = f"{self._settings.jobs_url}/{state.company.slug}"
        async with self._database.reading() as conn:
            if part == 0:
                parts = sitemap.parts(board, await count_addresses(conn, version, now=now), changed_at=state.changed_at)
                return document(sitemap.INDEX, _once(parts))
            chosen = await addresses(conn, version, part=part, now=now)
        if part > 1 and not chosen:
            return None
        return document(sitemap.PART, self._pages(state, board, chosen, with_board=part == 1))

    async def _pages(
        self, state: _State, board: str, chosen: Sequence[UUID], *, with_board: bool
    ) -> AsyncIterator[Sequence[Element]]:
        if with_board:
            yield [sitemap.page(board, state.changed_at)]
        for start in range(0, len(chosen), _BATCH_OF_ADDRESSES):
            async with self._database.reading() as conn:
                found = await changes(conn, state.version.workspace_id, chosen[start : start + _BATCH_OF_ADDRESSES])
            yield sitemap.pages(board, found)


async def _once(elements: Sequence[Element]) -> AsyncIterator[Sequence[Element]]:
    yield elements


def _part(name: str) -> int | None:
    """The part of a sitemap that a name stands for, 0 for its index; None where it stands for none."""
    match = _PART.fullmatch(name)
    return int(match[1] or 0) if match is not None else None


def _options(request: Request, known: Format | None) -> dict[str, str] | None:
    """What an address says besides, as far as a format asks for it; None where it says what cannot be."""
    if known is None:
        return {}
    options = {"lang": request.query_params["lang"]} if request.query_params.get("lang") in SPOKEN else {}
    for name, read in known.options.items():
        if request.query_params.get(name):
            value = read(request.query_params[name])
            if value is None:
                return None
            options[name] = value
    return options


def _has_it(request: Request, state: _State) -> bool:
    """Whether whoever asks has the present state. The tag counts where there is one, else the time."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return state.tag in tags
    since = request.headers.get("if-modified-since")
    try:
        return since is not None and state.changed_at <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False


class SitemapIndex:
    """The index of all sitemaps, if companies may be listed. An ASGI application that answers its own errors."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._kept: Kept[str, bytes] = Kept(at_most=1, lives=_INDEX_LIVES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["rolecall.route"] = "public sitemap"
        try:
            answer = await self._answer()
        except Exception as error:  # noqa: BLE001 - every error becomes a page
            answer = answers.failed(error, words_of(scope))
        await (answer or answers.not_found(words_of(scope)))(scope, receive, send)

    async def _answer(self) -> Response | None:
        if not self._services.settings.list_companies:
            return None
        now = self._services.clock()
        xml = self._kept.get("", now=now)
        if xml is None:
            xml = await self._kept.made("", self._made, now=now)
        return Response(xml, headers=_HEADERS, media_type=sitemap.MEDIA_TYPE)

    async def _made(self) -> bytes:
        async with self._services.database.reading() as conn:
            boards = await boards_with_jobs(conn)
        jobs_url = self._services.settings.jobs_url
        entries = [part for slug, number in boards for part in sitemap.parts(f"{jobs_url}/{slug}", number)]
        return b"".join([piece async for piece in document(sitemap.INDEX, _once(entries[:MOST_ADDRESSES]))])


async def robots_txt(request: Request, services: Services) -> Response:
    """What programs should leave alone."""
    request.scope["rolecall.route"] = "public robots"
    settings = services.settings
    address = f"{settings.jobs_url}/sitemap.xml" if settings.list_companies else None
    return PlainTextResponse(
        sitemap.robots(jobs_path=settings.jobs_path, sitemap=address), headers={"Cache-Control": "public, max-age=3600"}
    )
