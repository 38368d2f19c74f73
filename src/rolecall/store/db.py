"""Connections: a pool that writes in transactions, one that only reads, and statements that concurrent calls share."""

import asyncio
import dataclasses
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import class_row, dict_row, scalar_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from rolecall.store.connection import Hot, PooledConnection, widen
from rolecall.store.lending import Lender, Loan

Connection = psycopg.AsyncConnection[Any]
UniqueViolation = psycopg.errors.UniqueViolation
Unavailable = (psycopg.OperationalError, PoolTimeout)
Retryable = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)
_NOT_THERE = ("08", "57P", "53300")  # connection lost, server stopping or starting, too many connections
_LONGEST_GROUP = 10  # seconds
_LONGEST_WAIT = 10  # seconds, for a connection of a pool
_SESSION = ("-c timezone=UTC", "-c default_transaction_isolation=read\\ committed")

# A statement that takes longer has gone wrong, and would keep its connection, and its locks, from others.
_LONGEST_READ = 30  # seconds
_LONGEST_WRITE = 300  # seconds, of a statement
_LONGEST_IDLE = 60  # seconds, in a transaction: its process hangs, or waits for somebody
_OVERDUE = "57014"
_COMMITTERS = 2  # groups of concurrent writes need few connections

Item = TypeVar("Item")
Result = TypeVar("Result")
Row = TypeVar("Row")


class Database:
    """The pools of one process. Readers run in autocommit and refuse to write; writers run in transactions.

    A third, small pool writes in autocommit: a write of one statement needs no round trips for BEGIN and COMMIT.
    """

    def __init__(self, url: str, *, size: int = 8, longest_read: int = _LONGEST_READ) -> None:
        self._writers = _pool(
            url,
            size,
            name="writers",
            autocommit=False,
            statement_timeout=f"{_LONGEST_WRITE}s",
            idle_in_transaction_session_timeout=f"{_LONGEST_IDLE}s",
        )
        self._readers = _pool(
            url,
            size,
            name="readers",
            autocommit=True,
            default_transaction_read_only="on",
            statement_timeout=f"{longest_read}s",
        )
        self._committers = _pool(url, min(size, _COMMITTERS), name="committers", autocommit=True)
        self._reading = Lender(self._readers, size=size)
        self._committing = Lender(self._committers, size=min(size, _COMMITTERS))

    async def open(self) -> None:
        """Connect; raises PoolTimeout when the server does not answer within 10 seconds."""
        await self._writers.open(wait=True, timeout=10)
        await self._readers.open(wait=True, timeout=10)
        await self._committers.open(wait=True, timeout=10)

    async def close(self) -> None:
        await self._reading.close()
        await self._committing.close()
        await self._writers.close()
        await self._readers.close()
        await self._committers.close()

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[Connection]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        async with self._writers.connection() as conn, conn.transaction():
            yield conn

    def reading(self) -> Loan:
        """A connection that only reads. Each statement sees the newest committed data."""
        return self._reading.lend()

    async def readers_served(self, *, longest: float) -> None:
        """Return once no reader waits for a connection, after `longest` seconds at the latest."""
        await self._reading.until_all_served(longest=longest)

    def committing(self) -> Loan:
        """A connection on which each statement is a transaction of its own, stored for good once it returns."""
        return self._committing.lend()


def _pool(url: str, size: int, *, name: str, autocommit: bool, **session: str) -> AsyncConnectionPool[PooledConnection]:
    # Sent when connecting, not set afterwards: a pooler that would mix up sessions refuses them.
    settings = [f"-c {setting}={value}" for setting, value in session.items()]
    options = [str(conninfo_to_dict(url).get("options") or ""), *_SESSION, *settings]
    kwargs = {"options": " ".join(options), "autocommit": autocommit, "prepare_threshold": 2}
    return AsyncConnectionPool(
        url,
        connection_class=PooledConnection,
        min_size=1,
        max_size=size,
        open=False,
        name=name,
        timeout=_LONGEST_WAIT,
        configure=widen,
        kwargs=kwargs,
    )


