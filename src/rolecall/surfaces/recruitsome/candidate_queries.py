"""RecruitSome's reads of candidates. A repository's rows carry what it is filtered and sorted by, in one index.

The whole repository in its usual order walks that index; anything else reads the repository's part of it once, for the
page and the total. Either way whole candidates are read for one page only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rolecall.store.candidates import shown_email
from rolecall.store.db import Connection, fetch_one, fetch_row, fetch_value

_LINE = "split_part(cm.search_text, E'\\n', {}) collate \"C\""
# What a list may be sorted by. Names and addresses sort without letter case, by code point.
SORTS = {
    "created_at": "cm.candidate_created_at",
    "first_name": _LINE.format(1),
    "last_name": _LINE.format(2),
    "email": _LINE.format(3),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFilter:
    """Candidates match all of these; `words` and `email` are folded. Empty: no filter."""

    words: Sequence[str] = ()
    email: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateOrder:
    """`by` is a key of SORTS; ties go by id in the same direction."""

    by: str
    descending: bool


_TIME = "to_char({0} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"')"
_SUMMARY = f"""
    c.number as id, c.slug, coalesce(c.first_name, '') as first_name, coalesce(c.last_name, '') as last_name,
    concat_ws(' ', c.first_name, c.last_name) as full_name,
    {shown_email(of="c")} as email,
    (select p.phone from unnest(c.phone_numbers) with ordinality as p (phone, place)
     where p.phone ~ '^\\+[1-9][0-9]{{1,14}}$' order by p.place limit 1) as phone,
    c.status, {_TIME.format("c.created_at")} as created_at, {_TIME.format("c.updated_at")} as updated_at
"""
_FILTERS = {
    "words": "cm.search_text like all(%(words)s::text[])",
    "email": "cm.candidate_id in (select id from candidate where workspace_id = %(workspace)s and email = %(email)s)",
    "status": "cm.status = %(status)s",
}


async def candidates(
    conn: Connection,
    workspace_id: UUID,
    wanted: CandidateFilter,
    *,
    member_id: UUID,
    order: CandidateOrder,
    offset: int,
    limit: int,
) -> tuple[int, str]:
    """How many candidates of a member's repository match, and one page of them as a JSON array in the wire's shape."""
    params: dict[str, Any] = {
        "workspace": workspace_id,
        "member": member_id,
        "words": [f"%{_literal(word)}%" for word in wanted.words],
        "email": wanted.email,
        "status": wanted.status,
        "offset": offset,
        "limit": limit,
    }
    row = await fetch_row(conn, _statement(wanted, order), params)
    assert row is not None, "a select of two expressions has a row"
    return row[0], row[1]


async def candidate(conn: Connection, workspace_id: UUID, name: str, *, member_id: UUID | None) -> str | None:
    """A candidate by slug or number, as JSON in the wire's shape; with a member, if it is in that one's repository."""
    by_number = name.isascii() and name.isdigit() and len(name) <= 18
    query = _profile("number" if by_number else "slug")
    params = {"workspace": workspace_id, "value": int(name) if by_number else name, "member": member_id}
    return await fetch_value(conn, query, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessedUpload:
    """An upload and, where it has come to one, the candidate by number and slug."""

    id: UUID
    status: str
    created_at: datetime
    finished_at: datetime | None
    candidate_number: int | None
    candidate_slug: str | None


async def processing(conn: Connection, workspace_id: UUID, upload_id: UUID) -> ProcessedUpload | None:
    """What has become of an upload."""
    query = """
        select u.id, u.status, u.created_at, u.finished_at, c.number as candidate_number, c.slug as candidate_slug
        from resume_upload u left join candidate c on c.workspace_id = u.workspace_id and c.id = u.candidate_id
        where u.workspace_id = %s and u.id = %s
    """
    return await fetch_one(conn, ProcessedUpload, query, (workspace_id, upload_id))


def _profile(key: str) -> str:
    """The statement for one candidate, found by a column."""
    return f"""
    select to_json(found)::text from (
        select {_SUMMARY}, c.title as current_job_title, c.company as current_employer, c.linkedin_url,
               case when coalesce(c.city, c.address->>'locality', c.country_code, c.address->>'country_code')
                         is not null
                    then json_build_object('locality', coalesce(c.city, c.address->>'locality'),
                                           'country_code', coalesce(c.country_code, c.address->>'country_code'))
               end as location,
               (select coalesce(json_agg(json_build_object('id', t.number, 'name', t.name, 'parent_id', main.number)
                                         order by t.number), '[]')
                from candidate_term ct
                join term t on t.workspace_id = ct.workspace_id and t.id = ct.term_id and t.kind = 'tag'
                left join term main on main.workspace_id = t.workspace_id and main.id = t.parent_id
                where ct.workspace_id = c.workspace_id and ct.candidate_id = c.id) as tags,
               (select coalesce(json_agg(json_build_object(
                           'id', a.number, 'type', a.kind, 'filename', coalesce(a.name, f.name, ''),
                           'created_at', {_TIME.format("a.created_at")}) order by a.number), '[]')
                from attachment a left join file f on f.workspace_id = a.workspace_id and f.id = a.file_id
                where a.workspace_id = c.workspace_id and a.candidate_id = c.id) as documents
        from candidate c
        where c.workspace_id = %(workspace)s and c.{key} = %(value)s
          and (%(member)s::uuid is null or exists (
              select from candidate_member cm
              where cm.workspace_id = c.workspace_id and cm.candidate_id = c.id and cm.member_id = %(member)s))
    ) found
"""


def _statement(wanted: CandidateFilter, order: CandidateOrder) -> str:
    direction = "desc" if order.descending else "asc"
    used = [text for name, text in _FILTERS.items() if getattr(wanted, name)]
    where = " and ".join(["cm.workspace_id = %(workspace)s and cm.member_id = %(member)s", *used])
    columns = f"cm.candidate_id, cm.candidate_number as number, {SORTS[order.by]} as sort_key"
    found = f"select {columns} from candidate_member cm where {where}"
    cut = f"order by sort_key {direction}, number {direction} offset %(offset)s limit %(limit)s"
    if used:
        tables = f"found as materialized ({found}), page as materialized (select * from found {cut})"
        total = "select count(*) from found"
    else:
        tables, total = (
            f"page as materialized ({found} {cut})",
            f"select count(*) from candidate_member cm where {where}",
        )
    rows = f"""
        select json_agg(to_json(one) order by page.sort_key {direction}, page.number {direction})
        from page
        join candidate c on c.workspace_id = %(workspace)s and c.id = page.candidate_id
        cross join lateral (select {_SUMMARY}) one
    """
    return f"with {tables} select ({total})::bigint, coalesce(({rows}), '[]')::text"


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
