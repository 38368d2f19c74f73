"""Transactions that overlap, in an order that a test lays down."""

import asyncio
from typing import Any

from rolecall.store.db import fetch_value
from tests.marketplace import Marketplace

_SECONDS = 10
_WAITING = "select count(*) from pg_locks where not granted and %s = any(pg_blocking_pids(pid))"


async def second_waits_for_first(market: Marketplace, first: Any, second: Any) -> Any:
    """Run `first` up to its commit, begin `second`, commit once it waits; what `second` comes to, error or not.

    Both are functions of a context.
    """

    async def later() -> Any:
        async with market.acting() as ctx:
            return await second(ctx)

    async with asyncio.timeout(_SECONDS):
        async with market.acting() as ctx:
            await first(ctx)
            pid = await fetch_value(ctx.conn, "select pg_backend_pid()")
            running = asyncio.create_task(later())
            while not await fetch_value(ctx.conn, _WAITING, (pid,)):
                assert not running.done(), "it did not wait"
                await asyncio.sleep(0.01)
        (outcome,) = await asyncio.gather(running, return_exceptions=True)
    return outcome
