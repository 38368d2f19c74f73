"""Workload B: 200 visitors at once on a thousand source links, each visit stored for good before it is answered."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

import httpx
import psycopg

from bench.client import Ask, Load, ask
from bench.machine import postgres_of, serving
from bench.rounds import SERVE, Contestant, Pace, Place, Sample, play
from bench.stacks import nginx_redirect

OURS, LIMIT, REDIRECT = "Rolecall, a source link", "the same stack, a constant page", "nginx, a constant 302"
VISITORS = 200
KILLS = 3
_WARM_UPS = 2  # for the pages of a thousand jobs
_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0"
_SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5"
AGENTS = (
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 10; K) {_CHROME} Mobile Safari/537.36",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {_SAFARI} Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_SAFARI} Safari/605.1.15",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
)
REFERRERS = ("https://www.linkedin.com/", "https://www.google.com/", "https://mail.google.com/mail/u/0/")


class VisitsLost(Exception):
    """Fewer visits are stored than were answered, or more than were asked for, or rows and counters differ."""


@dataclass(frozen=True, slots=True)
class Kill:
    """A server that was killed under load: the visits that the client saw answered, and those that are stored."""

    answered: int
    stored: int


@dataclass(frozen=True, slots=True)
class Visits:
    """What workload B found."""

    samples: dict[str, list[Sample]]
    kills: Sequence[Kill]


def measure(place: Place, pace: Pace) -> Visits:
    """Samples of the product and its limits. Raises VisitsLost when what is stored does not agree with the client."""
    ours = Contestant(name=OURS, command=SERVE, environment=_environment(place), asks=_asks(place))
    counted = Counted(place.url)

    def check(contestant: Contestant, loads: Sequence[Load]) -> None:
        if contestant.name == OURS:
            counted.check(loads)

    samples = play(
        [ours, *_limits(place, pace, ours)],
        postgres=postgres_of(place.data),
        pace=pace,
        connections=VISITORS,
        warm_ups=_WARM_UPS,
        check=check,
        before=counted.note,
    )
    kills = [_kill(ours, counted, pace) for _ in range(KILLS)]
    pace.say(f"killed {KILLS} times under load: no visit lost, none counted twice")
    return Visits(samples, kills)


def _environment(place: Place) -> dict[str, str]:
    return {"DATABASE_URL": place.url, "ROLECALL_DATA_DIR": str(place.data)}


def _asks(place: Place) -> list[Ask]:
    return [
        Ask(
            path=f"/jobs/{tenant.link_path.split('/')[0]}/{tenant.link_id}",
            headers=[("User-Agent", agent), ("Referer", referrer)],
        )
        for tenant, agent, referrer in zip(place.tenants, cycle(AGENTS), cycle(REFERRERS), strict=False)
    ]


def _limits(place: Place, pace: Pace, ours: Contestant) -> list[Contestant]:
    page = Contestant(
        name=LIMIT,
        command=["-m", "bench.stacks.constant_page", "PORT", place.url],
        environment={"BENCH_PAGE_BYTES": str(_page_size(ours))},
        asks=ours.asks,
    )
    if nginx_redirect.program() is None:
        pace.say("nginx is left out, since it is not installed. On Debian and Ubuntu: apt-get install -y nginx")
        return [page]
    redirect = Contestant(
        name=REDIRECT,
        command=["-m", "bench.stacks.nginx_redirect", "PORT"],
        environment={"BENCH_FOLDER": str(place.data / "nginx")},
        asks=ours.asks,
    )
    return [page, redirect]


def _kill(ours: Contestant, counted: "Counted", pace: Pace) -> Kill:
    """Kill the server in the middle of a load, as `kill -9` does, and compare what is stored with what was answered.

    Raises VisitsLost. Each visitor may have had one visit under way at the end of each of two loads, stored but not
    answered any more.
    """
    counted.note()
    with serving(ours.command, environment=ours.environment) as server:
        warm = ask(server.url, ours.asks, connections=VISITORS, seconds=_WARM_UPS * max(1, pace.warm_up))
        killer = threading.Timer(pace.seconds / 2, server.process.kill)
        killer.start()
        load = ask(server.url, ours.asks, connections=VISITORS, seconds=pace.seconds)
        killer.join()
    answered, stored = warm.answered + load.answered, counted.stored()
    if not answered <= stored <= answered + 2 * VISITORS:
        raise VisitsLost(f"killed: {answered} answered, {stored} stored, at most {2 * VISITORS} under way")
    return Kill(answered, stored)


class Counted:
    """The visits that the database holds, before and after a load."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._before = (0, 0)

    def note(self) -> None:
        """Remember what is there."""
        self._before = self._visits()

    def stored(self) -> int:
        """How many visits came since `note`. Raises VisitsLost when the counters say another number than the rows."""
        counters, rows = (now - before for now, before in zip(self._visits(), self._before, strict=True))
        if counters != rows:
            raise VisitsLost(f"{counters} in the counters, {rows} rows")
        return rows

    def check(self, loads: Sequence[Load]) -> None:
        """Raise VisitsLost unless what was stored since `note` fits these loads."""
        self.compare(self.stored(), loads)

    @staticmethod
    def compare(stored: int, loads: Sequence[Load]) -> None:
        """Raise VisitsLost unless what is stored lies between what was answered and what was sent."""
        answered, sent = sum(load.answered for load in loads), sum(load.sent for load in loads)
        if not answered <= stored <= sent:
            raise VisitsLost(f"{answered} answered, {stored} stored, {sent} sent")

    def _visits(self) -> tuple[int, int]:
        """The sum of the links' counters, and the number of rows."""
        with psycopg.connect(self._url) as conn:
            query = "select (select sum(visits)::bigint from source_link), (select count(*) from visit)"
            found = conn.execute(query).fetchone()
        assert found is not None
        return found[0] or 0, found[1]


def _page_size(contestant: Contestant) -> int:
    with (
        serving(contestant.command, environment=contestant.environment) as server,
        httpx.Client() as client,
    ):
        return len(client.get(server.url + contestant.asks[0].path).content)
