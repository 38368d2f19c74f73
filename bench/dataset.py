"""What the benchmarks run on: many workspaces, their jobs with stored bodies, their credentials and source links.

The bodies are the product's own (`job_body`) over the texts of the packaged sample postings, 2.3 kB on average, so that
a page of 50 is about 117 kB. Rows are made inside PostgreSQL from a few hundred of them: each gets its own id.
"""

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg

from bench.sample import sample_postings
from rolecall.domain.jobs import Job, JobStatus
from rolecall.surfaces.bindbee.wire import job_body

Connection = psycopg.Connection[Any]

_NOW = datetime(2026, 3, 2, 9, 0, 0, tzinfo=UTC)
_TEMPLATES = 400
_STEP = 50  # workspaces filled by one statement
_ID_ENDS = len(b'{"id":"') + 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """One workspace with what calls it: both of its unified-API tokens and the public path of one source link."""

    workspace_id: UUID
    connector_id: UUID
    api_key: str
    connector_token: str
    link_id: UUID
    link_path: str


def fill(url: str, *, workspaces: int, jobs: int, raw: bool, say: Callable[[str], None]) -> list[Tenant]:
    """Fill a migrated database with `jobs` jobs over so many workspaces; `raw` keeps a raw payload with each."""
    with psycopg.connect(url, autocommit=True) as conn:
        tenants = [_tenant(number) for number in range(workspaces)]
        with conn.transaction():
            _write_tenants(conn, tenants)
        _fill_jobs(conn, tenants, jobs=jobs, raw=raw, say=say)
        with conn.transaction():
            _write_links(conn, tenants)
        say("analysing")
        conn.execute("vacuum (analyze) job, publication, source_link, credential, workspace, company, company_slug")
        conn.execute("checkpoint")
    return tenants


def _tenant(number: int) -> Tenant:
    key, token = f"bb_{random.randbytes(20).hex()}", random.randbytes(32).hex()
    return Tenant(
        workspace_id=uuid4(),
        connector_id=uuid4(),
        api_key=key,
        connector_token=token,
        link_id=uuid4(),
        link_path=f"company-{number}/0000",
    )


def _write_tenants(conn: Connection, tenants: list[Tenant]) -> None:
    """Workspace, native connector, company and the two credentials of each; the company has the connector's id."""
    _copy(
        conn,
        "workspace (id, slug, name, created_at)",
        ((one.workspace_id, f"bench-{_slug(one)}", f"Bench {place}", _NOW) for place, one in enumerate(tenants)),
    )
    _copy(
        conn,
        "connector (workspace_id, id, category, integration, name, created_at)",
        ((one.workspace_id, one.connector_id, "ATS", "native", "Rolecall", _NOW) for one in tenants),
    )
    _copy(
        conn,
        "company (workspace_id, id, name, slug, created_at, updated_at)",
        (
            (one.workspace_id, one.connector_id, f"Company {place}", _slug(one), _NOW, _NOW)
            for place, one in enumerate(tenants)
        ),
    )
    _copy(
        conn,
        "company_slug (slug, workspace_id, company_id)",
        ((_slug(one), one.workspace_id, one.connector_id) for one in tenants),
    )
    kinds = (("bindbee", "api_key", "production"), ("bindbee-connector", "connector_token", None))
    _copy(
        conn,
        "credential (id, kind, secret_hash, prefix, workspace_id, subject_id, name, environment, created_at)",
        (
            (uuid4(), kind, _hash(getattr(one, field)), "bench", one.workspace_id, one.connector_id, "bench", env, _NOW)
            for one in tenants
            for kind, field, env in kinds
        ),
    )


def _slug(tenant: Tenant) -> str:
    return tenant.link_path.split("/")[0]


