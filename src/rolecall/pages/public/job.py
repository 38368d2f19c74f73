"""A job's page: at its own address, and behind source links, which count how often they are opened."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from starlette.types import ASGIApp, Receive, Scope, Send

from rolecall.pages.public import answers
from rolecall.pages.public.answers import ReadyPage
from rolecall.pages.public.queries import (
    LINK_ID,
    SLUG,
    LinkAddress,
    PageVersion,
    version_by_slug,
    versions_by_link,
)
from rolecall.pages.public.rendering import JobPages
from rolecall.services import Services
from rolecall.store.db import Grouped


class Opening(NamedTuple):
    """A request for what is behind a source link. HEAD does not count as a visit."""

    address: LinkAddress
    counts: bool


class Opened(NamedTuple):
    """What is behind a source link. With its `page`, the visit is stored; without, it is still to be counted."""

    version: PageVersion
    page: ReadyPage | None


class JobDoor:
    """Opens job pages. An ASGI application of its own: this is the hottest path, and needs no request object."""

    def __init__(self, services: Services) -> None:
        self._database = services.database
        self._visits = services.visits
        self._pages = JobPages(services.database, services.settings, services.clock)
        self._open: Grouped[Opening, Opened | None] = Grouped(self._open_group)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        company_slug, page = scope["path_params"]["company"], scope["path_params"]["page"]
        try:
            if LINK_ID.fullmatch(page) is not None:
                scope["rolecall.route"] = "public source link"
                answer = await self._link(company_slug, page, counts=scope["method"] == "GET")
            else:
                scope["rolecall.route"] = "public job"
                answer = await self._publication(company_slug, page)
        except Exception as error:  # noqa: BLE001 - every error becomes a page
            answer = answers.failed(error)
        await answer(scope, receive, send)

    async def _publication(self, company_slug: str, slug: str) -> ASGIApp:
        if SLUG.fullmatch(company_slug) is None or SLUG.fullmatch(slug) is None:
            return answers.not_found()
        async with self._database.reading() as conn:
            version = await version_by_slug(conn, company_slug, slug)
        if version is None:
            return answers.not_found()
        page = self._pages.kept(version) or await self._pages.rendered(version)
        if page is None:
            return answers.not_found()
        return answers.page(page.at(slug), status=410 if page.gone else 200)

    async def _link(self, company_slug: str, link_id: str, *, counts: bool) -> ASGIApp:
        """The page behind a link. It is returned only once the visit is stored for good."""
        if SLUG.fullmatch(company_slug) is None:
            return answers.not_found()
        opened = await self._open(Opening(LinkAddress(company_slug, link_id), counts))
        if opened is None:
            return answers.not_found()
        if opened.page is not None:
            return opened.page.behind(link_id)
        page = await self._pages.rendered(opened.version)
        if page is None:
            return answers.not_found()
        if counts:
            await self._visits.count(opened.version.workspace_id, UUID(link_id))
        return page.behind(link_id)

    async def _open_group(self, group: Sequence[Opening]) -> list[Opened | None]:
        """Find what links open and count the visits of the pages that are ready.

        A page that has yet to be rendered is left to its own request, so that the others need not wait for it.
        """
        amounts = Counter(group)
        async with self._database.reading() as conn:
            versions = await versions_by_link(conn, list({opening.address: None for opening in amounts}))
        visits: Counter[tuple[UUID, UUID]] = Counter()
        found: dict[Opening, Opened] = {}
        for opening, amount in amounts.items():
            version = versions.get(opening.address)
            if version is None:
                continue
            opened = found[opening] = Opened(version, self._pages.kept(version))
            if opened.page is not None and opening.counts:
                visits[version.workspace_id, UUID(opening.address.link_id)] += amount
        if visits:
            await self._visits.count_all(visits)
        return [found.get(opening) for opening in group]
