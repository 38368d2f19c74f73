"""Custom fields: by id, by cursor, mapped in somebody else's name, and for somebody else's connector."""

from rolecall.surfaces.bindbee.parameters import encode_cursor
from tests.architecture.calls import Call, Calls, id_of
from tests.architecture.ids import Ids
from tests.contract.scenarios.bindbee.custom_fields import field_body


def _of_field(json: object = None) -> Calls:
    return lambda theirs, _own: [Call(path={"custom_field_id": theirs.custom_field}, json=json)]


def _of_mapping(json: object = None) -> Calls:
    return lambda theirs, _own: [Call(path={"custom_field_mapping_id": theirs.custom_field_mapping}, json=json)]


def _new_mapping(theirs: Ids, own: Ids) -> list[Call]:
    body = {"json_path": "notice"}
    return [
        Call(json=body | {"custom_field_id": theirs.custom_field, "integration_slug": "native"}),
        Call(json=body | {"custom_field_id": own.custom_field, "connector_token": theirs.connector_token}),
    ]


_ONE, _MAPPING = "api_v1_custom_fields__custom_field_id_", "api_v1_custom_fields_mapping"
_CANDIDATE = {"category": "ATS", "model": "candidate"}
CALLS: dict[str, Calls] = {
    "create_custom_field_api_v1_custom_fields_post": lambda theirs, _own: [
        Call(json=field_body(name=f"of_{id_of(theirs.custom_field).hex}"))
    ],
    "list_custom_fields_api_v1_custom_fields_get": lambda theirs, _own: [
        Call(query={"cursor": encode_cursor(id_of(theirs.custom_field))})
    ],
    f"get_custom_field_{_ONE}_get": _of_field(),
    f"update_custom_field_{_ONE}_patch": _of_field({"description": "Ours"}),
    f"delete_custom_field_{_ONE}_delete": _of_field(),
    f"create_custom_field_mapping_{_MAPPING}_post": _new_mapping,
    f"list_custom_field_mappings_{_MAPPING}_get": lambda theirs, _own: [
        Call(query={"connector_token": theirs.connector_token})
    ],
    "get_raw_data_api_v1_custom_fields_raw_data_get": lambda theirs, _own: [
        Call(query=_CANDIDATE | {"connector_token": theirs.connector_token}),
        Call(query=_CANDIDATE | {"integration_slug": "native"}),
    ],
    "preview_custom_field_api_v1_custom_fields_preview_post": lambda theirs, _own: [
        Call(json=_CANDIDATE | {"connector_token": theirs.connector_token, "json_path": "@"})
    ],
    "get_custom_fields_configuration_api_v1_custom_fields_configuration_get": lambda theirs, _own: [
        Call(query=_CANDIDATE | {"connector_token": theirs.connector_token})
    ],
    "list_models_api_v1_lookup_models_get": lambda _theirs, _own: [Call()],
    f"update_custom_field_mapping_{_MAPPING}__custom_field_mapping_id__patch": _of_mapping({"json_path": "ours"}),
    f"delete_custom_field_mapping_{_MAPPING}__custom_field_mapping_id__delete": _of_mapping(),
}
