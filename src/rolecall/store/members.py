"""Members: the people of a workspace, who hire and recruit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, columns, fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`role` is a word such as owner or recruiter; `number` is given by the database."""

    workspace_id: UUID
    id: UUID
    email: str
    first_name: str
    last_name: str
    role: str
    created_at: datetime
    modified_at: datetime
    disabled_at: datetime | None = None
    remote_id: str | None = None
    number: int | None = None


_COLUMNS = columns(Member)


async def insert(conn: Connection, member: Member) -> None:
    """Store a new member. Raises UniqueViolation when the workspace has one with this address."""
    await conn.execute(
        """
        insert into member (workspace_id, id, email, first_name, last_name, role, disabled_at, remote_id,
                            created_at, modified_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            member.workspace_id,
            member.id,
            member.email,
            member.first_name,
            member.last_name,
            member.role,
            member.disabled_at,
            member.remote_id,
            member.created_at,
            member.modified_at,
        ),
    )


async def by_email(conn: Connection, workspace_id: UUID, email: str) -> Member | None:
    """A member by address."""
    query = f"select {_COLUMNS} from member where workspace_id = %s and email = %s"
    return await fetch_one(conn, Member, query, (workspace_id, email))
