"""Migrations: plain SQL files, forward only, each in a transaction of its own, applied by one process at a time.

The queue's tables are procrastinate's. They are made once from its schema file, and later releases of it are followed
with the delta files that it ships.
"""

import hashlib
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any, LiteralString, cast

import psycopg
from procrastinate.schema import SchemaManager

from rolecall.store.db import Connection

OLDEST_SERVER = 15

_ADVISORY_LOCK = 0x526F6C6563616C6C  # "Rolecall"
_LOCK_TIMEOUT = "10s"
_FILE_NAME = re.compile(r"(\d{4})_\w+")


class MigrationError(Exception):
    """The database cannot be brought up to date; the message says why and what to do."""


class DatabaseNewer(MigrationError):
    """A later release has migrated the database. It expands before it contracts, so this release still works on it."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: `name` is 0001_ground_floor, `version` its number."""

    version: int
    name: str
    sql: str

    @property
    def checksum(self) -> bytes:
        """SHA-256 of the text."""
        return hashlib.sha256(self.sql.encode()).digest()


async def migrate(
    url: str,
    *,
    report: Callable[[str], None] = lambda _: None,
    migrations: Sequence[Migration] | None = None,
) -> list[str]:
    """Bring a database up to date and return the names of what was applied; nothing when it was up to date.

    `report` gets a line for each step. `migrations` are the package's own unless a test gives others. Several processes
    may call this at once: one works, the others wait for it. Raises MigrationError; what was applied before stays.
    """
    ours = packaged() if migrations is None else migrations
    async with await _connect(url) as conn, _alone(conn, report):
        await conn.execute(_TABLES)
        applied: list[str] = []
        for migration in await _missing(conn, ours):
            report(f"applying {migration.name}")
            async with _step(conn, migration.name):
                await conn.execute(_text(migration.sql))
                await conn.execute(
                    "insert into schema_migration (version, name, checksum) values (%s, %s, %s)",
                    [migration.version, migration.name, migration.checksum],
                )
            applied.append(migration.name)
        return applied + await _migrate_queue(conn, report)


async def pending(conn: Connection) -> list[str]:
    """The names of what `migrate` would still apply; it only reads. Raises MigrationError as `migrate` does."""
    names = [migration.name for migration in await _missing(conn, packaged())]
    delta = await _queue_delta(conn)
    if delta is None:
        return [*names, f"procrastinate {_queue_version()}"]
    return names + [f"procrastinate {name}" for name in _queue_deltas_after(delta)]


async def pending_at(url: str) -> list[str]:
    """What `pending` answers, on a connection of its own. Raises MigrationError also when there is no connection."""
    async with await _connect(url) as conn:
        return await pending(conn)


def packaged() -> list[Migration]:
    """The migrations of this release, in order."""
    return read(resources.files("rolecall.store") / "migrations")


def read(folder: Traversable) -> list[Migration]:
    """The migrations in a folder, in order. Raises MigrationError for a bad name or a number used twice."""
    found: list[Migration] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        name = file.name.removesuffix(".sql")
        if name == file.name:
            continue
        match = _FILE_NAME.fullmatch(name)
        if match is None:
            raise MigrationError(f"{file.name} is not named like a migration: NNNN_what_it_does.sql.")
        found.append(Migration(version=int(match[1]), name=name, sql=file.read_text(encoding="utf-8")))
        if [migration.version for migration in found].count(found[-1].version) > 1:
            raise MigrationError(f"Two migrations have the number of {file.name}.")
    return found


_TABLES = """
create table if not exists schema_migration (
    version    integer primary key,
    name       text not null,
    checksum   bytea not null,
    applied_at timestamptz not null default now()
);
-- delta is the newest of procrastinate's own migration files that the database contains.
create table if not exists queue_migration (
    delta      text primary key,
    version    text not null,
    applied_at timestamptz not null default now()
);
"""


async def _connect(url: str) -> Connection:
    try:
        conn: Connection = await psycopg.AsyncConnection[Any].connect(
            url, autocommit=True, connect_timeout=30, application_name="rolecall migrate"
        )
    except psycopg.OperationalError as error:
        raise MigrationError(f"The database cannot be reached: {error}") from error
    if conn.info.server_version // 10_000 < OLDEST_SERVER:
        await conn.close()
        raise MigrationError(
            f"The server is PostgreSQL {conn.info.parameter_status('server_version')}; Rolecall needs"
            f" {OLDEST_SERVER} or newer. Upgrade it, or unset DATABASE_URL to use the embedded one."
        )
    return conn


