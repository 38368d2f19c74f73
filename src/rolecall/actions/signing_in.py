"""Signing in to the agencies' pages: by password or by a link that is used once, each into a session of one browser.

A password is checked between two transactions, since hashing takes long: `sign_in` gets the hash that it fitted and
looks again whether that still counts.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.credentials import secret_hash
from rolecall.domain.errors import LinkExpired, LinkUnknown, LinkUsed
from rolecall.domain.recruiters import (
    LINK_LIVES,
    SESSION_LIVES,
    RecruiterUnknown,
    Session,
    SignInLink,
    SignInRefused,
    is_locked,
    is_over,
    lock_after,
)
from rolecall.store import queue, recruiters
from rolecall.store.db import Connection

SEND_LINK = "sign_in_links.send"
_KIND = "agency_recruiter"
_LONGEST_AGENT = 300
_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A new session, and the token that the browser shows to be in it. The token is stored nowhere."""

    session: Session
    token: str = field(repr=False)


def new_token() -> str:
    """256 random bits, as text for an address or a cookie."""
    return secrets.token_urlsafe(32)


async def sign_in(ctx: Context, recruiter_id: UUID, *, fitted: str, user_agent: str) -> Opened:
    """Sign a recruiter in whose password fitted this stored hash. Raises SignInRefused."""
    account = await recruiters.hold_account(ctx.conn, ctx.workspace_id, recruiter_id)
    if account is None or account.password_hash != fitted or is_locked(account.locked_until, ctx.now):
        raise SignInRefused
    return await _open(ctx, recruiter_id, by="password", user_agent=user_agent)


async def note_failure(ctx: Context, recruiter_id: UUID) -> None:
    """Count a wrong password; after some, no password is taken for a while. A locked account counts none.

    It is written down also where nobody has the id, so that the time it takes does not tell whether anybody has.
    """
    account = await recruiters.hold_account(ctx.conn, ctx.workspace_id, recruiter_id)
    failures, lock = 0, None
    if account is not None:
        failures = account.failed_sign_ins
        if not is_locked(account.locked_until, ctx.now):
            failures += 1
            lock = lock_after(failures)
            locked_until = ctx.now + lock if lock is not None else None
            await recruiters.note_failures(
                ctx.conn, ctx.workspace_id, recruiter_id, failures=failures, locked_until=locked_until
            )
    verb = "sign_in_failed" if lock is None else "sign_in_locked"
    await record(ctx, _KIND, verb, record_id=recruiter_id, failures=failures)


async def ask_for_link(ctx: Context, email: str) -> None:
    """Queue a link to whoever has an address. Nobody can tell from this whether anybody has."""
    found = await recruiters.by_address(ctx.conn, ctx.workspace_id, email)
    recruiter = found.id if found is not None else new_id()
    await queue.defer(ctx.conn, SEND_LINK, workspace=str(ctx.workspace_id), recruiter=str(recruiter))


async def make_link(ctx: Context, recruiter_id: UUID, *, lives: timedelta = LINK_LIVES) -> str:
    """The token of a new link that signs a recruiter in once. Raises RecruiterUnknown."""
    if await recruiters.in_office(ctx.conn, ctx.workspace_id, recruiter_id) is None:
        raise RecruiterUnknown
    token = new_token()
    link = SignInLink(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        recruiter_id=recruiter_id,
        token_hash=secret_hash(token),
        created_at=ctx.now,
        expires_at=ctx.now + lives,
    )
    await recruiters.insert_link(ctx.conn, link)
    await record(ctx, _KIND, "link_made", record_id=recruiter_id)
    return token


async def check_link(conn: Connection, workspace_id: UUID, token: str, *, now: datetime) -> SignInLink:
    """The link of a token that can still be used. Raises LinkUnknown, LinkUsed or LinkExpired."""
    link = await recruiters.link_by_hash(conn, workspace_id, secret_hash(token))
    if link is None or await recruiters.in_office(conn, workspace_id, link.recruiter_id) is None:
        raise LinkUnknown
    if link.used_at is not None:
        raise LinkUsed
    if link.expires_at <= now:
        raise LinkExpired
    return link


