"""Interleaved rounds: every contestant in turn, again and again, so that a machine's moods hit all of them alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from bench.client import Ask, Load, ask
from bench.dataset import Tenant
from bench.machine import cpu_of, serving

SERVE = ("-m", "rolecall", "serve", "--role", "web", "--port", "PORT")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a workload runs: a filled database, the data folder it is in, and the workspaces."""

    url: str
    data: Path
    tenants: Sequence[Tenant]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long a workload runs, and where it says how far it is. `warm_up` are seconds before each measurement."""

    rounds: int
    seconds: float
    warm_up: float
    say: Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """One server and what it is asked."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    asks: Sequence[Ask]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One round of one contestant. Processor seconds are for 1,000 answers."""

    load: Load
    web_cpu: float
    postgres_cpu: float


def play(
    contestants: Sequence[Contestant],
    *,
    postgres: psutil.Process,
    pace: Pace,
    connections: int,
    warm_ups: int = 1,
    before: Callable[[], None] = lambda: None,
    check: Callable[[Contestant, Sequence[Load]], None] = lambda *_: None,
) -> dict[str, list[Sample]]:
    """The samples of each contestant by name. `before` is called before the loads of a round, `check` after them.

    A server is warmed up `warm_ups` times as long as others.
    """
    samples: dict[str, list[Sample]] = {one.name: [] for one in contestants}
    for number in range(1, pace.rounds + 1):
        for one in contestants:
            with serving(one.command, environment=one.environment) as server:
                before()
                warm = ask(server.url, one.asks, connections=connections, seconds=warm_ups * pace.warm_up)
                web, database = server.cpu(), cpu_of(postgres)
                load = ask(server.url, one.asks, connections=connections, seconds=pace.seconds)
                web, database = server.cpu() - web, cpu_of(postgres) - database
                check(one, [warm, load])
            if load.failed or load.broken:
                raise RuntimeError(f"{one.name}: {load.failed} failed answers, {load.broken} broken connections")
            thousand = max(load.answered, 1) / 1000
            samples[one.name].append(Sample(load=load, web_cpu=web / thousand, postgres_cpu=database / thousand))
            pace.say(f"round {number} of {pace.rounds}: {one.name} {load.per_second:,.0f} requests/s")
    return samples


def ratios(of: Sequence[Sample], to: Sequence[Sample]) -> list[float]:
    """Round by round, how the requests a second of one compare with another's."""
    return [one.load.per_second / other.load.per_second for one, other in zip(of, to, strict=True)]


def spread(values: Sequence[float]) -> str:
    """Median (least to most)."""
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def row(name: str, samples: Sequence[Sample]) -> list[str]:
    """A contestant's row: medians of requests a second, of latencies and of processor time."""
    return [
        name,
        f"{median(one.load.per_second for one in samples):,.0f}",
        f"{median(one.load.p50 for one in samples):.1f}",
        f"{median(one.load.p99 for one in samples):.1f}",
        f"{median(one.web_cpu for one in samples):.2f}",
        f"{median(one.postgres_cpu for one in samples):.2f}",
    ]


HEADINGS = ["", "requests/s", "p50 ms", "p99 ms", "web CPU s / 1,000", "PostgreSQL CPU s / 1,000"]
