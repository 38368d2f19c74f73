"""60 requests a minute for a key, exact whichever process answers."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import pytest

from rolecall.app import create_app
from rolecall.assembly import open_services
from tests.surfaces.recruitsome.conftest import CareerSite
from tests.world import World

pytestmark = pytest.mark.usefixtures("one_window")


@asynccontextmanager
async def another_process(
    world: World, *, address: str = "127.0.0.1", **settings: int
) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of a second application on the same database."""
    changed = world.services.settings.model_copy(update=settings)
    assert changed.database_url is not None
    async with open_services(changed, database_url=changed.database_url) as services:
        transport = httpx.ASGITransport(create_app(services), client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://rolecall.test") as client:
            yield client


async def test_the_headers_count_down(site: CareerSite) -> None:
    for remaining, path in (("59", "/health"), ("58", "/vacancies"), ("57", "/vacancies?page=0")):
        answer = await site.get(path)
        assert answer.headers["x-ratelimit-limit"] == "60"
        assert answer.headers["x-ratelimit-remaining"] == remaining
        assert 0 < int(answer.headers["x-ratelimit-reset"]) - time.time() <= 60
        assert int(answer.headers["x-ratelimit-reset"]) % 60 == 0
        assert "retry-after" not in answer.headers


async def test_the_sixty_first_request_is_refused(site: CareerSite) -> None:
    statuses = [(await site.get("/health")).status_code for _ in range(60)]
    answer = await site.get("/vacancies")
    assert statuses == [200] * 60
    assert (answer.status_code, answer.json()) == (429, {"message": "Too Many Attempts."})
    assert answer.headers["x-ratelimit-limit"] == "60"
    assert answer.headers["x-ratelimit-remaining"] == "0"
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert 0 <= int(answer.headers["x-ratelimit-reset"]) - time.time() <= int(answer.headers["retry-after"])


async def test_processes_share_the_count_exactly(acme: World, site: CareerSite) -> None:
    async with another_process(acme) as other:
        clients = [acme.client, other] * 50
        answers = await asyncio.gather(*(site.get("/health", client=client) for client in clients))
    assert Counter(answer.status_code for answer in answers) == {200: 60, 429: 40}
    remaining = sorted(int(a.headers["x-ratelimit-remaining"]) for a in answers if a.status_code == 200)
    assert remaining == list(range(60))


async def test_keys_are_counted_apart(site: CareerSite, strange_site: CareerSite) -> None:
    await site.get("/health")
    assert (await strange_site.get("/health")).headers["x-ratelimit-remaining"] == "59"


async def test_calls_without_a_valid_key_are_limited_by_address(acme: World, site: CareerSite) -> None:
    limit = {"anonymous_requests_per_minute": 2}
    async with another_process(acme, address="203.0.113.9", **limit) as client:
        headers = {"Authorization": "Bearer wrong"}
        answers = [await client.get("/api/v1/vacancies", headers=headers) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [401, 401, 429]
        assert answers[2].json() == {"message": "Too Many Attempts."}
        assert 1 <= int(answers[2].headers["retry-after"]) <= 60
        assert (await site.get("/health", client=client)).status_code == 200
    async with another_process(acme, address="203.0.113.10", **limit) as client:
        assert (await client.get("/api/v1/vacancies")).status_code == 401
