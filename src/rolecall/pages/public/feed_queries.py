"""Reads of the feeds: first which jobs stand in one, by id, then these a few at a time, so that none is long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from rolecall.pages.public.board_queries import LISTED, BoardVersion
from rolecall.store.db import Connection, fetch_all, fetch_rows, fetch_value, fetch_values

MOST_ADDRESSES = 50_000  # of one sitemap, as sitemaps.org has it


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedJob:
    """An open job in one of its publications, with all that feeds say of it.

    `places` are dicts with number, address, postal_code, city, region and country_code, None where it is not known.
    `link_id` is the job's source link for the channel of the feed, if it has one.
    """

    id: UUID
    code: str | None
    title: str
    slug: str
    language: str
    summary: str | None
    description: str | None
    contract_type: str | None
    workplace: str
    career_level: str | None
    sector: str | None
    salary_min: Decimal | None
    salary_max: Decimal | None
    salary_currency: str | None
    salary_period: str | None
    published_at: datetime
    ends_at: datetime | None
    departments: list[str]
    places: list[dict[str, Any]]
    link_id: UUID | None


async def newest(
    conn: Connection, version: BoardVersion, *, language: str, now: datetime, at_most: int | None = None
) -> list[UUID]:
    """A company's open jobs, newest first: each by the publication in `language`, or else its first one."""
    query = f"""
        select id from (
            select distinct on (j.id) p.id, p.published_at, p.number from job j, publication p where {LISTED}
            order by j.id, p.language = %(language)s desc, p.number
        ) shown
        order by published_at desc, number desc limit %(limit)s
    """
    return await fetch_values(conn, query, {**_of(version, now), "language": language, "limit": at_most})


async def feed_jobs(
    conn: Connection, workspace_id: UUID, publications: Sequence[UUID], *, channel: str = ""
) -> list[FeedJob]:
    """These publications with their jobs, in the order given, without those that are gone. `channel` is folded."""
    query = """
        select j.id, j.code, p.title, p.slug, p.language, p.summary,
               coalesce(p.description, j.description) as description,
               j.contract_type, j.workplace, j.career_level, j.sector,
               case when not j.salary_hidden then j.salary_min end as salary_min,
               case when not j.salary_hidden then j.salary_max end as salary_max,
               j.salary_currency, j.salary_period, p.published_at, p.ends_at,
               array(select d.name from job_department jd
                     join department d on d.workspace_id = jd.workspace_id and d.id = jd.department_id
                     where jd.workspace_id = j.workspace_id and jd.job_id = j.id order by jd.position) as departments,
               coalesce((select json_agg(json_build_object(
                             'number', o.number, 'address', o.address, 'postal_code', o.postal_code, 'city', o.city,
                             'region', o.region, 'country_code', o.country_code) order by jl.position)
                         from job_location jl
                         join location o on o.workspace_id = jl.workspace_id and o.id = jl.location_id
                         where jl.workspace_id = j.workspace_id and jl.job_id = j.id), '[]') as places,
               (select l.id from source_link l where l.workspace_id = j.workspace_id and l.job_id = j.id
                and lower(l.name) = %(channel)s order by l.created_at limit 1) as link_id
        from unnest(%(publications)s::uuid[]) with ordinality as w (id, place)
        join publication p on p.workspace_id = %(workspace)s and p.id = w.id and p.active
        join job j on j.workspace_id = p.workspace_id and j.id = p.job_id and j.status = 'open'
        order by w.place
    """
    params = {"workspace": workspace_id, "publications": list(publications), "channel": channel}
    return await fetch_all(conn, FeedJob, query, params)


async def links_of(conn: Connection, workspace_id: UUID, channel: str) -> int:
    """How many source links a workspace has for a channel, which is folded: a feed changes with a new one."""
    query = "select count(*) from source_link where workspace_id = %s and lower(name) = %s"
    return await fetch_value(conn, query, (workspace_id, channel))


async def addresses(conn: Connection, version: BoardVersion, *, part: int, now: datetime) -> list[UUID]:
    """The publications that stand in a part of a company's sitemap, counted from 1."""
    query = f"""
        select p.id from job j, publication p where {LISTED} order by p.number limit %(limit)s offset %(offset)s
    """
    params = {**_of(version, now), "limit": MOST_ADDRESSES, "offset": (part - 1) * MOST_ADDRESSES}
    return await fetch_values(conn, query, params)


async def count_addresses(conn: Connection, version: BoardVersion, *, now: datetime) -> int:
    """How many publications a company's sitemap has."""
    return await fetch_value(conn, f"select count(*) from job j, publication p where {LISTED}", _of(version, now))


async def changes(conn: Connection, workspace_id: UUID, publications: Sequence[UUID]) -> list[tuple[str, datetime]]:
    """The last word of each publication's address, and when it or its job changed last; without those that are gone."""
    query = """
        select p.slug, greatest(p.updated_at, j.modified_at) from unnest(%s::uuid[]) with ordinality as w (id, place)
        join publication p on p.workspace_id = %s and p.id = w.id and p.active
        join job j on j.workspace_id = p.workspace_id and j.id = p.job_id
        order by w.place
    """
    return [(slug, changed) for slug, changed in await fetch_rows(conn, query, (list(publications), workspace_id))]


async def boards_with_jobs(conn: Connection) -> list[tuple[str, int]]:
    """The slugs of all companies with open jobs, of every workspace, each with the number of its publications.

    The number is only as exact as sitemaps need it: it is the workspace's, while that fits into one.
    """
    query = f"""
        select c.slug, case when k.active <= {MOST_ADDRESSES} then k.active else (
                   select count(*) from job j
                   join publication p on p.workspace_id = j.workspace_id and p.job_id = j.id
                   where j.workspace_id = c.workspace_id and j.company_id = c.id and j.status = 'open'
                     and p.channel = 'website' and p.active
               ) end
        from publication_count k
        join company c on c.workspace_id = k.workspace_id and c.archived_at is null
        where k.language = '' and k.active > 0 and exists (
            select from job j join publication p on p.workspace_id = j.workspace_id and p.job_id = j.id
            where j.workspace_id = c.workspace_id and j.company_id = c.id and j.status = 'open'
              and p.channel = 'website' and p.active and p.published_at <= now()
              and (p.ends_at is null or p.ends_at > now())
        )
        order by c.slug limit {MOST_ADDRESSES}
    """
    return [(slug, number) for slug, number in await fetch_rows(conn, query)]


def _of(version: BoardVersion, now: datetime) -> dict[str, Any]:
    return {"workspace": version.workspace_id, "company": version.company_id, "now": now}
