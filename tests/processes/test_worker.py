"""The worker stops whenever it is asked to, also while it is only just starting."""

import asyncio
import contextlib

import pytest
from procrastinate.manager import JobManager

from rolecall.services import Services
from rolecall.worker import work


@pytest.mark.parametrize("seconds", [0, 0.001, 0.005, 0.02, 0.05, 0.1, 0.5])
async def test_it_stops_at_any_moment(services: Services, database_url: str, seconds: float):
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, stop.set)
    await asyncio.wait_for(work(services, database_url=database_url, stop=stop), 10)


@pytest.mark.parametrize("seconds", [0, *(number / 1000 for number in range(1, 60, 3)), 0.5])
async def test_it_ends_when_it_is_cancelled(services: Services, database_url: str, seconds: float):
    working = asyncio.create_task(work(services, database_url=database_url, stop=asyncio.Event()))
    await asyncio.sleep(seconds)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(working, 10)


async def test_it_ends_when_a_cancellation_is_lost_on_the_way(
    services: Services, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    """As `asyncio.wait_for`, below the pool's connections, loses one that comes in the moment of its result."""
    reached = asyncio.Event()

    async def deaf(manager: JobManager) -> int:
        reached.set()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0.2)
        return await register(manager)

    register = JobManager.register_worker
    monkeypatch.setattr(JobManager, "register_worker", deaf)
    working = asyncio.create_task(work(services, database_url=database_url, stop=asyncio.Event()))
    await asyncio.wait_for(reached.wait(), 10)
    working.cancel()
    done, _ = await asyncio.wait([working], timeout=10)
    assert done
    assert working.cancelled()
