"""RecruitSome's reads of publications. Page and total come from one statement, so they always agree.

There are three shapes of it. The whole list, of one language if asked, walks an index in the order of the list, and
takes its total from the kept counts. A list with other filters takes its total from the kept groups; where many match
it walks the same index, where few do it fetches them by their groups. A page far down either is walked to from a place
near it (deep.py). A search finds its matches once, for the page and the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from rolecall.store.bitmaps import BLOCK
from rolecall.store.db import Connection, fetch_row
from rolecall.store.facets import Facet
from rolecall.surfaces.recruitsome import deep
from rolecall.surfaces.recruitsome.counting import joined_blocks, total_tables
from rolecall.surfaces.recruitsome.detail import rows_of
from rolecall.surfaces.recruitsome.filters import (
    LISTED,
    ON_WEBSITE,
    OVER,
    TYPES,
    Search,
    VacancyFilter,
    has,
    name,
)
from rolecall.surfaces.recruitsome.sql import PlannedOnce, planned_once

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
       where {OVER} and (%(language_code)s::text is null or p.language = %(language_code)s))
"""
# How much more it costs to fetch a match than to walk over an entry.
_FETCH_COST = 3
_FETCH_COST_DEEP = 25  # by then the matches are in one bitmap
_DEEP, _DEEP_FILTERED = 1_000, 200  # records before a page from which on it is walked to from a place near it


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
        "language_code": wanted.language,
        "media": media,
    }
    deep_from = _DEEP if set(chosen) <= {Facet.LANGUAGE} else _DEEP_FILTERED
    shape = _Shape(tuple(chosen), order, media=media is not None, limit=limit, deep=offset >= deep_from)
    if search:
        row = await fetch_row(conn, _searched(shape, search), params)
        assert row is not None, "a select of two expressions has a row"
    else:
        row = await _statement(shape).row(conn, params)
    return row[0], row[1]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a list's statement depends on; the `limit` too, as a planner that sees none expects a tenth of all."""

    chosen: tuple[Facet, ...]
    order: VacancyOrder
    media: bool = field(kw_only=True)
    limit: int = field(kw_only=True)
    deep: bool = field(kw_only=True)

    @property
    def direction(self) -> str:
        return "desc" if self.order.descending else "asc"

    @property
    def column(self) -> str:
        return SORTS[self.order.by]

    @property
    def columns(self) -> str:
        return f"select p.id, p.number, p.{self.column} as sort_key from publication p"

    @property
    def cut(self) -> str:
        sort = f"order by sort_key {self.direction}, number {self.direction}"
        return f"{sort} offset %(offset)s limit {self.limit}"


def total_of(chosen: Sequence[Facet]) -> str:
    """Statements that end in `total (n)`: how many listed vacancies have the chosen options."""
    if set(chosen) <= {Facet.LANGUAGE}:
        return f"total as materialized (select ({_KEPT_TOTAL})::bigint as n)"
    return total_tables(chosen)


@lru_cache(maxsize=1_000)
def _statement(shape: _Shape) -> PlannedOnce:
    tables = _whole(shape) if set(shape.chosen) <= {Facet.LANGUAGE} else _filtered(shape)
    return planned_once(_answer(shape, tables, total="select n from total"), TYPES)


def _searched(shape: _Shape, search: Search) -> str:
    conditions = " and ".join([LISTED, *search.conditions, *([_IN_GROUP] if shape.chosen else [])])
    groups = f"{joined_blocks(shape.chosen)} {_MATCHING}" if shape.chosen else ""
    tables = f"""
        {groups}
        found as materialized ({shape.columns} where {conditions}),
        page as materialized (select * from found {shape.cut})
    """
    return _answer(shape, tables, total="select count(*) from found")


def _answer(shape: _Shape, tables: str, *, total: str) -> str:
    shapes = rows_of(language=False, media=shape.media)
    direction = shape.direction
    rows = f"select json_agg(v order by v.sort_key {direction}, v.id {direction}) from ({shapes}) v"
    return f"with {tables} select ({total})::bigint, coalesce(({rows}), '[]')::text"


