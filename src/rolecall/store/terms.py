"""Terms: the words that jobs are filed under. A name is a natural key within its kind and main term."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rolecall.store.db import Connection, fetch_value, fetch_values

JOB_TYPE = "job_type"
EDUCATION_LEVEL = "education_level"
TAG = "tag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """`kind` is one of the three above; only tags have a `parent_id`, two levels deep. The database gives
    `number`, and without a `connector_id` the native connector.
    """

    workspace_id: UUID
    id: UUID
    kind: str
    name: str
    parent_id: UUID | None = None
    number: int | None = None
    connector_id: UUID | None = None


async def put(conn: Connection, term: Term) -> UUID:
    """The id of the term with this kind, main term and name, storing it first when there is none."""
    known = (term.workspace_id, term.connector_id, term.workspace_id, term.kind, term.name, term.parent_id)
    await conn.execute(
        """
        insert into term (workspace_id, id, connector_id, kind, name, parent_id)
        values (%s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, connector_id, kind, parent_id, name) do nothing
        """,
        (term.workspace_id, term.id, term.connector_id, term.kind, term.name, term.parent_id),
    )
    query = """
        select id from term
        where workspace_id = %s
          and connector_id = coalesce(%s, (select id from connector where workspace_id = %s and integration = 'native'))
          and kind = %s and name = %s and parent_id is not distinct from %s
    """
    return await fetch_value(conn, query, known)


async def ids_by_name(conn: Connection, workspace_id: UUID, kind: str, name: str) -> list[UUID]:
    """The terms of a kind with a name, or the departments for the kind `department`."""
    query = """
        select id from term where workspace_id = %(workspace)s and kind = %(kind)s and name = %(name)s
        union all
        select id from department where workspace_id = %(workspace)s and %(kind)s = 'department' and name = %(name)s
    """
    return await fetch_values(conn, query, {"workspace": workspace_id, "kind": kind, "name": name})


async def set_translations(
    conn: Connection, workspace_id: UUID, record_ids: Sequence[UUID], *, language: str, name: str
) -> None:
    """Say what terms or departments are called in a language."""
    await conn.execute(
        """
        insert into translated_name (workspace_id, record_id, language, name)
        select %s, unnest(%s::uuid[]), %s, %s
        on conflict (workspace_id, record_id, language) do update set name = excluded.name
        """,
        (workspace_id, list(record_ids), language, name),
    )
