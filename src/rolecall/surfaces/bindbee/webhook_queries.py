"""Reads for webhooks: whose records have changed, what is said of a connector, and the log of deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rolecall.domain.credentials import Credential
from rolecall.store.db import Connection, fetch_all, fetch_one, fetch_rows
from rolecall.surfaces.bindbee.model import Model

NAME = "bindbee"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorTold:
    """A connector as messages tell of it. `organization` is the workspace's name, `name` the end customer's.

    `sync` is the number of the sync that it is in or was last, 0 where it is not synced.
    """

    id: UUID
    integration: str
    category: str
    organization: str
    name: str
    origin_id: str | None
    end_user_email: str | None
    status: str
    environment: str | None
    sync_started_at: datetime | None
    sync: int


async def connector_told(conn: Connection, workspace_id: UUID, connector_id: UUID) -> ConnectorTold | None:
    """A connector that is there; None for one that was deleted."""
    query = """
        select c.id, c.integration, c.category, w.name as organization, c.name, c.origin_id, c.end_user_email, c.status,
               c.environment, c.sync_started_at,
               c.syncs + coalesce(c.sync_status <> 'done', false)::integer as sync
        from connector c join workspace w on w.id = c.workspace_id
        where c.workspace_id = %s and c.id = %s and c.deleted_at is null
    """
    return await fetch_one(conn, ConnectorTold, query, (workspace_id, connector_id))


async def owners(conn: Connection, workspace_id: UUID, model: Model, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The connectors of those of a model's records that are there, by the records' ids."""
    query = f"""
        select t.id, t.connector_id from {model.table} t
        where t.workspace_id = %s and t.id = any(%s) and {model.where or "true"}
    """
    return dict(await fetch_rows(conn, query, (workspace_id, list(ids))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A webhook; `triggered_at` is when its newest message was made."""

    id: UUID
    name: str
    url: str
    active: bool
    environment: str
    created_at: datetime
    triggered_at: datetime | None


async def webhooks(
    conn: Connection, key: Credential, *, active: bool | None, after: UUID | None, limit: int
) -> list[Listed]:
    """The first webhooks of the key's environment after an id, in the order of ids."""
    query = """
        select w.id, w.name, w.url, w.active, w.environment, w.created_at,
               (select max(d.created_at) from webhook_delivery d
                where d.workspace_id = w.workspace_id and d.webhook_id = w.id) as triggered_at
        from webhook w
        where w.workspace_id = %(workspace)s and w.surface = %(surface)s and w.environment = %(environment)s
          and (%(active)s::boolean is null or w.active = %(active)s)
          and (%(after)s::uuid is null or w.id > %(after)s)
        order by w.id limit %(limit)s
    """
    own = {"workspace": key.workspace_id, "surface": NAME, "environment": key.environment}
    return await fetch_all(conn, Listed, query, own | {"active": active, "after": after, "limit": limit})


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A message with all tries that were made of it, and whom it was about and for."""

    id: UUID
    connector_id: UUID
    url: str
    answer: int | None
    created_at: datetime
    integration: str
    end_user: str
    origin_id: str | None
    event: str
    webhook_name: str
    body: bytes
    attempts: list[dict[str, Any]]


_LOG = """
    select d.id, d.connector_id, w.url, d.answer, d.created_at, c.integration, c.name as end_user, c.origin_id, d.event,
           w.name as webhook_name, d.body, d.attempts
    from webhook_delivery d
    join webhook w on w.workspace_id = d.workspace_id and w.id = d.webhook_id
    join connector c on c.workspace_id = d.workspace_id and c.id = d.connector_id
    where d.workspace_id = %(workspace)s and w.surface = %(surface)s and w.environment = %(environment)s
"""
_CONDITIONS = {
    "after": "d.id > %(after)s",
    "webhook_id": "d.webhook_id = %(webhook_id)s",
    "connector_id": "d.connector_id = %(connector_id)s",
    "events": "d.event = any(%(events)s)",
    "codes": "d.answer = any(%(codes)s)",
    "since": "d.created_at >= %(since)s",
    "until": "d.created_at <= %(until)s",
    "log_id": "d.id = %(log_id)s",
}
_FAILED = "d.answer >= 400"


async def log(
    conn: Connection, key: Credential, *, given: dict[str, Any], errors_only: bool = False, limit: int = 1
) -> list[Logged]:
    """The first messages, in the order of ids, that meet what is given: values for some of the conditions."""
    where = [_CONDITIONS[name] for name in given] + ([_FAILED] if errors_only else [])
    query = _LOG + "".join(f" and {condition}" for condition in where) + " order by d.id limit %(limit)s"
    own = {"workspace": key.workspace_id, "surface": NAME, "environment": key.environment, "limit": limit}
    return await fetch_all(conn, Logged, query, given | own)
