"""Reads of the boards: which state a board is in, and what it shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from rolecall.pages.public.board_query import BoardQuery
from rolecall.store.db import Connection, Hot, fetch_hot, fetch_rows, fetch_value

MOST_OPTIONS = 100  # of a filter


class BoardVersion(NamedTuple):
    """A company's board and feeds in the state of one moment.

    `version` is renewed by every write that changes what is published (store/facets.py). `started_at` and `ended_at`
    are the last times at which publications of the workspace began and ended by themselves, `names` changes with the
    name of any of its departments and locations.
    """

    workspace_id: UUID
    company_id: UUID
    company_changed_at: datetime
    version: int
    changed_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    names: int


_VERSIONS = Hot("""
    select w.place, c.workspace_id, c.id, c.updated_at, coalesce(k.version, 0), k.changed_at,
           (select max(p.published_at) from publication p
            where p.workspace_id = c.workspace_id and p.active and p.channel = 'website' and p.published_at <= $2),
           (select max(p.ends_at) from publication p
            where p.workspace_id = c.workspace_id and p.active and p.channel = 'website' and p.ends_at is not null
              and p.ends_at <= $2),
           (select names_version from workspace where id = c.workspace_id)
    from unnest($1::text[]) with ordinality as w (slug, place)
    join company_slug s on s.slug = w.slug
    join company c on c.workspace_id = s.workspace_id and c.id = s.company_id
    left join publication_count k on k.workspace_id = c.workspace_id and k.language = ''
    where c.archived_at is null
""")


async def board_versions(conn: Connection, slugs: list[str], *, now: datetime) -> dict[str, BoardVersion]:
    """The boards of companies by their slugs, in one statement; without the companies that have none."""
    rows = await fetch_hot(conn, _VERSIONS, slugs, now)
    return {slugs[place - 1]: BoardVersion(*version) for place, *version in rows}


# A job of the company `j` with one of its publications `p` that the website shows.
LISTED = """
    j.workspace_id = %(workspace)s and j.company_id = %(company)s and j.status = 'open'
    and p.workspace_id = j.workspace_id and p.job_id = j.id and p.channel = 'website' and p.active
    and p.published_at <= %(now)s and (p.ends_at is null or p.ends_at > %(now)s)
