"""RecruitSome's reads of publications. Page and total come from one statement, so they always agree.

There are two shapes of it. The whole list, of one language if asked, walks an index in the order of the list and takes
its total from the kept counts: neither grows with the workspace, but for the entries that a deep page skips. Any other
filter finds its matches once, for the page and the total.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_row

# What a list may be sorted by; each column has a covering index. Titles sort without letter case, by code point.
SORTS = {"published_at": "published_at", "title": "sort_title", "created_at": "created_at"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyFilter:
    """Records match all of these, and any one value of each. `words` are folded; ids are numbers. Empty: no filter."""

    words: Sequence[str] = ()
    language: str | None = None
    locations: Sequence[int] = ()
    departments: Sequence[int] = ()
    company_locations: Sequence[int] = ()
    job_types: Sequence[int] = ()
    education_levels: Sequence[int] = ()
    tags: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyOrder:
    """`by` is a key of SORTS; ties go by id in the same direction."""

    by: str
    descending: bool


_ON_WEBSITE = "p.workspace_id = %(workspace)s and p.active and p.channel = 'website'"
_LISTED = f"{_ON_WEBSITE} and p.published_at <= %(now)s and (p.ends_at is null or p.ends_at > %(now)s)"
_OF_TERM = """
    p.job_id in (
        select jt.job_id from term t join job_term jt on jt.workspace_id = t.workspace_id and jt.term_id = t.id
        where t.workspace_id = %(workspace)s and t.kind = '{kind}' and t.number = any(%({name})s::bigint[]))
"""
_FILTERS = {
    "words": "p.search_text like all(%(words)s::text[])",
    "language": "p.language = %(language)s",
    "locations": """
        p.job_id in (
            select jl.job_id from location l
            join job_location jl on jl.workspace_id = l.workspace_id and jl.location_id = l.id
            where l.workspace_id = %(workspace)s and l.number = any(%(locations)s::bigint[]))
    """,
    "departments": """
        p.job_id in (
            select jd.job_id from department d
            join job_department jd on jd.workspace_id = d.workspace_id and jd.department_id = d.id
            where d.workspace_id = %(workspace)s and d.number = any(%(departments)s::bigint[]))
    """,
    "company_locations": """
        p.job_id in (
            select j.id from company c join job j on j.workspace_id = c.workspace_id and j.company_id = c.id
            where c.workspace_id = %(workspace)s and c.is_client and c.number = any(%(company_locations)s::bigint[]))
    """,
    "job_types": _OF_TERM.format(kind="job_type", name="job_types"),
    "education_levels": _OF_TERM.format(kind="education_level", name="education_levels"),
    # A main tag stands for its sub-tags too; there are two levels.
    "tags": """
        p.job_id in (
            select jt.job_id from term main
            join term t on t.workspace_id = main.workspace_id and (t.id = main.id or t.parent_id = main.id)
            join job_term jt on jt.workspace_id = t.workspace_id and jt.term_id = t.id
            where main.workspace_id = %(workspace)s and main.kind = 'tag' and main.number = any(%(tags)s::bigint[]))
    """,
}
_KEPT_TOTAL = f"""
    coalesce((select active from publication_count
              where workspace_id = %(workspace)s and language = coalesce(%(language)s::text, '')), 0)
    - (select count(*) from publication p
       where {_ON_WEBSITE} and p.published_at > %(now)s
         and (%(language)s::text is null or p.language = %(language)s))
    - (select count(*) from publication p
       where {_ON_WEBSITE} and p.ends_at <= %(now)s and p.published_at <= %(now)s
         and (%(language)s::text is null or p.language = %(language)s))
