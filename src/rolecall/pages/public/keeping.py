"""Answers that a process keeps: made once, by one request, for all that ask for the same."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")

_AT_ONCE = 4


class Kept(Generic[Key, Made]):
    """What was asked for last, by key, each for no longer than `lives`. A key says which state it is the answer to."""

    def __init__(self, *, at_most: int, lives: timedelta) -> None:
        self._at_most = at_most
        self._lives = lives
        self._kept: OrderedDict[Key, tuple[datetime, Made]] = OrderedDict()
        self._making: dict[Key, asyncio.Task[Made]] = {}
        self._busy = asyncio.Semaphore(_AT_ONCE)

    def get(self, key: Key, *, now: datetime) -> Made | None:
        """What is kept for a key."""
        found = self._kept.get(key)
        if found is None or not found[0] <= now < found[0] + self._lives:
            return None
        self._kept.move_to_end(key)
        return found[1]

    async def made(self, key: Key, make: Callable[[], Awaitable[Made]], *, now: datetime) -> Made:
        """What `make` makes, kept from now on. Whoever asks for the same meanwhile waits for it, too."""
        task = self._making.get(key)
        if task is None:
            task = self._making[key] = asyncio.create_task(self._make(key, make, now))
            task.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(task)

    async def _make(self, key: Key, make: Callable[[], Awaitable[Made]], now: datetime) -> Made:
        async with self._busy:
            made = await make()
        self._kept[key] = (now, made)
        if len(self._kept) > self._at_most:
            self._kept.popitem(last=False)
        return made
