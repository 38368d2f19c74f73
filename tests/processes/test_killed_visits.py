"""A server that is killed under a load of visits: what was answered is counted, once, by the counter and by its row."""

import asyncio
import os
import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

import httpx
import pytest

from rolecall.actions.source_links import create_source_link
from rolecall.services import Services
from rolecall.store.db import fetch_dicts
from tests.terminal import program
from tests.world import World

ROUNDS = 3
CLIENTS = 24
READY = r'"url":"(http://127\.0\.0\.1:\d+)".*"event":"ready"'
PHONE = "Mozilla/5.0 (Android 16; Mobile; rv:149.0) Gecko/149.0 Firefox/149.0"


@dataclass
class Load:
    """Links by their path, and how often each was asked for and answered."""

    links: dict[str, UUID]
    sent: Counter[UUID] = field(default_factory=Counter)
    answered: Counter[UUID] = field(default_factory=Counter)

    async def open_until_it_is_gone(self, base: str, started: asyncio.Event) -> None:
        async with httpx.AsyncClient(base_url=base, timeout=30, headers={"User-Agent": PHONE}) as client:
            while True:
                path, link_id = random.choice(list(self.links.items()))
                self.sent[link_id] += 1
                try:
                    answer = await client.get(path)
                except httpx.TransportError:
                    return
                assert answer.status_code == 200, answer.text
                self.answered[link_id] += 1
                started.set()


@pytest.fixture
async def load(acme: World) -> Load:
    links: dict[str, UUID] = {}
    for title in ("Firmware Lead", "Test Engineer"):
        job = await acme.job(title, company=await acme.company(f"Norrvik {title}"))
        assert job.public_path is not None
        slug = job.public_path.partition("/")[0]
        async with acme.services.database.writing() as conn:
            for name in ("LinkedIn", "Fair", "Newsletter"):
                link, _ = await create_source_link(acme.context(conn), job.id, name=name)
                links[f"/jobs/{slug}/{link.id}"] = link.id
    return Load(links)


@pytest.mark.slow
async def test_what_was_answered_is_counted_once(acme: World, load: Load, surroundings: dict[str, str]):
    for _ in range(ROUNDS):
        await _kill_under(load, surroundings)
        await _check(acme.services, load)
    assert load.answered.total() > ROUNDS * CLIENTS


async def _kill_under(load: Load, surroundings: dict[str, str]) -> None:
    with program("serve", "--port", 0, "--workers", 2, environment=surroundings) as server:
        base = (await asyncio.to_thread(server.wait_for, READY))[1]
        started = asyncio.Event()
        clients = [asyncio.create_task(load.open_until_it_is_gone(base, started)) for _ in range(CLIENTS)]
        await asyncio.wait_for(started.wait(), 30)
        await asyncio.sleep(random.uniform(0.3, 1.5))
        os.killpg(server.process.pid, signal.SIGKILL)
        await asyncio.gather(*clients)


COUNTED = """
select l.id, l.visits, count(v.id) as rows, count(distinct v.id) as ids
from source_link l left join visit v on v.workspace_id = l.workspace_id and v.source_link_id = l.id
where l.id = any(%s) group by l.workspace_id, l.id
"""


async def _check(services: Services, load: Load) -> None:
    async with services.database.reading() as conn:
        found = await fetch_dicts(conn, COUNTED, (list(load.links.values()),))
    assert len(found) == len(load.links)
    for link in found:
        assert link["visits"] == link["rows"] == link["ids"]
        assert load.answered[link["id"]] <= link["visits"] <= load.sent[link["id"]]
