"""Workload D: the vacancies list with its total, and with its facets, in workspaces of growing size.

The limit is pgbench running the same statements: what the database can do when nobody parses a request, checks a key,
counts the call, or makes an answer of the rows.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode

from bench.client import Ask, ask
from bench.machine import cpu_of, postgres_of, serving
from bench.pgbench import recorded, transactions_per_second
from bench.rounds import SERVE, Pace, Place, Sample
from bench.vacancies_data import Site
from rolecall.store.db import Connection
from rolecall.surfaces.recruitsome import counting, queries, vacancies
from rolecall.surfaces.recruitsome.filters import Search
from rolecall.surfaces.recruitsome.parameters import Parameters
from rolecall.surfaces.recruitsome.queries import VacancyOrder

LIST, WITH_FACETS = "the list", "the list with facets"
SIZES = (1_000, 100_000, 1_000_000)
PER_PAGE = 20
NEWEST = VacancyOrder(by="published_at", descending=True)
_CONNECTIONS = 32  # as in workload A
_WIDE = {"ROLECALL_RECRUITSOME_REQUESTS_PER_MINUTE": "1000000"}

Query = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One kind of request in one workspace: samples of the product, and transactions a second of pgbench, by round."""

    publications: int
    kind: str
    asks: Sequence[Ask]
    scripts: Sequence[str]
    ours: list[Sample] = field(default_factory=list[Sample])
    limit: list[float] = field(default_factory=list[float])

    def ratios(self) -> list[float]:
        """Round by round, how the product's requests a second compare with pgbench's transactions."""
        return [one.load.per_second / limit for one, limit in zip(self.ours, self.limit, strict=True)]


def measure(place: Place, sites: Sequence[Site], pace: Pace) -> list[Contest]:
    """Contests of all sizes and kinds, in interleaved rounds."""
    contests = [
        asyncio.run(_contest(place.url, site, kind=kind)) for site in sites for kind in (LIST, WITH_FACETS)
    ]  # fmt: skip
    environment = {"DATABASE_URL": place.url, "ROLECALL_DATA_DIR": str(place.data), **_WIDE}
    for number in range(1, pace.rounds + 1):
        with serving(SERVE, environment=environment) as server:
            for one in contests:
                ask(server.url, one.asks, connections=_CONNECTIONS, seconds=pace.warm_up)
                web, database = server.cpu(), cpu_of(postgres_of(place.data))
                load = ask(server.url, one.asks, connections=_CONNECTIONS, seconds=pace.seconds)
                web, database = server.cpu() - web, cpu_of(postgres_of(place.data)) - database
                if load.failed or load.broken:
                    raise RuntimeError(f"{one.kind}: {load.failed} failed answers, {load.broken} broken connections")
                thousand = max(load.answered, 1) / 1000
                one.ours.append(Sample(load=load, web_cpu=web / thousand, postgres_cpu=database / thousand))
                one.limit.append(
                    transactions_per_second(
                        place.url, place.data, one.scripts, connections=_CONNECTIONS, seconds=pace.seconds
                    )
                )
                pace.say(
                    f"round {number} of {pace.rounds}: {one.kind} of {one.publications:,}:"
                    f" {load.per_second:,.0f} requests/s, pgbench {one.limit[-1]:,.0f}"
                )
    return contests


def mixed(site: Site) -> list[Query]:
    """Filters as visitors choose them, from none to four lists at once. The last is the hardest."""
    options = site.options
    places = [("location_id[]", str(number)) for number in options["location_id"][:3]]
    tags = [("tags[]", str(number)) for number in options["tags"][:3]]
    kinds = [("job_types[]", str(number)) for number in options["job_types"][:2]]
    levels = [("education_levels[]", str(number)) for number in options["education_levels"][:2]]
    department = [("department_id", str(options["department_id"][0]))]
    return [
        [],
        [("language", "en")],
        [*department, *kinds],
        [*places, *tags, ("language", "en")],
        [*places, *kinds, *levels, *tags],
    ]


def popular(site: Site) -> Query:
    """A filter on one list, which many vacancies pass: its pages in the middle are far from both ends."""
    return [("location_id[]", str(site.options["location_id"][0]))]


async def _contest(url: str, site: Site, *, kind: str) -> Contest:
    more = [("include", "facets")] if kind == WITH_FACETS else []
    headers = [("Authorization", f"Bearer {site.key}")]
    asked = mixed(site)
    return Contest(
        publications=site.publications,
        kind=kind,
        asks=[Ask(path=f"/api/v1/vacancies?{urlencode([*query, *more])}", headers=headers) for query in asked],
        scripts=[await recorded(url, Read(site, query, facets=kind == WITH_FACETS)) for query in asked],
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What a request reads from the database."""

    site: Site
    query: Query
    facets: bool

    async def __call__(self, conn: Connection) -> None:
        workspace_id, now = self.site.workspace_id, datetime.now(UTC)
        wanted = vacancies.read_filter(Parameters(self.query))
        await queries.vacancies(
            conn, workspace_id, wanted, search=Search(), order=NEWEST, media=None, now=now, offset=0, limit=PER_PAGE
        )
        if self.facets:
            await counting.facets(conn, workspace_id, wanted, search=Search(), now=now)
