"""Workload E: a company's board and its jobs' pages, as everybody and every crawler reads them."""

from collections.abc import Sequence

import httpx
import psycopg

from bench.client import Ask
from bench.dataset import Tenant
from bench.machine import postgres_of, serving
from bench.report import Promise, Section
from bench.rounds import HEADINGS, SERVE, Contestant, Pace, Place, Sample, play, ratios, row

BOARD, JOB = "Rolecall, a board", "Rolecall, a job's page"
STATIC_BOARD, STATIC_JOB = (
    "the same stack, a page as large as the board",
    "the same stack, a page as large as the job's",
)
BOARDS = 20
JOBS = 200  # on each board
_LEAST = 0.4


def measure(place: Place, pace: Pace) -> dict[str, list[Sample]]:
    """Samples of both pages and of the static pages beside them."""
    tenants = place.tenants[:BOARDS]
    publish(place.url, tenants)
    environment = {"DATABASE_URL": place.url, "ROLECALL_DATA_DIR": str(place.data)}
    companies = [tenant.link_path.split("/")[0] for tenant in tenants]
    boards = [Ask(path=f"/jobs/{company}") for company in companies]
    jobs = [Ask(path=f"/jobs/{company}/job-{number}") for number in range(1, 11) for company in companies]
    contestants: list[Contestant] = []
    for name, static, asks in ((BOARD, STATIC_BOARD, boards), (JOB, STATIC_JOB, jobs)):
        ours = Contestant(name=name, command=SERVE, environment=environment, asks=asks)
        contestants += [ours, _static(static, place.url, size=_page_size(ours))]
    return play(contestants, postgres=postgres_of(place.data), pace=pace, connections=32)


def section(samples: dict[str, list[Sample]]) -> Section:
    """Workload E in the report."""
    return Section(
        "E. A board and a job's page beside a static page",
        f"One web process, 32 connections, {BOARDS} boards of up to {JOBS} jobs each, and pages of their jobs. Before "
        "each answer the database is asked whether the page that is kept is still right.",
        HEADINGS,
        [row(name, found) for name, found in samples.items()],
        [
            Promise("board, of a static page", ratios(samples[BOARD], samples[STATIC_BOARD]), _LEAST),
            Promise("job's page, of a static page", ratios(samples[JOB], samples[STATIC_JOB]), _LEAST),
        ],
    )


def _static(name: str, url: str, *, size: int) -> Contestant:
    return Contestant(
        name=name,
        command=["-m", "bench.stacks.constant_page", "PORT", url],
        environment={"BENCH_PAGE_BYTES": str(size)},
        asks=[Ask(path="/jobs/company/page")],
    )


def _page_size(contestant: Contestant) -> int:
    """Bytes of a page, which has to be there."""
    with serving(contestant.command, environment=contestant.environment) as server, httpx.Client() as client:
        return len(client.get(server.url + contestant.asks[0].path).raise_for_status().content)


def publish(url: str, tenants: Sequence[Tenant], *, jobs: int = JOBS) -> None:
    """Publish the first jobs of workspaces, in eight departments and twelve places."""
    with psycopg.connect(url) as conn:
        params = {"workspaces": [tenant.workspace_id for tenant in tenants], "jobs": jobs}
        for statement in _PUBLISH:
            conn.execute(statement, params)
        conn.commit()
        conn.autocommit = True
        conn.execute(
            "vacuum (analyze) publication, job_department, job_location, department, location, publication_count"
        )


_CHOSEN = """
    chosen as (
        select j.*, row_number() over (partition by j.workspace_id order by j.id) as n from job j
        where j.workspace_id = any (%(workspaces)s)
    )
"""
_PUBLISH = (
    """
    insert into department (workspace_id, id, name, created_at, modified_at)
    select w, gen_random_uuid(), 'Department ' || n, now(), now()
    from unnest(%(workspaces)s::uuid[]) w, generate_series(1, 8) n
    """,
    """
    insert into location (workspace_id, id, code, name, city, country_code, created_at, modified_at)
    select w, gen_random_uuid(), 'SE-city-' || n, 'City ' || n, 'City ' || n, 'SE', now(), now()
    from unnest(%(workspaces)s::uuid[]) w, generate_series(1, 12) n
    """,
    f"""
    with {_CHOSEN}
    insert into publication (workspace_id, id, job_id, language, channel, slug, title, summary, search_text, active,
                             published_at, created_at, updated_at)
    select workspace_id, id, id, 'en', 'website', 'job-' || n, title, '<p>' || left(description, 200) || '</p>',
           lower(title) || E'\\n' || lower(left(description, 200)), true, now() - n * interval '1 hour', now(), now()
    from chosen where n <= %(jobs)s
    on conflict (workspace_id, job_id, language, channel) do update set slug = excluded.slug, summary = excluded.summary
    """,
    f"""
    with {_CHOSEN}
    insert into job_department (workspace_id, job_id, department_id)
    select c.workspace_id, c.id, d.id from chosen c
    join department d on d.workspace_id = c.workspace_id and d.name = 'Department ' || (1 + c.n %% 8)
    where n <= %(jobs)s
    """,
    f"""
    with {_CHOSEN}
    insert into job_location (workspace_id, job_id, location_id)
    select c.workspace_id, c.id, l.id from chosen c
    join location l on l.workspace_id = c.workspace_id and l.code = 'SE-city-' || (1 + c.n %% 12)
    where n <= %(jobs)s
    """,
    """
    insert into publication_count (workspace_id, language, active)
    select w, language, %(jobs)s from unnest(%(workspaces)s::uuid[]) w, unnest(array['', 'en']) language
    on conflict (workspace_id, language) do update set active = excluded.active
    """,
)
