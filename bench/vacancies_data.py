"""What workload D runs on: one workspace with so many active publications, filed under every kind of option.

Nearly every publication has a combination of options of its own, drawn one by one: the hardest case for counts that are
kept by combination. Titles and summaries are those of the packaged sample. The kept tables are filled by the product's
own statements.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

from bench.dataset import _NOW, _copy, _hash
from bench.sample import sample_postings
from rolecall.actions.text import search_text_of, summary_of
from rolecall.store import facets, words

Connection = psycopg.Connection[Any]

_STEP = 25_000
_FILLED = ("job", "publication", "job_location", "job_department", "job_term", "facet_group", "publication_word")
_LOCATIONS, _DEPARTMENTS, _SITES, _MAIN_TAGS, _SUB_TAGS = 60, 40, 50, 20, 10
JOB_TYPES, EDUCATION_LEVELS = 5, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A career site's workspace: its key, and the options of each list by what they are called in a request."""

    workspace_id: UUID
    publications: int
    key: str
    options: dict[str, list[int]]


async def fill_site(url: str, *, publications: int, say: Callable[[str], None]) -> Site:
    """Fill a migrated database with one more workspace of so many active publications."""
    workspace_id, key = uuid4(), f"rs_{random.randbytes(20).hex()}"
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("set synchronous_commit = off")
        conn.execute("set work_mem = '256MB'")
        # The rows point at what stands beside them here; looking all of it up would tell nobody anything.
        conn.execute("set session_replication_role = replica")
        _write_options(conn, workspace_id, key)
        _write_texts(conn)
        indexes = drop_indexes(conn, _FILLED)
        for start in range(0, publications, _STEP):
            with conn.transaction():
                jobs = _write_jobs(conn, workspace_id, start=start, count=min(_STEP, publications - start))
            await _index(url, workspace_id, jobs)
            say(f"{min(start + _STEP, publications):,} of {publications:,} publications")
        for definition in indexes:
            conn.execute(definition.encode())
        conn.execute("set session_replication_role = origin")
        conn.execute(
            "insert into publication_count (workspace_id, language, active)"
            " select workspace_id, coalesce(language, ''), count(*)"
            " from publication where workspace_id = %s group by workspace_id, grouping sets ((), (language))"
            " on conflict (workspace_id, language) do update set active = excluded.active",
            (workspace_id,),
        )
        conn.execute(
            "vacuum (analyze) job, publication, job_location, job_department, job_term, facet_group, facet_block,"
            " publication_word, publication_run, span_block, search_word, location, department, company, term,"
            " publication_count"
        )
        conn.execute("checkpoint")
        return Site(workspace_id=workspace_id, publications=publications, key=key, options=_options(conn, workspace_id))


def drop_indexes(conn: Connection, tables: Sequence[str]) -> list[str]:
    """Drop the indexes that no constraint needs. The statements that make them again, which is quicker than by rows."""
    conn.execute("set maintenance_work_mem = '512MB'")
    found = conn.execute(
        """
        select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
        where i.indrelid = any(%s::regclass[]) and not i.indisunique
        """,
        (list(tables),),
    ).fetchall()
    for name, _ in found:
        conn.execute(f"drop index {name}".encode())
    return [definition for _, definition in found]


