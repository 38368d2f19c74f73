"""The connections of a process's pools."""

import select
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.waiting import Ready, Wait

_HOT_STATEMENTS = 50  # for each connection

Result = TypeVar("Result")


class PooledConnection(psycopg.AsyncConnection[Any]):
    """A connection that is quick at what a process does all day.

    Once an answer begins to come, it reads on for as long as there is more: a page of jobs arrives in a dozen parts,
    and to go back to the event loop for each, as psycopg does, costs more than to read. Hot statements keep their
    cursors: a new one has to find out again how each value is written.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lent_since = 0.0
        self._kept: dict[Any, tuple[Any, psycopg.AsyncCursor[Any]]] = {}

    async def wait(self, gen: PQGen[Result], *args: Any, **kwargs: Any) -> Result:
        """Drive psycopg's generator, as the base class does."""
        return await super().wait(_reading_on(gen, self.pgconn.socket), *args, **kwargs)

    async def run_hot(self, query: Any, params: Any, row_factory: Any) -> psycopg.AsyncCursor[Any]:
        """Run a statement on its kept cursor. Its rows must be fetched before the statement is run again."""
        if query not in self._kept:
            if len(self._kept) == _HOT_STATEMENTS:
                self._kept.clear()
            self._kept[query] = query, self.cursor(binary=True, row_factory=row_factory)
        same, cursor = self._kept[query]  # psycopg compares by identity
        return await cursor.execute(same, params)


def _reading_on(gen: PQGen[Result], socket: int) -> PQGen[Result]:
    more = select.poll()
    more.register(socket, select.POLLIN)
    try:
        wanted = next(gen)
        while True:
            wanted = gen.send((yield wanted))
            while wanted == Wait.R and more.poll(0):
                wanted = gen.send(Ready.R)
    except StopIteration as ended:
        return ended.value
