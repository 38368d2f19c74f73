"""Linking: POST create-link-token, and GET connector_token, which trades a temporary token once."""

from typing import Annotated, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.responses import Response

from rolecall.actions.linking import Customer, start_link, trade_token
from rolecall.domain.errors_of_linking import IntegrationClosed, TemporaryTokenUnknown
from rolecall.ports.ats import Integration
from rolecall.surfaces.bindbee.auth import BindbeeCall, organization_of
from rolecall.surfaces.bindbee.creating import Email
from rolecall.surfaces.bindbee.errors import ParametersRefused, RecordUnknown
from rolecall.surfaces.bindbee.integrations import is_open
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.surfaces.bindbee.writing import read_body
from rolecall.web.requests import read_json_object
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_Told = Annotated[str, StringConstraints(min_length=2, max_length=200)]


class EndUser(BaseModel):
    model_config = ConfigDict(extra="ignore")

    org_name: _Told
    origin_id: _Told
    email: Email | None = None


class NewLink(BaseModel):
    model_config = ConfigDict(extra="ignore")

    end_user_data: EndUser
    category: Literal["HRIS", "ATS", "CUSTOM", "LMS"]
    integration: Annotated[str, StringConstraints(max_length=200)]


class LinkTokenShape(msgspec.Struct):
    link_token: str


class ConnectorTokenShape(msgspec.Struct, kw_only=True):
    connector_token: str
    connector_id: str


async def create_link_token(call: BindbeeCall) -> Response:
    """A session for one customer and one system. Raises ParametersRefused, ApiDisabled or IntegrationClosed."""
    parameters = Parameters(call.request)
    services = call.services
    tree = await read_json_object(call.request, at_most=services.largest_body)
    new = read_body(NewLink, tree, parameters.problems)
    parameters.check(of_connector=False)
    assert isinstance(new, NewLink), "the check would have raised"
    integration = _integration(call, new)
    key = organization_of(call.principal)
    if integration.connect is None or not is_open(integration, services):
        raise IntegrationClosed(integration=integration.slug)
    user = new.end_user_data
    token = await start_link(
        await services.context(call.conn, key.workspace_id, actor=f"credential:{key.id}"),
        Customer(name=user.org_name, origin_id=user.origin_id, email=user.email),
        integration=integration.slug,
        category=integration.category,
        environment=str(key.environment),
        sealer=services.sealer,
    )
    return json_response(LinkTokenShape(token))


def _integration(call: BindbeeCall, new: NewLink) -> Integration:
    found = call.services.integrations.get(new.integration)
    if found is None or found.category != new.category:
        message = f"Input should be the slug of an integration of the category {new.category}"
        raise ParametersRefused(
            [{"loc": ["body", "integration"], "msg": message, "type": "value_error", "input": new.integration}]
        )
    return found


async def get_connector_token(call: BindbeeCall) -> Response:
    """Raises RecordUnknown for a token that is unknown, of others or of the other environment, used, or too old."""
    parameters = Parameters(call.request)
    temporary = parameters.path_text("temporary_token")
    parameters.check(of_connector=False)
    key = organization_of(call.principal)
    ctx = await call.services.context(call.conn, key.workspace_id, actor=f"credential:{key.id}")
    try:
        connector_id, token = await trade_token(
            ctx, temporary, environment=str(key.environment), sealer=call.services.sealer
        )
    except TemporaryTokenUnknown as error:
        raise RecordUnknown("Temporary token") from error
    return json_response(ConnectorTokenShape(connector_token=token, connector_id=str(connector_id)))


OPERATIONS = [
    Operation(
        method="POST",
        path="/api/embedded/v1/link/create-link-token",
        name="create_link_token_api_embedded_v1_link_create_link_token_post",
        handle=create_link_token,
        writes=True,
    ),
    Operation(
        method="GET",
        path="/api/embedded/v1/connectors/connector_token/{temporary_token}",
        name="get_connector_token_api_embedded_v1_connectors_connector_token__temporary_token__get",
        handle=get_connector_token,
        writes=True,
    ),
]