"""


class Published(NamedTuple):
    """How many jobs a company has on its website in one language."""

    language: str
    jobs: int


async def published(conn: Connection, version: BoardVersion, *, now: datetime) -> list[Published]:
    """The languages of a company's publications, the most used first."""
    query = f"""
        select p.language, count(*) from job j, publication p where {LISTED} group by p.language order by 2 desc, 1
    """
    params = {"workspace": version.workspace_id, "company": version.company_id, "now": now}
    return [Published(*row) for row in await fetch_rows(conn, query, params)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPlace:
    """A location as a board names it."""

    name: str
    city: str | None
    country_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardJob:
    """An open job on its company's board, in one of its publications."""

    title: str
    slug: str
    language: str
    summary: str | None
    published_at: datetime
    contract_type: str | None
    workplace: str
    departments: list[str]
    places: list[BoardPlace]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardOption:
    """What a filter may choose, and how many jobs that would leave with all other filters as they are."""

    value: str
    jobs: int
    place: BoardPlace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardContent:
    """One page of a board. `total` counts its jobs on all pages, `everything` those without any filter or search."""

    total: int
    everything: int
    jobs: list[BoardJob]
    department: list[BoardOption]
    location: list[BoardOption]
    type: list[BoardOption]
    workplace: list[BoardOption]
    language: list[BoardOption]


_decode = msgspec.json.Decoder(BoardContent).decode

# The word of a kind of contract, however it was written: full-time.
_TYPE = "nullif(lower(translate(btrim(j.contract_type), ' _', '--')), '')"
_SHOWN = "id, type, contract_type, workplace, number, slug, title, summary, language, published_at"
_OF_ONE = ", ".join(f"o.{column}" for column in _SHOWN.split(", "))
# Of every job, what it can be filtered by. Jobs are few enough to look at all of one company's: a page is made once for
# each state of the board, and then kept.
_JOBS = f"""
    shown as materialized (
        select j.id, {_TYPE} as type, j.contract_type, j.workplace, p.number, p.slug, p.title, p.summary, p.language,
               p.published_at,
               not exists (select from unnest(%(words)s::text[]) as part (word)
                           where strpos(p.search_text, part.word) = 0) as found
        from job j, publication p where {LISTED}
    ),
    one as materialized (
        select distinct on (id) {_SHOWN} from shown where found
        order by id, language = %(language)s desc, language = %(board)s desc, number
    ),
    spoken as materialized (
        select id, array_agg(language) as languages from shown where found group by id
    ),
    tagged as materialized (
        select {_OF_ONE}, s.languages,
               array(select d.name from job_department jd
                     join department d on d.workspace_id = jd.workspace_id and d.id = jd.department_id
                     where jd.workspace_id = %(workspace)s and jd.job_id = o.id order by jd.position) as departments,
               array(select l.code from job_location jl
                     join location l on l.workspace_id = jl.workspace_id and l.id = jl.location_id
                     where jl.workspace_id = %(workspace)s and jl.job_id = o.id and l.code is not null
                     order by jl.position) as locations
        from one o join spoken s on s.id = o.id
    ),
    fit as materialized (
        select {_SHOWN}, languages, departments, locations,
               %(department)s::text = '' or %(department)s = any (departments) as fits_department,
               %(location)s::text = '' or %(location)s = any (locations) as fits_location,
               %(type)s::text = '' or coalesce(type = %(type)s, false) as fits_type,
               %(workplace)s::text = '' or workplace = %(workplace)s as fits_workplace,
               %(language)s::text = '' or %(language)s = any (languages) as fits_language
        from tagged
    ),
    page as materialized (
        select {_SHOWN}, departments from fit
        where fits_department and fits_location and fits_type and fits_workplace and fits_language
        order by published_at desc, number desc limit %(size)s offset %(skipped)s
    )
"""
_PLACE = "json_build_object('name', l.name, 'city', l.city, 'country_code', l.country_code)"
_ROWS = f"""
    select title, slug, language, summary, published_at, contract_type, workplace, departments,
           coalesce((select json_agg({_PLACE} order by jl.position) from job_location jl
                     join location l on l.workspace_id = jl.workspace_id and l.id = jl.location_id
                     where jl.workspace_id = %(workspace)s and jl.job_id = page.id), '[]') as places
    from page order by published_at desc, number desc
"""


def _options(filter_name: str, values: str, *, place: str = "null::json") -> str:
    """The options of a filter: what all other filters leave, counted by `values`."""
    others = " and ".join(f"fits_{name}" for name in _VALUES if name != filter_name)
    return f"""
        (select coalesce(json_agg(o), '[]') from (
            select value, jobs, {place} as place from (
                select value, count(distinct id) as jobs from fit, {values} where {others} and value is not null
                group by value order by value = %({filter_name})s desc, jobs desc, value limit {MOST_OPTIONS}
            ) counted order by value
        ) o)
    """


_VALUES = {
    "department": "unnest(departments) as v (value)",
    "location": "unnest(locations) as v (value)",
    "type": "lateral (select type) as v (value)",
    "workplace": "lateral (select workplace) as v (value)",
    "language": "unnest(languages) as v (value)",
}
_PLACE_OF_CODE = f"""
    (select {_PLACE} from location l where l.workspace_id = %(workspace)s and l.code = counted.value
     order by l.number limit 1)
"""
_FILTERS = ", ".join(
    f"'{name}', {_options(name, values, place=_PLACE_OF_CODE if name == 'location' else 'null::json')}"
    for name, values in _VALUES.items()
)
_CONTENT = f"""
    with {_JOBS}
    select json_build_object(
        'total', (select count(*) from fit
                  where fits_department and fits_location and fits_type and fits_workplace and fits_language),
        'everything', (select count(distinct id) from shown),
        'jobs', (select coalesce(json_agg(r), '[]') from ({_ROWS}) r),
        {_FILTERS}
    )::text
"""


async def board_content(
    conn: Connection, version: BoardVersion, query: BoardQuery, *, language: str, page_size: int, now: datetime
) -> BoardContent:
    """A page of a board, newest jobs first. A job that is published in `language` is shown in it."""
    params = {
        "workspace": version.workspace_id,
        "company": version.company_id,
        "now": now,
        "words": query.words,
        "board": language,
        "size": page_size,
        "skipped": (query.page - 1) * page_size,
        **{name: getattr(query, name) for name in _VALUES},
    }
    return _decode(await fetch_value(conn, _CONTENT, params))
