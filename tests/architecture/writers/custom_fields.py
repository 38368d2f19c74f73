"""Custom fields and their mappings."""

from rolecall.actions import custom_fields
from rolecall.actions.context import Context
from rolecall.actions.custom_fields import FieldFacts, NewFieldMapping
from rolecall.store.custom_fields import CustomField, FieldMapping
from tests.architecture.cast import Act, Cast

FACTS = FieldFacts(category="ATS", model="candidate", name="notice_period_days")


async def _field(ctx: Context, _cast: Cast) -> CustomField:
    return await custom_fields.create_custom_field(ctx, FACTS)


async def _change(ctx: Context, cast: Cast) -> None:
    await custom_fields.change_custom_field(ctx, await _field(ctx, cast), FACTS)


async def _delete(ctx: Context, cast: Cast) -> None:
    await custom_fields.delete_custom_field(ctx, (await _field(ctx, cast)).id)


async def _map(ctx: Context, cast: Cast) -> FieldMapping:
    new = NewFieldMapping(custom_field_id=(await _field(ctx, cast)).id, json_path="notice", integration="native")
    return await custom_fields.map_custom_field(ctx, new)


async def _remap(ctx: Context, cast: Cast) -> None:
    await custom_fields.change_field_mapping(ctx, (await _map(ctx, cast)).id, json_path="other")


async def _unmap(ctx: Context, cast: Cast) -> None:
    mapping = await _map(ctx, cast)
    await custom_fields.delete_field_mapping(ctx, mapping.id, custom_field_id=mapping.custom_field_id)


WRITES: dict[str, tuple[str, Act]] = {
    "custom_fields.change_custom_field": ("custom_field.changed", _change),
    "custom_fields.change_field_mapping": ("custom_field.mapping_changed", _remap),
    "custom_fields.create_custom_field": ("custom_field.created", _field),
    "custom_fields.delete_custom_field": ("custom_field.deleted", _delete),
    "custom_fields.delete_field_mapping": ("custom_field.mapping_deleted", _unmap),
    "custom_fields.map_custom_field": ("custom_field.mapped", _map),
}
READS = {"custom_fields.get_custom_field", "custom_fields.hold_custom_field"}
