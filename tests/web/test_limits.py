"""Fixed windows: exact for callers that come at once, and shared by processes."""

import asyncio
from uuid import uuid4

import pytest

from rolecall.assembly import open_services
from rolecall.services import Services
from rolecall.settings import Settings
from rolecall.web.limits import Limit, RateCounter, Window, window_headers

HOUR = 3600  # long enough not to turn while a test runs, but for once in an hour


def _limit(amount: int) -> Limit:
    return Limit(f"test:{uuid4().hex}", amount, HOUR)


async def test_each_of_many_callers_learns_its_own_count(services: Services) -> None:
    limit = _limit(1000)
    windows = await asyncio.gather(*(services.rates.count(limit) for _ in range(200)))
    assert sorted(window.used for window in windows) == list(range(1, 201))


async def test_two_processes_share_the_count(services: Services, settings: Settings, database_url: str) -> None:
    limit = _limit(60)
    async with open_services(settings, database_url=database_url) as other:
        counters = [services.rates, other.rates] * 50
        windows = await asyncio.gather(*(counter.count(limit) for counter in counters))
    assert sum(not window.exceeded for window in windows) == 60


async def test_keys_do_not_mix(services: Services) -> None:
    first, second = _limit(5), _limit(5)
    await services.rates.count(first)
    assert (await services.rates.count(second)).used == 1


def test_headers_of_a_window() -> None:
    open_window = Window(amount=60, used=2, resets_at=1772442960, seconds_left=30)
    assert window_headers(open_window) == {
        "X-RateLimit-Limit": "60",
        "X-RateLimit-Remaining": "58",
        "X-RateLimit-Reset": "1772442960",
    }
    used_up = Window(amount=60, used=61, resets_at=1772442960, seconds_left=30)
    assert window_headers(used_up)["X-RateLimit-Remaining"] == "0"
    assert window_headers(used_up)["Retry-After"] == "30"


@pytest.mark.redis
async def test_redis_counts_exactly_too(redis_url: str, settings: Settings, database_url: str) -> None:
    limit = _limit(60)
    with_redis = settings.model_copy(update={"redis_url": redis_url})
    async with (
        open_services(with_redis, database_url=database_url) as one,
        open_services(with_redis, database_url=database_url) as two,
    ):
        counters: list[RateCounter] = [one.rates, two.rates] * 50
        windows = await asyncio.gather(*(counter.count(limit) for counter in counters))
    assert sum(not window.exceeded for window in windows) == 60