"""
_TIME = "to_char({0} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"')"
_TERMS = "coalesce(json_agg({shape} order by t.number) filter (where t.kind = '{kind}'), '[]')"
_NAMED = "json_build_object('id', t.number, 'name', t.name)"
# The rows of a page in the contract's shape; wire.py finishes them. `page` holds id, number and sort_key.
_ROWS = f"""
    select p.number as id, p.slug, p.title, p.summary, p.language,
           {_TIME.format("p.published_at")} as published_at,
           {_TIME.format("p.ends_at")} as ends_at,
           {_TIME.format("p.created_at")} as created_at,
           (select json_build_object('id', l.number, 'name', l.name, 'city', coalesce(l.city, ''),
                                     'country_code', coalesce(l.country_code, 'ZZ'))
            from job_location jl join location l on l.workspace_id = jl.workspace_id and l.id = jl.location_id
            where jl.workspace_id = j.workspace_id and jl.job_id = j.id order by jl.position limit 1) as location,
           (select json_build_object('id', d.number, 'name', d.name)
            from job_department jd
            join department d on d.workspace_id = jd.workspace_id and d.id = jd.department_id
            where jd.workspace_id = j.workspace_id and jd.job_id = j.id order by jd.position limit 1) as department,
           terms.job_types, terms.education_levels, terms.tags,
           case when c.is_client then
               json_build_object('id', c.number, 'company_name', c.name, 'city', c.city,
                                 'country_code', c.country_code)
           end as company_location,
           case when coalesce(j.salary_min, j.salary_max) is not null and not j.salary_hidden
                     and j.salary_currency is not null and j.salary_period is not null then
               json_build_object('min', trim_scale(j.salary_min / pay.parts),
                                 'max', trim_scale(j.salary_max / pay.parts),
                                 'currency', j.salary_currency, 'period', pay.period)
           end as compensation,
           page.sort_key
    from page
    join publication p on p.workspace_id = %(workspace)s and p.id = page.id
    join job j on j.workspace_id = p.workspace_id and j.id = p.job_id
    join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
    cross join lateral (
        select case when j.salary_period = 'biweek' then 2 else 1 end as parts,
               case when j.salary_period = 'biweek' then 'week' else j.salary_period end as period
    ) pay
    cross join lateral (
        select {_TERMS.format(shape=_NAMED, kind="job_type")} as job_types,
               {_TERMS.format(shape=_NAMED, kind="education_level")} as education_levels,
               {
    _TERMS.format(shape="json_build_object('id', t.number, 'name', t.name, 'parent_id', main.number)", kind="tag")
} as tags
        from job_term jt
        join term t on t.workspace_id = jt.workspace_id and t.id = jt.term_id
        left join term main on main.workspace_id = t.workspace_id and main.id = t.parent_id
        where jt.workspace_id = j.workspace_id and jt.job_id = j.id
    ) terms
"""


async def vacancies(
    conn: Connection,
    workspace_id: UUID,
    wanted: VacancyFilter,
    *,
    order: VacancyOrder,
    now: datetime,
    offset: int,
    limit: int,
) -> tuple[int, str]:
    """How many publications are listed at a moment, and one page of them as a JSON array for `wire.vacancies`."""
    patterns = [f"%{_literal(word)}%" for word in wanted.words]
    params = {"workspace": workspace_id, "now": now, "offset": offset, "limit": limit, **asdict(wanted)}
    row = await fetch_row(conn, _statement(wanted, order), {**params, "words": patterns})
    assert row is not None, "a select of two expressions has a row"
    return row[0], row[1]


def _statement(wanted: VacancyFilter, order: VacancyOrder) -> str:
    direction = "desc" if order.descending else "asc"
    used = [name for name in _FILTERS if getattr(wanted, name)]
    found = f"""
        select p.id, p.number, p.{SORTS[order.by]} as sort_key from publication p
        where {" and ".join([_LISTED, *(_FILTERS[name] for name in used)])}
    """
    cut = f"order by sort_key {direction}, number {direction} offset %(offset)s limit %(limit)s"
    if set(used) <= {"language"}:
        tables, total = f"page as materialized ({found} {cut})", _KEPT_TOTAL
    else:
        tables = f"found as materialized ({found}), page as materialized (select * from found {cut})"
        total = "(select count(*) from found)"
    rows = f"select json_agg(v order by v.sort_key {direction}, v.id {direction}) from ({_ROWS}) v"
    return f"with {tables} select ({total})::bigint, coalesce(({rows}), '[]')::text"


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
