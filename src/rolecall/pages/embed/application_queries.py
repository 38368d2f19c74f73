"""What the application screen reads beside the submission itself."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rolecall.domain.submissions import Side
from rolecall.store.db import Connection, fetch_all, fetch_value, fetch_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message of the chat, with its writer's name and its file's; both are None where there is none."""

    side: Side
    writer: str | None
    text: str | None
    file_id: UUID | None
    file_name: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An offer on the record; `start_date` is the first day of work."""

    sent_at: datetime | None
    start_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherJob:
    """A job to which somebody can be transferred."""

    job_id: UUID
    title: str
    code: str | None


async def chat(conn: Connection, workspace_id: UUID, submission_id: UUID) -> list[Said]:
    """The messages about a submission, in order."""
    query = """
        select m.side, m.text, m.file_id, f.name as file_name, m.created_at,
               coalesce(r.first_name || ' ' || r.last_name, nullif(concat_ws(' ', u.first_name, u.last_name), ''),
                        u.external_id) as writer
        from submission_message m
        left join agency_recruiter r on r.workspace_id = m.workspace_id and r.id = m.recruiter_id
        left join client_user u on u.workspace_id = m.workspace_id and u.id = m.user_id
        left join file f on f.workspace_id = m.workspace_id and f.id = m.file_id
        where m.workspace_id = %s and m.submission_id = %s
        order by m.id
    """
    return await fetch_all(conn, Said, query, (workspace_id, submission_id))


async def offers(conn: Connection, workspace_id: UUID, application_id: UUID | None) -> list[Offer]:
    """The offers on an application, in order."""
    query = "select sent_at, start_date from offer where workspace_id = %s and application_id = %s order by id"
    return await fetch_all(conn, Offer, query, (workspace_id, application_id))


async def jobs_to_transfer_to(
    conn: Connection, workspace_id: UUID, client_id: UUID, *, but_for: UUID
) -> list[OtherJob]:
    """The client's jobs whose postings take candidates, by title."""
    query = """
        select p.job_id, p.title, j.code from posting p
        join job j on j.workspace_id = p.workspace_id and j.id = p.job_id and j.status = 'open'
        where p.workspace_id = %s and p.client_id = %s and p.id <> %s and p.state in ('open', 'yielded', 'locked')
        order by lower(p.title), p.id limit 200
    """
    return await fetch_all(conn, OtherJob, query, (workspace_id, client_id, but_for))


async def unsorted(conn: Connection, workspace_id: UUID, posting_id: UUID) -> list[UUID]:
    """A posting's new candidates, the one who confirmed first first."""
    query = """
        select id from submission where workspace_id = %s and posting_id = %s and stage = 'awaiting_sort'
        order by confirmed_at, id
    """
    return await fetch_values(conn, query, (workspace_id, posting_id))


async def has_unread(conn: Connection, workspace_id: UUID, submission_id: UUID) -> bool:
    """Whether the agency wrote, or took the person back, since the client looked."""
    query = """
        select exists (
            select from submission s
            where s.workspace_id = %(workspace)s and s.id = %(submission)s
              and (s.stage = 'withdrawn' and s.withdrawal_seen_at is null
                   or exists (select from submission_message m
                              where m.workspace_id = s.workspace_id and m.submission_id = s.id and m.side = 'agency'
                                and (s.client_read_at is null or m.created_at > s.client_read_at))))
    """
    return await fetch_value(conn, query, {"workspace": workspace_id, "submission": submission_id})
