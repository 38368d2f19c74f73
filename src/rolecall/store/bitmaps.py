"""Numbers of facet groups as bitmaps: rows of 16,384 groups each, one for every binary digit of the numbers."""

from typing import LiteralString

BLOCK = 16_384  # groups in a row, as in the type of its bits
DIGITS: LiteralString = "generate_series(0, 40)"


def packed(source: LiteralString, *, keys: LiteralString = "") -> LiteralString:
    """A select of bitmaps `bits` by block and digit, of the rows of `source`: position, and n above zero.

    `keys` are columns by which bitmaps are told apart too, each with a comma behind it. Bits are written as text, the
    fastest way to them.
    """
    return f"""
        select {keys} block, digit,
               rpad(string_agg(lpad('1', place - before, '0'), '' order by place), 16384, '0')::bit(16384) as bits
        from (
            select *, coalesce(lag(place) over (partition by {keys} block, digit order by place), -1) as before
            from (
                select {keys} position / 16384 as block, position %% 16384 as place, 0 as digit
                from {source} where n & 1 = 1
                union all
                select {keys} position / 16384, position %% 16384, digit
                from {source} cross join generate_series(1, 40) digit where n > 1 and (n >> digit) & 1 = 1
            ) d
        ) d
        group by {keys} block, digit
    """
