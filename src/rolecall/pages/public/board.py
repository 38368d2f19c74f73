"""A company's board: its open jobs, newest first, searched and filtered by its address alone.

A page is made once for each state of a board, and kept as bytes: a request costs one statement, which says in which
state the board is and is shared by all requests of the moment.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from rolecall.pages.public import answers
from rolecall.pages.public.answers import KeptPage
from rolecall.pages.public.board_queries import BoardVersion, Published, board_content, board_versions, published
from rolecall.pages.public.board_query import BoardQuery, is_tidy, read_query
from rolecall.pages.public.board_view import Shown, shown
from rolecall.pages.public.keeping import Kept
from rolecall.pages.public.queries import SLUG
from rolecall.pages.public.speaking import PACKAGE, SPOKEN, preferred_languages, templates, words_of
from rolecall.services import Services
from rolecall.store import companies
from rolecall.store.db import Grouped
from rolecall.web.translation import SOURCE, language

PAGE_SIZE = 25
_KEPT = 500  # pages of about 20 kB
_LIVES = timedelta(minutes=1)  # while processes of another release write, too
_LONGEST_QUERY = 2_000


class _Asked(NamedTuple):
    """What decides about a page: the state of its board, the address behind the question mark, preferred languages."""

    version: BoardVersion
    query: bytes
    preferred: tuple[str, ...]


class Board:
    """Shows boards. An ASGI application that answers its own errors."""

    def __init__(self, services: Services) -> None:
        self._database = services.database
        self._settings = services.settings
        self._clock = services.clock
        self._version: Grouped[str, BoardVersion | None] = Grouped(self._versions)
        self._kept: Kept[_Asked, KeptPage | None] = Kept(at_most=_KEPT, lives=_LIVES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["rolecall.route"] = "public board"
        try:
            answer = await self._answer(scope)
        except Exception as error:  # noqa: BLE001 - every error becomes a page
            answer = answers.failed(error, words_of(scope))
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope) -> ASGIApp:
        slug, raw = scope["path_params"]["company"], scope["query_string"]
        version = await self._version(slug) if SLUG.fullmatch(slug) and len(raw) <= _LONGEST_QUERY else None
        if version is None:
            return answers.not_found(words_of(scope))
        now = self._clock()
        asked = _Asked(version, raw, preferred_languages(scope))
        page = self._kept.get(asked, now=now)
        if page is not None:
            return page
        text = raw.decode("latin-1")
        query = read_query(text)
        if query is None:
            return answers.not_found(words_of(scope))
        if not is_tidy(text):
            return RedirectResponse(f"{self._settings.jobs_path}/{slug}{query.text()}", 303, headers=answers.FRESH)
        page = await self._kept.made(asked, lambda: self._page(asked, slug, query), now=now)
        return page if page is not None else answers.not_found(words_of(scope))

    async def _versions(self, slugs: Sequence[str]) -> list[BoardVersion | None]:
        async with self._database.reading() as conn:
            found = await board_versions(conn, list(dict.fromkeys(slugs)), now=self._clock())
        return [found.get(slug) for slug in slugs]

    async def _page(self, asked: _Asked, slug: str, query: BoardQuery) -> KeptPage | None:
        """A page as it is now, None where the board has no such page."""
        now = self._clock()
        async with self._database.reading() as conn:
            company = await companies.by_slug(conn, slug)
            languages = await published(conn, asked.version, now=now)
            offered = offered_languages(languages)
            query = replace(query, lang=query.lang if query.lang in offered else "")
            code = chosen_language(query.lang, offered, asked.preferred)
            content = await board_content(conn, asked.version, query, language=code, page_size=PAGE_SIZE, now=now)
        if company is None or (not content.jobs and query.page > 1):
            return None
        words = language(PACKAGE, code)
        page = Shown(company=company, content=content, query=query, offered=offered, words=words, page_size=PAGE_SIZE)
        html = templates(words).get_template("board.html").render(shown(page, self._settings))
        return KeptPage(html.encode(), language=code, varies=len(offered) > 1 and not query.lang)


def offered_languages(languages: Sequence[Published]) -> tuple[str, ...]:
    """The languages that a company's pages come in: those of its jobs that we speak, the most used first."""
    return tuple(one.language for one in languages if one.language in SPOKEN) or (SOURCE,)


def chosen_language(named: str, offered: Sequence[str], preferred: Sequence[str]) -> str:
    """The language of a page: the one its address names, else the one its reader prefers, else the most used."""
    if named in offered:
        return named
    return next((code for code in preferred if code in offered), offered[0])
