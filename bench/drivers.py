"""`python -m bench.drivers`: psycopg 3 beside asyncpg on the real schema, for pages of stored bodies and for loads."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
import psycopg

from bench.client import check_installed
from bench.dataset import fill
from bench.machine import postgres_of
from bench.rounds import Contestant, Pace, play, ratios, spread
from bench.unified_jobs import pages_of, plain_ask
from rolecall.store.embedded import start_embedded
from rolecall.store.migrate import migrate

JOBS, WORKSPACES, ROUNDS, SECONDS = 100_000, 100, 5, 5.0
_COLUMNS = (
    "workspace_id, id, connector_id, remote_id, company_id, title, description, status, languages, created_at,"
    " updated_at, modified_at, unified"
)
_NAMES = [name.strip() for name in _COLUMNS.split(",")]
_STAGE = f"create temp table stage on commit drop as select {_COLUMNS} from job limit 0"
_INSERT = f"insert into job ({_COLUMNS}) select {_COLUMNS} from stage"


def main() -> None:
    """Print the ratios of psycopg to asyncpg, round by round and their median."""
    check_installed()
    with tempfile.TemporaryDirectory(prefix="rolecall-bench-") as folder, start_embedded(Path(folder)) as server:
        asyncio.run(migrate(server.url))
        tenants = fill(server.url, workspaces=WORKSPACES, jobs=JOBS, raw=False, say=print)
        asks = [plain_ask(*page) for page in pages_of(server.url, tenants)]
        contestants = [
            Contestant(name=name, command=["-m", f"bench.stacks.{name}", "PORT", server.url], environment={}, asks=asks)
            for name in ("bare_page", "asyncpg_page")
        ]
        samples = play(
            contestants,
            postgres=postgres_of(Path(folder)),
            pace=Pace(rounds=ROUNDS, seconds=SECONDS, warm_up=2, say=print),
            connections=32,
        )
        print(f"A, psycopg to asyncpg: {spread(ratios(samples['bare_page'], samples['asyncpg_page']))}")
        for name, found in samples.items():
            print(f"  {name}: web CPU {median(one.web_cpu for one in found):.2f} s for 1,000 pages")
        print(f"C, psycopg to asyncpg: {spread(asyncio.run(_loads(server.url)))}")


async def _loads(url: str) -> list[float]:
    """How many times as fast psycopg loads 20,000 job rows: COPY into a temporary table, then insert-select."""
    async with await psycopg.AsyncConnection.connect(url) as conn:
        cursor = conn.cursor(binary=True)
        await cursor.execute(f"select {_COLUMNS} from job limit 20000")  # pyright: ignore[reportArgumentType]
        rows: list[tuple[Any, ...]] = await cursor.fetchall()
        await conn.execute("truncate job cascade")
    found: list[float] = []
    for _ in range(ROUNDS):
        ours, theirs = await _timed(_by_psycopg, url, rows), await _timed(_by_asyncpg, url, rows)
        found.append(theirs / ours)
    return found


async def _timed(load: Callable[[str, list[Any]], Awaitable[None]], url: str, rows: list[Any]) -> float:
    started = time.perf_counter()
    await load(url, rows)
    spent = time.perf_counter() - started
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        await conn.execute("truncate job cascade")
        await conn.execute("checkpoint")
    return spent


async def _by_psycopg(url: str, rows: list[Any]) -> None:
    async with await psycopg.AsyncConnection.connect(url) as conn:
        await conn.execute(_STAGE)
        async with conn.cursor().copy(f"copy stage ({_COLUMNS}) from stdin (format binary)") as copy:
            copy.set_types(_types())
            for row in rows:
                await copy.write_row(row)
        await conn.execute(_INSERT)


def _types() -> list[str]:
    kinds = {"title": "text", "description": "text", "remote_id": "text", "status": "text", "languages": "text[]"}
    kinds |= {"unified": "bytea"} | dict.fromkeys(("created_at", "updated_at", "modified_at"), "timestamptz")
    return [kinds.get(name, "uuid") for name in _NAMES]


async def _by_asyncpg(url: str, rows: list[Any]) -> None:
    conn = await asyncpg.connect(url)
    try:
        async with conn.transaction():
            await conn.execute(_STAGE)
            await conn.copy_records_to_table("stage", records=rows, columns=_NAMES)
            await conn.execute(_INSERT)
    finally:
        await conn.close()


if __name__ == "__main__":
    main()
