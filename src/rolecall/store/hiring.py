"""What happens to an application after it has come in, and what is noted of a candidate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rolecall.store.db import Connection, columns, fetch_all, fetch_values
from rolecall.store.rows import insert


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What each of them has."""

    workspace_id: UUID
    id: UUID
    connector_id: UUID
    created_at: datetime
    modified_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectReason(Record):
    """`name` is a key within a connector."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Record):
    """A note, an e-mail or another entry on a timeline; `member_id` wrote it, `body` is plain text or clean HTML."""

    candidate_id: UUID | None
    member_id: UUID | None
    kind: str | None
    subject: str | None
    body: str | None
    visibility: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Eeoc(Record):
    """Equal-opportunity answers of a candidate."""

    candidate_id: UUID
    submitted_at: datetime | None
    race: str | None
    gender: str | None
    veteran_status: str | None
    disability_status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview(Record):
    """One interview of an application; who interviews stands in a table of its own."""

    application_id: UUID
    stage_id: UUID | None
    organizer_id: UUID | None
    location: str | None
    starts_at: datetime
    ends_at: datetime
    time_zone: str | None
    status: str | None
    remote_created_at: datetime | None
    remote_updated_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An interview as those who meet read it: `time_zone` is whose clock it was arranged by, None for UTC."""

    starts_at: datetime
    ends_at: datetime
    time_zone: str | None
    location: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard(Record):
    """What one interviewer thinks of an application."""

    application_id: UUID
    interview_id: UUID | None
    interviewer_id: UUID | None
    recommendation: str | None
    submitted_at: datetime | None
    remote_created_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Record):
    """An offer made on an application; `start_date` is the first day of work."""

    application_id: UUID
    creator_id: UUID | None
    status: str | None
    sent_at: datetime | None
    closed_at: datetime | None
    start_date: date | None
    remote_created_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceQuestion(Record):
    """A question of a job's application form as a source has it.

    `choices` are its options as they came, `options` their labels.
    """

    job_id: UUID
    position: int
    text: str
    description: str | None
    kind: str
    required: bool
    options: list[str]
    choices: list[dict[str, Any]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOffice(Record):
    """A location as a source has it, without a code: it stands for no place that partners name."""

    name: str
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAccount(Record):
    """A member as a source has it; names may be empty."""

    email: str
    first_name: str
    last_name: str
    role: str
    disabled_at: datetime | None
    remote_created_at: datetime | None


async def meetings(conn: Connection, workspace_id: UUID, application_id: UUID | None) -> list[Meeting]:
    """The interviews of an application, in order; none without one."""
    query = f"""
        select {columns(Meeting)} from interview
        where workspace_id = %s and application_id = %s and starts_at is not null and ends_at is not null
        order by starts_at, id
    """
    return await fetch_all(conn, Meeting, query, (workspace_id, application_id))


async def add_interviewers(
    conn: Connection, workspace_id: UUID, interview_id: UUID, *, member_ids: Sequence[UUID]
) -> None:
    """Let members interview, in this order."""
    await conn.execute(
        """
        insert into interview_member (workspace_id, interview_id, member_id, position)
        select %s, %s, id, place from unnest(%s::uuid[]) with ordinality as wanted (id, place)
        """,
        (workspace_id, interview_id, list(member_ids)),
    )


async def add_question(conn: Connection, question: SourceQuestion) -> None:
    """Store a new question of a job's form."""
    await insert(conn, "screening_question", question, json={"choices"})


async def last_question_position(conn: Connection, workspace_id: UUID, job_id: UUID) -> int:
    """The place of the last question of a job's form, 0 when it has none."""
    query = "select coalesce(max(position), 0) from screening_question where workspace_id = %s and job_id = %s"
    (found,) = await fetch_values(conn, query, (workspace_id, job_id))
    return found


async def last_stage_position(conn: Connection, workspace_id: UUID, job_id: UUID) -> int:
    """The place of the last stage of a job, 0 when it has none."""
    query = "select coalesce(max(position), 0) from stage where workspace_id = %s and job_id = %s"
    (found,) = await fetch_values(conn, query, (workspace_id, job_id))
    return found
