"""Mappings of custom fields: GET and POST /custom-fields/mapping, PATCH and DELETE /custom-fields/mapping/{id}."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, StringConstraints, model_validator
from starlette.responses import Response

from rolecall.actions.custom_fields import (
    NewFieldMapping,
    change_field_mapping,
    delete_field_mapping,
    map_custom_field,
)
from rolecall.domain.errors_of_linking import CustomFieldMappingUnknown, CustomFieldUnknown
from rolecall.surfaces.bindbee import field_queries as queries
from rolecall.surfaces.bindbee.auth import BindbeeCall, acting, named_connector
from rolecall.surfaces.bindbee.errors import refuses_field
from rolecall.surfaces.bindbee.field_definitions import PATH, created, mapping_shape
from rolecall.surfaces.bindbee.field_queries import Mapped
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.surfaces.bindbee.platform import body_of, platform_operation
from rolecall.web.responses import json_response

JsonPath = Annotated[str, StringConstraints(max_length=1024)]


class _New(BaseModel):
    custom_field_id: UUID
    integration_slug: str | None = None
    connector_token: str | None = None
    json_path: JsonPath

    @model_validator(mode="after")
    def _one_scope(self) -> Self:
        if (self.integration_slug is None) == (self.connector_token is None):
            raise ValueError("exactly one of integration_slug and connector_token is required")
        return self


class _Change(BaseModel):
    json_path: JsonPath


async def list_mappings(call: BindbeeCall) -> Response:
    """Answer the mappings for an integration, or those for one connector alone."""
    parameters = Parameters(call.request)
    given = parameters.one_of("integration_slug", "connector_token")
    parameters.check(of_connector=False)
    token = given.get("connector_token")
    connector = await named_connector(call, token) if token is not None else None
    found = await queries.mappings_for(
        call.conn,
        call.principal.key,
        integration=given.get("integration_slug"),
        connector_id=connector.subject_id if connector is not None else None,
    )
    return json_response([mapping_shape(call, mapped) for mapped in found])


async def create_mapping(call: BindbeeCall) -> Response:
    parameters = Parameters(call.request)
    new = await body_of(call, _New, parameters)
    connector_id: UUID | None = None
    if new.connector_token is not None:
        connector_id = (await named_connector(call, new.connector_token)).subject_id
    elif new.integration_slug is not None:
        check_integration(call, parameters, new.integration_slug, place="body")
        parameters.check(of_connector=False)
    mapping = await map_custom_field(
        await acting(call),
        NewFieldMapping(
            custom_field_id=new.custom_field_id,
            json_path=new.json_path,
            integration=new.integration_slug,
            connector_id=connector_id,
        ),
    )
    return json_response(created(mapping.id), status=201)


async def change_mapping(call: BindbeeCall) -> Response:
    parameters = Parameters(call.request)
    mapping_id = parameters.path_id("custom_field_mapping_id")
    change = await body_of(call, _Change, parameters)
    assert mapping_id is not None, "the check would have raised"
    await _visible(call, mapping_id)
    await change_field_mapping(await acting(call), mapping_id, json_path=change.json_path)
    return json_response(mapping_shape(call, await _visible(call, mapping_id)))


async def delete_mapping(call: BindbeeCall) -> Response:
    parameters = Parameters(call.request)
    mapping_id = parameters.path_id("custom_field_mapping_id")
    parameters.check(of_connector=False)
    assert mapping_id is not None, "the check would have raised"
    mapped = await _visible(call, mapping_id)
    await delete_field_mapping(await acting(call), mapping_id, custom_field_id=mapped.custom_field_id)
    return Response(status_code=204)


async def _visible(call: BindbeeCall, mapping_id: UUID) -> Mapped:
    """A mapping that the key may know of. Raises CustomFieldMappingUnknown."""
    found = await queries.mapping(call.conn, call.principal.key, mapping_id)
    if not found:
        raise CustomFieldMappingUnknown
    return found[0]


def check_integration(call: BindbeeCall, parameters: Parameters, slug: str, *, place: str) -> None:
    """Note that a body or a query names an integration that there is not."""
    if slug not in call.services.integrations:
        message = "Input should be an integration, as GET /api/v1/lookup/integrations lists them"
        loc = [place, "integration_slug"]
        parameters.problems.append({"loc": loc, "msg": message, "type": "value_error", "input": slug})


_ALL = f"{PATH}/mapping"
_ONE, _NAME = f"{_ALL}/{{custom_field_mapping_id}}", "api_v1_custom_fields_mapping"
OPERATIONS = [
    platform_operation(
        "POST",
        _ALL,
        f"create_custom_field_mapping_{_NAME}_post",
        create_mapping,
        errors={CustomFieldUnknown: refuses_field("custom_field_id")},
    ),
    platform_operation("GET", _ALL, f"list_custom_field_mappings_{_NAME}_get", list_mappings),
    platform_operation(
        "PATCH", _ONE, f"update_custom_field_mapping_{_NAME}__custom_field_mapping_id__patch", change_mapping
    ),
    platform_operation(
        "DELETE", _ONE, f"delete_custom_field_mapping_{_NAME}__custom_field_mapping_id__delete", delete_mapping
    ),
]
