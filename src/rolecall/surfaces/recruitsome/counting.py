"""How many vacancies match, in all and under each option of the seven lists; each list but for its own filter.

Both come from the kept groups (store/facets.py). The bitmaps of the chosen options are joined with those of the groups'
sizes, and every option is one AND and one count of bits a block. Bitmaps of sizes that have few bits are taken apart
instead, and their groups counted by their rows. What has not begun or has ended is then taken off, group by group. With
a search the sizes are those of what it finds, turned into bitmaps on the way.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from rolecall.store.bitmaps import BLOCK, packed
from rolecall.store.db import Connection, fetch_value
from rolecall.store.facets import Facet
from rolecall.surfaces.recruitsome.filters import LISTED, ON_WEBSITE, OVER, TYPES, Search, VacancyFilter, has, name
from rolecall.surfaces.recruitsome.sql import PlannedOnce, planned_once

_FIRST_OPTION = 1 << 56
_BLOCKS = "facet_block {0} where {0}.workspace_id = %(workspace)s and"
_WEIGHED = "sum(bit_count(w.bits & j.bits) << w.option::integer)::bigint"


def total_tables(chosen: Sequence[Facet]) -> str:
    """Statements that end in `total (n)`: how many listed vacancies match the chosen options."""
    return f"""
        {_KEPT_WEIGHT}, {joined_blocks(chosen)}
        {_off(chosen)},
        total as materialized (
            select coalesce((select {_WEIGHED} from weight w join joined j on j.block = w.block), 0)
                   + coalesce((select sum(n) from judged where misses = 0), 0) as n
        )
    """


async def facets(conn: Connection, workspace_id: UUID, wanted: VacancyFilter, *, search: Search, now: datetime) -> str:
    """The seven lists as a JSON object for `wire.facets`."""
    chosen = wanted.chosen()
    params = {name(facet): options for facet, options in chosen.items()}
    selected = [option for options in chosen.values() for option in options]
    params |= {**search.params, "workspace": workspace_id, "now": now, "selected": selected}
    if search:
        return await fetch_value(conn, _searched(tuple(chosen), search), params)
    (counted,) = await _kept(tuple(chosen)).row(conn, params)
    return counted


def _searched(chosen: Sequence[Facet], search: Search) -> str:
    tables = f"{_found_weight(search)}, {chosen_blocks(chosen)}"
    return f"with {tables} counted as ({_block_counts(chosen)}), {_NAMED} {_LISTS}"


@lru_cache(maxsize=1 << len(Facet))
def _kept(chosen: Sequence[Facet]) -> PlannedOnce:
    tables = f"{_KEPT_WEIGHT}, {chosen_blocks(chosen)} {_off(chosen)},"
    counted = f"{_block_counts(chosen)} union all {_ROW_COUNTS.format(of_list=_of_list(chosen))}"
    return planned_once(f"with {tables} counted as ({counted}), {_NAMED} {_LISTS}", TYPES)


_KEPT_WEIGHT = f"weight as materialized (select block, option, bits from {_BLOCKS.format('b')} option between 0 and 63)"


def _found_weight(search: Search) -> str:
    """The sizes of the groups of what a search finds."""
    return f"""
        found as materialized (
            select p.facet_group as position, count(*) as n from publication p
            where {" and ".join([LISTED, *search.conditions])} group by p.facet_group
        ),
        weight as materialized (select block, digit::bigint as option, bits from ({packed("found")}) f)
    """


def chosen_blocks(chosen: Sequence[Facet]) -> str:
    """Statements for each list that is filtered by, each with a comma behind it: the groups with a chosen option."""
    return "".join(
        f"""
        with_{name(facet)} as materialized (
            select block, bit_or(bits) as bits from {_BLOCKS.format("b")} option = any(%({name(facet)})s::bigint[])
            group by block
        ),
        """
        for facet in chosen
    )


def joined_blocks(chosen: Sequence[Facet]) -> str:
    """Statements that end in `joined (block, bits)`, with a comma behind it: the groups that match all chosen lists."""
    first, *rest = (f"with_{name(facet)}" for facet in chosen)
    bits = " & ".join(f"{one}.bits" for one in (first, *rest))
    joins = " ".join(f"join {one} using (block)" for one in rest)
    return f"{chosen_blocks(chosen)} joined as materialized (select block, {bits} as bits from {first} {joins}),"


def _sizes(chosen: Sequence[Facet]) -> str:
    """The sizes of the groups that match all the chosen lists: bitmaps of their binary digits."""
    joins = " ".join(f"join with_{name(facet)} using (block)" for facet in chosen)
    bits = " & ".join(["weight.bits", *(f"with_{name(facet)}.bits" for facet in chosen)])
    return f"select block, weight.option, {bits} as bits from weight {joins} offset 0"


def _block_counts(chosen: Sequence[Facet]) -> str:
    """Options with their counts: those of a list that is filtered by among what matches all the other lists."""
    others = " and ".join(
        ["true", *(f"b.option not between {facet << 56} and {(facet + 1 << 56) - 1}" for facet in chosen)]
    )
    parts = [_counts(f"b.option >= {_FIRST_OPTION} and {others}", chosen)]
    for facet in chosen:
        rest = [other for other in chosen if other != facet]
        parts.append(_counts(f"b.option between {facet << 56} and {(facet + 1 << 56) - 1}", rest))
    return " union all ".join(parts)


# Taking a bitmap apart costs as much as counting 20 options of a block by it, and each row as much as 1.5.
_FEW = "greatest((count(*) - 20) / 1.5, 0)"


def _counts(which: str, chosen: Sequence[Facet]) -> str:
    """Each block is read once and weighed by what is found for it in a hash table; what is then grouped is narrow.

    `+ 0` keeps the planner from looking for blocks in the index over and over, `offset 0` from sorting bitmaps and from
    reading all groups of a workspace.
    """
    return f"""
        (with sizes as materialized (
             select *, bit_count(bits) > (select {_FEW} from {_BLOCKS.format("b")} {which} and b.block = 0) as many
             from ({_sizes(chosen)}) s
         )
         select option, sum(n)::bigint as n
         from (
             (select b.option, bit_count(b.bits & s.bits) << s.digit as n
              from facet_block b
              join (select block, option::integer as digit, bits from sizes where many) s on s.block = b.block + 0
              where b.workspace_id = %(workspace)s and {which} offset 0)
             union all
             select b.option, f.n
             from ({_APART}) f cross join lateral (
                 select unnest(g.options) as option from facet_group g
                 where g.workspace_id = %(workspace)s and g.position = f.position offset 0
             ) b
             where {which}
         ) c
         group by option)
    """


# The groups in the bitmaps with few bits, by the zeros that stand before each; those behind the last are no group's.
_APART = f"""
    select (block * {BLOCK} + place - 1)::integer as position, n
    from (
        select block, 1::bigint << option::integer as n,
               sum(length(zeros) + 1) over (partition by block, option order by number) as place
        from (
            select s.block, s.option, z.zeros, z.number
            from sizes s cross join lateral string_to_table(s.bits::text, '1') with ordinality as z (zeros, number)
            where not s.many and bit_count(s.bits) > 0
        ) z
    ) p
    where place <= {BLOCK}
