"""Sessions of screens. A link is a launch token: each opening exchanges it for a session that the page alone holds.

A link opens for one origin only, that of the page which opened it first, so that a reload works and a copy does not.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.embedding.links import LINK_LIVES
from rolecall.actions.ids import new_id
from rolecall.domain.errors import LinkExpired, LinkUnknown, LinkUsed
from rolecall.domain.screens import Link, Screen, ScreenSession
from rolecall.store import screen_sessions
from rolecall.store.connectors import Connector
from rolecall.store.db import Connection

_SECRET_BYTES = 32
_WORKSPACE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Begun:
    """A new session, and the token that only the page gets."""

    session: ScreenSession
    token: str


async def open_link(ctx: Context, link: Link, connector: Connector, *, origin: str | None, ends: datetime) -> Begun:
    """Exchange a link, good until it `ends`, for a session of the page that frames it, which ends with it.

    Raises LinkUsed when another page has opened the link before, or may not frame the connector's screens.
    """
    if origin is not None and connector.origins and origin not in connector.origins:
        raise LinkUsed
    await screen_sessions.put_link(ctx.conn, link, origin=origin, now=ctx.now, expires_at=ends)
    if await screen_sessions.origin_of_link(ctx.conn, ctx.workspace_id, link.id) != origin:
        raise LinkUsed
    token = _new_token(link.workspace_id)
    session = ScreenSession(
        screen=link.screen,
        workspace_id=link.workspace_id,
        credential_id=link.credential_id,
        connector_id=link.connector_id,
        client_id=link.client_id,
        user_id=link.user_id,
        job_id=link.job_id,
        submission_id=link.submission_id,
        id=new_id(),
        link_id=link.id,
        token_hash=_hash(token),
        origin=origin,
        created_at=ctx.now,
        expires_at=min(ends, ctx.now + LINK_LIVES),
    )
    return await _begin(ctx, session, token)


async def go_on(
    ctx: Context,
    session: ScreenSession,
    screen: Screen,
    *,
    job_id: UUID | None = None,
    submission_id: UUID | None = None,
    instead: bool = False,
) -> Begun:
    """Lead from one screen to another one of the same user: a session of its own, which ends with the first one.

    The way back leads here, or with `instead` to where it leads from here.
    """
    token = _new_token(session.workspace_id)
    next_session = replace(
        session,
        screen=screen,
        job_id=job_id,
        submission_id=submission_id,
        id=new_id(),
        token_hash=_hash(token),
        opened_from=session.opened_from if instead else session.id,
        created_at=ctx.now,
    )
    return await _begin(ctx, next_session, token)


async def begin_like(ctx: Context, session: ScreenSession, screen: Screen, *, acting_for_id: UUID | None) -> Begun:
    """A session of another screen for the same user, in a teammate's place or in their own: no way leads back."""
    token = _new_token(session.workspace_id)
    fresh = replace(
        session,
        screen=screen,
        job_id=None,
        submission_id=None,
        acting_for_id=acting_for_id,
        id=new_id(),
        token_hash=_hash(token),
        opened_from=None,
        created_at=ctx.now,
    )
    return await _begin(ctx, fresh, token)


async def _begin(ctx: Context, session: ScreenSession, token: str) -> Begun:
    await screen_sessions.insert(ctx.conn, session)
    await record(
        ctx,
        "client_user",
        "screen_opened",
        record_id=session.user_id,
        screen=session.screen,
        link=str(session.link_id),
        session=str(session.id),
        origin=session.origin,
    )
    return Begun(session, token)


async def go_back(ctx: Context, session: ScreenSession) -> Begun:
    """Lead back to the screen that led here. Raises LinkUnknown where none did."""
    before = None
    if session.opened_from is not None:
        before = await screen_sessions.get(ctx.conn, ctx.workspace_id, session.opened_from)
    if before is None:
        raise LinkUnknown
    token = _new_token(session.workspace_id)
    return await _begin(ctx, replace(before, id=new_id(), token_hash=_hash(token), created_at=ctx.now), token)


async def session_of(conn: Connection, token: str, screen: Screen | None) -> ScreenSession:
    """The session of a token, also one that has ended. Raises LinkUnknown, also for one of another screen."""
    workspace_id = _workspace_of(token)
    session = await screen_sessions.by_token(conn, workspace_id, _hash(token))
    if session is None or screen not in {None, session.screen}:
        raise LinkUnknown
    return session


def check_lasts(session: ScreenSession, now: datetime) -> None:
    """Raise LinkExpired when a session has ended."""
    if session.expires_at <= now:
        raise LinkExpired


def _new_token(workspace_id: UUID) -> str:
    """A random token; its first part names the workspace, in which its hash is looked up."""
    return base64.urlsafe_b64encode(workspace_id.bytes + secrets.token_bytes(_SECRET_BYTES)).decode()


def _workspace_of(token: str) -> UUID:
    try:
        decoded = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise LinkUnknown from error
    if len(decoded) != _WORKSPACE_BYTES + _SECRET_BYTES:
        raise LinkUnknown
    return UUID(bytes=decoded[:_WORKSPACE_BYTES])


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
