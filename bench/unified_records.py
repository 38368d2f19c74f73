"""Workload F: pages of jobs, candidates and applications, with and without what they are related to."""

import random
from collections.abc import Sequence
from uuid import UUID

import psycopg

from bench.client import Ask
from bench.dataset import Tenant
from bench.machine import postgres_of
from bench.report import Promise, Section
from bench.rounds import HEADINGS, SERVE, Contestant, Pace, Place, Sample, play, ratios, row
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.parameters import encode_cursor

EXPANDED = {"job": "departments", "candidate": "applications", "application": "candidate"}
WIDE = {"ROLECALL_BINDBEE_REQUESTS_PER_MINUTE": "1000000"}  # every call is counted; only the limit is out of reach
_PAGES = 40
_LEAST, _LEAST_EXPANDED = 0.5, 0.2


def measure(place: Place, pace: Pace) -> dict[str, list[Sample]]:
    """Samples of the product and of its limit, for each model, in interleaved rounds."""
    environment = {"DATABASE_URL": place.url, "ROLECALL_DATA_DIR": str(place.data), **WIDE}
    (tenant,) = place.tenants
    contestants: list[Contestant] = []
    for slug, relation in EXPANDED.items():
        after = _places(place.url, tenant, table=MODELS[slug].table)
        paths = [f"/api/ats/v1/{MODELS[slug].path}?page_size=50&cursor={encode_cursor(one)}" for one in after]
        bare = [Ask(path=f"/{slug}/{tenant.workspace_id}/{tenant.connector_id}/{one}") for one in after]
        contestants += [
            _ours(slug, tenant, paths, environment),
            Contestant(
                name=_limit(slug),
                command=["-m", "bench.stacks.bare_records", "PORT", place.url],
                environment={},
                asks=bare,
            ),
            _ours(_expanded(slug), tenant, [f"{path}&expand={relation}" for path in paths], environment),
        ]
    return play(contestants, postgres=postgres_of(place.data), pace=pace, connections=32)


def section(samples: dict[str, list[Sample]]) -> Section:
    """The pages in the report."""
    promises: list[Promise] = []
    for slug in EXPANDED:
        promises += [
            Promise(f"{slug}, of the bare function", ratios(samples[slug], samples[_limit(slug)]), _LEAST),
            Promise(f"{_expanded(slug)}, of plain", ratios(samples[_expanded(slug)], samples[slug]), _LEAST_EXPANDED),
        ]
    return Section(
        "F. A page of 50 jobs, candidates or applications, expanded and not",
        "One web process, 32 connections, pages from anywhere in one workspace. The bare function runs the same "
        "statement and joins what it finds: jobs are stored as they are sent, the others are rendered by PostgreSQL.",
        HEADINGS,
        [row(name, found) for name, found in samples.items()],
        promises,
    )


def headers_of(tenant: Tenant) -> list[tuple[str, str]]:
    """Both tokens of the workspace."""
    return [("Authorization", f"Bearer {tenant.api_key}"), ("X-Connector-Token", tenant.connector_token)]


def _ours(name: str, tenant: Tenant, paths: Sequence[str], environment: dict[str, str]) -> Contestant:
    asks = [Ask(path=path, headers=headers_of(tenant)) for path in paths]
    return Contestant(name=name, command=SERVE, environment=environment, asks=asks)


def _limit(slug: str) -> str:
    return f"{slug}, bare ASGI function"


def _expanded(slug: str) -> str:
    return f"{slug} with its {EXPANDED[slug]}"


def _places(url: str, tenant: Tenant, *, table: str) -> list[UUID]:
    """Ids that full pages come after, from all over the list."""
    query = f"select id from {table} where workspace_id = %s order by id"
    with psycopg.connect(url) as conn:
        ids = [found for (found,) in conn.execute(query.encode(), (tenant.workspace_id,)).fetchall()]
    rng = random.Random(7)
    return [ids[rng.randrange(max(1, len(ids) - 51))] for _ in range(_PAGES)]
