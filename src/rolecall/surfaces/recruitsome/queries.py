"""RecruitSome's reads of publications. Page and total come from one statement, so they always agree.

There are three shapes of it. The whole list, of one language if asked, walks an index in the order of the list and
takes its total from the kept counts. A list with other filters takes its total from the kept groups; where many match
it walks the same index, where few do it fetches them by their groups. A search finds its matches once, for the page and
the total.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_row
from rolecall.store.facets import BLOCK, Facet
from rolecall.surfaces.recruitsome.counting import chosen_blocks, total_tables
from rolecall.surfaces.recruitsome.detail import rows_of
from rolecall.surfaces.recruitsome.filters import LISTED, ON_WEBSITE, Search, VacancyFilter, has, name

# What a list may be sorted by; each column has a covering index. Titles sort without letter case, by code point.
SORTS = {"published_at": "published_at", "title": "sort_title", "created_at": "created_at"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyOrder:
    """`by` is a key of SORTS; ties go by id in the same direction."""

    by: str
    descending: bool


_KEPT_TOTAL = f"""
    coalesce((select active from publication_count
              where workspace_id = %(workspace)s and language = coalesce(%(language_code)s::text, '')), 0)
    - (select count(*) from publication p
       where {ON_WEBSITE} and p.published_at > %(now)s
         and (%(language_code)s::text is null or p.language = %(language_code)s))
    - (select count(*) from publication p
       where {ON_WEBSITE} and p.ends_at <= %(now)s and p.published_at <= %(now)s
         and (%(language_code)s::text is null or p.language = %(language_code)s))
"""
# How much more it costs to fetch a match than to walk over an entry.
_FETCH_COST = 3


async def vacancies(
    conn: Connection,
    workspace_id: UUID,
    wanted: VacancyFilter,
    *,
    search: Search,
    order: VacancyOrder,
    media: str | None,
    now: datetime,
    offset: int,
    limit: int,
) -> tuple[int, str]:
    """How many publications are listed at a moment, and one page of them as a JSON array for `wire.vacancies`.

    `media` is what the addresses of pictures begin with, None for a list without them.
    """
    chosen = wanted.chosen()
    params = {
        **{name(facet): options for facet, options in chosen.items()},
        **search.params,
        "workspace": workspace_id,
        "now": now,
        "offset": offset,
        "limit": limit,
        "language_code": wanted.language,
        "media": media,
    }
    row = await fetch_row(conn, _statement(list(chosen), search, order, media=media is not None), params)
    assert row is not None, "a select of two expressions has a row"
    return row[0], row[1]


def _statement(chosen: list[Facet], search: Search, order: VacancyOrder, *, media: bool) -> str:
    direction = "desc" if order.descending else "asc"
    cut = f"order by sort_key {direction}, number {direction} offset %(offset)s limit %(limit)s"
    if search:
        tables, total = _found(chosen, search, order, cut), "select count(*) from found"
    elif set(chosen) <= {Facet.LANGUAGE}:
        language = "p.language = %(language_code)s" if chosen else "true"
        tables, total = f"page as materialized ({_columns(order)} where {LISTED} and {language} {cut})", _KEPT_TOTAL
    else:
        tables, total = _filtered(chosen, order, cut), "select n from total"
    shapes = rows_of(language=False, media=media)
    rows = f"select json_agg(v order by v.sort_key {direction}, v.id {direction}) from ({shapes}) v"
    return f"with {tables} select ({total})::bigint, coalesce(({rows}), '[]')::text"


def _columns(order: VacancyOrder) -> str:
    return f"select p.id, p.number, p.{SORTS[order.by]} as sort_key from publication p"


def _found(chosen: list[Facet], search: Search, order: VacancyOrder, cut: str) -> str:
    conditions = " and ".join([LISTED, *search.conditions, *([_IN_GROUP] if chosen else [])])
    return f"""
        {_matching_groups(chosen) if chosen else ""}
        found as materialized ({_columns(order)} where {conditions}),
        page as materialized (select * from found {cut})
    """


def _filtered(chosen: list[Facet], order: VacancyOrder, cut: str) -> str:
    """The page by the cheaper of two ways, of which the other is not even begun.

    Walking reads as many entries as the page is far from the beginning, times how rare matches are; fetching reads, and
    sorts, all matches, each at several times the cost of an entry.
    """
    groups = " and ".join(has(facet) for facet in chosen)
    return f"""
        {total_tables(chosen)},
        {_MATCHING.format(joined=_joined(chosen))}
        plan as materialized (
            select t.n::float8 * t.n * {_FETCH_COST} > (%(offset)s + %(limit)s)::float8 * c.active as walks
            from total t, publication_count c where c.workspace_id = %(workspace)s and c.language = ''
        ),
        page as materialized (
            select * from ({_columns(order)} where {LISTED} and {_IN_GROUP} {cut}) walked
            where (select walks from plan)
            union all
            select * from (
                {_columns(order)}
                join facet_group g on g.workspace_id = p.workspace_id and g.position = p.facet_group
                where {LISTED} and g.workspace_id = %(workspace)s and {groups} {cut}
            ) fetched
            where not (select walks from plan)
        )
    """


# The groups that have the chosen options, as one array of bitmaps.
_MATCHING = f"""
    matching as materialized (
        select array_agg(coalesce(b.bits, 0::bit({BLOCK})) order by n) as groups
        from generate_series(
            0, (select coalesce(max(position), 0) / {BLOCK} from facet_group where workspace_id = %(workspace)s)
        ) n left join ({{joined}}) b on b.block = n
    ),
"""
_IN_GROUP = f"get_bit((select groups from matching)[p.facet_group / {BLOCK} + 1], p.facet_group %% {BLOCK}) = 1"


def _matching_groups(chosen: list[Facet]) -> str:
    return chosen_blocks(chosen) + _MATCHING.format(joined=_joined(chosen))


def _joined(chosen: list[Facet]) -> str:
    first, *rest = (f"with_{name(facet)}" for facet in chosen)
    bits = " & ".join(f"{one}.bits" for one in (first, *rest))
    return f"select block, {bits} as bits from {first} " + " ".join(f"join {one} using (block)" for one in rest)
