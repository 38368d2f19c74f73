"""Sessions of embedded screens, and which page opened their links."""

from datetime import datetime
from uuid import UUID

from rolecall.domain.screens import Link, ScreenSession
from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_one, fetch_value

_COLUMNS = columns(ScreenSession)


async def put_link(conn: Connection, link: Link, *, origin: str | None, now: datetime, expires_at: datetime) -> None:
    """Note which page opens a link, unless one has opened it before."""
    await conn.execute(
        """
        insert into screen_link (workspace_id, id, origin, opened_at, expires_at) values (%s, %s, %s, %s, %s)
        on conflict (workspace_id, id) do nothing
        """,
        (link.workspace_id, link.id, origin, now, expires_at),
    )


async def origin_of_link(conn: Connection, workspace_id: UUID, link_id: UUID) -> str | None:
    """The origin of the page that opened a link first."""
    query = "select origin from screen_link where workspace_id = %s and id = %s"
    return await fetch_value(conn, query, (workspace_id, link_id))


async def insert(conn: Connection, session: ScreenSession) -> None:
    """Store a new session."""
    await rows.insert(conn, "screen_session", session)


async def get(conn: Connection, workspace_id: UUID, session_id: UUID) -> ScreenSession | None:
    """A session by id, also one that has ended."""
    query = f"select {_COLUMNS} from screen_session where workspace_id = %s and id = %s"
    return await fetch_one(conn, ScreenSession, query, (workspace_id, session_id))


async def by_token(conn: Connection, workspace_id: UUID, token_hash: bytes) -> ScreenSession | None:
    """A session by the hash of its token, also one that has ended."""
    query = f"select {_COLUMNS} from screen_session where workspace_id = %s and token_hash = %s"
    return await fetch_one(conn, ScreenSession, query, (workspace_id, token_hash))


async def end_acting(conn: Connection, session: ScreenSession, *, now: datetime) -> None:
    """End all sessions of a session's link in which its user acts for the same teammate."""
    await conn.execute(
        """
        update screen_session set expires_at = %s
        where workspace_id = %s and link_id = %s and user_id = %s and acting_for_id = %s and expires_at > %s
        """,
        (now, session.workspace_id, session.link_id, session.user_id, session.acting_for_id, now),
    )


async def forget_ended(conn: Connection, before: datetime) -> int:
    """Drop the links of all workspaces that ended before a time, with their sessions; how many there were."""
    cursor = await conn.execute("delete from screen_link where expires_at < %s", (before,))
    return cursor.rowcount
