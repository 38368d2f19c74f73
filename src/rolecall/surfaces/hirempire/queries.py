"""HirEmpire's reads of jobs and of source links, each in one statement, however many there are."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from rolecall.store.db import Connection, fetch_all, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    name: str
    city: str | None
    country_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job with what hangs on it. `place`, `city` and `country_code` are of its first location.

    `questions` are objects in order, `sources` the wire text of its links, oldest first.
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
    sources: str
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
           coalesce((select json_agg(json_build_object('id', q.id, 'label', q.text, 'kind', q.kind,
                                                       'options', q.options, 'required', q.required)
                                     order by q.position, q.id)
                     from screening_question q where q.workspace_id = j.workspace_id and q.job_id = j.id),
                    '[]') as questions,
           (select json_build_object('count', count(*), 'items', coalesce(json_agg(json_build_object(
                       'id', l.id, 'source_name', l.name,
                       'source_url', %(jobs_url)s::text || '/' || c.slug || '/' || l.id,
                       'visits', l.visits, 'created_at', {_TIME.format("l.created_at")})
                       order by l.created_at, l.id), '[]'))
            from source_link l where l.workspace_id = j.workspace_id and l.job_id = j.id)::text as sources,
           (select count(*) from application a
            where a.workspace_id = j.workspace_id and a.job_id = j.id) as applicants
    from job j
    join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
    left join lateral (
        select o.name, o.city, o.country_code from job_location jl
        join location o on o.workspace_id = jl.workspace_id and o.id = jl.location_id
        where jl.workspace_id = j.workspace_id and jl.job_id = j.id order by jl.position limit 1
    ) o on true
    where j.workspace_id = %(workspace)s and j.status <> 'archived'
"""


async def jobs(conn: Connection, workspace_id: UUID, *, jobs_url: str) -> list[JobRow]:
    """Every job of a workspace that is not archived, newest first."""
    params = {"workspace": workspace_id, "jobs_url": jobs_url}
    return await fetch_all(conn, JobRow, _JOBS + "order by j.id desc", params)


async def job(conn: Connection, workspace_id: UUID, job_id: UUID, *, jobs_url: str) -> JobRow | None:
    """One job that is not archived."""
    params = {"workspace": workspace_id, "jobs_url": jobs_url, "job": job_id}
    return await fetch_one(conn, JobRow, _JOBS + "and j.id = %(job)s", params)


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
