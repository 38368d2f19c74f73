"""Workload B: openings of a thousand source links, each counted for good before it is answered."""

from collections.abc import Sequence

import httpx
import psycopg

from bench.client import Ask, Load
from bench.machine import postgres_of, serving
from bench.rounds import SERVE, Contestant, Pace, Place, Sample, play

OURS, LIMIT = "Rolecall, a source link", "the same stack, a constant page"


class VisitsLost(Exception):
    """Fewer visits are stored than were answered, or more than were asked for."""


def measure(place: Place, pace: Pace) -> dict[str, list[Sample]]:
    """Samples of the product and its limit. Raises VisitsLost when the counters do not agree with the client."""
    asks = [Ask(path=f"/jobs/{tenant.link_path.split('/')[0]}/{tenant.link_id}") for tenant in place.tenants]
    environment = {"DATABASE_URL": place.url, "ROLECALL_DATA_DIR": str(place.data)}
    ours = Contestant(name=OURS, command=SERVE, environment=environment, asks=asks)
    size = _page_size(ours)
    limit = Contestant(
        name=LIMIT,
        command=["-m", "bench.stacks.constant_page", "PORT", place.url],
        environment={"BENCH_PAGE_BYTES": str(size)},
        asks=asks,
    )
    counted = Counted(place.url)

    def check(contestant: Contestant, loads: Sequence[Load]) -> None:
        if contestant.name == OURS:
            counted.check(loads)

    return play(
        [ours, limit],
        postgres=postgres_of(place.data),
        pace=pace,
        connections=64,
        check=check,
        before=counted.note,
    )


class Counted:
    """The visits that the database holds, before and after a load."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._before = 0

    def note(self) -> None:
        self._before = self._visits()

    def check(self, loads: Sequence[Load]) -> None:
        """Raise VisitsLost unless what was stored since `note` fits these loads."""
        self.compare(self._visits() - self._before, loads)

    @staticmethod
    def compare(stored: int, loads: Sequence[Load]) -> None:
        """Raise VisitsLost unless what is stored lies between what was answered and what was sent."""
        answered, sent = sum(load.answered for load in loads), sum(load.sent for load in loads)
        if not answered <= stored <= sent:
            raise VisitsLost(f"{answered} answered, {stored} stored, {sent} sent")

    def _visits(self) -> int:
        with psycopg.connect(self._url) as conn:
            found = conn.execute("select sum(visits)::bigint from source_link").fetchone()
        return found[0] if found is not None else 0


def _page_size(contestant: Contestant) -> int:
    with (
        serving(contestant.command, environment=contestant.environment) as server,
        httpx.Client() as client,
    ):
        return len(client.get(server.url + contestant.asks[0].path).content)
