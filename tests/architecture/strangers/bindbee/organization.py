"""What belongs to the organization: its lists, asked from behind somebody else's cursor and by their token."""

from rolecall.surfaces.bindbee.parameters import encode_cursor
from tests.architecture.calls import Call, Calls, id_of

CALLS: dict[str, Calls] = {
    "get_ats_connectors_api_ats_v1_connectors_get": lambda theirs, _own: [
        Call(query={"connector_token": theirs.connector_token}),
        Call(query={"cursor": encode_cursor(id_of(theirs.connector))}),
    ],
    "get_org_integrations_api_ats_v1_integrations_get": lambda theirs, _own: [
        Call(query={"cursor": encode_cursor(id_of(theirs.connector))})
    ],
    "list_integrations_api_v1_lookup_integrations_get": lambda theirs, _own: [
        Call(headers={"X-Connector-Token": theirs.connector_token})
    ],
    "org_health_check_api_v1_org_check_post": lambda theirs, _own: [
        Call(headers={"X-Connector-Token": theirs.connector_token})
    ],
}
