"""Connections lent for single statements: who waits is served in order, and not for ever."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from rolecall.store.connection import PooledConnection
from rolecall.store.lending import Lender


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[AsyncConnectionPool[PooledConnection]]:
    async with AsyncConnectionPool(
        database_url,
        connection_class=PooledConnection,
        min_size=1,
        max_size=1,
        timeout=0.2,
        open=False,
        kwargs={"autocommit": True},
    ) as pool:
        yield pool


async def test_who_waits_is_served_in_order(pool: AsyncConnectionPool[PooledConnection]) -> None:
    lender, served = Lender(pool, size=1), list[int]()

    async def take(number: int) -> None:
        async with lender.lend():
            served.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(take(number) for number in range(5)))
    assert served == [0, 1, 2, 3, 4]
    await lender.close()


async def test_each_who_waits_in_vain_is_told_so(pool: AsyncConnectionPool[PooledConnection]) -> None:
    lender = Lender(pool, size=1)

    async def take(delay: float) -> str:
        await asyncio.sleep(delay)
        try:
            async with lender.lend():
                return "served"
        except PoolTimeout:
            return "told"

    async with lender.lend():
        assert await asyncio.gather(take(0), take(0.05), take(0.1)) == ["told"] * 3
    assert await asyncio.gather(take(0), take(0)) == ["served"] * 2
    await lender.close()


async def test_who_gives_up_takes_nobodys_turn(pool: AsyncConnectionPool[PooledConnection]) -> None:
    lender = Lender(pool, size=1)

    async def take() -> str:
        async with lender.lend():
            return "served"

    async with lender.lend():
        gone, stays = asyncio.create_task(take()), asyncio.create_task(take())
        await asyncio.sleep(0)
        gone.cancel()
    assert await stays == "served"
    with pytest.raises(asyncio.CancelledError):
        await gone
    await lender.close()


async def test_whoever_asks_is_told_when_nobody_waits_any_more(pool: AsyncConnectionPool[PooledConnection]) -> None:
    lender, told = Lender(pool, size=1), list[str]()

    async def take(name: str) -> None:
        async with lender.lend():
            told.append(name)
            await asyncio.sleep(0.01)

    async def ask() -> None:
        await lender.until_all_served(longest=5)
        told.append("all served")

    await ask()  # at once, since nobody waits
    async with lender.lend():
        tasks = [asyncio.create_task(take("first")), asyncio.create_task(take("second"))]
        await asyncio.sleep(0)
        tasks.append(asyncio.create_task(ask()))
        await asyncio.sleep(0.01)
        assert told == ["all served"]
    await asyncio.gather(*tasks)
    assert told[:2] == ["all served", "first"]
    assert sorted(told[2:]) == ["all served", "second"]
    await lender.close()


async def test_whoever_asks_does_not_wait_for_ever(pool: AsyncConnectionPool[PooledConnection]) -> None:
    lender = Lender(pool, size=1)

    async def take() -> None:
        async with lender.lend():
            pass

    async with lender.lend():
        waits = asyncio.create_task(take())
        await asyncio.sleep(0)
        await asyncio.wait_for(lender.until_all_served(longest=0.02), 5)
        assert not waits.done()
    await waits
    await lender.close()
