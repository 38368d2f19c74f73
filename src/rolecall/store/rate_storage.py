"""A storage for the `limits` library that keeps its counters in PostgreSQL, shared by all processes."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from limits.aio.storage import Storage

from rolecall.store import rate_windows
from rolecall.store.db import Database, Grouped, Unavailable

_GRACE = timedelta(seconds=60)  # for processes whose clocks differ
_LONGEST_HOLD = 0.005  # seconds


class Count(NamedTuple):
    """A counter, and the generation of credentials in the moment of counting, where the storage tells it."""

    used: int
    generation: int | None


class PostgresStorage(Storage):
    """Increments of concurrent requests share one statement; each still learns its own exact count."""

    STORAGE_SCHEME: list[str] | None = None

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._add: Grouped[tuple[str, int, int], Count] = Grouped(self._add_group, hold=self._hold)

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return Unavailable

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a counter that lives `expiry` seconds, and return it."""
        return (await self.count(key, expiry, amount)).used

    async def count(self, key: str, expiry: int, amount: int = 1) -> Count:
        """As `incr`, with the generation of credentials at that time."""
        return await self.begin(key, expiry, amount)

    def begin(self, key: str, expiry: int, amount: int = 1) -> "asyncio.Future[Count]":
        """As `count`, for whoever has something else to do before the count is needed."""
        return self._add.begin((key, expiry, amount))

    async def get(self, key: str) -> int:
        """A counter; 0 when there is none."""
        row = await self._read(key)
        return row[0] if row is not None else 0

    async def get_expiry(self, key: str) -> float:
        """When a counter ends, in Unix seconds."""
        row = await self._read(key)
        return (row[1] if row is not None else datetime.now(UTC)).timestamp()

    async def check(self) -> bool:
        """Whether the database answers."""
        await self._read("")
        return True

    async def reset(self) -> int | None:
        """Forget the windows that have ended; those under way are other processes' too."""
        async with self._database.writing() as conn:
            return await rate_windows.forget_ended(conn, datetime.now(UTC))

    async def clear(self, key: str) -> None:
        """Forget one counter."""
        async with self._database.writing() as conn:
            await rate_windows.forget(conn, key)

    async def _read(self, key: str) -> tuple[int, datetime] | None:
        async with self._database.reading() as conn:
            return await rate_windows.read(conn, key)

    async def _hold(self) -> None:
        """While requests that are counted already wait to read, nothing is lost if the next are counted together."""
        await self._database.readers_served(longest=_LONGEST_HOLD)

    async def _add_group(self, group: Sequence[tuple[str, int, int]]) -> list[Count]:
        now = datetime.now(UTC)
        amounts = Counter[str]()
        ends: dict[str, datetime] = {}
        for key, expiry, amount in group:
            amounts[key] += amount
            ends[key] = now + timedelta(seconds=expiry) + _GRACE
        async with self._database.committing() as conn:
            counts, generation = await rate_windows.add(conn, amounts, expires_at=ends)
        return [Count(used, generation) for used in _own_counts(group, amounts, counts)]


def _own_counts(group: Sequence[tuple[str, int, int]], amounts: Counter[str], counts: dict[str, int]) -> list[int]:
    """What each increment of a group would have been told, had they come one by one."""
    standing = {key: counts[key] - amounts[key] for key in amounts}
    own: list[int] = []
    for key, _, amount in group:
        standing[key] += amount
        own.append(standing[key])
    return own
