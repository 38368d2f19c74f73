"""Missions as the operator reviews them: jobs that partner accounts pushed, and what each account owns."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.domain.missions import MissionDefaults
from rolecall.store.db import Connection, fetch_all, fetch_one, fetch_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """`partner` and `company` are names, `locations` codes. `refused_because` is the reason, until it moves again."""

    id: UUID
    partner: str
    external_id: str | None
    company: str
    title: str
    description: str | None
    status: str
    locations: list[str]
    headcount: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    refused_because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A partner account with how many companies it owns, and how many missions in each status."""

    id: UUID
    name: str
    publish_immediately: bool
    disabled_at: datetime | None
    companies: int
    draft: int
    open: int
    paused: int
    closed: int
    created_at: datetime


_SELECT = """
    select j.id, p.name as partner, j.external_id, c.name as company, j.title, j.description, j.status, j.headcount,
           j.created_at, j.updated_at, j.published_at,
           array(select l.code from job_location jl
                 join location l on l.workspace_id = jl.workspace_id and l.id = jl.location_id
                 where jl.workspace_id = j.workspace_id and jl.job_id = j.id
                 order by jl.position) as locations,
           (select e.payload ->> 'reason' from event e
            where e.workspace_id = j.workspace_id and e.record_id = j.id and e.type in ('job.moved', 'job.refused')
            order by e.id desc limit 1) as refused_because
    from job j
    join partner p on p.workspace_id = j.workspace_id and p.id = j.partner_id
    join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
    where j.workspace_id = %(workspace)s and j.status <> 'archived'
"""


async def get(conn: Connection, workspace_id: UUID, job_id: UUID) -> Mission | None:
    """A mission by its id, which is the job's."""
    params = {"workspace": workspace_id, "job": job_id}
    return await fetch_one(conn, Mission, _SELECT + "and j.id = %(job)s", params)


async def newest(
    conn: Connection, workspace_id: UUID, *, partner_id: UUID | None, status: str | None, limit: int
) -> list[Mission]:
    """The newest missions of a workspace, of one partner account or in one status when asked."""
    query = _SELECT + (
        "and (%(partner)s::uuid is null or j.partner_id = %(partner)s) "
        "and (%(status)s::text is null or j.status = %(status)s) order by j.id desc limit %(limit)s"
    )
    params = {"workspace": workspace_id, "partner": partner_id, "status": status, "limit": limit}
    return await fetch_all(conn, Mission, query, params)


async def owned(conn: Connection, workspace_id: UUID) -> list[Owned]:
    """What each partner account of a workspace owns, by name. What is archived is not counted."""
    query = """
        select p.id, p.name, p.publish_immediately, p.disabled_at, p.created_at, c.companies, j.draft, j.open, j.paused,
               j.closed
        from partner p
        cross join lateral (
            select count(*) as companies from company
            where workspace_id = p.workspace_id and partner_id = p.id and archived_at is null
        ) c
        cross join lateral (
            select count(*) filter (where status = 'draft') as draft, count(*) filter (where status = 'open') as open,
                   count(*) filter (where status = 'paused') as paused,
                   count(*) filter (where status = 'closed') as closed
            from job where workspace_id = p.workspace_id and partner_id = p.id
        ) j
        where p.workspace_id = %s
        order by lower(p.name), p.id
    """
    return await fetch_all(conn, Owned, query, (workspace_id,))


async def companies_of(conn: Connection, workspace_id: UUID, partner_id: UUID) -> list[str]:
    """The names of the companies that a partner account owns, by name."""
    query = """
        select name from company where workspace_id = %s and partner_id = %s and archived_at is null
        order by lower(name), id
    """
    return await fetch_values(conn, query, (workspace_id, partner_id))


async def defaults(conn: Connection, workspace_id: UUID) -> MissionDefaults:
    """How missions of a workspace are offered to agencies where nobody says otherwise."""
    query = "select mission_fee_percent as fee_percent, mission_agencies as agencies from workspace where id = %s"
    found = await fetch_one(conn, MissionDefaults, query, (workspace_id,))
    assert found is not None, "a workspace is never deleted"
    return found


async def set_defaults(conn: Connection, workspace_id: UUID, new: MissionDefaults) -> None:
    """Say how missions of a workspace are offered to agencies."""
    await conn.execute(
        "update workspace set mission_fee_percent = %s, mission_agencies = %s where id = %s",
        (new.fee_percent, new.agencies, workspace_id),
    )
