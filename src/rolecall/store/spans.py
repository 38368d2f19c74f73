"""Spans: neighbouring runs (store/runs.py) that have bitmaps of how many publications of each facet group they hold.

With them a page far down a filtered list is found as one of the whole list is: what matches before it is counted span
by span, and only its own span is walked. A workspace has none until its lists are long enough to be divided. Kept by
the statement that counts groups, under the same lock.
"""

from typing import LiteralString
from uuid import UUID

from rolecall.store.bitmaps import DIGITS, packed
from rolecall.store.db import Connection
from rolecall.store.runs import LAST_TITLE, MEMBERS

SPAN = 49_152  # publications in a new span; one with more than twice as many is divided

# Carries `in_order`, which runs.COUNT leaves, over to the bitmaps of spans, as bits that toggle.
COUNT: LiteralString = f"""
    in_span as materialized (
        select span, facet_group as position, sum(difference)::bigint as difference
        from in_order where span is not null group by 1, 2 having sum(difference) <> 0
    ),
    weighed as (
        select s.span, s.position, b.n as before, b.n + s.difference as n
        from in_span s cross join lateral (
            select coalesce(sum(get_bit(b.bits, s.position %% 16384)::bigint << b.digit), 0)::bigint as n
            from span_block b
            where b.workspace_id = %(workspace)s and b.span = s.span and b.block = s.position / 16384
        ) b
    ),
    marked_span as (
        insert into span_block as b (workspace_id, span, block, digit, bits)
        select %(workspace)s, span, position / 16384, digit, bit_or(set_bit(0::bit(16384), position %% 16384, 1))
        from weighed cross join {DIGITS} digit where ((n # before) >> digit) & 1 = 1
        group by 2, 3, 4
        on conflict (workspace_id, span, block, digit) do update set bits = b.bits # excluded.bits
    )
"""


async def fit(conn: Connection, workspace_id: UUID) -> None:
    """Make several spans of each that has grown too large, and of a list that has; none of what has no runs any more.

    The groups must be held, and agree with what is stored.
    """
    await conn.execute(_DIVIDE, {"workspace": workspace_id, "span": SPAN})


_DIVIDE: LiteralString = f"""
    with run as materialized (
        select sort, first_at, first_title, first_number, span, active,
               sum(active) over (partition by sort, span) as in_span, sum(active) over (partition by sort) as in_list,
               sum(active) over (partition by sort, span order by first_at, first_title, first_number) - active
                   as before,
               greatest(
                   max(span) over (), (select max(span) from span_block where workspace_id = %(workspace)s), 0
               ) as last
        from publication_run where workspace_id = %(workspace)s and language = ''
    ),
    piece as materialized (
        select sort, first_at, first_title, first_number, span as was,
               last + dense_rank() over (
                   order by sort, span, floor(before * round(in_span / %(span)s) / in_span)
               ) as span
        from run
        where in_span > 0 and case when span is null then in_list else in_span end > 2 * %(span)s
    ),
    renumbered as (
        update publication_run r set span = p.span from piece p
        where r.workspace_id = %(workspace)s and r.language = '' and r.sort = p.sort and r.first_at = p.first_at
          and r.first_title = p.first_title and r.first_number = p.first_number
    ),
    dropped as (
        delete from span_block where workspace_id = %(workspace)s and span <> all(array(
            select span from run where span is not null except select was from piece
        ))
    ),
    begun as materialized (
        select *, lead(first_at, 1, 'infinity') over in_order as next_at,
               lead(first_title, 1, {LAST_TITLE}) over in_order as next_title,
               lead(first_number, 1, 0) over in_order as next_number
        from (
            select distinct on (sort, coalesce(p.span, r.span)) sort, p.span, first_at, first_title, first_number
            from run r left join piece p using (sort, first_at, first_title, first_number)
            order by sort, coalesce(p.span, r.span), first_at, first_title, first_number
        ) s
        window in_order as (partition by sort order by first_at, first_title, first_number)
    ),
    held as materialized (
        select l.span, p.facet_group as position, count(*) as n
        from begun l cross join lateral ({MEMBERS}) p where l.span is not null
        group by 1, 2
    )
    insert into span_block (workspace_id, span, block, digit, bits)
    select %(workspace)s, span, block, digit, bits from ({packed("held", keys="span,")}) b
"""