def _write_options(conn: Connection, workspace_id: UUID, key: str) -> None:
    """The workspace, its key, and everything that jobs are filed under; places[n] are numbered from 0."""
    shared = {"workspace": workspace_id, "now": _NOW, "slug": f"site-{workspace_id}"}
    conn.execute(
        "insert into workspace (id, slug, name, created_at) values (%(workspace)s, %(slug)s, %(slug)s, %(now)s)", shared
    )
    conn.execute(
        "insert into connector (workspace_id, id, category, integration, name, created_at)"
        " values (%(workspace)s, %(workspace)s, 'ATS', 'native', 'Rolecall', %(now)s)",
        shared,
    )
    _copy(
        conn,
        "credential (id, kind, secret_hash, prefix, workspace_id, name, scopes, created_at)",
        iter([(uuid4(), "recruitsome", _hash(key), "bench", workspace_id, "bench", ["vacancies:read"], _NOW)]),
    )
    conn.execute("drop table if exists bench_option")
    conn.execute("create temp table bench_option (kind text, place int, id uuid, primary key (kind, place))")
    for kind, count in (
        ("location", _LOCATIONS),
        ("department", _DEPARTMENTS),
        ("company", _SITES),
        ("job_type", JOB_TYPES),
        ("education_level", EDUCATION_LEVELS),
        ("main", _MAIN_TAGS),
        ("sub", _MAIN_TAGS * _SUB_TAGS),
    ):
        conn.execute(
            "insert into bench_option select %s, n, gen_random_uuid() from generate_series(0, %s) n", (kind, count - 1)
        )
    for statement in _OPTION_ROWS:
        conn.execute(statement, {**shared, "subs": _SUB_TAGS})


_OPTION_ROWS = (
    """
    insert into location (workspace_id, id, connector_id, code, name, city, country_code, created_at, modified_at)
    select %(workspace)s, id, %(workspace)s, 'NL-' || place, 'Office ' || place, 'City ' || place, 'NL', %(now)s,
           %(now)s
    from bench_option where kind = 'location'
    """,
    """
    insert into department (workspace_id, id, connector_id, name, created_at, modified_at)
    select %(workspace)s, id, %(workspace)s, 'Department ' || place, %(now)s, %(now)s
    from bench_option where kind = 'department'
    """,
    """
    insert into company (workspace_id, id, name, slug, is_client, city, country_code, created_at, updated_at)
    select %(workspace)s, id, 'Client ' || place, id::text, true, 'Town ' || place, 'NL', %(now)s, %(now)s
    from bench_option where kind = 'company'
    """,
    """
    insert into term (workspace_id, id, connector_id, kind, name, parent_id)
    select %(workspace)s, o.id, %(workspace)s, case when o.kind in ('main', 'sub') then 'tag' else o.kind end,
           o.kind || o.place, m.id
    from bench_option o left join bench_option m
      on o.kind = 'sub' and m.kind = 'main' and m.place = o.place / %(subs)s
    where o.kind in ('job_type', 'education_level', 'main', 'sub')
    """,
)


def _write_texts(conn: Connection) -> None:
    conn.execute("drop table if exists bench_text")
    conn.execute("create temp table bench_text (number int primary key, title text, summary text, search_text text)")
    with conn.cursor().copy("copy bench_text from stdin") as copy:
        for number, posting in enumerate(sample_postings()):
            summary = summary_of(posting.get("description") or posting.get("requirements") or posting["title"])
            copy.write_row((number, posting["title"], summary, search_text_of(posting["title"], summary)))


def _write_jobs(conn: Connection, workspace_id: UUID, *, start: int, count: int) -> list[UUID]:
    """Jobs with one publication each; popular options are drawn more often."""
    conn.execute("drop table if exists bench_job")
    conn.execute(
        """
        create temp table bench_job as
        select n, uuidv7() as id, (array['en', 'nl', 'de'])[1 + floor(random() ^ 2 * 3)::int] as language,
               floor(random() ^ 2 * %(locations)s)::int as location, floor(random() ^ 2 * %(departments)s)::int as
               department, floor(random() * %(sites)s)::int as company,
               floor(random() ^ 2 * %(types)s)::int as job_type,
               floor(random() * %(levels)s)::int as education_level, floor(random() ^ 2 * %(subs)s)::int as sub,
               (random() * 0.999 * (select count(*) from bench_text))::int %% (select count(*) from bench_text) as text
        from generate_series(%(start)s::int, %(start)s::int + %(count)s::int - 1) n
        """,
        {
            "start": start,
            "count": count,
            "locations": _LOCATIONS,
            "departments": _DEPARTMENTS,
            "sites": _SITES,
            "types": JOB_TYPES,
            "levels": EDUCATION_LEVELS,
            "subs": _MAIN_TAGS * _SUB_TAGS,
        },
    )
    conn.execute("analyze bench_job")
    for statement in _JOB_ROWS:
        conn.execute(statement, {"workspace": workspace_id, "now": _NOW})
    ids = [row[0] for row in conn.execute("select id from bench_job").fetchall()]
    conn.execute(_PUBLICATIONS, {**facets.changes(workspace_id, ids), "now": _NOW})
    return ids


