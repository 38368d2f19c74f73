"""What a request filters vacancies by, and how that is said in SQL.

Filters on what a vacancy is filed under are filters on its facet group (store/facets.py); a search is one on the words
of its publication (store/words.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from rolecall.store import words
from rolecall.store.db import Connection
from rolecall.store.facets import Facet, language_option, option

# A part of a word that stands in more words than this is looked for in the texts themselves.
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyFilter:
    """Records match all of these, and any one value of each. `words` are folded; ids are numbers. Empty: no filter."""

    words: Sequence[str] = ()
    language: str | None = None
    locations: Sequence[int] = ()
    departments: Sequence[int] = ()
    company_locations: Sequence[int] = ()
    job_types: Sequence[int] = ()
    education_levels: Sequence[int] = ()
    tags: Sequence[int] = ()

    def chosen(self) -> dict[Facet, list[int]]:
        """The options of each list that is filtered by."""
        by_list = {
            Facet.LOCATION: self.locations,
            Facet.DEPARTMENT: self.departments,
            Facet.COMPANY_LOCATION: self.company_locations,
            Facet.JOB_TYPE: self.job_types,
            Facet.EDUCATION_LEVEL: self.education_levels,
            Facet.TAG: self.tags,
        }
        chosen = {facet: [option(facet, number) for number in numbers] for facet, numbers in by_list.items() if numbers}
        if self.language is not None:
            chosen[Facet.LANGUAGE] = [language_option(self.language)]
        return chosen


@dataclass(frozen=True, slots=True)
class Search:
    """The words of a search as conditions on a publication `p`, with their parameters."""

    conditions: Sequence[str] = ()
    params: dict[str, Any] = field(default_factory=dict[str, Any])

    def __bool__(self) -> bool:
        return bool(self.conditions)


ON_WEBSITE = "p.workspace_id = %(workspace)s and p.active and p.channel = 'website'"
# What is over is found by its end. A planner that does not see the values takes half a range for a third of all, and
# would go by the beginning instead, through everything: so the range is a whole one, and the beginning an expression.
OVER = f"""
    {ON_WEBSITE} and p.ends_at > '-infinity' and p.ends_at <= %(now)s and p.published_at - %(now)s <= interval '0'
"""
LISTED = f"{ON_WEBSITE} and p.published_at <= %(now)s and (p.ends_at is null or p.ends_at > %(now)s)"


# The types of the parameters of statements without a search.
TYPES = {
    "workspace": "uuid",
    "now": "timestamptz",
    "language_code": "text",
    "media": "text",
    "offset": "bigint",
    "selected": "bigint[]",
    **{facet.name.lower(): "bigint[]" for facet in Facet},
}


def has(facet: Facet) -> str:
    """The condition that a facet group `g` has one of the chosen options of a list."""
    return f"g.options && %({name(facet)})s::bigint[]"


def name(facet: Facet) -> str:
    """The name of a list's parameter, and of its statement."""
    return facet.name.lower()


async def prepared_search(conn: Connection, workspace_id: UUID, parts: Sequence[str]) -> Search:
    """How to find the publications whose texts have all these parts of words."""
    if not parts:
        return Search()
    patterns = [f"%{_literal(part)}%" for part in parts]
    found = await words.matching(conn, workspace_id, patterns, at_most=_MOST_WORDS + 1)
    # The rarest word first: it leaves the least for the others.
    by_words = sorted((ids for ids in found if len(ids) <= _MOST_WORDS), key=len)
    by_text = [pattern for pattern, ids in zip(patterns, found, strict=True) if len(ids) > _MOST_WORDS]
    conditions: list[str] = []
    params: dict[str, Any] = {}
    if by_words:
        each = [f"i.words && %(words{place})s::bigint[]" for place in range(len(by_words))]
        params |= {f"words{place}": ids for place, ids in enumerate(by_words)}
        indexed = "select i.publication_id from publication_word i where i.workspace_id = %(workspace)s and "
        conditions.append(f"p.id in ({indexed}{' and '.join(each)})")
    if by_text:
        conditions.append("p.search_text like all(%(patterns)s::text[])")
        params["patterns"] = by_text
    return Search(conditions, params)


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
