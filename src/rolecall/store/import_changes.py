"""What importing a changed line reads and replaces. Statements without ids work on the staged jobs that are not new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, columns, fetch_all, fetch_rows
from rolecall.store.facets import Gone


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLine:
    """What a job's line said before: `valid_through` and `visibility` as they stood in it."""

    id: UUID
    valid_through: str | None
    visibility: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPublication:
    job_id: UUID
    id: UUID
    language: str
    channel: str
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredQuestion:
    job_id: UUID
    id: UUID
    section: str | None
    text: str


async def stored_lines(conn: Connection, workspace_id: UUID, job_ids: Sequence[UUID]) -> list[StoredLine]:
    """What the jobs' present lines say."""
    query = """
        select id, raw ->> 'valid_through' as valid_through, raw ->> 'visibility' as visibility
        from job where workspace_id = %s and id = any(%s)
    """
    return await fetch_all(conn, StoredLine, query, (workspace_id, list(job_ids)))


async def stored_publications(conn: Connection, workspace_id: UUID, job_ids: Sequence[UUID]) -> list[StoredPublication]:
    """The jobs' publications, oldest first."""
    query = """
        select job_id, id, language, channel, slug from publication
        where workspace_id = %s and job_id = any(%s) order by number
    """
    return await fetch_all(conn, StoredPublication, query, (workspace_id, list(job_ids)))


async def stored_questions(conn: Connection, workspace_id: UUID, job_ids: Sequence[UUID]) -> list[StoredQuestion]:
    """The jobs' screening questions in their order."""
    query = """
        select job_id, id, section, text from screening_question
        where workspace_id = %s and job_id = any(%s) order by job_id, position, id
    """
    return await fetch_all(conn, StoredQuestion, query, (workspace_id, list(job_ids)))


async def move_publications(
    conn: Connection, workspace_id: UUID, publication_ids: Sequence[UUID], *, channel: str
) -> None:
    """Put publications on another channel, with their numbers and slugs."""
    await conn.execute(
        "update publication set channel = %s where workspace_id = %s and id = any(%s)",
        (channel, workspace_id, list(publication_ids)),
    )


async def delete_publications(conn: Connection, workspace_id: UUID, publication_ids: Sequence[UUID]) -> list[Gone]:
    """Take publications away."""
    query = f"delete from publication where workspace_id = %s and id = any(%s) returning {columns(Gone)}"
    return await fetch_all(conn, Gone, query, (workspace_id, list(publication_ids)))


async def delete_questions(conn: Connection, workspace_id: UUID, question_ids: Sequence[UUID]) -> None:
    """Take screening questions away."""
    await conn.execute(
        "delete from screening_question where workspace_id = %s and id = any(%s)", (workspace_id, list(question_ids))
    )


async def replace_texts(conn: Connection, workspace_id: UUID, *, now: datetime) -> list[Gone]:
    """Carry the staged jobs' texts, end and status over to their publications. Slugs and numbers stay.

    A publication with texts of its own keeps them, and its end. Those with another title are counted nowhere until
    `facets.regroup`, which is to be told of the places that they had: these.
    """
    # Without it the temporary table counts as large, and the whole table of publications would be read.
    await conn.execute("analyze import_job (id, is_new)")
    query = f"""
        with before as (
            select {columns(Gone, of="p")}, p.workspace_id, p.id
            from import_job j join publication p on p.workspace_id = %(workspace)s and p.job_id = j.id
            where not j.is_new for update of p
        )
        update publication p
        set title = case when p.own_text then p.title else j.title end,
            summary = case when p.own_text then p.summary else j.summary end,
            search_text = case when p.own_text then p.search_text else j.search_text end,
            ends_at = case when p.own_text then p.ends_at else j.ends_at end,
            active = j.status = 'open', updated_at = %(now)s,
            facet_group = case
                when p.own_text or split_part(p.search_text, E'\n', 1) = split_part(j.search_text, E'\n', 1)
                then p.facet_group
            end
        from before b, import_job j
        where p.workspace_id = b.workspace_id and p.id = b.id and j.id = p.job_id
        returning p.facet_group is null and b.facet_group is not null as moved, {columns(Gone, of="b")}
    """
    rows = await fetch_rows(conn, query, {"workspace": workspace_id, "now": now})
    return [Gone(*place) for moved, *place in rows if moved]


async def drop_links(conn: Connection, workspace_id: UUID) -> None:
    """Take away the links to departments, locations and terms that the staged jobs' lines no longer name."""
    for statement in _DROP_LINKS:
        await conn.execute(statement, (workspace_id,))


_DROP_LINKS = (
    """
    delete from job_department l using import_job j
    where not j.is_new and l.workspace_id = %s and l.job_id = j.id and l.department_id is distinct from j.department_id
    """,
    """
    delete from job_location l using import_job j
    where not j.is_new and l.workspace_id = %s and l.job_id = j.id and l.location_id <> all(j.location_ids)
    """,
    """
    delete from job_term l using import_job j
    where not j.is_new and l.workspace_id = %s and l.job_id = j.id and l.term_id <> all(j.term_ids)
    """,
)
