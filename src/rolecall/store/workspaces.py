"""Workspaces: the tenants. A global table."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from rolecall.domain.consent import Consent
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    id: UUID
    slug: str
    name: str
    api_enabled: bool
    created_at: datetime


_COLUMNS = columns(Workspace)


async def insert(conn: Connection, workspace: Workspace) -> None:
    """Store a new workspace. Raises UniqueViolation when the slug is taken."""
    await conn.execute(
        "insert into workspace (id, slug, name, api_enabled, created_at) values (%s, %s, %s, %s, %s)",
        (workspace.id, workspace.slug, workspace.name, workspace.api_enabled, workspace.created_at),
    )


async def by_slug(conn: Connection, slug: str) -> Workspace | None:
    """The workspace with a slug."""
    return await fetch_one(conn, Workspace, f"select {_COLUMNS} from workspace where slug = %s", (slug,))


async def by_id(conn: Connection, workspace_id: UUID) -> Workspace | None:
    """A workspace by id."""
    return await fetch_one(conn, Workspace, f"select {_COLUMNS} from workspace where id = %s", (workspace_id,))


async def name(conn: Connection, workspace_id: UUID) -> str:
    """What a workspace is called."""
    return await fetch_value(conn, "select name from workspace where id = %s", (workspace_id,))


async def webhook_key(conn: Connection, workspace_id: UUID) -> bytes | None:
    """The key that messages of an organization are signed with, sealed; None when there is none yet."""
    return await fetch_value(conn, "select webhook_key from workspace where id = %s", (workspace_id,))


async def set_webhook_key(conn: Connection, workspace_id: UUID, *, sealed: bytes) -> None:
    """Replace the key that messages of an organization are signed with."""
    await conn.execute("update workspace set webhook_key = %s where id = %s", (sealed, workspace_id))


async def lock(conn: Connection, workspace_id: UUID) -> None:
    """Hold a workspace against others that hold it, until the transaction ends."""
    await conn.execute("select from workspace where id = %s for no key update", (workspace_id,))


async def all_workspaces(conn: Connection) -> list[Workspace]:
    """Every workspace, oldest first."""
    return await fetch_all(conn, Workspace, f"select {_COLUMNS} from workspace order by created_at, id")


async def set_api_enabled(conn: Connection, workspace_id: UUID, *, enabled: bool) -> bool:
    """Switch API access of a workspace on or off; whether that is a change."""
    query = "update workspace set api_enabled = %s where id = %s and api_enabled <> %s"
    return (await conn.execute(query, (enabled, workspace_id, enabled))).rowcount > 0


async def renew_names(conn: Connection, workspace_id: UUID) -> None:
    """Let job pages show what departments and locations are called now: whoever changes one of them calls this."""
    await conn.execute("update workspace set names_version = names_version + 1 where id = %s", (workspace_id,))


async def consent(conn: Connection, workspace_id: UUID) -> Consent | None:
    """What a workspace's application forms ask consent for."""
    query = """
        select consent_texts as texts, privacy_url, offers_talent_pool as talent_pool from workspace where id = %s
    """
    return await fetch_one(conn, Consent, query, (workspace_id,))


async def set_consent(conn: Connection, workspace_id: UUID, consent: Consent) -> None:
    """Store what a workspace's application forms ask consent for."""
    await conn.execute(
        "update workspace set consent_texts = %s, privacy_url = %s, offers_talent_pool = %s where id = %s",
        (Jsonb(dict(consent.texts)), consent.privacy_url, consent.talent_pool, workspace_id),
    )
