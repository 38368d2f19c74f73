"""Imported jobs, written in sets: rows are copied into temporary tables of the session, then inserted from there.

The temporary tables are emptied by each commit. One session imports into one workspace at a time.
"""

import struct
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import LiteralString, NamedTuple, get_args, get_type_hints
from uuid import UUID

from psycopg import sql

from rolecall.store import facets
from rolecall.store.db import Connection, fetch_value, fetch_values

_LARGE_TABLE = 10_000  # rows
_LOCK = 0x696D706F  # "impo", beside the workspace's own half of the key

# Between the options of a question in the temporary table: a character that imported text does not have.
OPTION_SEPARATOR = "\x1f"


class StagedJob(NamedTuple):
    """A job with its only imported publication. `raw` is JSON text; texts are clean.

    Ids are the 16 bytes of a UUID, and lists of them come from `uuid_array`: leaving it to the driver to turn so many
    of them into bytes would be a tenth of an import's work.
    """

    id: bytes
    is_new: bool
    remote_id: str
    company_id: bytes
    title: str
    description: str | None
    code: str | None
    status: str
    workplace: str
    headcount: int
    salary_min: Decimal | None
    salary_max: Decimal | None
    salary_currency: str | None
    salary_period: str | None
    remote_created_at: datetime | None
    remote_updated_at: datetime | None
    published_at: datetime | None
    raw: bytes
    source_hash: bytes
    unified: bytes
    department_id: bytes | None
    location_ids: bytes
    term_ids: bytes
    publication_id: bytes
    channel: str
    slug: str
    summary: str | None
    search_text: str
    ends_at: datetime | None


# A screening question: its id and its job's (the 16 bytes of each), its position, section and text, its kind, and its
# options joined with OPTION_SEPARATOR. A plain tuple: an import makes so many that a class of their own would show.
StagedQuestion = tuple[bytes, bytes, int, str | None, str, str, str | None]


class KnownLine(NamedTuple):
    """A job that an earlier line made."""

    remote_id: str
    id: UUID
    source_hash: bytes | None


def uuid_array(ids: Sequence[UUID]) -> bytes:
    """UUIDs as PostgreSQL's binary form of uuid[]."""
    items = b"".join([b"\0\0\0\x10" + id_.bytes for id_ in ids])
    return _ARRAY.pack(1, 0, _UUID_OID, len(ids), 1) + items if ids else _EMPTY_ARRAY


_UUID_OID = 2950
_ARRAY = struct.Struct(">iiIii")  # dimensions, whether it has nulls, type; then items and first index of the dimension
_EMPTY_ARRAY = struct.pack(">iiI", 0, 0, _UUID_OID)

# What a field is copied as, in binary: there the bytes of a UUID, an array or a json text are taken as they are.
_COPIED_AS = {
    bool: "bool",
    int: "int4",
    str: "text",
    bytes: "bytea",
    Decimal: "numeric",
    datetime: "timestamptz",
}
_JOB_TYPES = [_COPIED_AS[(get_args(hint) or (hint,))[0]] for hint in get_type_hints(StagedJob).values()]
_QUESTION_TYPES = ["bytea", "bytea", "int4", "text", "text", "text", "text"]


async def lock_imports(conn: Connection, workspace_id: UUID, *, wait: bool) -> bool:
    """Let this session be the only import into a workspace; False when another is, unless told to wait."""
    if wait:
        await conn.execute("select pg_advisory_lock(%s)", (_lock_key(workspace_id),))
        return True
    return await fetch_value(conn, "select pg_try_advisory_lock(%s)", (_lock_key(workspace_id),))


async def unlock_imports(conn: Connection, workspace_id: UUID) -> None:
    """Let others import into a workspace."""
    await conn.execute("select pg_advisory_unlock(%s)", (_lock_key(workspace_id),))


def _lock_key(workspace_id: UUID) -> int:
    return (_LOCK << 32) | (workspace_id.int & 0xFFFFFFFF)


