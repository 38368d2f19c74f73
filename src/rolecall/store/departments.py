"""Departments, of the workspace as a whole or of one company. A name is a natural key within either."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """`number` is given by the database, and without a `connector_id` the native connector."""

    workspace_id: UUID
    id: UUID
    name: str
    created_at: datetime
    modified_at: datetime
    company_id: UUID | None = None
    remote_id: str | None = None
    number: int | None = None
    connector_id: UUID | None = None


async def put(conn: Connection, department: Department) -> UUID:
    """The id of the department with this company and name, storing it first when there is none."""
    ids = await fetch_values(
        conn,
        """
        insert into department (workspace_id, id, company_id, name, remote_id, created_at, modified_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, connector_id, company_id, name) do update set name = excluded.name
        returning id
        """,
        (
            department.workspace_id,
            department.id,
            department.company_id,
            department.name,
            department.remote_id,
            department.created_at,
            department.modified_at,
        ),
    )
    return ids[0]
