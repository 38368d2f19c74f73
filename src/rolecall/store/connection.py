"""The connections of a process's pools."""

import asyncio
import select
from collections.abc import Sequence
from itertools import count
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.waiting import Ready, Wait

_HOT_STATEMENTS = 100  # for each connection
_FORGOTTEN = psycopg.errors.InvalidSqlStatementName

Result = TypeVar("Result")
Values = Sequence[Any]
_names = count(1)


class Hot:
    """A statement that a process runs all day, with $1, $2 … for its values. Make it once, where it is used.

    Its values should be of the same types each time, since a connection prepares it for each set of types.
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text.encode()


class _Prepared:
    """A hot statement on one connection: how its values are written and its rows are read."""

    __slots__ = ("formats", "names", "transformer")

    def __init__(self, conn: "PooledConnection", values: int) -> None:
        self.transformer = Transformer(conn)
        self.formats = [PyFormat.BINARY] * values
        self.names: dict[tuple[int, ...], bytes] = {}


class PooledConnection(psycopg.AsyncConnection[Any]):
    """A connection that is quick at what a process does all day.

    Once an answer begins to come, it reads on for as long as there is more: a page of jobs arrives in a dozen parts,
    and to go back to the event loop for each, as psycopg does, costs more than to read. Hot statements go to libpq
    directly: cursors, which find out anew each time what they know already, cost more than such a statement does.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lent_since = 0.0
        self._more = select.poll()
        self._socket = self.pgconn.socket
        self._more.register(self._socket, select.POLLIN)
        self._watching: asyncio.AbstractEventLoop | None = None
        self._arrival: asyncio.Future[None] | None = None
        self._prepared_hot: dict[Hot, _Prepared] = {}

    async def wait(self, gen: PQGen[Result], *args: Any, **kwargs: Any) -> Result:
        """Drive psycopg's generator, as the base class does; it lets the event loop watch the socket in its own way."""
        self._unwatch()
        return await super().wait(self._reading_on(gen), *args, **kwargs)

    async def close(self) -> None:
        """Close the connection."""
        self._unwatch()
        await super().close()

    async def run_hot(self, hot: Hot, values: Values) -> list[tuple[Any, ...]]:
        """All rows of a hot statement. The connection must be in no transaction."""
        assert self.pgconn.transaction_status == TransactionStatus.IDLE
        try:
            return await self._run_prepared(hot, values)
        except _FORGOTTEN:  # psycopg forgets all statements after a rollback
            self._prepared_hot.clear()
            return await self._run_prepared(hot, values)
        except psycopg.OperationalError:
            self._unwatch()  # libpq may have closed the socket, and its number may soon be another's
            raise

    async def _run_prepared(self, hot: Hot, values: Values) -> list[tuple[Any, ...]]:
        prepared = self._prepared_hot.get(hot)
        if prepared is None:
            if len(self._prepared_hot) == _HOT_STATEMENTS:
                await self.execute("deallocate all")
                self._prepared_hot.clear()
            prepared = self._prepared_hot[hot] = _Prepared(self, len(values))
        transformer = prepared.transformer
        written = transformer.dump_sequence(values, prepared.formats)
        types = transformer.types
        assert types is not None
        name = prepared.names.get(types)
        if name is None:
            name = b"hot_%d" % next(_names)
            self.pgconn.send_prepare(name, hot.text, types)
            await self._answer()
            prepared.names[types] = name
        self.pgconn.send_query_prepared(name, written, transformer.formats, Format.BINARY)
        result = await self._answer()
        transformer.set_pgresult(result)
        return transformer.load_rows(0, result.ntuples, tuple)

    async def _answer(self) -> PGresult:
        """The result of what has been sent, once all of it is here."""
        pgconn, more = self.pgconn, self._more
        while pgconn.flush():
            await self._ready(writing=True)
            pgconn.consume_input()
        answer: PGresult | None = None
        while True:
            if pgconn.is_busy():
                if not more.poll(0):
                    await self._ready()
                pgconn.consume_input()
            elif (result := pgconn.get_result()) is None:
                break
            else:
                answer = result
        assert answer is not None
        if answer.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
            raise psycopg.errors.error_from_result(answer, self.info.encoding)
        return answer

    async def _ready(self, *, writing: bool = False) -> None:
        """Wait until the server has sent something, or takes something if we are writing.

        The loop goes on watching the socket after that: to tell it anew for each statement costs two system calls.
        """
        loop = asyncio.get_running_loop()
        future = self._arrival = loop.create_future()
        if self._watching is None:
            loop.add_reader(self._socket, self._arrived)
            self._watching = loop
        if writing:
            loop.add_writer(self._socket, _wake, future)
        try:
            await future
        finally:
            self._arrival = None
            if writing:
                loop.remove_writer(self._socket)

    def _arrived(self) -> None:
        """Wake who waits. What comes unasked, as the end of the connection does, would be announced for ever."""
        if self._arrival is not None:
            _wake(self._arrival)
        elif self._more.poll(0):
            self._unwatch()

    def _unwatch(self) -> None:
        if self._watching is not None:
            self._watching.remove_reader(self._socket)
            self._watching = None

    def _reading_on(self, gen: PQGen[Result]) -> PQGen[Result]:
        try:
            wanted = next(gen)
            while True:
                wanted = gen.send((yield wanted))
                while wanted == Wait.R and self._more.poll(0):
                    wanted = gen.send(Ready.R)
        except StopIteration as ended:
            return ended.value


def _wake(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


async def widen(conn: PooledConnection) -> None:
    """Let libpq read a page at once, not 16 kB at a time: it keeps the room that the longest value so far has taken."""
    await conn.execute("select repeat(' ', 250000)")
    await conn.rollback()
