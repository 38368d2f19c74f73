"""What the tasks screen reads, each list for one client. Nothing of people who have not confirmed shows.

`creator_id` leaves only the postings that this user made; None leaves all.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rolecall.store.db import Connection, fetch_all

_MOST = 100  # of each list


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsorted:
    """A posting with new candidates: how many, the one who waits longest, and since when that one waits."""

    job_id: UUID
    title: str
    state: str
    candidates: int
    first_id: UUID
    waits_since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A submission with messages of the agency that nobody of the client has read."""

    job_id: UUID
    submission_id: UUID
    person: str
    title: str
    agency: str
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about a posting that waits for an answer."""

    job_id: UUID
    title: str
    question: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """Somebody whom an agency took back; `agency` is None where the client did not know which it was."""

    job_id: UUID
    submission_id: UUID
    person: str
    title: str
    agency: str | None
    reason: str | None
    stage_since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A posting that is not closed, as its maker finds it again."""

    job_id: UUID
    title: str
    state: str


_OF_SCOPE = """
    p.workspace_id = %(workspace)s and p.client_id = %(client)s
    and (%(creator)s::uuid is null or p.creator_id = %(creator)s)
"""


def _params(workspace_id: UUID, client_id: UUID, creator_id: UUID | None) -> dict[str, Any]:
    return {"workspace": workspace_id, "client": client_id, "creator": creator_id, "most": _MOST}


async def new_candidates(
    conn: Connection, workspace_id: UUID, client_id: UUID, creator_id: UUID | None
) -> list[Unsorted]:
    """A client's postings with candidates to sort, the longest waiting first."""
    query = f"""
        select p.job_id, p.title, p.state, count(*) as candidates,
               (array_agg(s.id order by s.confirmed_at, s.id))[1] as first_id, min(s.stage_since) as waits_since
        from posting p
        join submission s on s.workspace_id = p.workspace_id and s.posting_id = p.id and s.stage = 'awaiting_sort'
        where {_OF_SCOPE}
        group by p.job_id, p.title, p.state
        order by min(s.stage_since) limit %(most)s
    """
    return await fetch_all(conn, Unsorted, query, _params(workspace_id, client_id, creator_id))


async def unread_messages(
    conn: Connection, workspace_id: UUID, client_id: UUID, creator_id: UUID | None
) -> list[Unread]:
    """A client's submissions with unread messages, the oldest message first."""
    query = f"""
        select p.job_id, s.id as submission_id, s.first_name || ' ' || s.last_name as person, p.title, a.name as agency,
               count(*) as messages
        from posting p
        join submission s on s.workspace_id = p.workspace_id and s.posting_id = p.id and s.confirmed_at is not null
        join agency a on a.workspace_id = s.workspace_id and a.id = s.agency_id
        join submission_message m on m.workspace_id = s.workspace_id and m.submission_id = s.id and m.side = 'agency'
            and (s.client_read_at is null or m.created_at > s.client_read_at)
        where {_OF_SCOPE}
        group by p.job_id, p.title, s.id, s.first_name, s.last_name, a.name
        order by min(m.created_at) limit %(most)s
    """
    return await fetch_all(conn, Unread, query, _params(workspace_id, client_id, creator_id))


async def open_questions(conn: Connection, workspace_id: UUID, client_id: UUID, creator_id: UUID | None) -> list[Asked]:
    """Questions about a client's postings without an answer, oldest first."""
    query = f"""
        select p.job_id, p.title, q.question, q.created_at
        from posting p
        join posting_question q on q.workspace_id = p.workspace_id and q.posting_id = p.id and q.answer is null
        where {_OF_SCOPE} and p.state <> 'closed'
        order by q.id limit %(most)s
    """
    return await fetch_all(conn, Asked, query, _params(workspace_id, client_id, creator_id))


async def unseen_withdrawals(
    conn: Connection, workspace_id: UUID, client_id: UUID, creator_id: UUID | None
) -> list[Withdrawn]:
    """Confirmed candidates whom agencies took back and whose withdrawal nobody has noticed, oldest first.

    Somebody who was still to be sorted came from an agency that the client did not know.
    """
    query = f"""
        select p.job_id, s.id as submission_id, s.first_name || ' ' || s.last_name as person, p.title,
               case when s.exited_from <> 'awaiting_sort' then a.name end as agency, s.stage_since,
               (select m.feedback from submission_move m
                where m.workspace_id = s.workspace_id and m.submission_id = s.id and m.new = 'withdrawn'
                order by m.id desc limit 1) as reason
        from posting p
        join submission s on s.workspace_id = p.workspace_id and s.posting_id = p.id and s.stage = 'withdrawn'
            and s.confirmed_at is not null and s.withdrawal_seen_at is null
        join agency a on a.workspace_id = s.workspace_id and a.id = s.agency_id
        where {_OF_SCOPE}
        order by s.stage_since limit %(most)s
    """
    return await fetch_all(conn, Withdrawn, query, _params(workspace_id, client_id, creator_id))


async def offered(conn: Connection, workspace_id: UUID, client_id: UUID, creator_id: UUID) -> list[Offered]:
    """The postings that a user made and that are not closed, by title."""
    query = f"""
        select p.job_id, p.title, p.state from posting p
        join job j on j.workspace_id = p.workspace_id and j.id = p.job_id and j.status = 'open'
        where {_OF_SCOPE} and p.state <> 'closed'
        order by lower(p.title), p.id limit %(most)s
    """
    return await fetch_all(conn, Offered, query, _params(workspace_id, client_id, creator_id))
