"""What workload F runs on: one workspace with so many candidates, each with an application, and their jobs.

Every second candidate has a document, every third a tag; names and addresses are their own. All are stored at one
moment, which is the hardest case for a poll.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import psycopg

from bench.dataset import _NOW, Connection, Tenant, _fill_jobs, _tenant, _write_tenants
from bench.vacancies_data import drop_indexes

_CANDIDATES_OF_A_JOB = 50
_FEWEST_JOBS = 200  # some pages of them
_STEP = 100_000
_FILLED = ("candidate", "candidate_term", "application", "attachment", "job_department")


def fill_records(url: str, *, candidates: int, say: Callable[[str], None]) -> Tenant:
    """Fill a migrated database with one more workspace of so many candidates."""
    tenant = replace(_tenant(0), link_path="records/0000")
    with psycopg.connect(url, autocommit=True) as conn:
        with conn.transaction():
            _write_tenants(conn, [tenant])
        _fill_jobs(conn, [tenant], jobs=max(_FEWEST_JOBS, candidates // _CANDIDATES_OF_A_JOB), raw=False, say=say)
        conn.execute("set synchronous_commit = off")
        # The rows point at what stands beside them here; looking all of it up would tell nobody anything.
        conn.execute("set session_replication_role = replica")
        indexes = drop_indexes(conn, _FILLED)
        own = {"workspace": tenant.workspace_id, "connector": tenant.connector_id, "now": _NOW}
        for statement in _BESIDE:
            conn.execute(statement, own)
        for start in range(0, candidates, _STEP):
            with conn.transaction():
                _write_people(conn, own | {"start": start, "end": min(start + _STEP, candidates) - 1})
            say(f"{min(start + _STEP, candidates):,} of {candidates:,} candidates")
        for definition in indexes:
            conn.execute(definition.encode())
        conn.execute("set session_replication_role = origin")
        conn.execute(f"vacuum (analyze) job, term, department, {', '.join(_FILLED)}".encode())
        conn.execute("checkpoint")
    return tenant


def _write_people(conn: Connection, own: Mapping[str, object]) -> None:
    """Candidates, their applications, documents and tags, from numbers `start` to `end`."""
    conn.execute("drop table if exists bench_person")
    conn.execute(
        "create temp table bench_person as select n, uuidv7() as id, uuidv7() as application_id"
        " from generate_series(%(start)s::int, %(end)s::int) n",
        own,
    )
    for statement in _PEOPLE:
        conn.execute(statement, own)


_BESIDE = (
    """
    create temp table bench_job as
    select row_number() over (order by id) - 1 as n, id from job where workspace_id = %(workspace)s
    """,
    "create unique index on bench_job (n)",
    "analyze bench_job",
    "create temp table bench_option as select n, gen_random_uuid() as id from generate_series(0, 19) n",
    """
    insert into term (workspace_id, id, connector_id, kind, name)
    select %(workspace)s, id, %(connector)s, 'tag', 'Tag ' || n from bench_option
    """,
    """
    insert into department (workspace_id, id, connector_id, name, created_at, modified_at)
    select %(workspace)s, id, %(connector)s, 'Department ' || n, %(now)s, %(now)s from bench_option
    """,
    """
    insert into job_department (workspace_id, job_id, department_id)
    select %(workspace)s, j.id, o.id from bench_job j join bench_option o on o.n = j.n %% 20
    """,
)
_PEOPLE = (
    """
    insert into candidate (workspace_id, id, connector_id, remote_id, slug, first_name, last_name, email,
                           email_addresses, phone_numbers, title, company, locations, urls, is_private, can_email,
                           remote_created_at, remote_updated_at, created_at, updated_at, modified_at)
    select %(workspace)s, id, %(connector)s, 'candidate-' || n, 'candidate-' || n,
           (array['Mira', 'Noor', 'Ravi', 'Ada', 'Tomas', 'Ines', 'Maren'])[1 + n %% 7],
           'Okafor-' || to_hex(n), 'person-' || n || '@mail.example', array['Person-' || n || '@mail.example'],
           array['+3120' || (5550000 + n)], 'Engineer of product line ' || n %% 90, 'Company ' || n %% 5000,
           array['City ' || n %% 300], jsonb_build_array(jsonb_build_object('value',
           'https://people.example/' || n, 'url_type', 'PORTFOLIO')), false, true,
           %(now)s::timestamptz - n * interval '1 second', %(now)s::timestamptz - n * interval '1 second', %(now)s,
           %(now)s, %(now)s
    from bench_person order by n
    """,
    """
    insert into application (workspace_id, id, connector_id, remote_id, candidate_id, job_id, status, source,
                             applied_at, created_at, updated_at, modified_at)
    select %(workspace)s, p.application_id, %(connector)s, 'application-' || p.n, p.id, j.id, 'applied',
           (array['Referral', 'Job board', 'Career site'])[1 + p.n %% 3],
           %(now)s::timestamptz - p.n * interval '1 second', %(now)s, %(now)s, %(now)s
    from bench_person p join bench_job j on j.n = p.n %% (select count(*) from bench_job) order by p.n
    """,
    """
    insert into attachment (workspace_id, id, connector_id, remote_id, candidate_id, kind, name, url, created_at,
                            modified_at)
    select %(workspace)s, uuidv7(), %(connector)s, 'attachment-' || n, id, 'resume', 'resume.pdf',
           'https://files.example/' || n, %(now)s, %(now)s
    from bench_person where n %% 2 = 0 order by n
    """,
    """
    insert into candidate_term (workspace_id, candidate_id, term_id)
    select %(workspace)s, p.id, o.id from bench_person p join bench_option o on o.n = p.n %% 20 where p.n %% 3 = 0
    """,
)
