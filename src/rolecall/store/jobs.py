"""Jobs, with the ids of what they belong to. The unified body is written by every statement that writes a job."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.types.json import Jsonb

from rolecall.domain.jobs import Job
from rolecall.store.db import Connection, fetch_all, fetch_one, fetch_value, fetch_values

_SELECT = """
    select j.workspace_id, j.id, j.connector_id, j.remote_id, j.company_id, j.partner_id, j.external_id, j.title,
           j.description, j.code, j.status, j.remote_status, j.confidential, j.sector, j.job_function, j.contract_type,
           j.workplace, j.headcount, j.languages, j.salary_min, j.salary_max, j.salary_currency, j.salary_period,
           j.salary_hidden, j.career_level, j.slug, j.form_fields,
           j.remote_created_at, j.remote_updated_at, j.created_at, j.updated_at, j.modified_at, j.published_at,
           j.posting_urls,
           array(select department_id from job_department d
                 where d.workspace_id = j.workspace_id and d.job_id = j.id order by d.position) as department_ids,
           array(select location_id from job_location l
                 where l.workspace_id = j.workspace_id and l.job_id = j.id order by l.position) as location_ids,
           array(select member_id from job_member m
                 where m.workspace_id = j.workspace_id and m.job_id = j.id and m.role = 'hiring_manager'
                 order by m.position) as hiring_manager_ids,
           array(select member_id from job_member m
                 where m.workspace_id = j.workspace_id and m.job_id = j.id and m.role = 'recruiter'
                 order by m.position) as recruiter_ids,
           (select c.slug || '/' || p.slug from publication p
            join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
            where p.workspace_id = j.workspace_id and p.job_id = j.id and p.channel = 'website'
            order by p.number limit 1) as public_path
    from job j
"""

_COLUMNS = (
    "connector_id",
    "remote_id",
    "company_id",
    "partner_id",
    "external_id",
    "title",
    "description",
    "code",
    "status",
    "remote_status",
    "confidential",
    "sector",
    "job_function",
    "contract_type",
    "workplace",
    "headcount",
    "languages",
    "salary_min",
    "salary_max",
    "salary_currency",
    "salary_period",
    "salary_hidden",
    "career_level",
    "slug",
    "form_fields",
    "remote_created_at",
    "remote_updated_at",
    "created_at",
    "updated_at",
    "modified_at",
    "published_at",
    "posting_urls",
)
_INSERT = f"""
    insert into job (workspace_id, id, unified, {", ".join(_COLUMNS)})
    values (%s, %s, %s, {"%s, " * (len(_COLUMNS) - 1)}%s)
"""
_UPDATE = f"""
    update job set unified = %s, {" = %s, ".join(_COLUMNS)} = %s
    where workspace_id = %s and id = %s
"""


def _values(job: Job) -> list[object]:
    values = [(column, getattr(job, column)) for column in _COLUMNS]
    return [Jsonb(value) if column == "posting_urls" else value for column, value in values]


async def insert(conn: Connection, job: Job, *, body: bytes) -> None:
    """Store a new job, without its links. Raises UniqueViolation when its partner has one with its external_id."""
    await conn.execute(_INSERT, [job.workspace_id, job.id, body, *_values(job)])


async def update(conn: Connection, job: Job, *, body: bytes) -> None:
    """Store all facts of a job again, without its links."""
    await conn.execute(_UPDATE, [body, *_values(job), job.workspace_id, job.id])


async def set_raw(conn: Connection, workspace_id: UUID, job_id: UUID, *, raw: str) -> None:
    """Keep the payload, as JSON text, that a job came from."""
    await conn.execute("update job set raw = %s::json where workspace_id = %s and id = %s", (raw, workspace_id, job_id))


async def get(conn: Connection, workspace_id: UUID, job_id: UUID) -> Job | None:
    """A job by id."""
    return await fetch_one(conn, Job, _SELECT + "where j.workspace_id = %s and j.id = %s", (workspace_id, job_id))


async def lock(conn: Connection, workspace_id: UUID, job_id: UUID) -> Job | None:
    """A job by id, held against other writers until the transaction ends.

    Two statements: one that waits for a lock would see the job as it is then, but its links as they were before.
    """
    query = "select from job where workspace_id = %s and id = %s for no key update"
    await conn.execute(query, (workspace_id, job_id))
    return await get(conn, workspace_id, job_id)


async def by_external_id(conn: Connection, workspace_id: UUID, partner_id: UUID, external_id: str) -> Job | None:
    """A partner's job, not an archived one, by the partner's own id."""
    query = _SELECT + (
        "where j.workspace_id = %s and j.partner_id = %s and j.external_id = %s and j.status <> 'archived'"
    )
    return await fetch_one(conn, Job, query, (workspace_id, partner_id, external_id))


async def template(conn: Connection, workspace_id: UUID, connector_id: UUID, *, named: str) -> Job | None:
    """A connector's job whose payload says that it is a template, by its id or its remote id."""
    query = (
        _SELECT
        + """
        where j.workspace_id = %s and j.connector_id = %s and (j.id::text = lower(%s) or j.remote_id = %s)
          and j.raw ->> 'is_template' = 'true'
        order by j.id limit 1
    """
    )
    return await fetch_one(conn, Job, query, (workspace_id, connector_id, named, named))


