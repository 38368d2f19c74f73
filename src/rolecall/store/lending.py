"""Lends a pool's autocommit connections out for single statements, at the price of a list.

psycopg's pool makes connections, replaces broken ones and forgets old ones. To ask it for each statement costs as much
as the statement does, so connections stay here between statements and go back to the pool every few minutes.
"""

import asyncio
import time
from collections import deque
from types import TracebackType
from typing import NamedTuple

from psycopg.pq import TransactionStatus
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from rolecall.store.connection import PooledConnection

_KEPT_SECONDS = 300


class _Waiter(NamedTuple):
    future: "asyncio.Future[PooledConnection | None]"
    deadline: float  # of the monotonic clock


class Lender:
    """Lends at most `size` connections at a time; whoever comes when all are out waits, in order of arrival."""

    def __init__(self, pool: AsyncConnectionPool[PooledConnection], *, size: int) -> None:
        self._pool = pool
        self._free = size  # how many more may be taken out of the pool
        self._idle: list[PooledConnection] = []
        self._waiting: deque[_Waiter] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._served: list[asyncio.Future[None]] = []  # of those who wait until nobody waits for a connection

    def lend(self) -> "Loan":
        """A connection for the length of an `async with`. Raises PoolTimeout when none comes free in time."""
        return Loan(self)

    async def close(self) -> None:
        """Give all connections back to the pool."""
        while self._idle:
            await self._return(self._idle.pop())

    async def until_all_served(self, *, longest: float) -> None:
        """Return once nobody waits for a connection, after `longest` seconds at the latest."""
        if not self._waiting:
            return
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._served.append(future)
        timer = loop.call_later(longest, _settle, future)
        try:
            await future
        finally:
            timer.cancel()
            self._served.remove(future)

    async def take(self) -> PooledConnection:
        """An idle connection, else a new one, else the next one that comes free."""
        deadline = time.monotonic() + self._pool.timeout
        while True:
            if self._idle:
                return self._idle.pop()
            if self._free > 0:
                return await self._from_pool()
            conn = await self._next_free(deadline)
            if conn is not None:
                return conn

    async def give_back(self, conn: PooledConnection) -> None:
        """Take a connection back; one that is broken, in a transaction or due goes to the pool, which deals with it."""
        healthy = conn.pgconn.transaction_status == TransactionStatus.IDLE
        if healthy and time.monotonic() - conn.lent_since < _KEPT_SECONDS:
            self._hand_on(conn)
        else:
            await self._return(conn)

    async def _from_pool(self) -> PooledConnection:
        self._free -= 1
        try:
            conn = await self._pool.getconn()
        except BaseException:
            self._free += 1
            self._wake_one()
            raise
        conn.lent_since = time.monotonic()
        return conn

    async def _return(self, conn: PooledConnection) -> None:
        try:
            await self._pool.putconn(conn)
        finally:
            self._free += 1
            self._wake_one()

    async def _next_free(self, deadline: float) -> PooledConnection | None:
        """What is handed on; None when there may be a connection in the pool."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[PooledConnection | None] = loop.create_future()
        self._waiting.append(_Waiter(future, deadline))
        if self._timer is None:
            self._set_timer(loop)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                self._pass_on(future.result())
            raise

    def _set_timer(self, loop: asyncio.AbstractEventLoop) -> None:
        """One timer for all who wait: a statement is seldom long enough for a timer to be worth its price."""
        soonest = min(waiter.deadline for waiter in self._waiting)
        self._timer = loop.call_later(max(0, soonest - time.monotonic()), self._give_up, loop)

    def _give_up(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        now = time.monotonic()
        for waiter in [waiter for waiter in self._waiting if waiter.deadline <= now]:
            self._waiting.remove(waiter)
            if not waiter.future.done():
                waiter.future.set_exception(PoolTimeout("no connection came free in time"))
        if self._waiting:
            self._set_timer(loop)

    def _pass_on(self, conn: PooledConnection | None) -> None:
        if conn is None:
            self._wake_one()
        else:
            self._hand_on(conn)

    def _hand_on(self, conn: PooledConnection) -> None:
        while self._waiting:
            future = self._next()
            if not future.done():
                future.set_result(conn)
                return
        self._idle.append(conn)

    def _wake_one(self) -> None:
        while self._waiting:
            future = self._next()
            if not future.done():
                future.set_result(None)
                return

    def _next(self) -> "asyncio.Future[PooledConnection | None]":
        future = self._waiting.popleft().future
        if not self._waiting:
            for other in self._served:
                _settle(other)
        return future


def _settle(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


class Loan:
    """The `async with` of a lender."""

    __slots__ = ("_conn", "_lender")

    def __init__(self, lender: Lender) -> None:
        self._lender = lender
        self._conn: PooledConnection | None = None

    async def __aenter__(self) -> PooledConnection:
        self._conn = await self._lender.take()
        return self._conn

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        assert self._conn is not None
        await self._lender.give_back(self._conn)
