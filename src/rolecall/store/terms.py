"""Terms: the words that jobs are filed under. A name is a natural key within its kind and main term."""

from dataclasses import dataclass
from uuid import UUID

from rolecall.store.db import Connection, fetch_value

JOB_TYPE = "job_type"
EDUCATION_LEVEL = "education_level"
TAG = "tag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """`kind` is one of the three above; only tags have a `parent_id`, two levels deep. The database gives `number`."""

    workspace_id: UUID
    id: UUID
    kind: str
    name: str
    parent_id: UUID | None = None
    number: int | None = None


async def put(conn: Connection, term: Term) -> UUID:
    """The id of the term with this kind, main term and name, storing it first when there is none."""
    known = (term.workspace_id, term.kind, term.name, term.parent_id)
    await conn.execute(
        """
        insert into term (workspace_id, id, kind, name, parent_id)
        values (%s, %s, %s, %s, %s)
        on conflict (workspace_id, connector_id, kind, parent_id, name) do nothing
        """,
        (term.workspace_id, term.id, term.kind, term.name, term.parent_id),
    )
    query = """
        select id from term where workspace_id = %s and kind = %s and name = %s and parent_id is not distinct from %s
    """
    return await fetch_value(conn, query, known)