def _copy(conn: Connection, target: LiteralString, rows: Iterator[tuple[object, ...]]) -> None:
    with conn.cursor().copy(f"copy {target} from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _fill_jobs(conn: Connection, tenants: list[Tenant], *, jobs: int, raw: bool, say: Callable[[str], None]) -> None:
    """Jobs workspace by workspace, as imports and synchronizations store them, in sets of some workspaces."""
    _write_templates(conn, raw=raw)
    conn.execute("set synchronous_commit = off")
    # The rows point at what stands beside them in this file; 4,000,000 look-ups would tell nobody anything.
    conn.execute("set session_replication_role = replica")
    each = jobs // len(tenants)
    for start in range(0, len(tenants), _STEP):
        chosen = tenants[start : start + _STEP]
        conn.execute(
            _JOBS.encode(), {"ids": [t.workspace_id for t in chosen], "each": each, "start": start, "now": _NOW}
        )
        say(f"{min(start + _STEP, len(tenants)) * each:,} of {each * len(tenants):,} jobs")
    conn.execute("set session_replication_role = origin")
    conn.execute("set synchronous_commit = on")


# A UUIDv7 by hand (PostgreSQL has its own from 18 on): 48 bits of time, one millisecond a job, then random ones.
_JOBS = f"""
    insert into job (workspace_id, id, connector_id, remote_id, company_id, title, description, code, status, languages,
                     remote_created_at, remote_updated_at, raw, created_at, updated_at, modified_at, published_at,
                     unified)
    select c.workspace_id, made.id, c.id, made.id::text, c.id, t.title, t.description, 'R-' || n, 'open', '{{en}}',
           %(now)s, %(now)s, t.raw, %(now)s, %(now)s, %(now)s, %(now)s,
           overlay(t.unified placing convert_to('{{"id":"' || made.id, 'UTF8') from 1 for {_ID_ENDS})
    from unnest(%(ids)s::uuid[]) with ordinality as chosen (workspace_id, place)
    join connector c on c.workspace_id = chosen.workspace_id
    cross join generate_series(1, %(each)s) n
    cross join lateral (
        select (lpad(to_hex(1770000000000 + (%(start)s + place) * %(each)s + n), 12, '0') || '7'
                || substr(md5(random()::text || n), 1, 3) || '8' || substr(md5(random()::text || n), 1, 15))::uuid as id
    ) made
    join bench_template t on t.number = (n * 7 + place) %% (select count(*) from bench_template)
    order by place, n
"""


def _write_templates(conn: Connection, *, raw: bool) -> None:
    conn.execute(
        "create temp table bench_template (number int primary key, title text, description text, raw json,"
        " unified bytea)"
    )
    with conn.cursor().copy("copy bench_template (number, title, description, raw, unified) from stdin") as copy:
        for number, (job, payload) in enumerate(_template_jobs()):
            copy.write_row((number, job.title, job.description, payload if raw else None, job_body(job)))


def _template_jobs() -> Iterator[tuple[Job, str]]:
    """Jobs with texts of 700 to 2,700 bytes, cut from the sample's own: the average page is then the one we quote."""
    rng = random.Random(117)
    postings = list(sample_postings())
    texts = [posting["description"] for posting in postings if len(posting.get("description", "")) > 200]
    for number in range(_TEMPLATES):
        posting = postings[number % len(postings)]
        text = "\n\n".join(rng.sample(texts, 14))[: rng.randint(700, 2700)]
        job = Job(
            workspace_id=uuid4(),
            id=uuid4(),
            connector_id=uuid4(),
            company_id=uuid4(),
            title=posting["title"],
            description=text,
            remote_id=str(uuid4()),
            code="R-1000",
            status=JobStatus.OPEN,
            created_at=_NOW,
            updated_at=_NOW,
            modified_at=_NOW,
            remote_created_at=_NOW,
            remote_updated_at=_NOW,
            languages=["en"],
            department_ids=[uuid4()],
            location_ids=[uuid4()],
            hiring_manager_ids=[],
            recruiter_ids=[],
            public_path="company/posting",
        )
        yield job, json.dumps(posting, ensure_ascii=False)


def _write_links(conn: Connection, tenants: list[Tenant]) -> None:
    """A website publication and one source link for the first job of each workspace."""
    conn.execute(
        """
        create temp table bench_link on commit drop as
        select distinct on (j.workspace_id) j.workspace_id, j.id as job_id, j.title
        from job j order by j.workspace_id, j.id
        """
    )
    conn.execute(
        """
        insert into publication (workspace_id, id, job_id, language, channel, slug, title, search_text, active,
                                 published_at, created_at, updated_at)
        select workspace_id, job_id, job_id, 'en', 'website', 'posting', title, title, true, %(now)s, %(now)s, %(now)s
        from bench_link
        """,
        {"now": _NOW},
    )
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            insert into source_link (workspace_id, id, job_id, name, code, created_at)
            select workspace_id, %s, job_id, 'bench', '0000', %s from bench_link where workspace_id = %s
            """,
            [(one.link_id, _NOW, one.workspace_id) for one in tenants],
        )