"""


def _off(chosen: Sequence[Facet]) -> str:
    """What the groups count but the list does not show, because it has not begun or has ended: negative numbers."""
    found = f"""
        select workspace_id, facet_group, -count(*) as n from (
            select workspace_id, facet_group from publication p where {ON_WEBSITE} and p.published_at > %(now)s
            union all
            select workspace_id, facet_group from publication p where {OVER}
        ) p group by workspace_id, facet_group
    """
    return _judged(found, chosen)


def _judged(found: str, chosen: Sequence[Facet]) -> str:
    """Groups with a number, how many of the chosen lists they miss, and which."""
    misses = [f"not ({has(facet)}) as no_{name(facet)}" for facet in chosen]
    number = " + ".join(["0", *(f"no_{name(facet)}::integer" for facet in chosen)])
    columns = ", ".join(["g.options", "f.n", *misses])
    return f"""
        judged as materialized (
            select *, {number} as misses from (
                select {columns} from ({found}) f
                join facet_group g on g.workspace_id = f.workspace_id and g.position = f.facet_group
            ) j
        )
    """


_ROW_COUNTS = """
    select option, sum(n)::bigint as n
    from (select *, unnest(options) as option from judged where misses <= 1) j
    where misses = 0 {of_list} group by option
"""


def _of_list(chosen: Sequence[Facet]) -> str:
    """Groups that miss one list only are counted in that list."""
    if not chosen:
        return ""
    cases = " ".join(f"when {facet.value} then no_{name(facet)}" for facet in chosen)
    return f"or case option >> 56 {cases} else false end"


_NUMBER = (1 << 56) - 1
_CODE = "chr((option >> 21 & 2097151)::integer) || chr((option & 2097151)::integer)"
_NAMED = f"""
    summed as materialized (
        select option, option >> 56 as list, option & {_NUMBER} as number, sum(n)::bigint as n,
               option = any(%(selected)s::bigint[]) as selected
        from (select option, n from counted union all select distinct unnest(%(selected)s::bigint[]), 0) c
        where option >= {_FIRST_OPTION}
        group by option having sum(n) > 0 or option = any(%(selected)s::bigint[])
    )
"""


def _list(shape: str, source: str, *, facet: Facet, by: str) -> str:
    return f"""
        coalesce((select json_agg(json_build_object({shape}, 'count', s.n, 'selected', s.selected)
                                  order by s.n desc, {by} collate "C", s.number)
                  from summed s {source} where s.list = {facet.value}), '[]')
    """


def _of_records(table: str, shape: str, *, facet: Facet, where: str = "", joins: str = "") -> str:
    source = f"join {table} r on r.workspace_id = %(workspace)s and r.number = s.number {where} {joins}"
    return _list(f"'id', r.number, 'name', {shape}", source, facet=facet, by="r.name")


_CITY = "coalesce(r.city, '')"
_LISTS = f"""
    select json_build_object(
        'locations', {
    _of_records(
        "location",
        f"r.name, 'city', {_CITY}, 'country_code', coalesce(r.country_code, 'ZZ')",
        facet=Facet.LOCATION,
    )
},
        'departments', {_of_records("department", "r.name", facet=Facet.DEPARTMENT)},
        'job_types', {_of_records("term", "r.name", facet=Facet.JOB_TYPE, where="and r.kind = 'job_type'")},
        'education_levels', {
    _of_records("term", "r.name", facet=Facet.EDUCATION_LEVEL, where="and r.kind = 'education_level'")
},
        'tags', {
    _of_records(
        "term",
        "r.name, 'parent_id', main.number",
        facet=Facet.TAG,
        where="and r.kind = 'tag'",
        joins="left join term main on main.workspace_id = r.workspace_id and main.id = r.parent_id",
    )
},
        'company_locations', {
    _of_records(
        "company",
        "'', 'city', r.city, 'country_code', r.country_code",
        facet=Facet.COMPANY_LOCATION,
        where="and r.is_client",
    )
},
        'languages', {_list(f"'code', {_CODE}", "", facet=Facet.LANGUAGE, by=_CODE)}
    )::text
"""
