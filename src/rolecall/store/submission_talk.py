"""What is said about a submission: its moves with their feedback, and the chat of client and agency."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.domain.submissions import Side
from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move, with what was said about it. `actor` is named as in events."""

    workspace_id: UUID
    id: UUID
    submission_id: UUID
    old: str
    new: str
    feedback: str | None
    actor: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message of the chat: text, a file, or both. `user_id` or `recruiter_id` wrote it, while they are there."""

    workspace_id: UUID
    id: UUID
    submission_id: UUID
    side: Side
    user_id: UUID | None
    recruiter_id: UUID | None
    text: str | None
    file_id: UUID | None
    created_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "side", Side(self.side))


async def insert_move(conn: Connection, move: Move) -> None:
    """Store a move."""
    await rows.insert(conn, "submission_move", move)


async def moves(conn: Connection, workspace_id: UUID, submission_id: UUID) -> list[Move]:
    """The moves of a submission, in order."""
    query = f"select {columns(Move)} from submission_move where workspace_id = %s and submission_id = %s order by id"
    return await fetch_all(conn, Move, query, (workspace_id, submission_id))


async def insert_message(conn: Connection, message: Message) -> None:
    """Store a message; its file's row is there already."""
    await rows.insert(conn, "submission_message", message)


async def messages(conn: Connection, workspace_id: UUID, submission_id: UUID) -> list[Message]:
    """The chat of a submission, in order."""
    query = (
        f"select {columns(Message)} from submission_message where workspace_id = %s and submission_id = %s order by id"
    )
    return await fetch_all(conn, Message, query, (workspace_id, submission_id))


async def unread(conn: Connection, workspace_id: UUID, submission_id: UUID, *, by: Side, since: datetime | None) -> int:
    """How many messages of the other side came since somebody of this side looked."""
    query = """
        select count(*) from submission_message
        where workspace_id = %s and submission_id = %s and side <> %s and (%s::timestamptz is null or created_at > %s)
    """
    return await fetch_value(conn, query, (workspace_id, submission_id, by, since, since))
