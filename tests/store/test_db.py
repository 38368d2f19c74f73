"""Shared statements and transactions: what callers may rely on."""

import asyncio
from collections.abc import Sequence

import psycopg
import pytest

from rolecall.store.db import Database, Grouped, is_unavailable, lost_connection


async def _doubled(items: Sequence[int]) -> list[int]:
    await asyncio.sleep(0.01)
    return [item * 2 for item in items]


async def test_each_caller_gets_its_own_result() -> None:
    group = Grouped(_doubled)
    assert await asyncio.gather(*(group(number) for number in range(50))) == [number * 2 for number in range(50)]


async def test_calls_that_arrive_meanwhile_share_the_next_statement() -> None:
    sizes: list[int] = []

    async def run(items: Sequence[int]) -> Sequence[int]:
        sizes.append(len(items))
        return await _doubled(items)

    group = Grouped(run)
    await asyncio.gather(*(group(number) for number in range(20)))
    assert sum(sizes) == 20
    assert len(sizes) <= 2


async def test_calls_join_a_group_while_it_is_held() -> None:
    sizes: list[int] = []
    released = asyncio.Event()

    async def run(items: Sequence[int]) -> Sequence[int]:
        sizes.append(len(items))
        return items

    async def hold() -> None:
        await released.wait()

    group = Grouped(run, hold=hold)
    first = asyncio.create_task(group(0))
    await asyncio.sleep(0)
    others = [asyncio.create_task(group(number)) for number in range(1, 6)]
    await asyncio.sleep(0)
    released.set()
    assert await asyncio.gather(first, *others) == list(range(6))
    assert sizes == [6]


async def test_a_failure_is_its_groups_alone() -> None:
    async def run(items: Sequence[int]) -> Sequence[int]:
        if 13 in items:
            raise ValueError("unlucky")
        return items

    group = Grouped(run)
    with pytest.raises(ValueError, match="unlucky"):
        await group(13)
    assert await group(14) == 14


async def test_a_result_that_is_missing_is_an_error_not_a_wait() -> None:
    async def run(items: Sequence[int]) -> Sequence[int]:
        return items[:-1]

    with pytest.raises(ValueError, match="zip"):
        await asyncio.wait_for(Grouped(run)(1), 1)


async def test_a_caller_that_gives_up_leaves_the_others_alone() -> None:
    group = Grouped(_doubled)
    hasty = asyncio.ensure_future(group(1))
    patient = asyncio.ensure_future(group(2))
    await asyncio.sleep(0)
    hasty.cancel()
    assert await asyncio.wait_for(patient, 1) == 4


async def test_readers_cannot_write(database: Database) -> None:
    async with database.reading() as conn:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            await conn.execute("delete from workspace")


async def test_only_the_edge_commits(database: Database) -> None:
    async with database.writing() as conn:
        with pytest.raises(psycopg.ProgrammingError):
            await conn.commit()


async def test_a_statements_fault_is_not_an_unavailable_database(database: Database) -> None:
    async with database.reading() as conn:
        with pytest.raises(psycopg.OperationalError) as caught:
            await conn.execute("do $$ begin raise sqlstate '53400'; end $$")  # a limit of the configuration
    assert not is_unavailable(caught.value)
    with pytest.raises(psycopg.OperationalError) as lost:
        await psycopg.AsyncConnection.connect("postgresql://127.0.0.1:1/none")
    assert is_unavailable(lost.value)


async def test_a_read_that_takes_too_long_ends_and_is_not_tried_again(database_url: str) -> None:
    database = Database(database_url, size=1, longest_read=1)
    await database.open()
    with pytest.raises(psycopg.errors.QueryCanceled) as overdue:
        async with database.reading() as conn:
            await conn.execute("select pg_sleep(20)")
    assert is_unavailable(overdue.value)
    assert not lost_connection(overdue.value)
    await database.close()