_JOB_ROWS = (
    """
    insert into job (workspace_id, id, connector_id, company_id, title, description, status, languages, salary_min,
                     salary_max, salary_currency, salary_period, created_at, updated_at, modified_at, published_at,
                     unified)
    select %(workspace)s, j.id, %(workspace)s, c.id, t.title, t.summary, 'open', array[j.language], 3000, 4000, 'EUR',
           'month', %(now)s, %(now)s, %(now)s, %(now)s, '{}'
    from bench_job j join bench_text t on t.number = j.text
    join bench_option c on c.kind = 'company' and c.place = j.company
    """,
    """
    insert into job_location (workspace_id, job_id, location_id)
    select %(workspace)s, j.id, o.id
    from bench_job j join bench_option o on o.kind = 'location' and o.place = j.location
    """,
    """
    insert into job_department (workspace_id, job_id, department_id)
    select %(workspace)s, j.id, o.id
    from bench_job j join bench_option o on o.kind = 'department' and o.place = j.department
    """,
    """
    insert into job_term (workspace_id, job_id, term_id)
    select %(workspace)s, j.id, o.id from bench_job j
    join bench_option o on (o.kind, o.place) in (('job_type', j.job_type), ('education_level', j.education_level),
                                                 ('sub', j.sub))
    """,
)

# The publications, counted in their groups as an import counts its own.
_PUBLICATIONS = facets.grouping(
    """
    select j.id, j.id as job_id, j.language, true as listed, null::integer as was
    from regrouped w join bench_job j on j.id = w.job_id
    """,
    """
    insert into publication (workspace_id, id, job_id, language, channel, slug, title, summary, search_text, active,
                             published_at, created_at, updated_at, facet_group)
    select %(workspace)s, j.id, j.id, j.language, 'website', 'vacancy-' || j.n, t.title, t.summary, t.search_text, true,
           %(now)s::timestamptz - j.n * interval '1 minute', %(now)s, %(now)s, w.facet_group
    from placed w join bench_job j on j.id = w.id join bench_text t on t.number = j.text
    returning number, language, published_at, created_at, sort_title, facet_group, null::integer as was
    """,
)


async def _index(url: str, workspace_id: UUID, jobs: list[UUID]) -> None:
    """Let searches and deep pages find these publications, by the product's own statements."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn, conn.transaction():
        await conn.execute("set local synchronous_commit = off")
        await words.learn(conn, workspace_id, jobs)
        await words.index(conn, workspace_id, jobs)
        await facets.fit(conn, workspace_id)


def _options(conn: Connection, workspace_id: UUID) -> dict[str, list[int]]:
    """The numbers of all options, in the order in which they were made: the first are the most popular."""
    query = """
        select 'location_id', number from location where workspace_id = %(workspace)s
        union all select 'department_id', number from department where workspace_id = %(workspace)s
        union all select 'company_location_id', number from company where workspace_id = %(workspace)s
        union all select case kind when 'job_type' then 'job_types' when 'education_level' then 'education_levels'
                              else 'tags' end, number
                  from term where workspace_id = %(workspace)s and parent_id is null
        order by 2
    """
    options: dict[str, list[int]] = {}
    for name, number in conn.execute(query, {"workspace": workspace_id}).fetchall():
        options.setdefault(name, []).append(number)
    return options
