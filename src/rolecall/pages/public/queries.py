"""Reads of the public pages. A page is found by public address alone; all else is then read in that workspace.

Words must match `SLUG` or `LINK_ID` before they come here: what does not must not spoil a statement that others share.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from rolecall.store.db import Connection, Hot, fetch_all, fetch_hot, fetch_one

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LINK_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class LinkAddress(NamedTuple):
    """The two parts of a source link's address, as they are written."""

    company_slug: str
    link_id: str


class PageAddress(NamedTuple):
    """The two parts of a publication's own address."""

    company_slug: str
    slug: str


class PageVersion(NamedTuple):
    """A job page in the state of one moment: every write of a job, a company or a publication renews its time.

    `publication_id` is None for a job that was never published. `publications_changed_at` is of all publications of the
    job, since its pages name each other. `names` changes with the name of any department or location of the workspace.
    """

    workspace_id: UUID
    job_id: UUID
    publication_id: UUID | None
    job_changed_at: datetime
    company_changed_at: datetime
    publications_changed_at: datetime | None
    names: int


_VERSION = """
    j.workspace_id, j.id, p.id, j.modified_at, c.updated_at, p.changed_at,
    (select names_version from workspace where id = j.workspace_id)
"""

_BY_LINK = Hot(f"""
    select w.place, {_VERSION}
    from unnest($1::text[], $2::uuid[]) with ordinality as w (slug, link_id, place)
    join company_slug s on s.slug = w.slug
    join source_link l on l.workspace_id = s.workspace_id and l.id = w.link_id
    join job j on j.workspace_id = l.workspace_id and j.id = l.job_id and j.company_id = s.company_id
    join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
    left join lateral (
        select id, max(updated_at) over () as changed_at from publication
        where workspace_id = j.workspace_id and job_id = j.id and channel = 'website'
        order by published_at > now() or coalesce(ends_at <= now(), false), number limit 1
    ) p on true
    where j.status <> 'archived' and c.archived_at is null
""")
_BY_SLUG = Hot(f"""
    select w.place, {_VERSION}
    from unnest($1::text[], $2::text[]) with ordinality as w (company_slug, slug, place)
    join company_slug s on s.slug = w.company_slug
    cross join lateral (
        select f.id, f.job_id, (select max(a.updated_at) from publication a
                                where a.workspace_id = s.workspace_id and a.job_id = f.job_id) as changed_at
        from (
            select id, job_id, channel from publication where workspace_id = s.workspace_id and slug = w.slug
            union all
            select o.id, o.job_id, o.channel from publication_slug r
            join publication o on o.workspace_id = r.workspace_id and o.id = r.publication_id
            where r.workspace_id = s.workspace_id and r.slug = w.slug
            limit 1
        ) f
        where f.channel = 'website' offset 0
    ) p
    join job j on j.workspace_id = s.workspace_id and j.id = p.job_id and j.company_id = s.company_id
    join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
    where j.status <> 'archived' and c.archived_at is null
""")


async def versions_by_link(conn: Connection, addresses: Sequence[LinkAddress]) -> dict[LinkAddress, PageVersion]:
    """The job pages that source links open, in one statement; without the links that open none."""
    slugs = [address.company_slug for address in addresses]
    rows = await fetch_hot(conn, _BY_LINK, slugs, [UUID(address.link_id) for address in addresses])
    return {addresses[place - 1]: PageVersion(*version) for place, *version in rows}


async def versions_by_slug(conn: Connection, addresses: Sequence[PageAddress]) -> dict[PageAddress, PageVersion]:
    """The job pages at publications' own addresses, present ones or from before a title changed, in one statement."""
    rows = await fetch_hot(
        conn, _BY_SLUG, [address.company_slug for address in addresses], [address.slug for address in addresses]
    )
    return {addresses[place - 1]: PageVersion(*version) for place, *version in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A location as far as it is known."""

    name: str
    address: str | None
    postal_code: str | None
    city: str | None
    region: str | None
    country_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage:
    """Everything that a job's page shows. `title`, `language` and `slug` are the publication's where there is one.

    `form_fields` are the optional fields of its application form.
    """

    id: UUID
    title: str
    language: str | None
    slug: str | None
    status: str
    description: str | None
    contract_type: str | None
    workplace: str
    headcount: int
    sector: str | None
    salary_min: Decimal | None
    salary_max: Decimal | None
    salary_currency: str | None
    salary_period: str | None
    published_at: datetime | None
    ends_at: datetime | None
    company_name: str
    company_slug: str
    company_website: str | None
    company_logo_url: str | None
    company_city: str | None
    company_country_code: str | None
    departments: list[str]
    form_fields: list[str]
    places: tuple[Place, ...] = ()


async def job_page(
    conn: Connection, workspace_id: UUID, job_id: UUID, *, publication_id: UUID | None
) -> JobPage | None:
    """A job with its company and places, in the words of one of its publications; None for an archived one."""
    page = await _page(conn, workspace_id, job_id, publication_id=publication_id)
    return replace(page, places=tuple(await _places(conn, workspace_id, job_id))) if page is not None else None


async def _page(conn: Connection, workspace_id: UUID, job_id: UUID, *, publication_id: UUID | None) -> JobPage | None:
    return await fetch_one(
        conn,
        JobPage,
        """
        select j.id, coalesce(p.title, j.title) as title, coalesce(p.language, j.languages[1]) as language, p.slug,
               j.status, coalesce(p.description, j.description) as description, j.contract_type, j.workplace,
               j.headcount, j.sector,
               case when not j.salary_hidden then j.salary_min end as salary_min,
               case when not j.salary_hidden then j.salary_max end as salary_max,
               j.salary_currency, j.salary_period,
               coalesce(p.published_at, j.published_at) as published_at, p.ends_at,
               c.name as company_name, c.slug as company_slug, c.website as company_website,
               c.logo_url as company_logo_url, c.city as company_city, c.country_code as company_country_code,
               coalesce(j.form_fields, '{}') as form_fields,
               array(select d.name from job_department jd
                     join department d on d.workspace_id = jd.workspace_id and d.id = jd.department_id
                     where jd.workspace_id = j.workspace_id and jd.job_id = j.id order by jd.position) as departments
        from job j
        join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
        left join publication p on p.workspace_id = j.workspace_id and p.job_id = j.id and p.id = %(publication)s
        where j.workspace_id = %(workspace)s and j.id = %(job)s and j.status <> 'archived'
        """,
        {"workspace": workspace_id, "job": job_id, "publication": publication_id},
    )


async def _places(conn: Connection, workspace_id: UUID, job_id: UUID) -> list[Place]:
    query = """
        select o.name, o.address, o.postal_code, o.city, o.region, o.country_code
        from job_location jl
        join location o on o.workspace_id = jl.workspace_id and o.id = jl.location_id
        where jl.workspace_id = %s and jl.job_id = %s
        order by jl.position
    """
    return await fetch_all(conn, Place, query, (workspace_id, job_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A job's publication on the website: its language, the last word of its address, and when it is shown."""

    language: str
    slug: str
    published_at: datetime
    ends_at: datetime | None


async def translations(conn: Connection, workspace_id: UUID, job_id: UUID) -> list[Translation]:
    """The publications of an open job, oldest first."""
    query = """
        select language, slug, published_at, ends_at from publication
        where workspace_id = %s and job_id = %s and channel = 'website' and active order by number
    """
    return await fetch_all(conn, Translation, query, (workspace_id, job_id))
