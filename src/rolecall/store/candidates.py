"""Candidates, with the members whose repositories they are in and the tags they carry."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Json, Jsonb

from rolecall.domain.candidates import Candidate
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value

_SELECT = f"select {columns(Candidate, of='c')} from candidate c "
_JSON = frozenset({"urls", "address", "spoken_languages"})
_FACTS = tuple(name for name in columns(Candidate).split(", ") if name not in {"workspace_id", "id", "number"})
_WRITTEN = (*_FACTS, "search_text")
_INSERT = f"""
    insert into candidate (workspace_id, id, {", ".join(_WRITTEN)})
    values (%s, %s, {", ".join(["%s"] * len(_WRITTEN))})
"""
# Repositories are listed from rows of their own, which follow the candidate's.
_UPDATE = f"""
    with changed as (
        update candidate set {", ".join(f"{name} = %s" for name in _WRITTEN)}
        where workspace_id = %s and id = %s
        returning workspace_id, id, status, search_text
    )
    update candidate_member m set status = c.status, search_text = c.search_text
    from changed c
    where m.workspace_id = c.workspace_id and m.candidate_id = c.id
      and (m.status, m.search_text) is distinct from (c.status, c.search_text)
"""


def shown_email(*, of: str) -> str:
    """For a select: the address by which a candidate of table `of` is known, as they write it; NULL if none is.

    What other systems store among the addresses may be any text; this is always an address.
    """
    return f"coalesce((select a from unnest({of}.email_addresses) a where lower(a) = {of}.email limit 1), {of}.email)"


def _values(candidate: Candidate) -> list[object]:
    found = [(name, getattr(candidate, name)) for name in _WRITTEN]
    return [Jsonb(value) if name in _JSON and value is not None else value for name, value in found]


async def insert(conn: Connection, candidate: Candidate) -> None:
    """Store a new candidate. Raises UniqueViolation for a slug or a remote id that is taken."""
    await conn.execute(_INSERT.encode(), [candidate.workspace_id, candidate.id, *_values(candidate)])


async def update(conn: Connection, candidate: Candidate) -> None:
    """Store all facts of a candidate again."""
    await conn.execute(_UPDATE.encode(), [*_values(candidate), candidate.workspace_id, candidate.id])


async def add_number_to_slug(conn: Connection, workspace_id: UUID, candidate_id: UUID, *, name: str) -> None:
    """Let a new candidate's slug be a name and the number that the database has given it, which nobody else has."""
    await conn.execute(
        "update candidate set slug = %s || '-' || number where workspace_id = %s and id = %s",
        (name, workspace_id, candidate_id),
    )


async def set_raw(conn: Connection, workspace_id: UUID, candidate_id: UUID, *, raw: Any) -> None:
    """Keep what a candidate came from."""
    query = "update candidate set raw = %s where workspace_id = %s and id = %s"
    await conn.execute(query, (Json(raw), workspace_id, candidate_id))


async def get(conn: Connection, workspace_id: UUID, candidate_id: UUID) -> Candidate | None:
    """A candidate by id."""
    return await fetch_one(
        conn, Candidate, _SELECT + "where c.workspace_id = %s and c.id = %s", (workspace_id, candidate_id)
    )


async def lock(conn: Connection, workspace_id: UUID, candidate_id: UUID) -> Candidate | None:
    """A candidate by id, held against other writers until the transaction ends."""
    query = _SELECT + "where c.workspace_id = %s and c.id = %s for no key update"
    return await fetch_one(conn, Candidate, query, (workspace_id, candidate_id))


async def hold_address(conn: Connection, workspace_id: UUID, email: str) -> None:
    """Let one transaction at a time decide what becomes of a folded address, known or new."""
    query = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"
    await conn.execute(query, (f"candidate {workspace_id} {email}",))


async def by_email(conn: Connection, workspace_id: UUID, connector_id: UUID, email: str) -> list[Candidate]:
    """The candidates of a connector with this folded address, oldest first."""
    query = _SELECT + "where c.workspace_id = %s and c.email = %s and c.connector_id = %s order by c.id"
    return await fetch_all(conn, Candidate, query, (workspace_id, email, connector_id))


async def add_members(
    conn: Connection, workspace_id: UUID, candidate_id: UUID, *, member_ids: Sequence[UUID], now: datetime
) -> None:
    """Put a candidate into the repositories of members; those that have it keep it."""
    await conn.execute(
        """
        insert into candidate_member (workspace_id, candidate_id, member_id, created_at, candidate_number,
                                      candidate_created_at, status, search_text)
        select c.workspace_id, c.id, m.id, %s, c.number, c.created_at, c.status, c.search_text
        from candidate c cross join unnest(%s::uuid[]) as m (id)
        where c.workspace_id = %s and c.id = %s
        on conflict do nothing
        """,
        (now, list(member_ids), workspace_id, candidate_id),
    )


async def add_terms(conn: Connection, workspace_id: UUID, candidate_id: UUID, *, term_ids: Sequence[UUID]) -> None:
    """Tag a candidate; tags that it has stay."""
    await conn.execute(
        """
        insert into candidate_term (workspace_id, candidate_id, term_id)
        select %s, %s, id from unnest(%s::uuid[]) as t (id)
        on conflict do nothing
        """,
        (workspace_id, candidate_id, list(term_ids)),
    )


async def set_tags(conn: Connection, workspace_id: UUID, candidate_id: UUID, *, term_ids: Sequence[UUID]) -> bool:
    """Make these the candidate's tags; False when they were already."""
    return await fetch_value(
        conn,
        """
        with gone as (
            delete from candidate_term c using term t
            where c.workspace_id = %(workspace)s and c.candidate_id = %(candidate)s
              and t.workspace_id = c.workspace_id and t.id = c.term_id and t.kind = 'tag'
              and not c.term_id = any(%(ids)s::uuid[])
            returning c.term_id
        ), added as (
            insert into candidate_term (workspace_id, candidate_id, term_id)
            select %(workspace)s, %(candidate)s, id from unnest(%(ids)s::uuid[]) as t (id)
            on conflict do nothing
            returning term_id
        )
        select exists (select from gone) or exists (select from added)
        """,
        {"workspace": workspace_id, "candidate": candidate_id, "ids": list(term_ids)},
    )
