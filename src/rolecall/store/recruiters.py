"""Recruiters of agencies: who they are, and how they sign in."""

from datetime import datetime
from uuid import UUID

from rolecall.domain.recruiters import Account, Session, SignInLink
from rolecall.domain.submissions import Submission
from rolecall.store import rows
from rolecall.store.agencies import Recruiter
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value

_RECRUITER = columns(Recruiter)
_ACCOUNT = "id as recruiter_id, password_hash, failed_sign_ins, locked_until"


async def get(conn: Connection, workspace_id: UUID, agency_id: UUID, recruiter_id: UUID) -> Recruiter | None:
    """A recruiter of an agency, also one that has left."""
    query = f"select {_RECRUITER} from agency_recruiter where workspace_id = %s and agency_id = %s and id = %s"
    return await fetch_one(conn, Recruiter, query, (workspace_id, agency_id, recruiter_id))


async def of_submission(conn: Connection, submission: Submission) -> Recruiter | None:
    """Who submitted somebody, also one that has left; None where that is not known any more."""
    query = f"select {_RECRUITER} from agency_recruiter where workspace_id = %s and agency_id = %s and id = %s"
    return await fetch_one(
        conn, Recruiter, query, (submission.workspace_id, submission.agency_id, submission.recruiter_id)
    )


async def hold_team(conn: Connection, workspace_id: UUID, agency_id: UUID) -> list[Recruiter]:
    """An agency's recruiters, held against other writers until the transaction ends."""
    query = f"""
        select {_RECRUITER} from agency_recruiter where workspace_id = %s and agency_id = %s order by id
        for no key update
    """
    return await fetch_all(conn, Recruiter, query, (workspace_id, agency_id))


async def in_office(conn: Connection, workspace_id: UUID, recruiter_id: UUID) -> Recruiter | None:
    """A recruiter by id, unless that one has left."""
    query = f"select {_RECRUITER} from agency_recruiter where workspace_id = %s and id = %s and disabled_at is null"
    return await fetch_one(conn, Recruiter, query, (workspace_id, recruiter_id))


async def by_address(conn: Connection, workspace_id: UUID, email: str) -> Recruiter | None:
    """The recruiter in office with an e-mail address, in any letter case."""
    query = f"""
        select {_RECRUITER} from agency_recruiter
        where workspace_id = %s and lower(email) = lower(%s) and disabled_at is null
    """
    return await fetch_one(conn, Recruiter, query, (workspace_id, email))


async def account_by_address(conn: Connection, workspace_id: UUID, email: str) -> Account | None:
    """How the recruiter in office with an e-mail address signs in."""
    query = f"""
        select {_ACCOUNT} from agency_recruiter
        where workspace_id = %s and lower(email) = lower(%s) and disabled_at is null
    """
    return await fetch_one(conn, Account, query, (workspace_id, email))


async def hold_account(conn: Connection, workspace_id: UUID, recruiter_id: UUID) -> Account | None:
    """How a recruiter in office signs in, held against other writers until the transaction ends."""
    query = f"""
        select {_ACCOUNT} from agency_recruiter where workspace_id = %s and id = %s and disabled_at is null
        for no key update
    """
    return await fetch_one(conn, Account, query, (workspace_id, recruiter_id))


async def note_failures(
    conn: Connection, workspace_id: UUID, recruiter_id: UUID, *, failures: int, locked_until: datetime | None
) -> None:
    """Store how often in a row a recruiter's password was wrong, and until when none is taken."""
    await conn.execute(
        "update agency_recruiter set failed_sign_ins = %s, locked_until = %s where workspace_id = %s and id = %s",
        (failures, locked_until, workspace_id, recruiter_id),
    )


async def note_signed_in(conn: Connection, workspace_id: UUID, recruiter_id: UUID, *, at: datetime) -> None:
    """Store that a recruiter has signed in, which ends the count of failures."""
    await conn.execute(
        """
        update agency_recruiter set signed_in_at = %s, failed_sign_ins = 0, locked_until = null
        where workspace_id = %s and id = %s
        """,
        (at, workspace_id, recruiter_id),
    )


async def set_password(
    conn: Connection, workspace_id: UUID, recruiter_id: UUID, password_hash: str, *, now: datetime
) -> None:
    """Store a recruiter's password. Sessions from before count no more."""
    await conn.execute(
        """
        update agency_recruiter
        set password_hash = %s, sessions_since = %s, failed_sign_ins = 0, locked_until = null
        where workspace_id = %s and id = %s
        """,
        (password_hash, now, workspace_id, recruiter_id),
    )


async def set_role(conn: Connection, workspace_id: UUID, recruiter_id: UUID, role: str) -> None:
    """Store what a recruiter may do."""
    await conn.execute(
        "update agency_recruiter set role = %s where workspace_id = %s and id = %s",
        (role, workspace_id, recruiter_id),
    )


