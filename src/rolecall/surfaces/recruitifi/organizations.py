"""RecruitiFi's organization API: GET /v1/organizations, and a token for one of them."""

from starlette.responses import Response

from rolecall.domain.errors import ClientUnknown
from rolecall.domain.ids import parse_id
from rolecall.surfaces.recruitifi import queries
from rolecall.surfaces.recruitifi.errors import ADJACENT
from rolecall.surfaces.recruitifi.oauth import (
    NO_STORE,
    ORGANIZATION_TOKEN_LIVES,
    DeveloperCall,
    authenticate_developer,
    organization_token,
)
from rolecall.surfaces.recruitifi.wire import OrganizationShape, OrganizationTokenShape
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation


async def list_organizations(call: DeveloperCall) -> Response:
    developer = call.principal
    rows = await queries.organizations(call.conn, developer.workspace_id, developer.partner_id)
    return json_response([OrganizationShape(id=str(row.id), name=row.name) for row in rows])


async def create_organization_token(call: DeveloperCall) -> Response:
    developer, named = call.principal, call.request.path_params["organizationId"]
    client_id = parse_id(named)
    found = None
    if client_id is not None:
        found = await queries.organization(call.conn, developer.workspace_id, developer.partner_id, client_id)
    if found is None:
        raise ClientUnknown(client=named)
    shape = OrganizationTokenShape(
        access_token=organization_token(call.services, developer, found.id),
        expires_in=int(ORGANIZATION_TOKEN_LIVES.total_seconds()),
        scope=str(found.id),
    )
    return json_response(shape, headers=NO_STORE)


OPERATIONS = [
    Operation(
        method="GET",
        path="/v1/organizations",
        name="listOrganizations",
        handle=list_organizations,
        authenticate=authenticate_developer,
        errors=ADJACENT,
    ),
    Operation(
        method="POST",
        path="/v1/organizations/{organizationId}/token",
        name="createOrganizationToken",
        handle=create_organization_token,
        authenticate=authenticate_developer,
        errors=ADJACENT,
    ),
]
