"""RecruitiFi access tokens: POST /v1/auth/token."""

from typing import Any

from starlette.responses import Response

from rolecall.domain.credentials import CredentialKind
from rolecall.domain.errors import NotAuthenticated
from rolecall.services import Services
from rolecall.surfaces.recruitifi.auth import TOKEN_LIVES, access_token, partner_of
from rolecall.surfaces.recruitifi.errors import ClientSecretRefused
from rolecall.surfaces.recruitifi.wire import AccessTokenShape
from rolecall.web.errors import UnreadableBody
from rolecall.web.requests import read_json_object
from rolecall.web.responses import json_response
from rolecall.web.surface import Call, Operation


async def create_access_token(call: Call[None, Services]) -> Response:
    body = await read_json_object(call.request, at_most=call.services.settings.max_body_bytes)
    client_id, client_secret = _text(body, "client_id"), _text(body, "client_secret")
    try:
        token = await _token(call, client_id, client_secret)
    except NotAuthenticated as error:
        raise ClientSecretRefused from error
    shape = AccessTokenShape(access_token=token, expires_in=int(TOKEN_LIVES.total_seconds()))
    return json_response(shape, headers={"Cache-Control": "no-store"})


async def _token(call: Call[None, Services], client_id: str, client_secret: str) -> str:
    services = call.services
    found = await services.credentials.find_live(CredentialKind.RECRUITIFI, client_secret, now=services.clock())
    if found is None or found.public_id != client_id:
        raise ClientSecretRefused
    await partner_of(call.conn, found)
    return access_token(services, found)


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise UnreadableBody
    return value


OPERATIONS = [
    Operation(
        method="POST",
        path="/v1/auth/token",
        name="createAccessToken",
        handle=create_access_token,
        public="The client id and secret in the body are the credential.",
    ),
]
