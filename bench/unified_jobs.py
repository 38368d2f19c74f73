"""Workload A: pages of 50 jobs of the unified list, from a million in a thousand workspaces."""

import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg

from bench.client import Ask
from bench.dataset import Tenant
from bench.machine import postgres_of
from bench.rounds import SERVE, Contestant, Pace, Place, Sample, play
from rolecall.surfaces.bindbee.parameters import encode_cursor

OURS, LIMIT, PEER = "Rolecall", "bare ASGI function", "FastAPI with SQLAlchemy"
_PAGES_OF_EACH = 4
# Every call is counted; the limit is only out of reach.
_WIDE = {"ROLECALL_BINDBEE_REQUESTS_PER_MINUTE": "1000000"}


def measure(place: Place, pace: Pace) -> dict[str, list[Sample]]:
    """Samples of the product, its limit and its peer, in interleaved rounds."""
    pages = pages_of(place.url, place.tenants)
    environment = {"DATABASE_URL": place.url, "ROLECALL_DATA_DIR": str(place.data), **_WIDE}
    return play(
        [
            Contestant(name=OURS, command=SERVE, environment=environment, asks=[_ours(*page) for page in pages]),
            Contestant(
                name=LIMIT,
                command=["-m", "bench.stacks.bare_page", "PORT", place.url],
                environment={},
                asks=[plain_ask(*page) for page in pages],
            ),
            Contestant(
                name=PEER,
                command=["-m", "bench.stacks.fastapi_page", "PORT", place.url],
                environment={},
                asks=[
                    Ask(path=f"/jobs?workspace={t.workspace_id}&connector={t.connector_id}&after={after}")
                    for t, after in pages
                ],
            ),
        ],
        postgres=postgres_of(place.data),
        pace=pace,
        connections=32,
    )


def _ours(tenant: Tenant, after: UUID) -> Ask:
    headers = [("Authorization", f"Bearer {tenant.api_key}"), ("X-Connector-Token", tenant.connector_token)]
    return Ask(path=f"/api/ats/v1/jobs?page_size=50&cursor={encode_cursor(after)}", headers=headers)


def plain_ask(tenant: Tenant, after: UUID) -> Ask:
    """The page for servers that know no tokens."""
    return Ask(path=f"/{tenant.workspace_id}/{tenant.connector_id}/{after}")


def pages_of(url: str, tenants: Sequence[Tenant]) -> list[tuple[Tenant, UUID]]:
    """Some full pages of each workspace, in an order that visits all workspaces before one comes again."""
    query = """
        select id from job where workspace_id = %s and connector_id = %s
        order by id offset %s limit 1
    """
    rng = random.Random(7)
    pages: list[tuple[Tenant, UUID]] = []
    with psycopg.connect(url) as conn:
        each = _jobs_of_one(conn, tenants[0])
        for _ in range(_PAGES_OF_EACH):
            for tenant in rng.sample(tenants, len(tenants)):
                place = rng.randrange(max(1, each - 51))
                found = conn.execute(query, (tenant.workspace_id, tenant.connector_id, place)).fetchone()
                assert found is not None
                pages.append((tenant, found[0]))
    return pages


def _jobs_of_one(conn: psycopg.Connection[Any], tenant: Tenant) -> int:
    found = conn.execute("select count(*) from job where workspace_id = %s", (tenant.workspace_id,)).fetchone()
    return found[0] if found is not None else 0
