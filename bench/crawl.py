"""Workload F, from the first page to the last: all candidates of a workspace by cursor, as a new client reads.

Beside it what PostgreSQL can give away in one go: COPY TO of the same records rendered, and of the rows as stored.
"""

import http.client
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import quote, urlsplit

import psycopg

from bench.dataset import Tenant
from bench.machine import serving
from bench.report import Ceiling, Promise, Section
from bench.rounds import SERVE, Pace, Place
from bench.unified_records import WIDE, headers_of
from rolecall.surfaces.bindbee.models import MODELS

LIST, POLL = "a crawl of the list", "a crawl of a poll"
RENDERED, STORED = "COPY TO of the records, rendered", "COPY TO of the rows, as stored"
_QUERIES = {LIST: "", POLL: "&modified_after=2000-01-01T00:00:00Z"}
_PAGE = 100
_ROUNDS = 3  # at most: a crawl is long enough to hear of a machine's moods
_HEAD = re.compile(rb'\{"cursor":(?:null|"([^"]*)"),"page_size":(\d+),')
_LEAST, _MOST = 0.2, 1.25


@dataclass(slots=True)
class Crawls:
    """Rows a second by kind and round; of crawls also the milliseconds of a page in the first and the last tenth."""

    candidates: int = 0
    speed: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    first: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    last: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def crawled(self, kind: str, rows: int, pages: Sequence[float]) -> None:
        """Note a crawl: its rows, and the seconds of each page."""
        tenth = max(1, len(pages) // 10)
        self.copied(kind, rows, sum(pages))
        self.first.setdefault(kind, []).append(median(pages[:tenth]) * 1000)
        self.last.setdefault(kind, []).append(median(pages[-tenth:]) * 1000)

    def copied(self, kind: str, rows: int, seconds: float) -> None:
        self.speed.setdefault(kind, []).append(rows / seconds)


def measure(place: Place, pace: Pace) -> Crawls:
    """Every kind once in each round. Raises RuntimeError when they do not bring the same number of rows."""
    (tenant,) = place.tenants
    found = Crawls()
    environment = {"DATABASE_URL": place.url, "ROLECALL_DATA_DIR": str(place.data), **WIDE}
    rounds = min(pace.rounds, _ROUNDS)
    for number in range(1, rounds + 1):
        with serving(SERVE, environment=environment) as server:
            brought = {kind: _crawl(server.url, tenant, kind=kind, found=found) for kind in _QUERIES}
        brought |= {
            kind: _timed_copy(place.url, tenant, kind=kind, found=found) for kind in (RENDERED, STORED)
        }  # fmt: skip
        found.candidates = brought[LIST]
        if len(set(brought.values())) > 1:
            raise RuntimeError(f"not the same rows: {brought}")
        told = ", ".join(f"{kind} {speed[-1]:,.0f}" for kind, speed in found.speed.items())
        pace.say(f"round {number} of {rounds}, rows/s: {told}")
    return found


def section(found: Crawls) -> Section:
    """The crawl in the report."""
    rows = [
        [
            kind,
            f"{median(speed):,.0f}",
            *(f"{median(of[kind]):.1f}" if kind in of else "" for of in (found.first, found.last)),
        ]
        for kind, speed in found.speed.items()
    ]
    limit = found.speed[RENDERED]
    promises: list[Promise | Ceiling] = []
    for kind in _QUERIES:
        flat = [last / first for last, first in zip(found.last[kind], found.first[kind], strict=True)]
        of_copy = [one / other for one, other in zip(found.speed[kind], limit, strict=True)]
        promises += [
            Promise(f"{kind}, of COPY TO rendered", of_copy, _LEAST),
            Ceiling(f"{kind}, the last pages' time, of the first's", flat, _MOST),
        ]
    return Section(
        f"F. All {found.candidates:,} candidates, from the first page to the last",
        f"One client on one connection, pages of {_PAGE}, each asked for with the cursor of the page before it, so no "
        "two at a time. PostgreSQL renders each record; COPY TO gives the same records away in one statement.",
        ["", "rows/s", "ms a page, first tenth", "ms a page, last tenth"],
        rows,
        promises,
    )


def _crawl(url: str, tenant: Tenant, *, kind: str, found: Crawls) -> int:
    """Follow the cursors to the end. How many rows came."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    headers = dict(headers_of(tenant))
    rows, cursor, pages = 0, "", list[float]()
    while True:
        path = f"/api/ats/v1/candidates?page_size={_PAGE}{_QUERIES[kind]}"
        begun = time.perf_counter()
        connection.request("GET", f"{path}&cursor={cursor}", headers=headers)
        head = _HEAD.match(connection.getresponse().read())
        pages.append(time.perf_counter() - begun)
        if head is None:
            raise RuntimeError(f"{path} was not answered with a page")
        rows, cursor = rows + int(head[2]), quote((head[1] or b"").decode())
        if not cursor:
            connection.close()
            found.crawled(kind, rows, pages)
            return rows


def _timed_copy(url: str, tenant: Tenant, *, kind: str, found: Crawls) -> int:
    columns = MODELS["candidate"].record() if kind == RENDERED else "t.*"
    own = f"t.workspace_id = '{tenant.workspace_id}' and t.connector_id = '{tenant.connector_id}'"
    statement = f"copy (select {columns} from candidate t where {own} order by t.id) to stdout"
    with psycopg.connect(url) as conn, conn.cursor() as cursor:
        begun = time.perf_counter()
        with cursor.copy(statement.encode()) as copy:
            for _ in copy:
                pass
        found.copied(kind, cursor.rowcount, time.perf_counter() - begun)
        return cursor.rowcount
