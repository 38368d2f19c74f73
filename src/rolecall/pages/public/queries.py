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


class PageVersion(NamedTuple):
    """A job page in the state of one moment: every write of a job, a company or a publication renews its time.

    `publication_id` is None for a job that was never published. `names` changes with the name of any department or
    location of the workspace.
    """

    workspace_id: UUID
    job_id: UUID
    publication_id: UUID | None
    job_changed_at: datetime
    company_changed_at: datetime
    publication_changed_at: datetime | None
    names: int


_VERSION = """
    j.workspace_id, j.id, p.id, j.modified_at, c.updated_at, p.updated_at,
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
        select id, updated_at from publication
        where workspace_id = j.workspace_id and job_id = j.id and channel = 'website'
        order by published_at > now() or coalesce(ends_at <= now(), false), number limit 1
    ) p on true
    where j.status <> 'archived' and c.archived_at is null
""")
_BY_SLUG = Hot(f"""
    select {_VERSION}
    from company_slug s
    join publication p on p.workspace_id = s.workspace_id and p.channel = 'website' and p.id = coalesce(
        (select id from publication where workspace_id = s.workspace_id and slug = $1),
        (select publication_id from publication_slug where workspace_id = s.workspace_id and slug = $1))
    join job j on j.workspace_id = p.workspace_id and j.id = p.job_id and j.company_id = s.company_id
    join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
    where s.slug = $2 and j.status <> 'archived' and c.archived_at is null
""")


async def versions_by_link(conn: Connection, addresses: Sequence[LinkAddress]) -> dict[LinkAddress, PageVersion]:
    """The job pages that source links open, in one statement; without the links that open none."""
    slugs = [address.company_slug for address in addresses]
    rows = await fetch_hot(conn, _BY_LINK, slugs, [UUID(address.link_id) for address in addresses])
    return {addresses[place - 1]: PageVersion(*version) for place, *version in rows}


async def version_by_slug(conn: Connection, company_slug: str, slug: str) -> PageVersion | None:
    """The job page at a publication's own address, the present one or one from before its title changed."""
    rows = await fetch_hot(conn, _BY_SLUG, slug, company_slug)
    return PageVersion(*rows[0]) if rows else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A location as far as it is known."""

    name: str
    address: str | None
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
               c.logo_url as company_logo_url, coalesce(j.form_fields, '{}') as form_fields,
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
        select o.name, o.address, o.city, o.region, o.country_code
        from job_location jl
        join location o on o.workspace_id = jl.workspace_id and o.id = jl.location_id
        where jl.workspace_id = %s and jl.job_id = %s
        order by jl.position
    """
    return await fetch_all(conn, Place, query, (workspace_id, job_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """An open job on its company's board. `total` is how many there are on all pages."""

    title: str
    slug: str
    language: str
    published_at: datetime
    contract_type: str | None
    workplace: str
    place_names: list[str]
    total: int


async def board(conn: Connection, workspace_id: UUID, company_id: UUID, *, page: int, page_size: int) -> list[BoardRow]:
    """One page (from 1) of a company's open jobs, newest first, each in its first publication on the website."""
    return await fetch_all(
        conn,
        BoardRow,
        """
        with listed as (
            select distinct on (j.id) j.id, j.contract_type, j.workplace, p.title, p.slug, p.language, p.published_at,
                   p.number
            from job j
            join publication p on p.workspace_id = j.workspace_id and p.job_id = j.id
                              and p.channel = 'website' and p.active
            where j.workspace_id = %(workspace)s and j.company_id = %(company)s and j.status = 'open'
            order by j.id, p.number
        ), shown as (
            select *, count(*) over () as total from listed
            order by published_at desc, number desc limit %(size)s offset %(skipped)s
        )
        select s.title, s.slug, s.language, s.published_at, s.contract_type, s.workplace, s.total,
               array(select o.name from job_location jl
                     join location o on o.workspace_id = jl.workspace_id and o.id = jl.location_id
                     where jl.workspace_id = %(workspace)s and jl.job_id = s.id order by jl.position) as place_names
        from shown s
        order by s.published_at desc, s.number desc
        """,
        {"workspace": workspace_id, "company": company_id, "size": page_size, "skipped": (page - 1) * page_size},
    )
