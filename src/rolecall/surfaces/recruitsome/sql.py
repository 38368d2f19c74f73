"""SQL that the lists of team, locations and articles share: one statement for a page and its total, so they agree.

And what lets a large statement be planned once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rolecall.store.db import Connection, Hot, fetch_hot

_PARAMETER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class PlannedOnce:
    """A statement of which one plan serves all values of its parameters, with their names in order."""

    hot: Hot
    names: tuple[str, ...]

    async def row(self, conn: Connection, params: Mapping[str, Any]) -> tuple[Any, ...]:
        """The only row that the statement answers."""
        (row,) = await fetch_hot(conn, self.hot, *(params[name] for name in self.names))
        return row


def planned_once(statement: str, types: Mapping[str, str]) -> PlannedOnce:
    """A statement `with …` that takes its parameters from a row, so that one plan of it serves all values.

    PostgreSQL would look at the values and plan anew for each call, since it takes a plan for particular values for the
    cheaper one; for the statements of the vacancies that takes longer than carrying them out. Their shape leaves it
    little to choose. `types` are those of the parameters.
    """
    names = tuple(dict.fromkeys(_PARAMETER.findall(statement)))
    given = ", ".join(f"${place}::{types[name]} as given_{name}" for place, name in enumerate(names, 1))
    tables = _PARAMETER.sub(r"(select given_\1 from given)", statement).removeprefix("with ").replace("%%", "%")
    return PlannedOnce(Hot(f"with given as materialized (select {given}), {tables}"), names)


def page_of(found: str, rows: str, *, descending: bool) -> str:
    """A statement for the total and a page as a JSON array.

    `found` selects id, number and sort_key of all that match; `rows` selects, from `page`, what is shown, with sort_key
    and id. Needs the parameters `offset` and `limit`. Ties go by number in the same direction.
    """
    direction = "desc" if descending else "asc"
    return f"""
        with found as materialized ({found}),
             page as materialized (
                 select * from found order by sort_key {direction}, number {direction}
                 offset %(offset)s limit %(limit)s
             )
        select (select count(*) from found)::bigint, coalesce(
            (select json_agg(v order by v.sort_key {direction}, v.id {direction}) from ({rows}) v), '[]')::text
    """


def utc(column: str) -> str:
    """A time as the contract writes it: UTC as `+00:00`, whole seconds."""
    return f"to_char({column} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"')"


def patterns(words: Sequence[str]) -> list[str]:
    """For `like all`: texts that contain each of the words, whose wildcards mean themselves."""
    return [f"%{_literal(word)}%" for word in words]


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
