"""Expanding: the records that take the place of ids, fetched with one statement for each relation."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from rolecall.store.db import Connection
from rolecall.surfaces.bindbee import queries, wire
from rolecall.surfaces.bindbee.parameters import Relation

Records = dict[str, dict[str, Any]]
Fetch = Callable[[Connection, UUID, Sequence[UUID]], Awaitable[Records]]


async def _departments(conn: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> Records:
    return {str(row.id): wire.department(row) for row in await queries.departments(conn, workspace_id, ids)}


async def _offices(conn: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> Records:
    return {str(row.id): wire.office(row) for row in await queries.offices(conn, workspace_id, ids)}


async def _remote_users(conn: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> Records:
    return {str(row.id): wire.remote_user(row) for row in await queries.remote_users(conn, workspace_id, ids)}


JOB_RELATIONS: dict[str, Fetch] = {
    "departments": _departments,
    "offices": _offices,
    "hiring_managers": _remote_users,
    "recruiters": _remote_users,
}


async def expand(
    conn: Connection,
    workspace_id: UUID,
    records: Sequence[dict[str, Any]],
    *,
    relations: Sequence[Relation],
    known: dict[str, Fetch],
) -> None:
    """Put related records in the place of ids, in `records` themselves. Unknown relations and fields are ignored.

    An id whose record is gone stays an id.
    """
    for name, fields in dict(relations).items():
        if name not in known:
            continue
        ids = {related for record in records for related in record[name] if isinstance(related, str)}
        if not ids:
            continue
        found = await known[name](conn, workspace_id, [UUID(related) for related in sorted(ids)])
        cut = {key: _cut(record, fields) for key, record in found.items()}
        for record in records:
            record[name] = [
                cut.get(related, related) if isinstance(related, str) else related for related in record[name]
            ]


def _cut(record: dict[str, Any], fields: frozenset[str] | None) -> dict[str, Any]:
    return record if fields is None else {name: value for name, value in record.items() if name in fields}
