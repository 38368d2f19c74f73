"""Databases for tests: on a server that is named, or on an embedded one."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from rolecall.store.embedded import start_embedded
from rolecall.store.migrate import migrate


@contextmanager
def fresh_database(data_dir: Path, *, server: str | None) -> Generator[str]:
    """The URL of a new, migrated database, dropped (or stopped) at the end."""
    if server is None:
        embedded = start_embedded(data_dir)
        asyncio.run(migrate(embedded.url))
        try:
            yield embedded.url
        finally:
            embedded.stop()
        return
    name = f"rolecall_test_{uuid4().hex[:12]}"
    _execute(server, sql.SQL("create database {}").format(sql.Identifier(name)))
    url = make_conninfo(server, dbname=name)
    try:
        asyncio.run(migrate(url))
        yield url
    finally:
        _execute(server, sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def _execute(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(statement)
