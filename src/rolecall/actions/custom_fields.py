"""Custom fields: defined, changed, deleted; and mapped to where their values are in raw payloads."""

from dataclasses import dataclass, replace
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.errors import NameTaken
from rolecall.domain.errors_of_linking import (
    CustomFieldFrozen,
    CustomFieldMapped,
    CustomFieldMappingUnknown,
    CustomFieldUnknown,
)
from rolecall.store import custom_fields
from rolecall.store.custom_fields import CustomField, FieldMapping
from rolecall.store.db import UniqueViolation


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFacts:
    """What one may say of a field: `model` is a model of `category`, by its slug."""

    category: str
    model: str
    name: str
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFieldMapping:
    """Where a field's value is, for all connectors of an integration or for one connector."""

    custom_field_id: UUID
    json_path: str
    integration: str | None = None
    connector_id: UUID | None = None


async def create_custom_field(ctx: Context, new: FieldFacts) -> CustomField:
    """A field of a model. Raises NameTaken when the model has one of this name."""
    field = CustomField(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        category=new.category,
        model=new.model,
        name=new.name,
        description=new.description,
        source="API",
        created_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await custom_fields.insert(ctx.conn, field)
    except UniqueViolation as error:
        raise NameTaken(kind="custom field", name=new.name) from error
    await record(ctx, "custom_field", "created", record_id=field.id)
    return field


async def hold_custom_field(ctx: Context, field_id: UUID) -> CustomField:
    """A field, held against other writers until the transaction ends. Raises CustomFieldUnknown."""
    field = await custom_fields.lock(ctx.conn, ctx.workspace_id, field_id)
    if field is None:
        raise CustomFieldUnknown
    return field


async def change_custom_field(ctx: Context, field: CustomField, facts: FieldFacts) -> CustomField:
    """Give a held field other facts. Raises NameTaken, and CustomFieldFrozen for the model of one that is mapped."""
    moved = (field.category, field.model) != (facts.category, facts.model)
    if moved and await custom_fields.is_mapped(ctx.conn, ctx.workspace_id, field.id):
        raise CustomFieldFrozen(field="category" if field.category != facts.category else "model")
    changed = replace(
        field,
        category=facts.category,
        model=facts.model,
        name=facts.name,
        description=facts.description,
        updated_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await custom_fields.update(ctx.conn, changed)
    except UniqueViolation as error:
        raise NameTaken(kind="custom field", name=facts.name) from error
    await record(ctx, "custom_field", "changed", record_id=field.id)
    return changed


async def delete_custom_field(ctx: Context, field_id: UUID) -> None:
    """Delete a field and its mappings. Raises CustomFieldUnknown."""
    if not await custom_fields.delete(ctx.conn, ctx.workspace_id, field_id):
        raise CustomFieldUnknown
    await record(ctx, "custom_field", "deleted", record_id=field_id)


async def get_custom_field(ctx: Context, field_id: UUID) -> CustomField:
    """A field that nobody changes until the transaction ends. Raises CustomFieldUnknown."""
    field = await custom_fields.share(ctx.conn, ctx.workspace_id, field_id)
    if field is None:
        raise CustomFieldUnknown
    return field


async def map_custom_field(ctx: Context, new: NewFieldMapping) -> FieldMapping:
    """Say where a field's value is. Raises CustomFieldUnknown, and CustomFieldMapped when that was said already."""
    field = await get_custom_field(ctx, new.custom_field_id)
    mapping = FieldMapping(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        custom_field_id=field.id,
        integration=new.integration,
        connector_id=new.connector_id,
        json_path=new.json_path,
        created_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await custom_fields.insert_mapping(ctx.conn, mapping)
    except UniqueViolation as error:
        raise CustomFieldMapped(name=field.name) from error
    await record(ctx, "custom_field", "mapped", record_id=field.id, mapping=str(mapping.id))
    return mapping


async def change_field_mapping(ctx: Context, mapping_id: UUID, *, json_path: str) -> FieldMapping:
    """Say otherwise where a field's value is. Raises CustomFieldMappingUnknown."""
    mapping = await custom_fields.set_json_path(
        ctx.conn, ctx.workspace_id, mapping_id, json_path=json_path, now=ctx.now
    )
    if mapping is None:
        raise CustomFieldMappingUnknown
    await record(ctx, "custom_field", "mapping_changed", record_id=mapping.custom_field_id, mapping=str(mapping_id))
    return mapping


async def delete_field_mapping(ctx: Context, mapping_id: UUID, *, custom_field_id: UUID) -> None:
    """Delete a mapping of a field. Raises CustomFieldMappingUnknown."""
    if not await custom_fields.delete_mapping(ctx.conn, ctx.workspace_id, mapping_id):
        raise CustomFieldMappingUnknown
    await record(ctx, "custom_field", "mapping_deleted", record_id=custom_field_id, mapping=str(mapping_id))
