"""Rate limits: fixed windows, aligned to the clock, counted in a storage that all processes share."""

import asyncio
import time
from dataclasses import dataclass

from limits.aio.storage import Storage

from rolecall.store.rate_storage import Count, PostgresStorage

_MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `amount` requests of `key` in each window of `seconds`."""

    key: str
    amount: int
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Window:
    """Where a key stands after a request: how many are left, and the Unix second at which the next window starts.

    `generation` is that of credentials in the moment of counting, where the storage tells it.
    """

    amount: int
    used: int
    resets_at: int
    seconds_left: int
    generation: int | None = None

    @property
    def remaining(self) -> int:
        return max(0, self.amount - self.used)

    @property
    def exceeded(self) -> bool:
        return self.used > self.amount


class CounterUnavailable(Exception):
    """The storage of the counters cannot be reached."""


class RateCounter:
    """Counts requests in any storage of the `limits` library that offers `incr`."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._used_up: dict[str, int] = {}  # the Unix second until which a key may not be used any more

    async def count(self, limit: Limit) -> Window:
        """Count one request. Raises CounterUnavailable."""
        return await self.begin(limit).window()

    def begin(self, limit: Limit) -> "Counting":
        """Begin to count one request. The window's number is part of the key, so one increment tells everything."""
        now = time.time()
        number = int(now // limit.seconds)
        key = f"{limit.key}:{limit.seconds}:{number}"
        if isinstance(self._storage, PostgresStorage):
            counted = self._storage.begin(key, limit.seconds)
        else:
            counted = asyncio.ensure_future(self._incr(key, limit.seconds))
        return Counting(self, limit, counted, now=now, resets_at=(number + 1) * limit.seconds)

    def is_used_up(self, limit: Limit | None) -> bool:
        """Whether this process has seen that a key's window is used up."""
        return limit is not None and self._used_up.get(limit.key, 0) > time.time()

    def note_used_up(self, limit: Limit, *, until: int) -> None:
        """Remember that a key's window is used up."""
        if len(self._used_up) >= _MOST_REMEMBERED:
            self._used_up.clear()
        self._used_up[limit.key] = until

    @property
    def unavailable(self) -> tuple[type[Exception], ...]:
        """What the storage raises when it cannot be reached."""
        errors = self._storage.base_exceptions
        return errors if isinstance(errors, tuple) else (errors,)

    async def _incr(self, key: str, seconds: int) -> Count:
        return Count(await self._storage.incr(key, seconds), None)


class Counting:
    """A request that is being counted."""

    __slots__ = ("_counted", "_counter", "_limit", "_now", "_resets_at")

    def __init__(
        self, counter: RateCounter, limit: Limit, counted: "asyncio.Future[Count]", *, now: float, resets_at: int
    ) -> None:
        self._counter = counter
        self._limit = limit
        self._counted = counted
        self._now = now
        self._resets_at = resets_at

    async def window(self) -> Window:
        """Where the key stands with this request. Raises CounterUnavailable."""
        try:
            used, generation = await self._counted
        except self._counter.unavailable as error:
            raise CounterUnavailable(str(error)) from error
        seconds_left = max(1, int(self._resets_at - self._now + 0.999))
        window = Window(self._limit.amount, used, self._resets_at, seconds_left, generation)
        if window.exceeded:
            self._counter.note_used_up(self._limit, until=self._resets_at)
        return window


def window_headers(window: Window) -> dict[str, str]:
    """The three X-RateLimit headers, and Retry-After once the window is used up."""
    headers = {
        "X-RateLimit-Limit": str(window.amount),
        "X-RateLimit-Remaining": str(window.remaining),
        "X-RateLimit-Reset": str(window.resets_at),
    }
    if window.exceeded:
        headers["Retry-After"] = str(window.seconds_left)
    return headers