async def set_disabled(
    conn: Connection, workspace_id: UUID, recruiter_id: UUID, *, at: datetime | None, now: datetime
) -> None:
    """Store that a recruiter has left, or is back (None). Sessions from before count no more.

    Raises UniqueViolation when the address signs somebody else in by now.
    """
    await conn.execute(
        "update agency_recruiter set disabled_at = %s, sessions_since = %s where workspace_id = %s and id = %s",
        (at, now, workspace_id, recruiter_id),
    )


async def has_password(conn: Connection, workspace_id: UUID, recruiter_id: UUID) -> bool:
    """Whether a recruiter can sign in by password."""
    query = "select password_hash is not null from agency_recruiter where workspace_id = %s and id = %s"
    return bool(await fetch_value(conn, query, (workspace_id, recruiter_id)))


# --- sessions --------------------------------------------------------------------------------------------------------

_LIVE_SESSION = f"""
    select {columns(Session, of="s")} from agency_session s
    join agency_recruiter r on r.workspace_id = s.workspace_id and r.id = s.recruiter_id
    where s.workspace_id = %s and s.revoked_at is null and r.disabled_at is null
      and (r.sessions_since is null or s.created_at >= r.sessions_since)
"""


async def insert_session(conn: Connection, session: Session) -> None:
    """Store a new session."""
    await rows.insert(conn, "agency_session", session)


async def session_by_hash(conn: Connection, workspace_id: UUID, token_hash: bytes) -> Session | None:
    """The session of a token, unless it was revoked or its recruiter has left. Whether it is over, the domain says."""
    query = _LIVE_SESSION + "and s.token_hash = %s"
    return await fetch_one(conn, Session, query, (workspace_id, token_hash))


async def sessions(conn: Connection, workspace_id: UUID, recruiter_id: UUID) -> list[Session]:
    """A recruiter's sessions that were not revoked, those that are over too, the last used first."""
    query = _LIVE_SESSION + "and s.recruiter_id = %s order by s.seen_at desc, s.id desc limit 200"
    return await fetch_all(conn, Session, query, (workspace_id, recruiter_id))


async def touch_session(conn: Connection, workspace_id: UUID, session_id: UUID, *, at: datetime) -> None:
    """Store when a session was last used."""
    await conn.execute(
        "update agency_session set seen_at = %s where workspace_id = %s and id = %s and seen_at < %s",
        (at, workspace_id, session_id, at),
    )


async def revoke_session(
    conn: Connection, workspace_id: UUID, recruiter_id: UUID, session_id: UUID, *, at: datetime
) -> bool:
    """End a recruiter's session; False when there is none to end."""
    cursor = await conn.execute(
        """
        update agency_session set revoked_at = %s
        where workspace_id = %s and recruiter_id = %s and id = %s and revoked_at is null
        """,
        (at, workspace_id, recruiter_id, session_id),
    )
    return cursor.rowcount == 1


async def forget_sessions(conn: Connection, *, before: datetime) -> int:
    """Drop the sessions of all workspaces that ended before then; how many."""
    cursor = await conn.execute("delete from agency_session where expires_at < %s", (before,))
    return cursor.rowcount


# --- links -----------------------------------------------------------------------------------------------------------


async def insert_link(conn: Connection, link: SignInLink) -> None:
    """Store a new link."""
    await rows.insert(conn, "agency_sign_in_link", link)


async def link_by_hash(conn: Connection, workspace_id: UUID, token_hash: bytes) -> SignInLink | None:
    """The link of a token."""
    query = f"select {columns(SignInLink)} from agency_sign_in_link where workspace_id = %s and token_hash = %s"
    return await fetch_one(conn, SignInLink, query, (workspace_id, token_hash))


async def use_link(conn: Connection, workspace_id: UUID, link_id: UUID, *, at: datetime) -> bool:
    """Use a link up; False when somebody has."""
    cursor = await conn.execute(
        "update agency_sign_in_link set used_at = %s where workspace_id = %s and id = %s and used_at is null",
        (at, workspace_id, link_id),
    )
    return cursor.rowcount == 1


async def end_links(conn: Connection, workspace_id: UUID, recruiter_id: UUID, *, at: datetime) -> None:
    """End the links of a recruiter that nobody has used."""
    await conn.execute(
        """
        update agency_sign_in_link set used_at = %s
        where workspace_id = %s and recruiter_id = %s and used_at is null
        """,
        (at, workspace_id, recruiter_id),
    )


async def forget_links(conn: Connection, *, before: datetime) -> int:
    """Drop the links of all workspaces that ended before then; how many."""
    cursor = await conn.execute("delete from agency_sign_in_link where expires_at < %s", (before,))
    return cursor.rowcount
