"""What the website's active publications are counted under, kept by every statement that changes it.

Publications with the same options are one group. A group knows how many of them there are; bitmaps say which groups
have an option. Whoever writes publications, or what a job is filed under, writes, holds the workspace's groups with
`hold` and calls `regroup`, all in one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, LiteralString
from uuid import UUID

from rolecall.store import runs, spans
from rolecall.store.db import Connection, fetch_value


@dataclass(frozen=True, slots=True)
class Gone:
    """Where a publication was counted that is not counted there any more: its group, and its places in the lists."""

    facet_group: int | None
    number: int
    language: str
    published_at: datetime
    created_at: datetime
    sort_title: str


class Facet(IntEnum):
    """The lists of options; the value is the highest byte of an option's number."""

    LOCATION = 1
    DEPARTMENT = 2
    COMPANY_LOCATION = 3
    JOB_TYPE = 4
    EDUCATION_LEVEL = 5
    TAG = 6
    LANGUAGE = 7


_SHIFT = 56
_LANGUAGE_SHIFT = 21


def option(facet: Facet, number: int) -> int:
    """The option that a record's number stands for. One that no record can have stands for nothing, which is 0."""
    return facet << _SHIFT | number if 0 < number < 1 << _SHIFT else 0


def language_option(code: str) -> int:
    """The option of a language, given as its code of two characters."""
    return Facet.LANGUAGE << _SHIFT | ord(code[0]) << _LANGUAGE_SHIFT | ord(code[1])


async def hold(conn: Connection, workspace_id: UUID) -> None:
    """Wait until nobody else changes the workspace's groups and counts, and keep others waiting until the end.

    A statement of its own: the next one then sees what those before have committed. The boards and feeds of
    pages/public that are kept end here.
    """
    await conn.execute(
        """
        insert into publication_count as c (workspace_id, language, active) values (%s, '', 0)
        on conflict (workspace_id, language) do update set version = c.version + 1, changed_at = clock_timestamp()
        """,
        (workspace_id,),
    )


# What a job is filed under, but for the language. Here and below the workspace comes from a row and not from the
# parameter, and what has one answer is a subquery: a planner that has not heard of a new workspace takes it for an
# empty one, and would read all of it for every job.
_OPTIONS = """
    select w.job_id,
           1::bigint << 56 | (
               select l.number from location l where l.workspace_id = jl.workspace_id and l.id = jl.location_id
           ) as option
    from regrouped w join job_location jl on jl.workspace_id = w.workspace_id and jl.job_id = w.job_id
    union all
    select w.job_id,
           2::bigint << 56 | (
               select d.number from department d where d.workspace_id = jd.workspace_id and d.id = jd.department_id
           )
    from regrouped w join job_department jd on jd.workspace_id = w.workspace_id and jd.job_id = w.job_id
    union all
    select w.job_id,
           3::bigint << 56 | (
               select c.number from company c
               where c.workspace_id = j.workspace_id and c.id = j.company_id and c.is_client
           )
    from regrouped w join job j on j.workspace_id = w.workspace_id and j.id = w.job_id
    union
    select w.job_id,
           case t.kind when 'job_type' then 4 when 'education_level' then 5 else 6 end::bigint << 56 | n.number
    from regrouped w
    join job_term jt on jt.workspace_id = w.workspace_id and jt.job_id = w.job_id
    cross join lateral (
        select t.kind, t.number,
               (select m.number from term m where m.workspace_id = t.workspace_id and m.id = t.parent_id) as main
        from term t where t.workspace_id = jt.workspace_id and t.id = jt.term_id offset 0
    ) t
    cross join lateral (values (t.number), (t.main)) n (number)
"""
_STORED = """
    select p.id, p.job_id, p.language, p.active and p.channel = 'website' as listed, p.facet_group as was
    from regrouped w join publication p on p.workspace_id = w.workspace_id and p.job_id = w.job_id
"""
# `wanted`: publications, given as rows of `{source}`, with the group that they are in and what they are filed under.
# `placed`: the same with the group that they belong in, by its position; a new group takes the next one.
# Options and publications meet in one GROUP BY. A join of the two would be planned as loops within loops wherever the
# planner has no statistics yet.
_WANTED = f"""
    regrouped as materialized (
        select distinct %(workspace)s::uuid as workspace_id, job_id from unnest(%(jobs)s::uuid[]) as r (job_id)
    ),
    filed as materialized (
        select array_agg(option) filter (where option is not null) as options,
               array_agg(id) filter (where id is not null) as ids,
               array_agg(was) filter (where id is not null) as were,
               array_agg(listed) filter (where id is not null) as listed,
               array_agg(language) filter (where id is not null) as languages
        from (
            select job_id, option, null::uuid as id, null::integer as was, null::boolean as listed, null as language
            from ({_OPTIONS}) o
            union all
            select job_id, null, id, was, listed, language from ({{source}}) p
        ) both_of_them
        group by job_id
    ),
    wanted as materialized (
        select %(workspace)s::uuid as workspace_id, id, was, options,
               md5(array_to_string(options, ','))::uuid as group_id
        from (
            select p.id, p.was,
                   case when p.listed then
                       array(select unnest(f.options) union all
                             select 7::bigint << 56 | (ascii(p.language)::bigint << 21) | ascii(right(p.language, 1))
                             order by 1)
                   end as options
            from filed f cross join lateral unnest(f.ids, f.were, f.listed, f.languages)
                 as p (id, was, listed, language)
        ) p
    ),
    located as materialized (
        select n.group_id, n.options, g.position is null as is_new,
               coalesce(
                   g.position,
                   last.position + (row_number() over (partition by g.position is null order by n.group_id))::integer
               ) as position
        from (
            select workspace_id, group_id, max(options) as options from wanted where group_id is not null group by 1, 2
        ) n
        left join facet_group g on g.workspace_id = n.workspace_id and g.id = n.group_id
        cross join (
            select coalesce(max(position), -1) as position from facet_group where workspace_id = %(workspace)s
        ) last
    ),
    placed as materialized (
        select w.workspace_id, w.id, w.was, l.position as facet_group
        from wanted w left join located l on l.group_id = w.group_id
    )
"""
# Carries what changed over to the groups, to the runs and, as toggled bits, to the bitmaps of both. Answers the size of
# the largest run of those that changed.
_COUNT = f"""
    sized as materialized (
        select c.workspace_id, c.position, coalesce(g.active, 0) as before,
               (coalesce(g.active, 0) + c.difference)::bigint as active
        from (
            select %(workspace)s::uuid as workspace_id, position, sum(difference) as difference
            from (
                select facet_group as position, 1 as difference from placed where facet_group is distinct from was
                union all
                select was, -1 from placed where facet_group is distinct from was
                union all
                select position, -1 from unnest(%(gone)s::integer[]) as g (position)
            ) d
            where position is not null group by position having sum(difference) <> 0
        ) c
        left join facet_group g on g.workspace_id = c.workspace_id and g.position = c.position
    ),
    added as (
        insert into facet_group (workspace_id, id, position, options, active)
        select %(workspace)s, l.group_id, l.position, l.options, s.active
        from located l join sized s on s.position = l.position where l.is_new
    ),
    resized as (
        update facet_group g set active = s.active from sized s
        where g.workspace_id = s.workspace_id and g.position = s.position
    ),
    toggled as (
        select option, position / 16384 as block, bit_or(set_bit(0::bit(16384), position %% 16384, 1)) as bits
        from (
            select l.position, unnest(l.options) as option from located l where l.is_new
            union all
            select s.position, digit from sized s cross join generate_series(0, 62) digit
            where ((s.active # s.before) >> digit) & 1 = 1
        ) t
        group by 1, 2
    ),
    marked as (
        insert into facet_block as b (workspace_id, option, block, bits)
        select %(workspace)s, option, block, bits from toggled
        on conflict (workspace_id, option, block) do update set bits = b.bits # excluded.bits
    ),
    changed_place as materialized (
        select number, language, published_at, created_at, sort_title, d.facet_group, d.difference
        from written w cross join lateral (values (w.was, -1), (w.facet_group, 1)) d (facet_group, difference)
        where w.facet_group is distinct from w.was and d.facet_group is not null
        union all
        select number, language, published_at, created_at, sort_title, facet_group, -1
        from unnest(%(gone_numbers)s::bigint[], %(gone_languages)s::text[], %(gone_published)s::timestamptz[],
                    %(gone_created)s::timestamptz[], %(gone_titles)s::text[], %(gone)s::integer[])
             as g (number, language, published_at, created_at, sort_title, facet_group)
    ),
    {runs.COUNT},
    {spans.COUNT}
    select coalesce(max(active), 0) from recounted_run
"""


