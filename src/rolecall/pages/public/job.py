"""A job's page: at its own address, and behind source links, which count how often they are opened."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from starlette.types import ASGIApp, Receive, Scope, Send

from rolecall.actions.visitors import Visitor
from rolecall.actions.visits import Opening
from rolecall.pages.public import answers
from rolecall.pages.public.answers import ReadyPage
from rolecall.pages.public.queries import (
    LINK_ID,
    SLUG,
    LinkAddress,
    PageAddress,
    PageVersion,
    versions_by_link,
    versions_by_slug,
)
from rolecall.pages.public.rendering import JobPages
from rolecall.pages.public.speaking import words_of
from rolecall.services import Services
from rolecall.store.db import Grouped


class Asked(NamedTuple):
    """A request for what is behind a source link; `visitor` is None for HEAD, which is no visit."""

    address: LinkAddress
    visitor: Visitor | None


class Opened(NamedTuple):
    """What is behind a source link. With its `page`, the visit is stored; without, it is still to be counted."""

    version: PageVersion
    link_id: UUID
    page: ReadyPage | None


class JobDoor:
    """Opens job pages. An ASGI application of its own: this is the hottest path, and needs no request object."""

    def __init__(self, services: Services) -> None:
        self._database = services.database
        self._visits = services.visits
        self._pages = JobPages(services.database, services.settings, services.clock)
        self._find: Grouped[PageAddress, PageVersion | None] = Grouped(self._find_group)
        self._open: Grouped[Asked, Opened | None] = Grouped(self._open_group)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        company_slug, page = scope["path_params"]["company"], scope["path_params"]["page"]
        try:
            if LINK_ID.fullmatch(page) is not None:
                scope["rolecall.route"] = "public source link"
                visitor = _visitor(scope) if scope["method"] == "GET" else None
                answer = await self._link(LinkAddress(company_slug, page), visitor)
            else:
                scope["rolecall.route"] = "public job"
                answer = await self._publication(company_slug, page)
        except Exception as error:  # noqa: BLE001 - every error becomes a page
            answer = answers.failed(error, words_of(scope))
        if answer is None:
            answer = answers.not_found(words_of(scope))
        await answer(scope, receive, send)

    async def _publication(self, company_slug: str, slug: str) -> ASGIApp | None:
        if SLUG.fullmatch(company_slug) is None or SLUG.fullmatch(slug) is None:
            return None
        version = await self._find(PageAddress(company_slug, slug))
        if version is None:
            return None
        page = self._pages.kept(version) or await self._pages.rendered(version)
        return page.own(slug) if page is not None else None

    async def _find_group(self, group: Sequence[PageAddress]) -> list[PageVersion | None]:
        async with self._database.reading() as conn:
            found = await versions_by_slug(conn, list(dict.fromkeys(group)))
        return [found.get(address) for address in group]

    async def _link(self, address: LinkAddress, visitor: Visitor | None) -> ASGIApp | None:
        """The page behind a link. It is returned only once the visit is stored for good."""
        if SLUG.fullmatch(address.company_slug) is None:
            return None
        opened = await self._open(Asked(address, visitor))
        if opened is None:
            return None
        if opened.page is not None:
            return opened.page.behind(address.link_id)
        page = await self._pages.rendered(opened.version)
        if page is None:
            return None
        if visitor is not None:
            await self._visits.count(Opening(opened.version.workspace_id, opened.link_id, visitor))
        return page.behind(address.link_id)

    async def _open_group(self, group: Sequence[Asked]) -> list[Opened | None]:
        """Find what links open and count the visits of the pages that are ready.

        A page that has yet to be rendered is left to its own request, so that the others need not wait for it.
        """
        async with self._database.reading() as conn:
            versions = await versions_by_link(conn, list({asked.address: None for asked in group}))
        found = {
            address: Opened(version, UUID(address.link_id), self._pages.kept(version))
            for address, version in versions.items()
        }
        answered = [found.get(asked.address) for asked in group]
        visits = [
            Opening(opened.version.workspace_id, opened.link_id, asked.visitor)
            for asked, opened in zip(group, answered, strict=True)
            if opened is not None and opened.page is not None and asked.visitor is not None
        ]
        if visits:
            await self._visits.count_all(visits)
        return answered


def _visitor(scope: Scope) -> Visitor:
    client = scope["client"]
    agent = referrer = b""
    for name, value in scope["headers"]:
        if name == b"user-agent":
            agent = value
        elif name == b"referer":
            referrer = value
    return Visitor(client[0] if client is not None else "", agent, referrer)
