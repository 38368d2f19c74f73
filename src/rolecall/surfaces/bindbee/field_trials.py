"""What custom fields would find: GET /custom-fields/raw-data, POST /custom-fields/preview, GET …/configuration.

A payload is that of the newest record. An integration that nothing was read of shows the keys of the model, all null.
"""

from typing import Any
from uuid import UUID

import msgspec
from pydantic import BaseModel
from starlette.responses import Response

from rolecall.store import connectors
from rolecall.surfaces.bindbee import field_queries as queries
from rolecall.surfaces.bindbee.auth import BindbeeCall, named_connector
from rolecall.surfaces.bindbee.custom_fields import Effective, effective
from rolecall.surfaces.bindbee.expressions import value_at
from rolecall.surfaces.bindbee.field_definitions import PATH, Category, Slug, check_model
from rolecall.surfaces.bindbee.field_mappings import JsonPath, check_integration
from rolecall.surfaces.bindbee.integrations import CATEGORIES
from rolecall.surfaces.bindbee.model import Model
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.surfaces.bindbee.platform import body_of, platform_operation
from rolecall.surfaces.bindbee.reading import filled
from rolecall.web.responses import json_response


class _Trial(BaseModel):
    connector_token: str
    category: Category
    model: Slug
    json_path: JsonPath
    raw_data: dict[str, Any] | None = None


async def get_raw_data(call: BindbeeCall) -> Response:
    """Answer the payload that expressions of a model would see, for a connector or for an integration."""
    parameters = Parameters(call.request)
    _, model = _model(parameters)
    given = parameters.one_of("connector_token", "integration_slug")
    integration = given.get("integration_slug")
    if integration is not None:
        check_integration(call, parameters, integration, place="query")
    parameters.check(of_connector=False)
    token = given.get("connector_token")
    connector_id = (await named_connector(call, token)).subject_id if token is not None else None
    payload, _ = await _payload(call, MODELS[model], connector_id=connector_id, integration=integration)
    return json_response(payload)


async def preview(call: BindbeeCall) -> Response:
    """Answer what an expression finds, without storing anything."""
    parameters = Parameters(call.request)
    trial = await body_of(call, _Trial, parameters)
    check_model(parameters, trial.category, trial.model, place="body")
    parameters.check(of_connector=False)
    connector = await named_connector(call, trial.connector_token)
    payload, source = trial.raw_data, "inline"
    if payload is None:
        payload, source = await _payload(call, MODELS[trial.model], connector_id=connector.subject_id, integration=None)
    found = value_at(trial.json_path, payload)
    return json_response(
        {
            "connector_token": trial.connector_token,
            "json_path": trial.json_path,
            "resolved_value": found,
            "resolved_value_type": _type(found),
            "raw_data_source": source,
        }
    )


async def get_configuration(call: BindbeeCall) -> Response:
    """Answer every field of a model with the mapping that counts for a connector."""
    parameters = Parameters(call.request)
    token = parameters.required("connector_token", parameters.text("connector_token"))
    category, model = _model(parameters)
    parameters.check(of_connector=False)
    connector_id = (await named_connector(call, token)).subject_id
    assert connector_id is not None
    workspace_id = call.principal.key.workspace_id
    connector = await connectors.get(call.conn, workspace_id, connector_id)
    assert connector is not None
    fields = await effective(call.conn, workspace_id, connector_id, model=model)
    return json_response(
        {
            "connector_token": token,
            "integration_slug": connector.integration,
            "category": category,
            "model": model,
            "fields": [_entry(field) | {"category": category, "model": model} for field in fields],
        }
    )


def _model(parameters: Parameters) -> tuple[str, str]:
    """The category and the model that a query names."""
    category = parameters.required("category", parameters.choice("category", CATEGORIES))
    model = parameters.required("model", parameters.slug("model"))
    if category and model:
        check_model(parameters, category, model, place="query")
    return category, model


async def _payload(
    call: BindbeeCall, model: Model, *, connector_id: UUID | None, integration: str | None
) -> tuple[dict[str, Any], str]:
    """A payload, and where it is from."""
    key = call.principal.key
    raw = await queries.newest_payload(call.conn, key, model, connector_id=connector_id, integration=integration)
    if raw is None:
        return dict.fromkeys(model.keys), "integration_sample"
    return msgspec.json.decode(filled(call, raw)), "connector_sync"


_TYPES = {str: "string", bool: "boolean", int: "number", float: "number", dict: "object", list: "array"}


def _type(value: Any) -> str:
    return _TYPES.get(type(value), "null")


def _entry(field: Effective) -> dict[str, Any]:
    source = "connector" if field.own else "organization"
    return {
        "custom_field_id": str(field.custom_field_id),
        "name": field.name,
        "description": field.description,
        "json_path": field.json_path,
        "source": source if field.mapping_id is not None else None,
        "mapping_id": str(field.mapping_id) if field.mapping_id is not None else None,
    }


_NAME = "api_v1_custom_fields"
OPERATIONS = [
    platform_operation("GET", f"{PATH}/raw-data", f"get_raw_data_{_NAME}_raw_data_get", get_raw_data),
    platform_operation("POST", f"{PATH}/preview", f"preview_custom_field_{_NAME}_preview_post", preview, writes=False),
    platform_operation(
        "GET",
        f"{PATH}/configuration",
        f"get_custom_fields_configuration_{_NAME}_configuration_get",
        get_configuration,
    ),
]
