"""Pages far down a list: entered at the nearest place of which is known how many are listed before it.

Such places are the runs of the whole list (store/runs.py), the spans of a filtered one (store/spans.py), and the two
ends of any. What has not begun or is over is counted in them; those few are found by their indexes, as for the total.
"""

from rolecall.store.runs import LAST_TITLE
from rolecall.surfaces.recruitsome.filters import ON_WEBSITE, OVER

# A range with two ends, for the reason that OVER has one.
_TO_COME = f"{ON_WEBSITE} and p.published_at > %(now)s and p.published_at < 'infinity'"
# Listed publications, with nothing said of a beginning that an index could go by instead of by the entry.
_LISTED = f"""
    {ON_WEBSITE} and p.published_at - %(now)s <= interval '0' and (p.ends_at is null or p.ends_at > %(now)s)
"""
OF_LANGUAGE = "(%(language_code)s::text is null or p.language = %(language_code)s)"


def runs(column: str) -> str:
    """The places and sizes of the runs of a list, or of a language's part of it."""
    return f"""
        select first_at as at, first_title as title, first_number as number, active from publication_run
        where workspace_id = %(workspace)s and sort = '{column}' and language = coalesce(%(language_code)s::text, '')
    """


def spans(column: str) -> str:
    """The places of spans, and how many in each match what is `joined`. None while a part of the list has no span."""
    return f"""
        select s.first_at as at, s.first_title as title, s.first_number as number, coalesce(m.n, 0) as active
        from (
            select distinct on (span) * from ({_parts(column)}) r where span is not null
            order by span, first_at, first_title, first_number
        ) s
        left join (
            select w.span, sum(bit_count(w.bits & j.bits) << w.digit) as n
            from span_block w join joined j on j.block = w.block
            where w.workspace_id = %(workspace)s and w.span = any(array(select span from ({_parts(column)}) r))
            group by w.span
        ) m on m.span = s.span
        where not exists (select from ({_parts(column)}) r where span is null and active > 0)
    """


def _parts(column: str) -> str:
    return f"""
        select first_at, first_title, first_number, span, active from publication_run
        where workspace_id = %(workspace)s and sort = '{column}' and language = ''
    """


def entered(counted: str, matches: str, column: str, *, descending: bool, limit: int) -> str:
    """Statements that end in `entry (at, title, number, forward, skipped, taken)`, after `total (n)`.

    `counted` selects places with what is counted from each up to the next, `matches` is the condition on a publication
    of which the list is. The page is `taken` records: those after the entry, or with a false `forward` those before it,
    behind `skipped` that are nearer to it.
    """
    at, title = ("'-infinity'", f"p.{column}") if column == "sort_title" else (f"p.{column}", "''")
    near, far = ("n - least(%(offset)s, n)", "-") if descending else ("least(%(offset)s, n)", "+")
    ends = ", ".join(f"{end}({near}, {near} {far} {limit})" for end in ("least", "greatest"))
    return f"""
        edge as materialized (
            select at, title, number, is_edge,
                   sum(active) over (order by at, title, number, is_edge desc) - active as before
            from (
                select at, title, number, active, true as is_edge from ({counted}) c
                union all
                select {at}, {title}, p.number, -1, false from publication p where {_TO_COME} and {matches}
                union all
                select {at}, {title}, p.number, -1, false from publication p where {OVER} and {matches}
            ) e
        ),
        wanted as materialized (
            select greatest(first, 0) as first, least(last, n) as last, n
            from (select {ends}, n from total) t (first, last, n)
        ),
        entry as materialized (
            select at, title, number, forward, skipped::bigint, (last - first)::bigint as taken
            from wanted cross join lateral (
                select at, title, number, true as forward, first - before as skipped from edge
                where is_edge and before <= first
                union all
                select at, title, number, false, before - last from edge where is_edge and before >= last
                union all select '-infinity', '', 0, true, first
                union all select 'infinity', {LAST_TITLE}, 0, false, n - last
            ) e
            order by skipped limit 1
        ),
    """


def walk(columns: str, column: str, *, matches: str, limit: int, when: str = "true") -> str:
    """The page, in no order; `columns` selects it from publications `p`, with sort_key. With a false `when` nothing."""
    key = "title" if column == "sort_title" else "at"
    place = f"(select {key} from entry), (select number from entry)"
    ways = [("forward", ">=", "asc"), ("not forward", "<", "desc")]
    return " union all ".join(
        f"""
        (select * from (
             {columns} where {matches} and {_LISTED} and (p.{column}, p.number) {beyond} ({place})
             order by sort_key {direction}, number {direction}
             offset (select skipped from entry) limit (select taken from entry)
         ) w where (select {way} from entry) and {when} limit {limit})
        """
        for way, beyond, direction in ways
    )
