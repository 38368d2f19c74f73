"""Workload C: the import of postings, beside a bare COPY of exactly the rows that it makes.

Both empty the database they are given: use a scratch one. The limit's rows are taken from an import beforehand and kept
in memory in PostgreSQL's binary format; its tables are unlogged, have the columns and storage of the real ones, and no
key, no index, no default.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from rolecall.actions.importing import ImportReport, import_postings
from rolecall.actions.workspaces import create_workspace
from rolecall.ports.clock import system_clock
from rolecall.store.db import Database
from rolecall.store.embedded import start_embedded
from rolecall.store.migrate import migrate
from rolecall.surfaces.bindbee.wire import job_body

TABLES = ("job", "publication", "screening_question", "job_department", "job_location", "job_term")
WORKSPACE = "bench"


async def run_import(database_url: str, source: Path) -> float:
    """Seconds that an import of the file into an empty, migrated database takes."""
    return (await _import(database_url, source)).seconds


async def run_copy_limit(database_url: str, source: Path) -> float:
    """Seconds that COPY takes for the rows that an import of the file makes, in one transaction."""
    async with _connected(database_url) as conn:
        cursor = await conn.execute("select count(*) from job")
        if (await cursor.fetchone() or [0])[0] == 0:
            await _import(database_url, source)
        rows = {table: await _rows(conn, table) for table in TABLES}
        for table in TABLES:
            await _make_limit(conn, table)
        await conn.execute("checkpoint")
        started = time.perf_counter()
        async with conn.transaction():
            for table in TABLES:
                async with conn.cursor().copy(f"copy limit_{table} from stdin (format binary)".encode()) as copy:
                    for block in rows[table]:
                        await copy.write(block)
        seconds = time.perf_counter() - started
        for table in TABLES:
            await conn.execute(f"drop table limit_{table}".encode())
    return seconds


async def _import(database_url: str, source: Path) -> ImportReport:
    async with _connected(database_url) as conn:
        await conn.execute("truncate workspace cascade")
        await conn.execute("checkpoint")
    database = Database(database_url, size=2)
    await database.open()
    try:
        async with database.writing() as conn:
            await create_workspace(conn, WORKSPACE, name="Bench", now=datetime.now(UTC))
        with tempfile.TemporaryDirectory() as folder:
            return await import_postings(
                database,
                job_body,
                clock=system_clock,
                source=source,
                workspace=WORKSPACE,
                rejects=Path(folder) / "rejects.ndjson",
            )
    finally:
        await database.close()


async def _make_limit(conn: psycopg.AsyncConnection[Any], table: str) -> None:
    cursor = await conn.execute("select array_to_string(reloptions, ', ') from pg_class where relname = %s", (table,))
    options = (await cursor.fetchone() or [None])[0]
    await conn.execute(f"drop table if exists limit_{table}".encode())
    made = f"create unlogged table limit_{table} (like {table} including storage including generated)"
    await conn.execute((made + (f" with ({options})" if options else "")).encode())


async def _rows(conn: psycopg.AsyncConnection[Any], table: str) -> list[bytes]:
    """A table's rows as COPY sends them, in blocks of 64 KiB and more."""
    blocks, block = list[bytes](), bytearray()
    async with conn.cursor().copy(f"copy {table} to stdout (format binary)".encode()) as copy:
        async for piece in copy:
            block += piece
            if len(block) >= 1 << 16:
                blocks.append(bytes(block))
                block.clear()
    return [*blocks, bytes(block)]


@asynccontextmanager
async def _connected(database_url: str) -> AsyncGenerator[psycopg.AsyncConnection[Any]]:
    async with await psycopg.AsyncConnection[Any].connect(database_url, autocommit=True) as conn:
        yield conn


async def _compare(database_url: str, source: Path, *, pairs: int = 3) -> None:
    await migrate(database_url)
    ratios: list[float] = []
    for _ in range(pairs):
        report = await _import(database_url, source)
        limit = await run_copy_limit(database_url, source)
        ratios.append(limit / report.seconds)
        lines = report.created
        print(
            f"import {report.seconds:.2f} s, {lines / report.seconds:,.0f} lines/s;"
            f" COPY {limit:.2f} s, {lines / limit:,.0f} lines/s; ratio {ratios[-1]:.3f}"
        )
    print(f"median ratio {median(ratios):.3f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as data, start_embedded(Path(data)) as server:
        asyncio.run(_compare(server.url, Path(sys.argv[1])))