def _whole(shape: _Shape) -> str:
    """The page of a list that is filtered by nothing but its language."""
    total = total_of(shape.chosen)
    if shape.deep:
        entry = _entered(shape, deep.runs(shape.column), deep.OF_LANGUAGE)
        page = deep.walk(shape.columns, shape.column, matches=deep.OF_LANGUAGE, limit=shape.limit)
        return f"{total}, {entry} page as materialized ({page})"
    language = "p.language = %(language_code)s" if shape.chosen else "true"
    return f"{total}, page as materialized ({_walk(shape, language)})"


def _entered(shape: _Shape, counted: str, matches: str) -> str:
    return deep.entered(counted, matches, shape.column, descending=shape.order.descending, limit=shape.limit)


def _walk(shape: _Shape, condition: str) -> str:
    """The page by walking an index in the order of the list."""
    return f"{shape.columns} where {LISTED} and {condition} {shape.cut}"


def _filtered(shape: _Shape) -> str:
    """The page by the cheaper of two ways, of which the other is not even begun.

    Walking reads as many entries as the page is far from where it begins to walk, times how rare matches are; fetching
    reads, and sorts, all matches, each at several times the cost of an entry.
    """
    groups = " and ".join(has(facet) for facet in shape.chosen)
    where, far, cost, walk = _walk_of_filtered(shape, when="(select walks from plan)")
    return f"""
        {total_of(shape.chosen)},
        {where}
        plan as materialized (
            select t.n::float8 * t.n * {cost} > ({far}::float8 + {shape.limit}) * c.active as walks
            from total t, publication_count c where c.workspace_id = %(workspace)s and c.language = ''
        ),
        page as materialized (
            {walk}
            union all
            select * from (
                {shape.columns}
                join facet_group g on g.workspace_id = p.workspace_id and g.position = p.facet_group
                where {LISTED} and g.workspace_id = %(workspace)s and {groups} {shape.cut}
            ) fetched
            where not (select walks from plan)
        )
    """


def _walk_of_filtered(shape: _Shape, *, when: str) -> tuple[str, str, int, str]:
    """What a walk needs to know, how many matches it skips, what fetching one costs beside it, and the walk."""
    if not shape.deep:
        return _MATCHING, "%(offset)s", _FETCH_COST, f"select * from ({_walk(shape, _IN_GROUP)}) w where {when}"
    entry = _entered(shape, deep.spans(shape.column), _IN_BITS)
    walk = deep.walk(shape.columns, shape.column, matches=_IN_BITS, limit=shape.limit, when=when)
    return f"{_MATCHING_BITS} {entry}", "(select skipped from entry)", _FETCH_COST_DEEP, walk


# The groups that have the chosen options, as one array of bitmaps.
_MATCHING = f"""
    matching as materialized (
        select array_agg(coalesce(b.bits, 0::bit({BLOCK})) order by n) as groups
        from generate_series(
            0, (select coalesce(max(position), 0) / {BLOCK} from facet_group where workspace_id = %(workspace)s)
        ) n left join joined b on b.block = n
    ),
"""
_IN_GROUP = f"get_bit((select groups from matching)[p.facet_group / {BLOCK} + 1], p.facet_group %% {BLOCK}) = 1"


# The same as one bitmap, for walks over many entries: making it takes longer, a look into it is several times as quick.
_MATCHING_BITS = f"""
    matching as materialized (
        with recursive bitmap as (
            select 0 as n, ''::bit varying as bits
            union all
            select n + 1, bitmap.bits || coalesce((select j.bits from joined j where j.block = n), 0::bit({BLOCK}))
            from bitmap
            where n <= (select coalesce(max(position), 0) / {BLOCK} from facet_group where workspace_id = %(workspace)s)
        )
        select bits as groups from bitmap order by n desc limit 1
    ),
"""
_IN_BITS = "get_bit((select groups from matching), p.facet_group) = 1"
