"""The worker stops whenever it is asked to, also while it is only just starting."""

import asyncio

import pytest

from rolecall.services import Services
from rolecall.worker import work


@pytest.mark.parametrize("seconds", [0, 0.001, 0.005, 0.02, 0.05, 0.1, 0.5])
async def test_it_stops_at_any_moment(services: Services, database_url: str, seconds: float):
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, stop.set)
    await asyncio.wait_for(work(services, database_url=database_url, stop=stop), 10)


async def test_it_ends_when_it_is_cancelled(services: Services, database_url: str):
    working = asyncio.create_task(work(services, database_url=database_url, stop=asyncio.Event()))
    await asyncio.sleep(0.02)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(working, 10)