def is_unavailable(error: BaseException) -> bool:
    """Whether an error says that the database cannot be reached or takes too long, not that a statement is at fault."""
    if isinstance(error, psycopg.OperationalError):
        return error.sqlstate is None or error.sqlstate.startswith((*_NOT_THERE, _OVERDUE))
    return isinstance(error, PoolTimeout)


def lost_connection(error: BaseException) -> bool:
    """Whether an error says that a connection broke, so that another one may serve. Waiting in vain for one is none."""
    return isinstance(error, psycopg.OperationalError) and is_unavailable(error) and error.sqlstate != _OVERDUE


def columns(shape: type[Any], *, of: str = "") -> str:
    """The columns that a dataclass has, for a select; `of` is the table's name in the statement.

    Never `select *`: a column that a newer release adds must not trouble processes of this one.
    """
    return ", ".join(f"{of}.{field.name}" if of else field.name for field in dataclasses.fields(shape))


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


async def fetch_rows(conn: Connection, query: Any, params: Any = None) -> list[tuple[Any, ...]]:
    """All rows as plain tuples, in binary."""
    async with conn.cursor(binary=True) as cursor:
        await cursor.execute(query, params)
        return await cursor.fetchall()


async def fetch_hot(conn: Connection, hot: Hot, *values: Any) -> list[tuple[Any, ...]]:
    """All rows of a hot statement as plain tuples."""
    if isinstance(conn, PooledConnection) and conn.pgconn.transaction_status == TransactionStatus.IDLE:
        return await conn.run_hot(hot, values)
    async with psycopg.AsyncRawCursor(conn) as cursor:
        await cursor.execute(hot.text, values, binary=True)
        return await cursor.fetchall() if cursor.description is not None else []


class Grouped(Generic[Item, Result]):
    """One statement for all the calls that arrive while the one before is under way.

    `run` gets the items in order of arrival and answers one result for each, in the same order. It commits before it
    returns, so whoever awaits a call knows that its item is stored. A group that fails, fails for all of its callers.

    Before each group `hold` is awaited while more calls may join, since a statement for many costs little more than one
    for a single item. It must end soon, and at once where nothing is gained.
    """

    def __init__(
        self,
        run: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]],
        *,
        at_most: int = 500,
        hold: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._run = run
        self._at_most = at_most
        self._hold = hold
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Result:
        """The result for one item."""
        return await self.begin(item)

    def begin(self, item: Item) -> "asyncio.Future[Result]":
        """As a call, for whoever has something else to do before the result is needed."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._waiting.append((item, future))
        if self._worker is None:
            self._worker = loop.create_task(self._work())
        return future

    async def _work(self) -> None:
        try:
            while self._waiting:
                if self._hold is not None:
                    await self._hold()
                group, self._waiting = self._waiting[: self._at_most], self._waiting[self._at_most :]
                await self._settle(group)
        finally:
            self._worker = None
            left, self._waiting = self._waiting, []  # not empty only when this task is cancelled
            for _, future in left:
                future.cancel()

    async def _settle(self, group: Sequence[tuple[Item, "asyncio.Future[Result]"]]) -> None:
        try:
            async with asyncio.timeout(_LONGEST_GROUP):
                results = await self._run([item for item, _ in group])
            settled = list(zip(group, results, strict=True))
        except TimeoutError:
            _fail(group, PoolTimeout(f"a statement of a group took more than {_LONGEST_GROUP} s"))
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to those who wait
            _fail(group, error)
        except BaseException:
            for _, future in group:
                future.cancel()
            raise
        else:
            for (_, future), result in settled:
                if not future.done():
                    future.set_result(result)


def _fail(group: Sequence[tuple[Any, "asyncio.Future[Any]"]], error: Exception) -> None:
    for _, future in group:
        if not future.done():
            future.set_exception(error)