@asynccontextmanager
async def _alone(conn: Connection, report: Callable[[str], None]) -> AsyncGenerator[None]:
    """One process of all those that share the database. The lock goes with the connection, however that ends."""
    got = await _value(conn, "select pg_try_advisory_lock(%s)", _ADVISORY_LOCK)
    if not got:
        report("waiting for another process that migrates the database")
        await conn.execute("select pg_advisory_lock(%s)", [_ADVISORY_LOCK])
    # Set only now: it also bounds the wait above, which may rightly be long.
    await conn.execute("select set_config('lock_timeout', %s, false)", [_LOCK_TIMEOUT])
    await conn.execute("set client_min_messages = warning")
    try:
        yield
    finally:
        if not conn.closed:
            await conn.execute("select pg_advisory_unlock(%s)", [_ADVISORY_LOCK])


@asynccontextmanager
async def _step(conn: Connection, name: str) -> AsyncGenerator[None]:
    """One transaction, whose failure names the migration."""
    try:
        async with conn.transaction():
            yield
    except psycopg.errors.LockNotAvailable as error:
        raise MigrationError(
            f"{name} waited {_LOCK_TIMEOUT} for a table that a long transaction holds, and changed nothing."
            " Run it again when that transaction is over."
        ) from error
    except psycopg.Error as error:
        raise MigrationError(f"{name} failed and changed nothing: {error}") from error


async def _missing(conn: Connection, ours: Sequence[Migration]) -> list[Migration]:
    """The migrations that the database lacks. Raises MigrationError if it has others, or other ones by that number."""
    theirs: dict[int, tuple[str, bytes]] = {}
    if await _value(conn, "select to_regclass('schema_migration') is not null"):
        rows = await conn.execute("select version, name, checksum from schema_migration order by version", binary=True)
        theirs = {version: (name, checksum) async for version, name, checksum in rows}
    newest = max((migration.version for migration in ours), default=0)
    for version, (name, _) in theirs.items():
        if version > newest:
            raise DatabaseNewer(
                f"The database is newer than this release: it has the migration {name}, and this release ends with"
                f" number {newest:04}. Run the release that made it, or a later one."
            )
    for migration in ours:
        name, checksum = theirs.get(migration.version, (migration.name, migration.checksum))
        if (name, checksum) != (migration.name, migration.checksum):
            raise MigrationError(
                f"The migration {migration.name} is not the one that the database has by this number ({name}): an"
                " applied migration must not change. Restore the file and put the change into a new one."
            )
    return [migration for migration in ours if migration.version not in theirs]


async def _migrate_queue(conn: Connection, report: Callable[[str], None]) -> list[str]:
    delta = await _queue_delta(conn)
    deltas = _queue_deltas()
    if delta is None:
        steps = [(f"procrastinate {_queue_version()}", max(deltas), SchemaManager.get_schema())]
    else:
        steps = [(f"procrastinate {name}", name, deltas[name].read_text()) for name in _queue_deltas_after(delta)]
    for name, reached, sql in steps:
        report(f"applying {name}")
        async with _step(conn, name):
            await conn.execute(_text(sql))
            await conn.execute(
                "insert into queue_migration (delta, version) values (%s, %s)", [reached, _queue_version()]
            )
    return [name for name, _, _ in steps]


async def _queue_delta(conn: Connection) -> str | None:
    """The newest delta file of procrastinate that the database contains, None without its tables."""
    if not await _value(conn, "select to_regclass('queue_migration') is not null"):
        return None
    return await _value(conn, 'select max(delta collate "C") from queue_migration')


def _queue_deltas() -> dict[str, Traversable]:
    """The migration files of procrastinate by name, in order; names sort by version, then by number."""
    folder = resources.files("procrastinate") / "sql" / "migrations"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return {file.name.removesuffix(".sql"): file for file in files if file.name.endswith(".sql")}


def _queue_deltas_after(delta: str) -> list[str]:
    deltas = list(_queue_deltas())
    if delta > deltas[-1]:
        raise DatabaseNewer(
            f"The database's queue is newer than this release: it has procrastinate's {delta}, and this release ends"
            f" with {deltas[-1]}. Run the release that made it, or a later one."
        )
    return [name for name in deltas if name > delta]


def _queue_version() -> str:
    return metadata.version("procrastinate")


async def _value(conn: Connection, query: LiteralString, *params: object) -> Any:
    row = await (await conn.execute(query, params)).fetchone()
    return row[0] if row else None


def _text(sql: str) -> LiteralString:
    """A file that ships with a package, run as it is written."""
    return cast("LiteralString", sql)
