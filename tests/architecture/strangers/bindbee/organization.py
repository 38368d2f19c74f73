"""What belongs to the organization: its lists and its connectors, asked for by somebody else's ids and tokens."""

from typing import Any

from rolecall.surfaces.bindbee.parameters import encode_cursor
from tests.architecture.calls import Call, Calls, id_of


def _link(origin_id: str) -> dict[str, Any]:
    return {
        "end_user_data": {"org_name": "Tallpine", "origin_id": origin_id},
        "category": "ATS",
        "integration": "sandbox",
    }


CALLS: dict[str, Calls] = {
    "get_ats_connectors_api_ats_v1_connectors_get": lambda theirs, _own: [
        Call(query={"connector_token": theirs.linked_token}),
        Call(query={"origin_id": theirs.linked_origin}),
        Call(query={"cursor": encode_cursor(id_of(theirs.connector))}),
    ],
    "get_org_integrations_api_ats_v1_integrations_get": lambda theirs, _own: [
        Call(query={"cursor": encode_cursor(id_of(theirs.connector))})
    ],
    "list_integrations_api_v1_lookup_integrations_get": lambda theirs, _own: [
        Call(headers={"X-Connector-Token": theirs.connector_token})
    ],
    "create_link_token_api_embedded_v1_link_create_link_token_post": lambda theirs, _own: [
        Call(json=_link(theirs.linked_origin))
    ],
    "get_connector_token_api_embedded_v1_connectors_connector_token__temporary_token__get": lambda theirs, _own: [
        Call(path={"temporary_token": theirs.temporary_token})
    ],
    "delete_ats_connector_api_ats_v1_connectors__connector_id__delete_delete": lambda theirs, _own: [
        Call(path={"connector_id": theirs.linked_connector})
    ],
    "force_resync_connector_api_embedded_v1_connectors_resync_post": lambda theirs, _own: [
        Call(headers={"X-Connector-Token": theirs.linked_token})
    ],
    "make_passthrough_request_api_v1_passthrough_post": lambda theirs, _own: [
        Call(
            json={"method": "POST", "path": "/echo", "headers": {}}, headers={"X-Connector-Token": theirs.linked_token}
        )
    ],
    "org_health_check_api_v1_org_check_post": lambda theirs, _own: [
        Call(headers={"X-Connector-Token": theirs.connector_token})
    ],
}
