"""What the lists of connectors read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A connector as its organization sees it."""

    id: UUID
    status: str
    integration: str
    name: str
    category: str
    environment: str | None
    origin_id: str | None
    token_sealed: bytes | None
    sync_status: str | None
    sync_started_at: datetime | None
    sync_due_at: datetime | None
    relink_needed_at: datetime | None
    completed_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which connectors are asked for: those of an environment and of none, cut down by what is not None."""

    environment: str
    after: UUID | None = None
    token_hash: bytes | None = None
    is_active: bool | None = None
    origin_id: str | None = None


async def linked(conn: Connection, workspace_id: UUID, asked: Asked, *, limit: int) -> list[Linked]:
    """The workspace's connectors to systems of record, in the order of ids."""
    query = """
        select id, status, integration, name, category, environment, origin_id, token_sealed, sync_status,
               sync_started_at, sync_due_at, relink_needed_at, completed_at, created_at
        from connector c
        where workspace_id = %(workspace)s and category = 'ATS' and deleted_at is null
          and (environment is null or environment = %(environment)s)
          and (%(after)s::uuid is null or id > %(after)s)
          and (%(origin)s::text is null or origin_id = %(origin)s)
          and (%(active)s::boolean is null or (status = 'COMPLETE') = %(active)s)
          and (%(token)s::bytea is null or exists (
              select from credential k
              where k.secret_hash = %(token)s and k.kind = 'bindbee-connector' and k.revoked_at is null
                and k.workspace_id = c.workspace_id and k.subject_id = c.id))
        order by id limit %(limit)s
    """
    given = {
        "workspace": workspace_id,
        "environment": asked.environment,
        "after": asked.after,
        "origin": asked.origin_id,
        "active": asked.is_active,
        "token": asked.token_hash,
        "limit": limit,
    }
    return await fetch_all(conn, Linked, query, given)
