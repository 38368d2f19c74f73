"""What postings name (companies, departments, locations and terms): found, or made where it is missing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import TypeVar
from uuid import UUID

from rolecall.actions.ids import new_id
from rolecall.actions.importing.drafts import Draft
from rolecall.actions.importing.run import Run
from rolecall.actions.importing.sites import Site
from rolecall.actions.slugs import company_slug
from rolecall.domain.events import EventType
from rolecall.store import import_references as store
from rolecall.store.db import Connection

Key = TypeVar("Key")
TermKey = tuple[str, UUID | None, str]


@dataclass(frozen=True, slots=True)
class Links:
    """The ids of what one draft names."""

    company_id: UUID
    company_slug: str
    department_id: UUID | None
    location_ids: list[UUID]
    term_ids: list[UUID]


class References:
    """The ids of all that the drafts of one import have named so far, so that each is looked up once."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._workspace_id = run.workspace_id
        self._companies: dict[str, tuple[UUID, str]] = {}
        self._departments: dict[tuple[UUID, str], UUID] = {}
        self._locations: dict[str, UUID] = {}
        self._terms: dict[TermKey, UUID] = {}

    async def learn(self, conn: Connection, drafts: Sequence[Draft], *, now: datetime) -> None:
        """Find or make all that these drafts name. An id learnt in a transaction that fails must not be used again."""
        await self._learn_companies(conn, drafts, now)
        await self._learn_departments(conn, drafts, now)
        await self._learn_locations(conn, drafts, now)
        await self._learn_terms(conn, drafts)

    def links(self, draft: Draft) -> Links:
        """The ids of what a draft names, all of which has been learnt."""
        company_id, slug = self._companies[draft.company]
        return Links(
            company_id=company_id,
            company_slug=slug,
            department_id=self._departments[company_id, draft.department] if draft.department else None,
            location_ids=[self._locations[site.code] for site in draft.sites],
            term_ids=list(dict.fromkeys(self._terms[key] for key in self._term_keys(draft))),
        )

    async def _learn_companies(self, conn: Connection, drafts: Sequence[Draft], now: datetime) -> None:
        names = _missing((draft.company for draft in drafts), self._companies)
        if not names:
            return
        self._companies |= await store.companies_by_name(conn, self._workspace_id, names)
        new = {new_id(): name for name in _missing(names, self._companies)}
        if not new:
            return
        await store.add_companies(conn, self._workspace_id, list(new.items()), now=now)
        slugs: dict[UUID, str] = {}
        for attempt in count(1):
            wanted = [(company_slug(name, attempt=attempt), id_) for id_, name in new.items() if id_ not in slugs]
            if not wanted:
                break
            slugs |= await store.claim_slugs(conn, self._workspace_id, wanted)
        await store.set_slugs(conn, self._workspace_id, slugs)
        self._companies |= {name: (id_, slugs[id_]) for id_, name in new.items()}
        await self._run.record(conn, EventType.COMPANY_IMPORTED, {"created": [str(id_) for id_ in new]}, now=now)

    async def _learn_departments(self, conn: Connection, drafts: Sequence[Draft], now: datetime) -> None:
        named = ((self._companies[draft.company][0], draft.department) for draft in drafts if draft.department)
        keys = _missing(named, self._departments)
        if keys:
            new = [store.NewDepartment(new_id(), company_id, name) for company_id, name in keys]
            await store.add_departments(conn, self._workspace_id, new, now=now)
            companies, names = {key[0] for key in keys}, {key[1] for key in keys}
            self._departments |= await store.department_ids(conn, self._workspace_id, list(companies), list(names))

    async def _learn_locations(self, conn: Connection, drafts: Sequence[Draft], now: datetime) -> None:
        sites = {site.code: site for draft in drafts for site in draft.sites}
        codes = _missing(sites, self._locations)
        if codes:
            new = [_new_location(sites[code]) for code in codes]
            await store.add_locations(conn, self._workspace_id, new, now=now)
            self._locations |= await store.location_ids(conn, self._workspace_id, codes)

    async def _learn_terms(self, conn: Connection, drafts: Sequence[Draft]) -> None:
        """Main tags first: a sub-tag's key contains the id of its main tag."""
        for keys_of in (_main_terms, self._term_keys):
            await self._add_terms(conn, drafts, keys_of)

    async def _add_terms(
        self,
        conn: Connection,
        drafts: Sequence[Draft],
        keys_of: Callable[[Draft], list[TermKey]],
    ) -> None:
        keys = _missing((key for draft in drafts for key in keys_of(draft)), self._terms)
        if keys:
            new = [store.NewTerm(new_id(), *key) for key in keys]
            await store.add_terms(conn, self._workspace_id, new)
            self._terms |= await store.term_ids(conn, self._workspace_id, [key[2] for key in keys])

    def _term_keys(self, draft: Draft) -> list[TermKey]:
        """The terms of a draft: its job type, its main tag, and under that its sub-tag."""
        keys = _main_terms(draft)
        if draft.category and draft.occupation:
            keys.append(("tag", self._terms["tag", None, draft.category], draft.occupation))
        return keys


def _main_terms(draft: Draft) -> list[TermKey]:
    keys: list[TermKey] = []
    if draft.job_type:
        keys.append(("job_type", None, draft.job_type))
    if draft.category:
        keys.append(("tag", None, draft.category))
    return keys


def _new_location(site: Site) -> store.NewLocation:
    return store.NewLocation(
        new_id(),
        site.code,
        site.name,
        site.address,
        site.city,
        site.region,
        site.country_code,
        site.latitude,
        site.longitude,
    )


def _missing(keys: Iterable[Key], known: Mapping[Key, object]) -> list[Key]:
    """Those of the keys that are not known, each once, sorted: writers at the same time then wait in one direction."""
    return sorted({key for key in keys if key not in known}, key=str)
