"""Where a page far down the list begins, from the kept runs (store/runs.py), so that it is not walked to.

What is listed before a run is what the runs before it count, but for what has not begun or is over. Those few are found
by their indexes, as for the total.
"""

from rolecall.store.runs import LAST_TITLE
from rolecall.surfaces.recruitsome.filters import ON_WEBSITE, OVER

# A range with two ends, for the reason that OVER has one.
_TO_COME = f"{ON_WEBSITE} and p.published_at > %(now)s and p.published_at < 'infinity'"
# Listed publications, with nothing said of a beginning that an index could go by instead of by the entry.
_LISTED = f"""
    {ON_WEBSITE} and p.published_at - %(now)s <= interval '0' and (p.ends_at is null or p.ends_at > %(now)s)
"""
_OF_LANGUAGE = "(%(language_code)s::text is null or p.language = %(language_code)s)"


def entered(column: str, *, descending: bool) -> str:
    """Statements that end in `entry (at, title, number, skipped)`, after `total (n)`.

    A descending page follows `skipped` records that come right before the entry, an ascending one as many from it on.
    Where no run helps, the entry is an end of the list.
    """
    at, title = _key(column)
    if descending:
        entry = f"""
            select at, title, number, before - (select n - %(offset)s from total) as skipped from edge
            where is_edge and before >= (select n - %(offset)s from total)
            union all select 'infinity', {LAST_TITLE}, 0, %(offset)s
            order by at, title, number limit 1
        """
    else:
        entry = """
            select at, title, number, %(offset)s - before as skipped from edge where is_edge and before <= %(offset)s
            union all select '-infinity', '', 0, %(offset)s
            order by at desc, title desc, number desc limit 1
        """
    return f"""
        edge as materialized (
            select at, title, number, is_edge,
                   sum(active) over (order by at, title, number, is_edge desc) - active as before
            from (
                select first_at as at, first_title as title, first_number as number, active, true as is_edge
                from publication_run
                where workspace_id = %(workspace)s and sort = '{column}'
                  and language = coalesce(%(language_code)s::text, '')
                union all
                select {at}, {title}, p.number, -1, false from publication p where {_TO_COME} and {_OF_LANGUAGE}
                union all
                select {at}, {title}, p.number, -1, false from publication p where {OVER} and {_OF_LANGUAGE}
            ) e
        ),
        entry as materialized (select at, title, number, skipped::bigint from ({entry}) e),
    """


def _key(column: str) -> tuple[str, str]:
    """What a publication `p` has in the columns at and title of a run, in the order of a column."""
    return ("'-infinity'", f"p.{column}") if column == "sort_title" else (f"p.{column}", "''")


def walk(columns: str, column: str, *, descending: bool, limit: int) -> str:
    """The page; `columns` selects it from publications `p`, with sort_key."""
    before, direction = ("<", "desc") if descending else (">=", "asc")
    key = "title" if column == "sort_title" else "at"
    return f"""
        {columns} where {_LISTED} and {_OF_LANGUAGE}
          and (p.{column}, p.number) {before} ((select {key} from entry), (select number from entry))
        order by sort_key {direction}, number {direction}
        offset (select skipped from entry) limit {limit}
    """