def grouping(source: LiteralString, write: LiteralString) -> LiteralString:
    """A statement that carries out `write` and counts what it writes in its groups and runs.

    A group is known by its position. `source` selects the publications of the jobs in `regrouped`: id, job_id,
    language, `listed` for an active one on the website, and `was`, its present group. `write` finds in `placed` the
    facet_group of each id, and returns of all it writes number, language, published_at, created_at, sort_title,
    facet_group and, in `was`, the group before. The statement's parameters are `changes`; it answers the size of the
    largest run that has changed.
    """
    return f"with {_WANTED.format(source=source)}, written as ({write}), {_COUNT}"


def changes(workspace_id: UUID, job_ids: Sequence[UUID], *, gone: Sequence[Gone] = ()) -> dict[str, Any]:
    """The parameters of a statement by `grouping`."""
    counted = [one for one in gone if one.facet_group is not None]
    return {
        "workspace": workspace_id,
        "jobs": list(job_ids),
        "gone": [one.facet_group for one in counted],
        "gone_numbers": [one.number for one in counted],
        "gone_languages": [one.language for one in counted],
        "gone_published": [one.published_at for one in counted],
        "gone_created": [one.created_at for one in counted],
        "gone_titles": [one.sort_title for one in counted],
    }


_REGROUP = grouping(
    _STORED,
    """
    update publication p set facet_group = w.facet_group from placed w
    where p.workspace_id = w.workspace_id and p.id = w.id and w.facet_group is distinct from w.was
    returning p.number, p.language, p.published_at, p.created_at, p.sort_title, p.facet_group, w.was
    """,
)


async def regroup(conn: Connection, workspace_id: UUID, job_ids: Sequence[UUID], *, gone: Sequence[Gone] = ()) -> None:
    """Count the publications of these jobs under what they are filed under now, and at their places in the lists.

    `gone` are places of publications that were deleted, or have other places now. The groups must be held.
    """
    largest = await fetch_value(conn, _REGROUP, changes(workspace_id, job_ids, gone=gone))
    if largest > 2 * runs.RUN:
        await fit(conn, workspace_id)


async def fit(conn: Connection, workspace_id: UUID) -> None:
    """Divide the runs and spans that have grown too large. The groups must be held, and agree with what is stored."""
    await runs.fit(conn, workspace_id)
    await spans.fit(conn, workspace_id)