async def use_link(ctx: Context, token: str, *, user_agent: str) -> Opened:
    """Sign in by a link. Raises LinkUnknown, LinkUsed or LinkExpired."""
    link = await check_link(ctx.conn, ctx.workspace_id, token, now=ctx.now)
    if not await recruiters.use_link(ctx.conn, ctx.workspace_id, link.id, at=ctx.now):
        raise LinkUsed
    return await _open(ctx, link.recruiter_id, by="link", user_agent=user_agent)


async def enter(ctx: Context, recruiter_id: UUID, *, user_agent: str) -> Opened:
    """Sign in whoever has just accepted an invitation. Raises RecruiterUnknown."""
    if await recruiters.in_office(ctx.conn, ctx.workspace_id, recruiter_id) is None:
        raise RecruiterUnknown
    return await _open(ctx, recruiter_id, by="invitation", user_agent=user_agent)


async def _open(ctx: Context, recruiter_id: UUID, *, by: str, user_agent: str) -> Opened:
    token = new_token()
    session = Session(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        recruiter_id=recruiter_id,
        token_hash=secret_hash(token),
        user_agent=_told(user_agent),
        created_at=ctx.now,
        seen_at=ctx.now,
        expires_at=ctx.now + SESSION_LIVES,
    )
    await recruiters.insert_session(ctx.conn, session)
    await recruiters.note_signed_in(ctx.conn, ctx.workspace_id, recruiter_id, at=ctx.now)
    await record(ctx, _KIND, "signed_in", record_id=recruiter_id, by=by, session=str(session.id))
    return Opened(session=session, token=token)


def _told(user_agent: str) -> str | None:
    printable = "".join(c if c.isprintable() else " " for c in user_agent)
    return printable[:_LONGEST_AGENT].strip() or None


async def session_of(conn: Connection, workspace_id: UUID, token: str, *, now: datetime) -> Session | None:
    """The session that a token is of, None when it has ended."""
    session = await recruiters.session_by_hash(conn, workspace_id, secret_hash(token))
    return None if session is None or is_over(session, now) else session


def is_to_note(session: Session, now: datetime) -> bool:
    """Whether it is time to store again that a session is used."""
    return now - session.seen_at >= _SEEN_EVERY


async def note_seen(ctx: Context, session: Session) -> None:
    """Store that a session is used."""
    await recruiters.touch_session(ctx.conn, ctx.workspace_id, session.id, at=ctx.now)


async def sign_out(ctx: Context, session: Session) -> None:
    """End the session of a browser."""
    if await recruiters.revoke_session(ctx.conn, ctx.workspace_id, session.recruiter_id, session.id, at=ctx.now):
        await record(ctx, _KIND, "signed_out", record_id=session.recruiter_id, session=str(session.id))


async def revoke_session(ctx: Context, recruiter_id: UUID, session_id: UUID) -> None:
    """End a session of one's own. Nothing happens when it has ended already."""
    if await recruiters.revoke_session(ctx.conn, ctx.workspace_id, recruiter_id, session_id, at=ctx.now):
        await record(ctx, _KIND, "session_revoked", record_id=recruiter_id, session=str(session_id))


async def set_password(ctx: Context, recruiter_id: UUID, password_hash: str, *, user_agent: str) -> Opened:
    """Store a password's hash, end all sessions and links of the recruiter, and go on in a session of this browser.

    Raises RecruiterUnknown.
    """
    if await recruiters.hold_account(ctx.conn, ctx.workspace_id, recruiter_id) is None:
        raise RecruiterUnknown
    await recruiters.set_password(ctx.conn, ctx.workspace_id, recruiter_id, password_hash, now=ctx.now)
    await recruiters.end_links(ctx.conn, ctx.workspace_id, recruiter_id, at=ctx.now)
    await record(ctx, _KIND, "password_set", record_id=recruiter_id)
    return await _open(ctx, recruiter_id, by="password_set", user_agent=user_agent)
