"""HirEmpire's reads of jobs and of source links, each in one statement, however many there are."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from rolecall.domain.jobs import JobStatus
from rolecall.store.db import Connection, fetch_all, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    name: str
    city: str | None
    country_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job with what hangs on it. `place`, `city` and `country_code` are of its first location.

    `questions` are objects in order, `sources` the wire text of its links, oldest first, if it has any.
    """

    id: UUID
    created_at: datetime
    title: str
    slug: str | None
    company_name: str
    company_logo_url: str | None
    department: str | None
    sector: str | None
    career_level: str | None
    job_type: str | None
    workplace: str
    place: str | None
    city: str | None
    country_code: str | None
    salary_min: Decimal | None
    salary_max: Decimal | None
    salary_currency: str | None
    salary_period: str | None
    salary_hidden: bool
    description: str | None
    form_fields: list[str] | None
    questions: list[dict[str, Any]]
    sources: str | None
    status: str
    applicants: int


# The time as the contract writes it.
_TIME = """to_char({} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""
_JOBS = f"""
    select j.id, j.created_at, j.title, c.name as company_name, c.logo_url as company_logo_url, j.sector,
           j.career_level, j.workplace, o.name as place, o.city, o.country_code, j.salary_min, j.salary_max,
           j.salary_currency, j.salary_period, j.salary_hidden, j.description, j.form_fields, j.status,
           coalesce(j.slug, (select p.slug from publication p
                             where p.workspace_id = j.workspace_id and p.job_id = j.id order by p.number limit 1)
           ) as slug,
           (select d.name from job_department jd
            join department d on d.workspace_id = jd.workspace_id and d.id = jd.department_id
            where jd.workspace_id = j.workspace_id and jd.job_id = j.id order by jd.position limit 1) as department,
           coalesce(j.contract_type, (select t.name from job_term jt
                                      join term t on t.workspace_id = jt.workspace_id and t.id = jt.term_id
                                      where jt.workspace_id = j.workspace_id and jt.job_id = j.id
                                        and t.kind = 'job_type'
                                      order by t.number limit 1)) as job_type,
           coalesce(asked.questions, '[]') as questions,
           linked.sources, coalesce(applied.amount, 0) as applicants
    from job j
    join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
    left join lateral (
        select o.name, o.city, o.country_code from job_location jl
        join location o on o.workspace_id = jl.workspace_id and o.id = jl.location_id
        where jl.workspace_id = j.workspace_id and jl.job_id = j.id order by jl.position limit 1
    ) o on true
    left join (
        select q.job_id, json_agg(json_build_object('id', q.id, 'label', q.text, 'kind', q.kind, 'options', q.options,
                                                    'required', q.required) order by q.position, q.id) as questions
        from screening_question q where q.workspace_id = %(workspace)s {{questions}} group by q.job_id
    ) asked on asked.job_id = j.id
    left join (
        select l.job_id, json_build_object('count', count(*), 'items', json_agg(json_build_object(
                   'id', l.id, 'source_name', l.name,
                   'source_url', %(jobs_url)s::text || '/' || c.slug || '/' || l.id,
                   'visits', l.visits, 'created_at', {_TIME.format("l.created_at")})
                   order by l.created_at, l.id))::text as sources
        from source_link l
        join job j on j.workspace_id = l.workspace_id and j.id = l.job_id
        join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
        where l.workspace_id = %(workspace)s {{links}} group by l.job_id
    ) linked on linked.job_id = j.id
    left join (
        select a.job_id, count(*) as amount from application a
        where a.workspace_id = %(workspace)s {{applications}} group by a.job_id
    ) applied on applied.job_id = j.id
    where j.workspace_id = %(workspace)s and {{jobs}}
"""
# What hangs on jobs is gathered once, not for each: a planner that is wrong about one job would be wrong 10,000 times.
_ALL = _JOBS.format(questions="", links="", applications="", jobs="j.status <> 'archived' order by j.id desc")
_SOME = _JOBS.format(questions="", links="", applications="", jobs="j.status = %(status)s order by j.id desc")
_ONE = _JOBS.format(
    questions="and q.job_id = %(job)s",
    links="and l.job_id = %(job)s",
    applications="and a.job_id = %(job)s",
    jobs="j.status <> 'archived' and j.id = %(job)s",
)


async def jobs(conn: Connection, workspace_id: UUID, *, jobs_url: str) -> list[JobRow]:
    """Every job of a workspace that is not archived, newest first."""
    params = {"workspace": workspace_id, "jobs_url": jobs_url}
    return await fetch_all(conn, JobRow, _ALL, params)


async def jobs_in(conn: Connection, workspace_id: UUID, status: JobStatus, *, jobs_url: str) -> list[JobRow]:
    """Every job of a workspace in one status, newest first."""
    params = {"workspace": workspace_id, "status": status, "jobs_url": jobs_url}
    return await fetch_all(conn, JobRow, _SOME, params)


async def job(conn: Connection, workspace_id: UUID, job_id: UUID, *, jobs_url: str) -> JobRow | None:
    """One job that is not archived."""
    params = {"workspace": workspace_id, "jobs_url": jobs_url, "job": job_id}
    return await fetch_one(conn, JobRow, _ONE, params)


async def job_place(conn: Connection, workspace_id: UUID, job_id: UUID) -> PlaceRow | None:
    """A job's first location."""
    return await fetch_one(
        conn,
        PlaceRow,
        """
        select o.name, o.city, o.country_code from job_location jl
        join location o on o.workspace_id = jl.workspace_id and o.id = jl.location_id
        where jl.workspace_id = %s and jl.job_id = %s order by jl.position limit 1
        """,
        (workspace_id, job_id),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    id: UUID
    job_id: UUID
    name: str
    code: str
    visits: int
    created_at: datetime
    company_slug: str


_SELECT = """
    select l.id, l.job_id, l.name, l.code, l.visits, l.created_at, c.slug as company_slug
    from source_link l
    join job j on j.workspace_id = l.workspace_id and j.id = l.job_id
    join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
    where l.workspace_id = %s
"""


async def has_job(conn: Connection, workspace_id: UUID, job_id: UUID) -> bool:
    """Whether the workspace has this job and has not archived it."""
    query = "select exists (select from job where workspace_id = %s and id = %s and status <> 'archived')"
    return await fetch_value(conn, query, (workspace_id, job_id))


async def source(conn: Connection, workspace_id: UUID, link_id: UUID) -> SourceRow | None:
    """One link of a workspace."""
    return await fetch_one(conn, SourceRow, _SELECT + "and l.id = %s", (workspace_id, link_id))


async def sources(conn: Connection, workspace_id: UUID, job_id: UUID) -> list[SourceRow]:
    """All links of a job, oldest first."""
    query = _SELECT + "and l.job_id = %s order by l.created_at, l.id"
    return await fetch_all(conn, SourceRow, query, (workspace_id, job_id))