async def newest(conn: Connection, workspace_id: UUID, *, status: str | None = None, limit: int = 50) -> list[Job]:
    """The newest jobs of a workspace, in one status when asked."""
    query = _SELECT + "where j.workspace_id = %s and (%s::text is null or j.status = %s) order by j.id desc limit %s"
    return await fetch_all(conn, Job, query, (workspace_id, status, status, limit))


async def country(conn: Connection, workspace_id: UUID, job_id: UUID) -> str | None:
    """The country of the first of a job's locations that has one."""
    query = """
        select l.country_code from job_location jl
        join location l on l.workspace_id = jl.workspace_id and l.id = jl.location_id
        where jl.workspace_id = %s and jl.job_id = %s and l.country_code is not null
        order by jl.position limit 1
    """
    return await fetch_value(conn, query, (workspace_id, job_id))


async def open_ids(conn: Connection, workspace_id: UUID, company_id: UUID) -> list[UUID]:
    """The ids of a company's open jobs."""
    query = "select id from job where workspace_id = %s and company_id = %s and status = 'open'"
    return await fetch_values(conn, query, (workspace_id, company_id))


async def set_locations(conn: Connection, workspace_id: UUID, job_id: UUID, location_ids: Sequence[UUID]) -> None:
    """Make these the job's locations, in this order."""
    await conn.execute(
        """
        with gone as (
            delete from job_location
            where workspace_id = %(workspace)s and job_id = %(job)s and not location_id = any(%(ids)s::uuid[])
        )
        insert into job_location (workspace_id, job_id, location_id, position)
        select %(workspace)s, %(job)s, id, place from unnest(%(ids)s::uuid[]) with ordinality as wanted (id, place)
        on conflict (workspace_id, job_id, location_id) do update set position = excluded.position
        """,
        {"workspace": workspace_id, "job": job_id, "ids": list(location_ids)},
    )


async def lock_all(conn: Connection, workspace_id: UUID, job_ids: Sequence[UUID]) -> list[Job]:
    """The jobs with these ids, in the order of the ids, held against other writers until the transaction ends."""
    params = (workspace_id, list(job_ids))
    held = "select from job where workspace_id = %s and id = any(%s) order by id for no key update"
    await conn.execute(held, params)
    return await fetch_all(conn, Job, _SELECT + "where j.workspace_id = %s and j.id = any(%s) order by j.id", params)


async def set_departments(conn: Connection, workspace_id: UUID, job_id: UUID, department_ids: Sequence[UUID]) -> None:
    """Make these the job's departments, in this order."""
    await conn.execute(
        """
        with gone as (
            delete from job_department
            where workspace_id = %(workspace)s and job_id = %(job)s and not department_id = any(%(ids)s::uuid[])
        )
        insert into job_department (workspace_id, job_id, department_id, position)
        select %(workspace)s, %(job)s, id, place from unnest(%(ids)s::uuid[]) with ordinality as wanted (id, place)
        on conflict (workspace_id, job_id, department_id) do update set position = excluded.position
        """,
        {"workspace": workspace_id, "job": job_id, "ids": list(department_ids)},
    )


async def set_members(
    conn: Connection, workspace_id: UUID, job_id: UUID, *, role: str, member_ids: Sequence[UUID]
) -> None:
    """Make these the job's members in a role (hiring_manager or recruiter), in this order."""
    await conn.execute(
        """
        with gone as (
            delete from job_member
            where workspace_id = %(workspace)s and job_id = %(job)s and role = %(role)s
              and not member_id = any(%(ids)s::uuid[])
        )
        insert into job_member (workspace_id, job_id, role, member_id, position)
        select %(workspace)s, %(job)s, %(role)s, id, place
        from unnest(%(ids)s::uuid[]) with ordinality as wanted (id, place)
        on conflict (workspace_id, job_id, role, member_id) do update set position = excluded.position
        """,
        {"workspace": workspace_id, "job": job_id, "role": role, "ids": list(member_ids)},
    )


async def set_terms(conn: Connection, workspace_id: UUID, job_id: UUID, term_ids: Sequence[UUID]) -> None:
    """Make these the terms that the job is filed under."""
    await conn.execute(
        """
        with gone as (
            delete from job_term
            where workspace_id = %(workspace)s and job_id = %(job)s and not term_id = any(%(ids)s::uuid[])
        )
        insert into job_term (workspace_id, job_id, term_id)
        select %(workspace)s, %(job)s, id from unnest(%(ids)s::uuid[]) as wanted (id)
        on conflict (workspace_id, job_id, term_id) do nothing
        """,
        {"workspace": workspace_id, "job": job_id, "ids": list(term_ids)},
    )
