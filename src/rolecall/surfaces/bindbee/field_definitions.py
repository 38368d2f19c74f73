"""Custom fields: GET and POST /custom-fields, GET, PATCH and DELETE /custom-fields/{custom_field_id}."""

from typing import Annotated, Any, Literal
from uuid import UUID

from cryptography.exceptions import InvalidTag
from pydantic import BaseModel, StringConstraints
from starlette.responses import Response

from rolecall.actions.custom_fields import (
    FieldFacts,
    change_custom_field,
    create_custom_field,
    delete_custom_field,
    hold_custom_field,
)
from rolecall.domain.errors import NameTaken
from rolecall.domain.errors_of_linking import CustomFieldUnknown
from rolecall.store import custom_fields as store
from rolecall.store.custom_fields import CustomField
from rolecall.surfaces.bindbee import field_queries as queries
from rolecall.surfaces.bindbee import wire
from rolecall.surfaces.bindbee.auth import CATEGORY, BindbeeCall, acting
from rolecall.surfaces.bindbee.errors import refuses_field
from rolecall.surfaces.bindbee.integrations import CATEGORIES
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.parameters import SLUG_PATTERN, Parameters, encode_cursor
from rolecall.surfaces.bindbee.platform import body_of, platform_operation
from rolecall.web.errors import Answer
from rolecall.web.responses import json_response, raw_json

_SOURCES = ("DASHBOARD", "API")
PATH = "/api/v1/custom-fields"

Category = Literal["HRIS", "ATS", "LMS"]
Slug = Annotated[str, StringConstraints(max_length=64, pattern=SLUG_PATTERN)]
Name = Annotated[str, StringConstraints(min_length=2, max_length=128, pattern="^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]


class _New(BaseModel):
    name: Name
    description: str | None = None
    category: Category
    model: Slug


class _Change(BaseModel):
    """What is not sent stays; null stays too, but for the description, which it clears."""

    name: Name | None = None
    description: str | None = None
    category: Category | None = None
    model: Slug | None = None


async def list_fields(call: BindbeeCall) -> Response:
    """Answer a page of fields, in the order of ids."""
    parameters = Parameters(call.request, later=call.services.settings.bindbee_later_contract)
    given = {
        "category": parameters.choice("category", CATEGORIES),
        "model": parameters.slug("model"),
        "source": parameters.choice("source", _SOURCES),
    }
    after, size = parameters.cursor(), parameters.page_size()
    parameters.check(of_connector=False)
    workspace_id = call.principal.key.workspace_id
    found = await queries.page(call.conn, workspace_id, **given, after=after, limit=size + 1)
    items = [wire.encode(_field(field)) for field in found[:size]]
    cursor = encode_cursor(found[size - 1].id) if len(found) > size else None
    return raw_json(wire.page_body(items, cursor=cursor))


async def create_field(call: BindbeeCall) -> Response:
    parameters = Parameters(call.request)
    new = await body_of(call, _New, parameters)
    check_model(parameters, new.category, new.model, place="body")
    parameters.check(of_connector=False)
    field = await create_custom_field(await acting(call), FieldFacts(**new.model_dump()))
    return json_response(created(field.id), status=201)


async def get_field(call: BindbeeCall) -> Response:
    field_id = _id(call)
    field = await store.get(call.conn, call.principal.key.workspace_id, field_id)
    if field is None:
        raise CustomFieldUnknown
    return json_response(await _detail(call, field))


async def change_field(call: BindbeeCall) -> Response:
    parameters = Parameters(call.request)
    field_id = parameters.path_id("custom_field_id")
    change = await body_of(call, _Change, parameters)
    assert field_id is not None, "the check would have raised"
    ctx = await acting(call)
    field = await hold_custom_field(ctx, field_id)
    facts = FieldFacts(
        category=change.category or field.category,
        model=change.model or field.model,
        name=change.name or field.name,
        description=change.description if "description" in change.model_fields_set else field.description,
    )
    check_model(parameters, facts.category, facts.model, place="body")
    parameters.check(of_connector=False)
    return json_response(await _detail(call, await change_custom_field(ctx, field, facts)))


async def delete_field(call: BindbeeCall) -> Response:
    await delete_custom_field(await acting(call), _id(call))
    return Response(status_code=204)


def check_model(parameters: Parameters, category: str, model: str, *, place: str) -> None:
    """Note that a body or a query names a model that its category does not have."""
    if category != CATEGORY or model not in MODELS:
        message = f"Input should be a model of {category}, as GET /api/v1/lookup/models lists them"
        parameters.problems.append({"loc": [place, "model"], "msg": message, "type": "value_error", "input": model})


def created(record_id: UUID) -> dict[str, Any]:
    """The answer to a create."""
    return {"id": str(record_id), "status": "SUCCESS"}


def mapping_shape(call: BindbeeCall, mapped: queries.Mapped) -> dict[str, Any]:
    """A mapping with its connector's token, which is kept sealed."""
    return {
        "id": str(mapped.id),
        "custom_field_id": str(mapped.custom_field_id),
        "integration_slug": mapped.integration,
        "connector_token": _token(call, mapped),
        "json_path": mapped.json_path,
        "created_at": wire.utc(mapped.created_at),
        "updated_at": wire.utc(mapped.updated_at) if mapped.updated_at is not None else None,
    }


def _token(call: BindbeeCall, mapped: queries.Mapped) -> str | None:
    """None also where it was sealed under another key than the installation has."""
    try:
        return call.services.sealer.open(mapped.token_sealed) if mapped.token_sealed is not None else None
    except InvalidTag:
        return None


def _id(call: BindbeeCall) -> UUID:
    parameters = Parameters(call.request)
    field_id = parameters.path_id("custom_field_id")
    parameters.check(of_connector=False)
    assert field_id is not None, "the check would have raised"
    return field_id


def _field(field: CustomField) -> dict[str, Any]:
    return {
        "id": str(field.id),
        "name": field.name,
        "description": field.description,
        "category": field.category,
        "model": field.model,
        "source": field.source,
        "created_at": wire.utc(field.created_at),
        "updated_at": wire.utc(field.updated_at) if field.updated_at is not None else None,
    }


async def _detail(call: BindbeeCall, field: CustomField) -> dict[str, Any]:
    found = await queries.mappings_of(call.conn, call.principal.key, [field.id])
    organization = sum(mapped.integration is not None for mapped in found)
    counts = {"total": len(found), "organization": organization, "connector": len(found) - organization}
    return _field(field) | {"mappings": [mapping_shape(call, mapped) for mapped in found], "mapping_counts": counts}


_TAKEN: dict[type[Exception], Answer] = {NameTaken: refuses_field("name")}
_ONE, _NAME = f"{PATH}/{{custom_field_id}}", "api_v1_custom_fields__custom_field_id_"
OPERATIONS = [
    platform_operation("POST", PATH, "create_custom_field_api_v1_custom_fields_post", create_field, errors=_TAKEN),
    platform_operation("GET", PATH, "list_custom_fields_api_v1_custom_fields_get", list_fields),
    platform_operation("GET", _ONE, f"get_custom_field_{_NAME}_get", get_field),
    platform_operation("PATCH", _ONE, f"update_custom_field_{_NAME}_patch", change_field, errors=_TAKEN),
    platform_operation("DELETE", _ONE, f"delete_custom_field_{_NAME}_delete", delete_field),
]
