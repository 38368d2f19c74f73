"""RecruitSome's reads of locations, which are the workspace's own offices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rolecall.store.db import Connection, fetch_row, fetch_value
from rolecall.surfaces.recruitsome.sql import page_of, patterns

# Names and cities sort without letter case, by code point: they are lines of search_text.
SORTS = {
    "name": "split_part(l.search_text, E'\\n', 1) collate \"C\"",
    "locality": "split_part(l.search_text, E'\\n', 2) collate \"C\"",
    "created_at": "l.created_at",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFilter:
    """Offices match all of these; empty ones do not filter. `words` are folded."""

    words: Sequence[str] = ()
    country_code: str | None = None


_IS_OFFICE = "l.workspace_id = %(workspace)s and l.is_office"
_FILTERS = {
    "words": "l.search_text like all(%(words)s::text[])",
    "country_code": "l.country_code = %(country_code)s",
}
_SHOWN = """
    l.number as id, l.slug, l.name,
    json_build_object(
        'address_line_1', l.address, 'address_line_2', l.address_line_2, 'address_line_3', l.address_line_3,
        'locality', l.city, 'administrative_area', l.region, 'postal_code', l.postal_code,
        'country_code', l.country_code) as address,
    case when l.latitude is not null and l.longitude is not null then
        json_build_object('latitude', l.latitude, 'longitude', l.longitude)
    end as coordinates
"""
# The vacancies of a page's offices, counted for all of them at once.
_COUNTS = """
    left join (
        select jl.location_id, count(*) as vacancies
        from job_location jl
        join publication p on p.workspace_id = jl.workspace_id and p.job_id = jl.job_id
        where jl.workspace_id = %(workspace)s and jl.location_id in (select id from page)
          and p.active and p.channel = 'website'
          and p.published_at <= %(now)s and (p.ends_at is null or p.ends_at > %(now)s)
        group by jl.location_id
    ) counted on counted.location_id = l.id
"""
_COUNT = ", coalesce(counted.vacancies, 0) as vacancy_count"


async def locations(
    conn: Connection,
    wanted: LocationFilter,
    *,
    workspace_id: UUID,
    counted: bool,
    now: datetime,
    sort: str,
    descending: bool,
    offset: int,
    limit: int,
) -> tuple[int, str]:
    """How many offices match, and one page of them as a JSON array for `location_wire`.

    `sort` is a key of SORTS; `counted` asks for the number of vacancies listed at a moment.
    """
    used = [name for name in _FILTERS if getattr(wanted, name)]
    found = f"""
        select l.id, l.number, {SORTS[sort]} as sort_key from location l
        where {" and ".join([_IS_OFFICE, *(_FILTERS[name] for name in used)])}
    """
    rows = f"""
        select {_SHOWN}{_COUNT if counted else ""}, page.sort_key
        from page join location l on l.workspace_id = %(workspace)s and l.id = page.id {_COUNTS if counted else ""}
    """
    params: dict[str, Any] = {
        "workspace": workspace_id,
        "words": patterns(wanted.words),
        "country_code": wanted.country_code,
        "now": now,
        "offset": offset,
        "limit": limit,
    }
    row = await fetch_row(conn, page_of(found, rows, descending=descending), params)
    assert row is not None, "a select of two expressions has a row"
    return row[0], row[1]


async def location(conn: Connection, slug: str, *, workspace_id: UUID, counted: bool, now: datetime) -> str | None:
    """One office by slug, as JSON for `location_wire`."""
    query = f"""
        with page as (select l.id from location l where {_IS_OFFICE} and l.slug = %(slug)s)
        select to_json(v)::text from (
            select {_SHOWN}{_COUNT if counted else ""}
            from page join location l on l.workspace_id = %(workspace)s and l.id = page.id {_COUNTS if counted else ""}
        ) v
    """
    return await fetch_value(conn, query, {"workspace": workspace_id, "slug": slug, "now": now})