async def make_temporary_tables(conn: Connection) -> None:
    """Make the session's tables. Their long values are kept uncompressed: the real table decides about that.

    A batch is read several times, so all of it should stay in memory.
    """
    await conn.execute("set temp_buffers = '32MB'")
    await conn.execute(
        """
        create temporary table import_job (
            id uuid, is_new boolean, remote_id text, company_id uuid, title text, description text, code text,
            status text, workplace text, headcount integer, salary_min numeric, salary_max numeric,
            salary_currency text, salary_period text, remote_created_at timestamptz, remote_updated_at timestamptz,
            published_at timestamptz, raw json, source_hash bytea, unified bytea, department_id uuid,
            location_ids uuid[], term_ids uuid[], publication_id uuid, channel text, slug text, summary text,
            search_text text, ends_at timestamptz
        ) on commit delete rows;
        alter table import_job set (toast_tuple_target = 8160), alter description set storage external,
            alter raw set storage external, alter unified set storage external;
        create temporary table import_question (
            id uuid, job_id uuid, position integer, section text, text text, kind text, options text
        ) on commit delete rows
        """
    )


async def drop_temporary_tables(conn: Connection) -> None:
    """Leave the session as it was. Once it is done, all that was committed before is on the disk, too."""
    await conn.execute("drop table import_job, import_question")


async def commit_lazily(conn: Connection) -> None:
    """Let this transaction's commit return before it is on the disk.

    Dropping the temporary tables at the end puts it there, with all that was committed before.
    """
    await conn.execute("set local synchronous_commit = off")


async def thin_tables(conn: Connection) -> set[str]:
    """Those of the tables that imports fill of which the planner knows few rows or none, in all workspaces together."""
    query = """
        select relname::text from pg_class
        where oid = any(array['company', 'department', 'location', 'term', 'job']::regclass[]) and reltuples < %s
    """
    return set(await fetch_values(conn, query, (_LARGE_TABLE,)))


async def gather_statistics(conn: Connection, tables: Sequence[str]) -> None:
    """Tell the planner what is in tables that an import has begun to fill.

    Without it a foreign key may be checked by reading all rows of the workspace, for each row anew, until autovacuum
    comes by. Tables that are large already are left to autovacuum.
    """
    names = sql.SQL(", ").join([sql.Identifier(table) for table in tables])
    await conn.execute(sql.SQL("analyze {}").format(names))


async def known_lines(
    conn: Connection, workspace_id: UUID, connector_id: UUID, remote_ids: Sequence[str]
) -> list[KnownLine]:
    """The jobs that lines with these ids have made."""
    cursor = await conn.execute(
        """
        select remote_id, id, source_hash from job
        where workspace_id = %s and connector_id = %s and remote_id = any(%s)
        """,
        (workspace_id, connector_id, list(remote_ids)),
        binary=True,
    )
    return [KnownLine(*row) for row in await cursor.fetchall()]


async def taken_slugs(conn: Connection, workspace_id: UUID, slugs: Sequence[str]) -> set[str]:
    """Those of the slugs that publications have, or had."""
    query = """
        select slug from publication where workspace_id = %(workspace)s and slug = any(%(slugs)s)
        union all
        select slug from publication_slug where workspace_id = %(workspace)s and slug = any(%(slugs)s)
    """
    return set(await fetch_values(conn, query, {"workspace": workspace_id, "slugs": list(slugs)}))


async def stage(conn: Connection, jobs: Iterable[StagedJob], questions: Iterable[StagedQuestion]) -> None:
    """Copy rows into the session's temporary tables."""
    async with conn.cursor().copy("copy import_job from stdin (format binary)") as copy:
        copy.set_types(_JOB_TYPES)
        for job in jobs:
            await copy.write_row(job)
    async with conn.cursor().copy("copy import_question from stdin (format binary)") as copy:
        copy.set_types(_QUESTION_TYPES)
        for question in questions:
            await copy.write_row(question)


async def put_jobs(conn: Connection, workspace_id: UUID, connector_id: UUID, *, now: datetime, again: bool) -> None:
    """Insert the staged jobs; with `again` some are stored and updated. What a line does not say stays as it is."""
    query = _INSERT_JOBS + _UPDATE_JOBS if again else _INSERT_JOBS
    await conn.execute(query, {"workspace": workspace_id, "connector": connector_id, "now": now})


