"""RecruitSome's reads of the team: the workspace's own members who are employees and have not left."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rolecall.store.connectors import of_native
from rolecall.store.db import Connection, fetch_row, fetch_value
from rolecall.store.images import sizes_of
from rolecall.store.members import EMPLOYEE
from rolecall.surfaces.recruitsome.sql import page_of, patterns

# The line of a member's search_text that a list is sorted by: without letter case, by code point.
SORTS = {"given_name": 1, "family_name": 2, "job_title": 4}
_JOB_TITLE = SORTS["job_title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFilter:
    """Members match all of these; empty ones do not filter. `words` and `job_title` are folded, as `role` is a word."""

    words: Sequence[str] = ()
    job_title: str = ""
    role: str | None = None
    has_avatar: bool = False


_IN_TEAM = f"""
    m.workspace_id = %(workspace)s and m.kind = '{EMPLOYEE}' and m.disabled_at is null and {of_native("m")}
"""
_FILTERS = {
    "words": "m.search_text like all(%(words)s::text[])",
    "job_title": f"split_part(m.search_text, E'\\n', {_JOB_TITLE}) like all(%(job_title)s::text[])",
    "role": "m.role = %(role)s",
    "has_avatar": "m.avatar_image_id is not null",
}
_SHOWN = f"""
    m.number as id, m.first_name as given_name, m.last_name as family_name,
    m.first_name || ' ' || m.last_name as full_name, m.job_title, m.email, m.phone, m.role as role_word, m.role_label,
    {sizes_of("m.avatar_image_id")} as avatar
"""


async def team(
    conn: Connection,
    wanted: TeamFilter,
    *,
    workspace_id: UUID,
    media: str,
    sort: str,
    descending: bool,
    offset: int,
    limit: int,
) -> tuple[int, str]:
    """How many members match, and one page of them as a JSON array for `team_wire`. `sort` is a key of SORTS."""
    used = [name for name in _FILTERS if getattr(wanted, name)]
    found = f"""
        select m.id, m.number, split_part(m.search_text, E'\\n', {SORTS[sort]}) collate "C" as sort_key from member m
        where {" and ".join([_IN_TEAM, *(_FILTERS[name] for name in used)])}
    """
    rows = f"""
        select {_SHOWN}, page.sort_key from page join member m on m.workspace_id = %(workspace)s and m.id = page.id
    """
    params: dict[str, Any] = {
        "workspace": workspace_id,
        "media": media,
        "words": patterns(wanted.words),
        "job_title": patterns([wanted.job_title]),
        "role": wanted.role,
        "offset": offset,
        "limit": limit,
    }
    row = await fetch_row(conn, page_of(found, rows, descending=descending), params)
    assert row is not None, "a select of two expressions has a row"
    return row[0], row[1]


async def team_member(conn: Connection, number: int, *, workspace_id: UUID, media: str) -> str | None:
    """One member of the team by number, as JSON for `team_wire`."""
    query = f"""
        select to_json(v)::text from (select {_SHOWN} from member m where {_IN_TEAM} and m.number = %(number)s) v
    """
    return await fetch_value(conn, query, {"workspace": workspace_id, "media": media, "number": number})
