"""What the body of a new candidate may hold: GET candidates/create/meta, read from the shape that reads it."""

from typing import Any

from pydantic import BaseModel
from starlette.responses import Response

from rolecall.store import connectors
from rolecall.store.connectors import NATIVE
from rolecall.surfaces.bindbee.auth import BindbeeCall, connector_of
from rolecall.surfaces.bindbee.custom_fields import mapped
from rolecall.surfaces.bindbee.errors import MetaNotImplemented
from rolecall.surfaces.bindbee.models.attachment import KINDS
from rolecall.surfaces.bindbee.models.candidate import Flat
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.web.responses import json_response

_BESIDE = {"additional_attributes", "custom_fields", "remote_user_id"}


async def get_candidate_meta(call: BindbeeCall) -> Response:
    """Raises MetaNotImplemented for a connector whose system takes candidates in a way of its own."""
    Parameters(call.request).check()
    credential = connector_of(call.principal)
    assert credential.subject_id is not None
    workspace_id, connector_id = credential.workspace_id, credential.subject_id
    connector = await connectors.get(call.conn, workspace_id, connector_id)
    assert connector is not None
    if connector.integration != NATIVE:
        raise MetaNotImplemented("Candidate", connector.integration)
    mappings = await mapped(call.conn, workspace_id, connector_id, model="candidate")
    data = {
        "model_keys": _described(Flat, without=_BESIDE),
        "additional_attributes": {},
        "custom_fields": {mapping.name: {"type": "string", "isRequired": False} for mapping in mappings},
    }
    return json_response({"success": True, "data": data, "error": None})


def _described(shape: type[BaseModel], *, without: set[str]) -> dict[str, Any]:
    """The fields of a shape, as the contract describes fields."""
    schema = shape.model_json_schema()
    found = {name: node for name, node in schema["properties"].items() if name not in without}
    return {name: _field(node, schema, required=name in schema.get("required", ())) for name, node in found.items()}


def _field(node: dict[str, Any], schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    node = _own(node, schema)
    field: dict[str, Any] = {"type": node.get("type", "string"), "isRequired": required}
    if "format" in node:
        field["format"] = node["format"]
    if "items" in node:
        items = _own(node["items"], schema)
        if "properties" in items:
            field["model_fields"] = {
                name: _field(inner, schema, required=name in items.get("required", ()))
                for name, inner in items["properties"].items()
            }
        else:
            field["items"] = {"type": items.get("type", "string")}
    if node.get("title") == "Attachment Type":
        field["enum"] = list(KINDS.values())
    return field


def _own(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A node without the alternative of null, or what it refers to."""
    title = node.get("title")
    for option in node.get("anyOf", ()):
        if option.get("type") != "null":
            node = option
            break
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return node | {"title": title} if title else node