_FROM_LINE = (
    "company_id",
    "title",
    "description",
    "code",
    "status",
    "workplace",
    "headcount",
    "salary_min",
    "salary_max",
    "salary_currency",
    "salary_period",
    "remote_created_at",
    "remote_updated_at",
    "raw",
    "source_hash",
    "published_at",
    "unified",
)
_INSERT_JOBS = f"""
    insert into job (workspace_id, connector_id, id, remote_id, languages, created_at, updated_at, modified_at,
                     {", ".join(_FROM_LINE)})
    select %(workspace)s, %(connector)s, id, remote_id, '{{en}}', %(now)s, %(now)s, %(now)s,
           {", ".join(_FROM_LINE)}
    from import_job
"""
_UPDATE_JOBS = f"""
    on conflict (workspace_id, id) do update
    set updated_at = %(now)s, modified_at = %(now)s,
        {", ".join(f"{column} = excluded.{column}" for column in _FROM_LINE)}
"""


async def put_links(conn: Connection, workspace_id: UUID, *, again: bool) -> None:
    """Insert the staged jobs' departments, locations and terms; with `again` as far as they lack them."""
    for insert, conflict in _PUT_LINKS:
        await conn.execute(insert + conflict if again else insert, {"workspace": workspace_id})


_PUT_LINKS: tuple[tuple[LiteralString, LiteralString], ...] = (
    (
        """
        insert into job_department (workspace_id, job_id, department_id)
        select %(workspace)s, id, department_id from import_job where department_id is not null
        """,
        "on conflict (workspace_id, job_id, department_id) do nothing",
    ),
    (
        """
        insert into job_location (workspace_id, job_id, location_id, position)
        select %(workspace)s, j.id, l.id, l.place - 1
        from import_job j cross join unnest(j.location_ids) with ordinality as l (id, place)
        """,
        """
        on conflict (workspace_id, job_id, location_id) do update set position = excluded.position
        where job_location.position <> excluded.position
        """,
    ),
    (
        """
        insert into job_term (workspace_id, job_id, term_id)
        select %(workspace)s, id, unnest(term_ids) from import_job
        """,
        "on conflict (workspace_id, job_id, term_id) do nothing",
    ),
)


async def put_publications(conn: Connection, workspace_id: UUID, job_ids: Sequence[UUID], *, now: datetime) -> None:
    """Insert the publications of staged jobs that are new, which have these ids, and count them in groups and runs.

    The jobs' links must be stored, and the groups held. Runs may be too large then.
    """
    await conn.execute(_PUT_PUBLICATIONS, {**facets.changes(workspace_id, job_ids), "now": now})


_PUT_PUBLICATIONS = facets.grouping(
    """
    select publication_id as id, id as job_id, 'en' as language, status = 'open' and channel = 'website' as listed,
           null::integer as was
    from import_job where is_new
    """,
    """
    insert into publication (workspace_id, id, job_id, language, channel, slug, title, summary, search_text, active,
                             published_at, ends_at, created_at, updated_at, facet_group)
    select %(workspace)s, publication_id, j.id, 'en', channel, slug, title, summary, search_text, status = 'open',
           coalesce(published_at, %(now)s), ends_at, %(now)s, %(now)s, w.facet_group
    from import_job j join placed w on w.id = j.publication_id where is_new order by j.publication_id
    returning number, language, published_at, created_at, sort_title, facet_group, null::integer as was
    """,
)


async def put_questions(conn: Connection, workspace_id: UUID, *, again: bool) -> None:
    """Insert the staged questions; with `again` some are stored and get their new places and options."""
    await conn.execute(
        _INSERT_QUESTIONS + _UPDATE_QUESTIONS if again else _INSERT_QUESTIONS,
        {"workspace": workspace_id, "separator": OPTION_SEPARATOR},
    )


_INSERT_QUESTIONS = """
    insert into screening_question (workspace_id, id, job_id, position, section, text, kind, options)
    select %(workspace)s, id, job_id, position, section, text, kind,
           coalesce(string_to_array(options, %(separator)s), '{}')
    from import_question
"""
_UPDATE_QUESTIONS = """
    on conflict (workspace_id, id) do update
    set position = excluded.position, kind = excluded.kind, options = excluded.options
"""
