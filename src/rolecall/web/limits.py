"""Rate limits: fixed windows, aligned to the clock, counted in a storage that all processes share."""

import time
from dataclasses import dataclass

from limits.aio.storage import Storage

from rolecall.store.rate_storage import PostgresStorage


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

    async def count(self, limit: Limit) -> Window:
        """Count one request. The window's number is part of the key, so one increment tells everything.

        Raises CounterUnavailable.
        """
        now = time.time()
        number = int(now // limit.seconds)
        resets_at = (number + 1) * limit.seconds
        try:
            used, generation = await self._add(f"{limit.key}:{limit.seconds}:{number}", limit.seconds)
        except self._storage.base_exceptions as error:
            raise CounterUnavailable(str(error)) from error
        return Window(limit.amount, used, resets_at, max(1, int(resets_at - now + 0.999)), generation)

    async def _add(self, key: str, seconds: int) -> tuple[int, int | None]:
        if isinstance(self._storage, PostgresStorage):
            return await self._storage.count(key, seconds)
        return await self._storage.incr(key, seconds), None


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
