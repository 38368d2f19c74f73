"""Members: the people of a workspace, who hire and recruit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.domain.texts import folded_lines
from rolecall.store.connectors import of_native
from rolecall.store.db import Connection, columns, fetch_all, fetch_one

EMPLOYEE = "employee"
PORTAL = "portal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`role` is a word such as owner or recruiter, `role_label` how people read it where the word does not say it.

    `kind` is EMPLOYEE, or PORTAL for somebody from outside; `number` is given by the database.
    """

    workspace_id: UUID
    id: UUID
    email: str
    first_name: str
    last_name: str
    role: str
    created_at: datetime
    modified_at: datetime
    kind: str = EMPLOYEE
    job_title: str | None = None
    phone: str | None = None
    role_label: str | None = None
    avatar_image_id: UUID | None = None
    disabled_at: datetime | None = None
    remote_id: str | None = None
    number: int | None = None


_COLUMNS = columns(Member)
_OWN = of_native("member")


async def insert(conn: Connection, member: Member) -> None:
    """Store a new member. Raises UniqueViolation when the workspace has one with this address."""
    await conn.execute(
        """
        insert into member (workspace_id, id, email, first_name, last_name, role, kind, job_title, phone, role_label,
                            avatar_image_id, disabled_at, remote_id, search_text, created_at, modified_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            member.workspace_id,
            member.id,
            member.email,
            member.first_name,
            member.last_name,
            member.role,
            member.kind,
            member.job_title,
            member.phone,
            member.role_label,
            member.avatar_image_id,
            member.disabled_at,
            member.remote_id,
            folded_lines(member.first_name, member.last_name, member.email, member.job_title),
            member.created_at,
            member.modified_at,
        ),
    )


async def set_disabled(conn: Connection, workspace_id: UUID, member_id: UUID, *, now: datetime) -> None:
    """Let a member be one that has left, from now on."""
    await conn.execute(
        "update member set disabled_at = %s, modified_at = %s where workspace_id = %s and id = %s",
        (now, now, workspace_id, member_id),
    )


async def set_avatar(
    conn: Connection, workspace_id: UUID, member_id: UUID, *, image_id: UUID | None, now: datetime
) -> None:
    """Show a member with this image, or with none."""
    await conn.execute(
        "update member set avatar_image_id = %s, modified_at = %s where workspace_id = %s and id = %s",
        (image_id, now, workspace_id, member_id),
    )


async def by_email(conn: Connection, workspace_id: UUID, email: str) -> Member | None:
    """A member by address; people of linked systems are not looked at, here and below."""
    query = f"select {_COLUMNS} from member where workspace_id = %s and email = %s and {_OWN}"
    return await fetch_one(conn, Member, query, (workspace_id, email))


async def lock_by_email(conn: Connection, workspace_id: UUID, email: str) -> Member | None:
    """A member by address, held against other writers until the transaction ends."""
    query = f"select {_COLUMNS} from member where workspace_id = %s and email = %s and {_OWN} for no key update"
    return await fetch_one(conn, Member, query, (workspace_id, email))


async def of_workspace(conn: Connection, workspace_id: UUID) -> list[Member]:
    """A workspace's members by name, those who have left too."""
    query = f"select {_COLUMNS} from member where workspace_id = %s and {_OWN} order by search_text, number"
    return await fetch_all(conn, Member, query, (workspace_id,))


async def by_number(conn: Connection, workspace_id: UUID, number: int) -> Member | None:
    """A member by the number that the database has given."""
    query = f"select {_COLUMNS} from member where workspace_id = %s and number = %s and {_OWN}"
    return await fetch_one(conn, Member, query, (workspace_id, number))
