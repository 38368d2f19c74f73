"""Hot statements on pooled connections: as any other statement, only quicker."""

import asyncio
import time
from uuid import UUID

import psycopg
import pytest

from rolecall.store.connection import PooledConnection
from rolecall.store.db import Connection, Database, Hot, fetch_hot

ECHO = Hot("select $1::uuid, $2::text, $3::bytea, $4::bigint[]")
LENGTH = Hot("select length($1::text)")
TENTH = Hot("select 10 / $1::int")
VALUES = (UUID("01a202a6-0c2a-70bd-bf46-660905d030a7"), "é", b"\x00\x01", [1, 2**40])


async def _plain(database_url: str) -> Connection:
    return await psycopg.AsyncConnection.connect(database_url, autocommit=True)


async def test_values_come_back_as_they_went(database: Database, database_url: str) -> None:
    async with database.reading() as conn:
        assert [await fetch_hot(conn, ECHO, *VALUES) for _ in range(2)] == [[VALUES], [VALUES]]
        async with conn.transaction():
            assert await fetch_hot(conn, ECHO, *VALUES) == [VALUES]
    async with await _plain(database_url) as plain:
        assert await fetch_hot(plain, ECHO, *VALUES) == [VALUES]


async def test_large_values_and_answers(database: Database) -> None:
    text = "x" * 20_000_000
    async with database.reading() as conn:
        assert await fetch_hot(conn, LENGTH, text) == [(len(text),)]
        assert await fetch_hot(conn, ECHO, VALUES[0], text, b"", []) == [(VALUES[0], text, b"", [])]


async def test_what_the_server_has_forgotten_is_told_again(database: Database) -> None:
    async with database.reading() as conn:
        await fetch_hot(conn, TENTH, 2)
        await conn.execute("deallocate all")
        assert await fetch_hot(conn, TENTH, 2) == [(5,)]


async def test_more_statements_than_are_kept(database: Database) -> None:
    async with database.reading() as conn:
        assert [(await fetch_hot(conn, Hot(f"select {n}")))[0][0] for n in range(120)] == list(range(120))


async def test_errors_are_psycopgs(database: Database) -> None:
    async with database.reading() as conn:
        with pytest.raises(psycopg.errors.DivisionByZero):
            await fetch_hot(conn, TENTH, 0)
        assert await fetch_hot(conn, TENTH, 5) == [(2,)]


async def test_a_server_that_goes_away(database_url: str) -> None:
    conn = await PooledConnection.connect(database_url, autocommit=True)
    async with await _plain(database_url) as other:
        await other.execute("select pg_terminate_backend(%s)", [conn.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        await conn.run_hot(TENTH, (5,))
    await conn.close()


async def test_a_caller_that_gives_up_takes_its_connection_along(database: Database) -> None:
    slow = Hot("select pg_sleep(10)")

    async def wait() -> None:
        async with database.reading() as conn:
            await fetch_hot(conn, slow)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(wait(), 0.1)
    async with database.reading() as conn:
        assert await fetch_hot(conn, TENTH, 5) == [(2,)]


async def test_a_connection_is_as_good_after_long_answers_and_other_statements(database: Database) -> None:
    slow = Hot("select pg_sleep($1::float8)::text")
    async with database.reading() as conn:
        for _ in range(3):
            assert await fetch_hot(conn, slow, 0.01) == [("",)]
            assert await (await conn.execute("select pg_sleep(0.01)::text")).fetchone() == ("",)
        assert await fetch_hot(conn, TENTH, 5) == [(2,)]


async def test_an_end_that_nobody_waits_for_does_not_keep_the_loop_busy(database_url: str) -> None:
    conn = await PooledConnection.connect(database_url, autocommit=True)
    await conn.run_hot(Hot("select pg_sleep(0.01)::text"), ())
    async with await _plain(database_url) as other:
        await other.execute("select pg_terminate_backend(%s, 5000)", [conn.info.backend_pid])
    await asyncio.sleep(0.05)
    used = time.process_time()
    await asyncio.sleep(0.3)
    assert time.process_time() - used < 0.15
    with pytest.raises(psycopg.OperationalError):
        await conn.run_hot(TENTH, (5,))
    await conn.close()


async def test_the_next_socket_of_the_same_number_is_watched_by_its_own_connection(database_url: str) -> None:
    sleep = Hot("select pg_sleep(0.01)::text")
    for _ in range(3):
        conn = await PooledConnection.connect(database_url, autocommit=True)
        assert await conn.run_hot(sleep, ()) == [("",)]
        async with await _plain(database_url) as other:
            await other.execute("select pg_terminate_backend(%s, 5000)", [conn.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            await conn.run_hot(sleep, ())
        again = await PooledConnection.connect(database_url, autocommit=True)
        assert await again.run_hot(sleep, ()) == [("",)]
        await conn.close()
        assert await again.run_hot(sleep, ()) == [("",)]
        await again.close()
