"""Connections: a pool that writes in transactions, one that only reads, and statements that concurrent calls share."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar

import psycopg
from psycopg.rows import class_row, dict_row, scalar_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

Connection = psycopg.AsyncConnection[Any]
UniqueViolation = psycopg.errors.UniqueViolation
Unavailable = (psycopg.OperationalError, PoolTimeout)

Item = TypeVar("Item")
Result = TypeVar("Result")
Row = TypeVar("Row")


class Database:
    """The two pools of one process. Readers run in autocommit and refuse to write; writers run in transactions."""

    def __init__(self, url: str, *, size: int = 8) -> None:
        self._writers = _pool(url, size, name="writers", autocommit=False)
        self._readers = _pool(url, size, name="readers", autocommit=True)

    async def open(self) -> None:
        """Connect; raises PoolTimeout when the server does not answer within 10 seconds."""
        await self._writers.open(wait=True, timeout=10)
        await self._readers.open(wait=True, timeout=10)

    async def close(self) -> None:
        await self._writers.close()
        await self._readers.close()

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[Connection]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        async with self._writers.connection() as conn:
            yield conn

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Connection]:
        """A connection that only reads. Each statement sees the newest committed data."""
        async with self._readers.connection() as conn:
            yield conn

    @asynccontextmanager
    async def snapshot(self) -> AsyncGenerator[Connection]:
        """A read-only transaction in which all statements see the same data."""
        async with self._readers.connection() as conn, conn.transaction():
            await conn.execute("set transaction isolation level repeatable read")
            yield conn


def _pool(url: str, size: int, *, name: str, autocommit: bool) -> AsyncConnectionPool[Connection]:
    async def configure(conn: Connection) -> None:
        await conn.set_autocommit(True)
        await conn.execute("set timezone = 'UTC'")
        if autocommit:
            await conn.execute("set default_transaction_read_only = on")
        await conn.set_autocommit(autocommit)

    return AsyncConnectionPool(
        url, min_size=1, max_size=size, open=False, name=name, configure=configure, kwargs={"prepare_threshold": 2}
    )


async def fetch_one(conn: Connection, shape: type[Row], query: Any, params: Any = None) -> Row | None:
    """The first row as a `shape` (a dataclass with a field per column), or None."""
    async with conn.cursor(row_factory=class_row(shape)) as cursor:
        await cursor.execute(query, params)
        return await cursor.fetchone()


async def fetch_all(conn: Connection, shape: type[Row], query: Any, params: Any = None) -> list[Row]:
    """All rows, each as a `shape`."""
    async with conn.cursor(row_factory=class_row(shape)) as cursor:
        await cursor.execute(query, params)
        return await cursor.fetchall()


async def fetch_value(conn: Connection, query: Any, params: Any = None) -> Any:
    """The first column of the first row, or None. Bytes come over the wire as they are stored."""
    async with conn.cursor(row_factory=scalar_row, binary=True) as cursor:
        await cursor.execute(query, params)
        return await cursor.fetchone()


async def fetch_values(conn: Connection, query: Any, params: Any = None) -> list[Any]:
    """The first column of every row."""
    async with conn.cursor(row_factory=scalar_row, binary=True) as cursor:
        await cursor.execute(query, params)
        return await cursor.fetchall()


async def fetch_dicts(conn: Connection, query: Any, params: Any = None) -> list[dict[str, Any]]:
    """All rows as dicts, for shapes that only one query has."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query, params)
        return await cursor.fetchall()


async def fetch_row(conn: Connection, query: Any, params: Any = None) -> tuple[Any, ...] | None:
    """The first row as a plain tuple, in binary, for hot reads."""
    async with conn.cursor(binary=True) as cursor:
        await cursor.execute(query, params)
        return await cursor.fetchone()


class Grouped(Generic[Item, Result]):
    """One statement for all the calls that arrive while the one before is under way.

    `run` gets the items in order of arrival and answers one result for each, in the same order. It commits before it
    returns, so whoever awaits a call knows that its item is stored. A group that fails, fails for all of its callers.
    """

    def __init__(self, run: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]], *, at_most: int = 500) -> None:
        self._run = run
        self._at_most = at_most
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Result:
        """The result for one item."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._waiting.append((item, future))
        if self._worker is None:
            self._worker = loop.create_task(self._work())
        return await future

    async def _work(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[: self._at_most], self._waiting[self._at_most :]
                await self._settle(group)
        finally:
            self._worker = None

    async def _settle(self, group: Sequence[tuple[Item, "asyncio.Future[Result]"]]) -> None:
        try:
            results = await self._run([item for item, _ in group])
        except BaseException as error:
            for _, future in group:
                if not future.done():
                    future.set_exception(error if isinstance(error, Exception) else asyncio.CancelledError())
            if not isinstance(error, Exception):
                raise
            return
        for (_, future), result in zip(group, results, strict=True):
            if not future.done():
                future.set_result(result)
