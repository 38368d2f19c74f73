"""Submissions of people by agencies to postings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from rolecall.domain.submissions import Submission, SubmissionStage
from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_rows, fetch_value

_COLUMNS = columns(Submission)
_SELECT = f"select {columns(Submission, of='s')} from submission s "
_JSON = frozenset({"must_haves", "answers"})
SAME_PERSON = "(s.email_key = %(email)s or (s.name_key = %(name)s and s.phone_key = %(phone)s))"


async def insert(conn: Connection, submission: Submission) -> None:
    """Store a new submission."""
    await rows.insert(conn, "submission", submission, json=_JSON)


async def get(conn: Connection, workspace_id: UUID, submission_id: UUID) -> Submission | None:
    """A submission by id."""
    return await fetch_one(
        conn, Submission, f"{_SELECT} where workspace_id = %s and id = %s", (workspace_id, submission_id)
    )


async def hold(conn: Connection, workspace_id: UUID, submission_id: UUID) -> Submission | None:
    """A submission by id, held against other writers until the transaction ends."""
    query = f"{_SELECT} where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, Submission, query, (workspace_id, submission_id))


async def of_posting(
    conn: Connection, workspace_id: UUID, posting_id: UUID, *, stages: Sequence[SubmissionStage] | None = None
) -> list[Submission]:
    """A posting's submissions, or those in some stages, the first confirmed first."""
    query = (
        _SELECT
        + """
        where workspace_id = %s and posting_id = %s and (%s::text[] is null or stage = any(%s))
        order by confirmed_at nulls last, id
    """
    )
    wanted = None if stages is None else list(stages)
    return await fetch_all(conn, Submission, query, (workspace_id, posting_id, wanted, wanted))


async def called(conn: Connection, workspace_id: UUID, posting_id: UUID, external_id: str) -> Submission | None:
    """A posting's submission that the embedding partner calls so."""
    query = f"{_SELECT} where workspace_id = %s and posting_id = %s and external_id = %s"
    return await fetch_one(conn, Submission, query, (workspace_id, posting_id, external_id))


async def of_agency(
    conn: Connection, workspace_id: UUID, agency_id: UUID, *, posting_id: UUID | None = None, limit: int = 500
) -> list[Submission]:
    """An agency's submissions, newest first, to one posting where it is given."""
    query = (
        _SELECT
        + """
        where workspace_id = %s and agency_id = %s and (%s::uuid is null or posting_id = %s) order by id desc limit %s
    """
    )
    return await fetch_all(conn, Submission, query, (workspace_id, agency_id, posting_id, posting_id, limit))


async def next_to_sort(conn: Connection, workspace_id: UUID, posting_id: UUID) -> Submission | None:
    """The new candidate of a posting who confirmed first."""
    query = (
        _SELECT
        + """
        where workspace_id = %s and posting_id = %s and stage = 'awaiting_sort' order by confirmed_at, id limit 1
    """
    )
    return await fetch_one(conn, Submission, query, (workspace_id, posting_id))


async def of_person(conn: Connection, person: Submission, *, posting_id: UUID) -> list[Submission]:
    """All submissions of the same person to a posting, this one too: the same address, or the same name and phone."""
    query = f"{_SELECT} where workspace_id = %(workspace)s and posting_id = %(posting)s and {SAME_PERSON} order by id"
    return await fetch_all(conn, Submission, query, person_keys(person) | {"posting": posting_id})


async def confirmed_for_client(conn: Connection, person: Submission, *, client_id: UUID) -> list[Submission]:
    """The confirmed submissions of the same person to any of a client's postings, the first confirmed first."""
    query = f"""
        select {columns(Submission, of="s")} from submission s
        join posting p on p.workspace_id = s.workspace_id and p.id = s.posting_id
        where s.workspace_id = %(workspace)s and p.client_id = %(client)s and s.confirmed_at is not null
          and {SAME_PERSON}
        order by s.confirmed_at, s.id
    """
    return await fetch_all(conn, Submission, query, person_keys(person) | {"client": client_id})


def person_keys(person: Submission) -> dict[str, Any]:
    """The parameters that SAME_PERSON asks for."""
    return {
        "workspace": person.workspace_id,
        "email": person.email_key,
        "name": person.name_key,
        "phone": person.phone_key,
    }


async def change(
    conn: Connection, workspace_id: UUID, submission_id: UUID, *, now: datetime, **facts: Any
) -> Submission:
    """Store some facts of a submission, named as its fields, and the time; what it is after that."""
    values = {name: Jsonb(value) if name in _JSON else value for name, value in facts.items()}
    sets = ", ".join(f"{name} = %({name})s" for name in values)
    query = f"""
        update submission set {sets}, updated_at = %(now)s where workspace_id = %(workspace)s and id = %(id)s
        returning {_COLUMNS}
    """
    params = {**values, "now": now, "workspace": workspace_id, "id": submission_id}
    changed = await fetch_one(conn, Submission, query.encode(), params)
    assert changed is not None, "whoever changes a submission holds it"
    return changed


async def mark(conn: Connection, workspace_id: UUID, submission_id: UUID, column: str, *, at: datetime) -> None:
    """Store a moment that changes nothing else: when mail went out, or when somebody has read."""
    query = f"update submission set {column} = %s where workspace_id = %s and id = %s"
    await conn.execute(query.encode(), (at, workspace_id, submission_id))


async def to_remind(
    conn: Connection, *, mailed_before: datetime, created_after: datetime, limit: int
) -> list[tuple[UUID, UUID]]:
    """Workspace and id of submissions that wait for their person, at postings that are not closed, in all workspaces.

    Each was made after one time, and last mailed at another or before.
    """
    query = """
        select s.workspace_id, s.id from submission s
        join posting p on p.workspace_id = s.workspace_id and p.id = s.posting_id
        join job j on j.workspace_id = p.workspace_id and j.id = p.job_id
        where s.stage = 'unconfirmed' and s.mailed_at <= %s and s.created_at > %s
          and p.state <> 'closed' and j.status = 'open'
        order by s.mailed_at limit %s
    """
    return [(workspace, id_) for workspace, id_ in await fetch_rows(conn, query, (mailed_before, created_after, limit))]


async def unsorted_since(conn: Connection, workspace_id: UUID, posting_id: UUID) -> datetime | None:
    """Since when the new candidate of a posting who waits longest has waited to be sorted."""
    query = """
        select min(stage_since) from submission where workspace_id = %s and posting_id = %s and stage = 'awaiting_sort'
    """
    return await fetch_value(conn, query, (workspace_id, posting_id))
