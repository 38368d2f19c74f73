"""Reads of custom fields and their mappings.

A mapping for a connector of one environment is not shown to the key of the other, whose token is none of its business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.domain.credentials import Credential
from rolecall.store.custom_fields import CustomField
from rolecall.store.db import Connection, columns, fetch_all, fetch_value
from rolecall.surfaces.bindbee.model import Model
from rolecall.surfaces.bindbee.reading import payload_of

_FIELD = columns(CustomField, of="f")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A mapping with the token of its connector, sealed; None where it is for an integration, or no token is kept."""

    id: UUID
    custom_field_id: UUID
    integration: str | None
    connector_id: UUID | None
    token_sealed: bytes | None
    json_path: str
    created_at: datetime
    updated_at: datetime | None


async def page(
    conn: Connection,
    workspace_id: UUID,
    *,
    category: str | None,
    model: str | None,
    source: str | None,
    after: UUID | None,
    limit: int,
) -> list[CustomField]:
    """The first fields after an id, in the order of ids, of one category, model or source if it is named."""
    query = f"""
        select {_FIELD} from custom_field f
        where f.workspace_id = %(workspace)s
          and (%(category)s::text is null or f.category = %(category)s)
          and (%(model)s::text is null or f.model = %(model)s)
          and (%(source)s::text is null or f.source = %(source)s)
          and (%(after)s::uuid is null or f.id > %(after)s)
        order by f.id limit %(limit)s
    """
    given = {"category": category, "model": model, "source": source, "after": after, "limit": limit}
    return await fetch_all(conn, CustomField, query, given | {"workspace": workspace_id})


_MAPPED = """
    select m.id, m.custom_field_id, m.integration, m.connector_id, c.token_sealed, m.json_path, m.created_at,
           m.updated_at
    from custom_field_mapping m
    left join connector c on c.workspace_id = m.workspace_id and c.id = m.connector_id
    where m.workspace_id = %s and (c.environment is null or c.environment = %s)
      and c.deleted_at is null
"""


async def mappings_of(conn: Connection, key: Credential, field_ids: Sequence[UUID]) -> list[Mapped]:
    """The mappings of some fields, oldest first."""
    query = _MAPPED + "and m.custom_field_id = any(%s) order by m.id"
    return await fetch_all(conn, Mapped, query, (key.workspace_id, key.environment, list(field_ids)))


async def mappings_for(
    conn: Connection, key: Credential, *, integration: str | None, connector_id: UUID | None
) -> list[Mapped]:
    """The mappings for an integration, or those for one connector alone, oldest first."""
    query = _MAPPED + "and (m.integration = %s or m.connector_id = %s) order by m.id"
    return await fetch_all(conn, Mapped, query, (key.workspace_id, key.environment, integration, connector_id))


async def mapping(conn: Connection, key: Credential, mapping_id: UUID) -> list[Mapped]:
    """The mapping of an id, if there is one."""
    query = _MAPPED + "and m.id = %s"
    return await fetch_all(conn, Mapped, query, (key.workspace_id, key.environment, mapping_id))


async def newest_payload(
    conn: Connection, key: Credential, model: Model, *, connector_id: UUID | None, integration: str | None
) -> bytes | None:
    """The payload of the newest record of a model, of one connector or of all connectors of an integration."""
    query = f"""
        select convert_to(n.payload, 'UTF8')
        from connector c
        cross join lateral (
            select t.id, {payload_of(model)} as payload from {model.table} t
            where t.workspace_id = c.workspace_id and t.connector_id = c.id and {model.where or "true"}
            order by t.id desc limit 1
        ) n
        where c.workspace_id = %s and (c.environment is null or c.environment = %s)
          and c.deleted_at is null and (c.id = %s or c.integration = %s)
        order by n.id desc limit 1
    """
    return await fetch_value(conn, query, (key.workspace_id, key.environment, connector_id, integration))
