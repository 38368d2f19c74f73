"""Storing a dataclass as a row: a column for each of its fields but `number`."""

import dataclasses
from collections.abc import Collection
from typing import Any

from psycopg.types.json import Jsonb

from rolecall.store.db import Connection

NUMBER = "number"  # which the database gives


async def insert(conn: Connection, table: str, row: Any, *, json: Collection[str] = ()) -> None:
    """Store a new row. `json` are the fields that are kept as JSON. Raises UniqueViolation."""
    names = [field.name for field in dataclasses.fields(row) if field.name != NUMBER]
    values = [_kept(getattr(row, name), as_json=name in json) for name in names]
    query = f"insert into {table} ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})"
    await conn.execute(query.encode(), values)


def _kept(value: Any, *, as_json: bool) -> Any:
    return Jsonb(value) if as_json and value is not None else value
