"""Custom fields of the unified models, and the mappings that say where their values are in a raw payload."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """`model` is a model of `category`, by its slug. `source` is API, or DASHBOARD for what the operator made."""

    workspace_id: UUID
    id: UUID
    category: str
    model: str
    name: str
    description: str | None
    source: str
    created_at: datetime
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMapping:
    """`json_path` is JMESPath. It holds for one connector, or for all connectors of an integration: one is None."""

    workspace_id: UUID
    id: UUID
    custom_field_id: UUID
    integration: str | None
    connector_id: UUID | None
    json_path: str
    created_at: datetime
    updated_at: datetime | None = None


_FIELD, _MAPPING = columns(CustomField), columns(FieldMapping)


async def insert(conn: Connection, field: CustomField) -> None:
    """Store a new field. Raises UniqueViolation when its model has one of this name."""
    await rows.insert(conn, "custom_field", field)


async def get(conn: Connection, workspace_id: UUID, field_id: UUID) -> CustomField | None:
    """One field."""
    query = f"select {_FIELD} from custom_field where workspace_id = %s and id = %s"
    return await fetch_one(conn, CustomField, query, (workspace_id, field_id))


async def lock(conn: Connection, workspace_id: UUID, field_id: UUID) -> CustomField | None:
    """One field, held against other writers and new mappings until the transaction ends."""
    query = f"select {_FIELD} from custom_field where workspace_id = %s and id = %s for update"
    return await fetch_one(conn, CustomField, query, (workspace_id, field_id))


async def share(conn: Connection, workspace_id: UUID, field_id: UUID) -> CustomField | None:
    """One field, that nobody changes until the transaction ends."""
    query = f"select {_FIELD} from custom_field where workspace_id = %s and id = %s for share"
    return await fetch_one(conn, CustomField, query, (workspace_id, field_id))


async def update(conn: Connection, field: CustomField) -> None:
    """Store what may change of a field. Raises UniqueViolation when its model has one of this name."""
    await conn.execute(
        """
        update custom_field set category = %s, model = %s, name = %s, description = %s, updated_at = %s
        where workspace_id = %s and id = %s
        """,
        (
            field.category,
            field.model,
            field.name,
            field.description,
            field.updated_at,
            field.workspace_id,
            field.id,
        ),
    )


async def delete(conn: Connection, workspace_id: UUID, field_id: UUID) -> bool:
    """Delete a field and its mappings; whether there was one."""
    cursor = await conn.execute(
        "delete from custom_field where workspace_id = %s and id = %s", (workspace_id, field_id)
    )
    return cursor.rowcount > 0


async def is_mapped(conn: Connection, workspace_id: UUID, field_id: UUID) -> bool:
    """Whether a field has a mapping."""
    query = "select exists (select from custom_field_mapping where workspace_id = %s and custom_field_id = %s)"
    return await fetch_value(conn, query, (workspace_id, field_id))


async def insert_mapping(conn: Connection, mapping: FieldMapping) -> None:
    """Store a new mapping. Raises UniqueViolation when the field has one of the same scope."""
    await rows.insert(conn, "custom_field_mapping", mapping)


async def set_json_path(
    conn: Connection, workspace_id: UUID, mapping_id: UUID, *, json_path: str, now: datetime
) -> FieldMapping | None:
    """Change a mapping's expression and return it; None when there is no such mapping."""
    query = f"""
        update custom_field_mapping set json_path = %s, updated_at = %s
        where workspace_id = %s and id = %s returning {_MAPPING}
    """
    return await fetch_one(conn, FieldMapping, query, (json_path, now, workspace_id, mapping_id))


async def delete_mapping(conn: Connection, workspace_id: UUID, mapping_id: UUID) -> bool:
    """Delete a mapping; whether there was one."""
    cursor = await conn.execute(
        "delete from custom_field_mapping where workspace_id = %s and id = %s", (workspace_id, mapping_id)
    )
    return cursor.rowcount > 0
