"""Workload D, in the database alone: what a page, its total, a deep page and the facets cost as a workspace grows.

Processor time of the one backend that answers, so that neighbours on the machine count for less than they would on a
clock. Each figure is the mean of as many reads as fit in the time of a measurement.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

import psutil

from bench.rounds import Pace, Place
from bench.vacancies import NEWEST, PER_PAGE, mixed, popular
from bench.vacancies_data import Site
from rolecall.store.db import Connection, Database, fetch_value
from rolecall.store.facets import Facet
from rolecall.surfaces.recruitsome import counting, queries, vacancies
from rolecall.surfaces.recruitsome.counting import joined_blocks
from rolecall.surfaces.recruitsome.filters import TYPES, Search, VacancyFilter, name
from rolecall.surfaces.recruitsome.parameters import Parameters
from rolecall.surfaces.recruitsome.queries import _IN_GROUP, _MATCHING, _answer, _Shape, _walk
from rolecall.surfaces.recruitsome.sql import PlannedOnce, planned_once

_WARM_UP = 7  # reads, after which PostgreSQL has decided whether a plan serves all values
_SHARE = 5  # a measurement takes so much less than one of a web server


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Milliseconds of processor time by round, of one filter in one workspace.

    `filters` is how many lists it names; `alone` is a first page without its total.
    """

    publications: int
    filters: int
    page: list[float]
    alone: list[float]
    middle: list[float]
    last: list[float]
    facets: list[float]


async def measure(place: Place, sites: Sequence[Site], pace: Pace) -> list[Costs]:
    """Costs of the whole list, of a filter on one list and of the hardest of the mixed ones, for each size."""
    database = Database(place.url, size=1)
    await database.open()
    found: list[Costs] = []
    try:
        for site in sites:
            for query in (mixed(site)[0], popular(site), mixed(site)[-1]):
                wanted = vacancies.read_filter(Parameters(query))
                costs = Costs(
                    publications=site.publications, filters=len(wanted.chosen()),
                    page=[], alone=[], middle=[], last=[], facets=[],
                )  # fmt: skip
                async with database.reading() as conn:
                    for _ in range(pace.rounds):
                        await _round(_Reads(conn, site, wanted), costs, seconds=pace.seconds / _SHARE)
                found.append(costs)
                pace.say(f"{site.publications:,}, {costs.filters} lists filtered by: facets {costs.facets[-1]:,.1f} ms")
    finally:
        await database.close()
    return found


@dataclass(frozen=True, slots=True)
class _Reads:
    conn: Connection
    site: Site
    wanted: VacancyFilter

    async def page(self, offset: int = 0) -> int:
        total, _ = await queries.vacancies(
            self.conn, self.site.workspace_id, self.wanted, search=Search(), order=NEWEST, media=None,
            now=datetime.now(UTC), offset=offset, limit=PER_PAGE,
        )  # fmt: skip
        return total

    async def without_total(self) -> None:
        """The same page by a statement that finds no total."""
        chosen = self.wanted.chosen()
        statement = _without_total(tuple(chosen))
        params = {name(facet): options for facet, options in chosen.items()}
        shared = {"workspace": self.site.workspace_id, "now": datetime.now(UTC), "offset": 0}
        await statement.row(self.conn, shared | params)

    async def facets(self) -> None:
        await counting.facets(
            self.conn, self.site.workspace_id, self.wanted, search=Search(), now=datetime.now(UTC)
        )  # fmt: skip


@cache
def _without_total(chosen: tuple[Facet, ...]) -> PlannedOnce:
    shape = _Shape(chosen, NEWEST, media=False, limit=PER_PAGE, deep=False)
    walked = _walk(shape, _IN_GROUP if chosen else "true")
    groups = f"{joined_blocks(shape.chosen)} {_MATCHING}" if chosen else ""
    return planned_once(_answer(shape, f"{groups} page as materialized ({walked})", total="0"), TYPES)


async def _round(reads: _Reads, costs: Costs, *, seconds: float) -> None:
    backend = psutil.Process(await fetch_value(reads.conn, "select pg_backend_pid()"))
    total = await reads.page()
    for found, read in (
        (costs.page, reads.page),
        (costs.alone, reads.without_total),
        (costs.middle, partial(reads.page, total // 2)),
        (costs.last, partial(reads.page, max(0, total - PER_PAGE))),
        (costs.facets, reads.facets),
    ):
        found.append(await _spent(backend, read, seconds=seconds))


async def _spent(backend: psutil.Process, read: Callable[[], Awaitable[Any]], *, seconds: float) -> float:
    """Milliseconds of a backend's processor time for one read, from as many as take it so many seconds."""
    for _ in range(_WARM_UP):
        await read()
    times = backend.cpu_times()
    begun, number, spent = times.user + times.system, 0, 0.0
    while spent < seconds:
        await read()
        number += 1
        times = backend.cpu_times()
        spent = times.user + times.system - begun
    return spent / number * 1000
