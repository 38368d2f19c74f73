"""Runs: the website's active publications in the order of a list, counted by stretches of neighbours.

From the counts of the runs before it one knows where a page far down a list begins, to within a run. A run reaches from
its first publication up to the next run's; what comes before the first run belongs to one without a beginning. The
language '' counts all. Kept where groups are (store/facets.py), under the same lock: a publication is in a run while it
is in a group.
"""

from typing import LiteralString
from uuid import UUID

from rolecall.store.db import Connection

RUN = 4_096  # publications in a new run; one with more than twice as many is split

# After every title: of 200 characters at most, none of which sorts behind this one.
LAST_TITLE: LiteralString = "repeat(chr(1114111), 201)"

# Carries `changed_place` over to the runs: rows of number, language, published_at, created_at, sort_title, facet_group,
# difference. Leaves `in_order`: the same in each order, with the run there and its span.
COUNT: LiteralString = """
    in_order as materialized (
        select p.sort, c.language, coalesce(r.first_at, '-infinity') as first_at,
               coalesce(r.first_title, '') as first_title, coalesce(r.first_number, 0) as first_number, r.span,
               c.facet_group, c.difference
        from changed_place c
        cross join lateral (
            values ('published_at', c.published_at, ''), ('created_at', c.created_at, ''),
                   ('sort_title', '-infinity', c.sort_title)
        ) p (sort, at, title)
        left join lateral (
            select r.first_at, r.first_title, r.first_number, r.span from publication_run r
            where r.workspace_id = %(workspace)s and r.sort = p.sort and r.language = ''
              and (r.first_at, r.first_title, r.first_number) <= (p.at, p.title collate "C", c.number)
            order by r.first_at desc, r.first_title desc, r.first_number desc limit 1
        ) r on true
    ),
    recounted_run as (
        insert into publication_run as r (workspace_id, sort, language, first_at, first_title, first_number, active)
        select %(workspace)s, sort, l.language, first_at, first_title, first_number, sum(difference)
        from in_order c cross join lateral (values (''), (c.language)) l (language)
        group by 2, 3, 4, 5, 6 having sum(difference) <> 0
        on conflict (workspace_id, sort, language, first_at, first_title, first_number)
        do update set active = r.active + excluded.active
        returning r.active
    )
"""


async def fit(conn: Connection, workspace_id: UUID) -> None:
    """Make several runs of each that has grown too large, and none of those that nothing is left of.

    The run that a list begins with stays. The groups must be held, and agree with what is stored.
    """
    await conn.execute(_SPLIT, {"workspace": workspace_id, "run": RUN})
    await conn.execute(
        "delete from publication_run where workspace_id = %s and active = 0 and (language <> '' or first_number > 0)",
        (workspace_id,),
    )


def _members(sort: LiteralString) -> LiteralString:
    if sort == "sort_title":
        key, at, title = "title", "'-infinity'::timestamptz", "p.sort_title"
    else:
        key, at, title = "at", f"p.{sort}", "''"
    return f"""
        select {at} as at, {title} collate "C" as title, p.number, p.language, p.facet_group from publication p
        where l.sort = '{sort}' and p.workspace_id = %(workspace)s and p.active and p.channel = 'website'
          and p.facet_group is not null and (p.{sort}, p.number) >= (l.first_{key}, l.first_number)
          and (p.{sort}, p.number) < (l.next_{key}, l.next_number)
    """


# The publications from the beginning of `l` up to the next one's: first_ and next_at, _title and _number, and sort.
MEMBERS: LiteralString = " union all ".join(_members(sort) for sort in ("published_at", "created_at", "sort_title"))

_SPLIT: LiteralString = f"""
    with large as materialized (
        select * from (
            select sort, first_at, first_title, first_number, active, span,
                   lead(first_at, 1, 'infinity') over in_order as next_at,
                   lead(first_title, 1, {LAST_TITLE}) over in_order as next_title,
                   lead(first_number, 1, 0) over in_order as next_number
            from publication_run where workspace_id = %(workspace)s and language = ''
            window in_order as (partition by sort order by first_at, first_title, first_number)
        ) r
        where active > 2 * %(run)s
    ),
    member as materialized (
        select l.sort, l.first_at, l.first_title, l.first_number, l.span, p.at, p.title, p.number, p.language,
               row_number() over (
                   partition by l.sort, l.first_at, l.first_title, l.first_number order by p.at, p.title, p.number
               ) - 1 as place
        from large l cross join lateral ({MEMBERS}) p
    ),
    piece as (
        select sort, first_at, first_title, first_number, span, place / %(run)s as piece,
               case place when 0 then first_at else at end as piece_at,
               case place when 0 then first_title else title end as piece_title,
               case place when 0 then first_number else number end as piece_number
        from member where place %% %(run)s = 0
    ),
    counted as (
        select sort, l.language, p.piece_at, p.piece_title, p.piece_number, p.span, 1 as n
        from member m join piece p using (sort, first_at, first_title, first_number)
        cross join lateral (values (''), (m.language)) l (language)
        where p.piece = m.place / %(run)s
        union all
        select sort, r.language, first_at, first_title, first_number, l.span, 0
        from publication_run r join large l using (sort, first_at, first_title, first_number)
        where r.workspace_id = %(workspace)s
    )
    insert into publication_run (workspace_id, sort, language, first_at, first_title, first_number, active, span)
    select %(workspace)s, sort, language, piece_at, piece_title, piece_number, sum(n),
           max(span) filter (where language = '')
    from counted group by 2, 3, 4, 5, 6
    on conflict (workspace_id, sort, language, first_at, first_title, first_number)
    do update set active = excluded.active
"""
