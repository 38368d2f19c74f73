"""OAuth for MCP clients: POST /v1/oauth/token by id and secret, and the documents in which clients read of it."""

import base64
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qsl, unquote_plus

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions.access_tokens import credential_of, token_claims
from rolecall.domain.credentials import Credential, CredentialKind
from rolecall.domain.errors import CredentialExpired, NotAuthenticated
from rolecall.services import Services
from rolecall.surfaces.hirempire.auth import TokenCall
from rolecall.web import errors as web
from rolecall.web.errors import Answer
from rolecall.web.requests import authorization, bearer_token, receive_body
from rolecall.web.responses import json_response
from rolecall.web.surface import Call, Operation
from rolecall.web.tokens import TokenExpired, TokenRefused

MCP_PATH = "/v1/mcp"
_TOKEN_PATH = "/v1/oauth/token"  # noqa: S105 - a path, no secret
_AUTHORIZE_PATH = "/v1/oauth/authorize"
_RESOURCE_DOCUMENT = "/.well-known/oauth-protected-resource"
_SERVER_DOCUMENT = "/.well-known/oauth-authorization-server"
_GRANT = "client_credentials"
_AUDIENCE = "hirempire/mcp"
_TOKEN_LIVES = timedelta(hours=1)
_MOST_FIELDS = 50


class OAuthRefused(NotAuthenticated):
    """The request for an access token is refused."""

    def __init__(self, code: str, text: str, *, status: int = 400) -> None:
        super().__init__()
        self.code = code
        self.text = text
        self.status = status


class AccessTokenRefused(NotAuthenticated):
    """Send an access token that is good. `challenge` is the WWW-Authenticate header that says where one is got."""

    def __init__(self, text: str, *, challenge: str) -> None:
        super().__init__(challenge=challenge)
        self.text = text
        self.challenge = challenge


async def authenticate_token(request: Request, services: Services) -> Credential:
    """The client whose access token the Authorization header carries. Raises AccessTokenRefused."""
    where = f'resource_metadata="{services.settings.public_url}{_RESOURCE_DOCUMENT}{MCP_PATH}"'
    token = bearer_token(authorization(request))
    if token is None:
        raise AccessTokenRefused("Invalid token", challenge=f"Bearer {where}")
    refused = f'Bearer error="invalid_token", {where}'
    try:
        claims = services.signer.read(token, audience=_AUDIENCE, now=services.clock())
        async with services.database.reading() as conn:
            return await credential_of(conn, claims, kind=CredentialKind.HIREMPIRE_MCP, now=services.clock())
    except (TokenExpired, CredentialExpired) as error:
        raise AccessTokenRefused("Token is expired", challenge=refused) from error
    except (TokenRefused, NotAuthenticated) as error:
        raise AccessTokenRefused("Invalid token", challenge=refused) from error


async def authenticate_client(request: Request, services: Services) -> Credential:
    """The client whose id and secret a request for a token carries. Raises OAuthRefused."""
    await receive_body(request, at_most=services.largest_body)
    form = _form(request)
    client_id, secret = _client(request, form)
    grant = form.get("grant_type")
    if grant is None:
        raise OAuthRefused("invalid_request", "The parameter grant_type is missing.")
    if grant != _GRANT:
        raise OAuthRefused("unsupported_grant_type", f"The only grant_type is {_GRANT}.")
    resource = services.settings.public_url + MCP_PATH
    if form.get("resource", resource) != resource:
        raise OAuthRefused("invalid_target", f"The only resource is {resource}.")
    if form.get("scope"):
        raise OAuthRefused("invalid_scope", "There are no scopes: a token may use all tools.")
    try:
        found = await services.credentials.find_live(CredentialKind.HIREMPIRE_MCP, secret, now=services.clock())
    except CredentialExpired as error:
        raise OAuthRefused("invalid_client", "The client's credential has expired.", status=401) from error
    if found is None or found.public_id != client_id:
        raise OAuthRefused("invalid_client", "The client id or secret is wrong.", status=401)
    return found


def _form(request: Request) -> dict[str, str]:
    """The fields of the body, without blank ones. Raises OAuthRefused for another type, and for a field sent twice."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/x-www-form-urlencoded":
        raise OAuthRefused("invalid_request", "Send the parameters as application/x-www-form-urlencoded.")
    try:
        pairs = parse_qsl(request.state.body.decode(), errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise OAuthRefused("invalid_request", "The form cannot be read.") from error
    form = dict(pairs)
    if len(form) != len(pairs):
        raise OAuthRefused("invalid_request", "A parameter was sent twice.")
    return form


def _client(request: Request, form: Mapping[str, str]) -> tuple[str, str]:
    """The client's id and secret, from the header or from the form, but not from both."""
    header = authorization(request)
    if header is None:
        client_id, secret = form.get("client_id"), form.get("client_secret")
        if client_id is None or secret is None:
            raise OAuthRefused("invalid_client", "Send client_id and client_secret.", status=401)
        return client_id, secret
    if "client_secret" in form:
        raise OAuthRefused("invalid_request", "Send client_secret in the header or in the form, not in both.")
    scheme, _, encoded = header.partition(" ")
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode() if scheme.lower() == "basic" else ""
        client_id, secret = (unquote_plus(part, errors="strict") for part in text.split(":", 1))
    except ValueError as error:
        raise OAuthRefused("invalid_client", "The Authorization header is no Basic one.", status=401) from error
    if form.get("client_id", client_id) != client_id:
        raise OAuthRefused("invalid_request", "The client_id of the form is another one than that of the header.")
    return client_id, secret


async def create_token(call: TokenCall) -> Response:
    services, credential, now = call.services, call.principal, call.services.clock()
    lives = min(_TOKEN_LIVES, credential.expires_at - now) if credential.expires_at is not None else _TOKEN_LIVES
    token = services.signer.sign(token_claims(credential), audience=_AUDIENCE, now=now, lives=lives)
    shape = {"access_token": token, "token_type": "Bearer", "expires_in": int(lives.total_seconds())}
    return json_response(shape, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})


async def read_resource(call: Call[None, Services]) -> Response:
    base = call.services.settings.public_url
    return json_response(
        {
            "resource": base + MCP_PATH,
            "authorization_servers": [base],
            "bearer_methods_supported": ["header"],
            "resource_name": "Rolecall",
            "resource_documentation": f"{base}/docs/hirempire",
        }
    )


async def read_server(call: Call[None, Services]) -> Response:
    """The official SDK's client refuses a document without an authorization endpoint."""
    base = call.services.settings.public_url
    return json_response(
        {
            "issuer": base,
            "authorization_endpoint": base + _AUTHORIZE_PATH,
            "token_endpoint": base + _TOKEN_PATH,
            "response_types_supported": [],
            "grant_types_supported": [_GRANT],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "service_documentation": f"{base}/docs/hirempire",
        }
    )


async def refuse_authorization(_call: Call[None, Services]) -> Response:
    text = f"Nobody signs in here: get a token from {_TOKEN_PATH} with grant_type={_GRANT}."
    return json_response({"error": "unsupported_response_type", "error_description": text}, status=400)


async def refuse_method(_call: Call[None, Services]) -> Response:
    """MCP clients ask for a stream of the server's own messages, or to end a session, and go on when told 405."""
    return json_response({"success": False, "error": "Method not allowed"}, status=405, headers={"Allow": "POST"})


def token_refused(error: Exception) -> Response:
    """The answer to a bad access token."""
    assert isinstance(error, AccessTokenRefused)
    body = {"success": False, "error": error.text}
    return json_response(body, status=401, headers={"WWW-Authenticate": error.challenge})


def _oauth_refused(error: Exception) -> Response:
    assert isinstance(error, OAuthRefused)
    body = {"error": error.code, "error_description": error.text}
    headers = {"Cache-Control": "no-store"}
    if error.status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Rolecall"'
    return json_response(body, status=error.status, headers=headers)


def _invalid_request(text: str) -> Answer:
    return lambda _error: _oauth_refused(OAuthRefused("invalid_request", text))


_OPEN = "It is the same for everybody and says where tokens are got."
_NOTHING = "It says only that there is nothing of this kind."

# Beside the contract: its security scheme has the first path, the standards that it names have the others.
BESIDE = [
    Operation(
        method="POST",
        path=_TOKEN_PATH,
        name="createOAuthToken",
        handle=create_token,
        authenticate=authenticate_client,
        errors={
            OAuthRefused: _oauth_refused,
            web.BodyTooLarge: _invalid_request("The request body is too large."),
            web.UnreadableBody: _invalid_request("The form cannot be read."),
        },
    ),
    Operation(
        method="GET", path=_AUTHORIZE_PATH, name="refuseAuthorization", handle=refuse_authorization, public=_NOTHING
    ),
    Operation(
        method="GET", path=_RESOURCE_DOCUMENT + MCP_PATH, name="readResource", handle=read_resource, public=_OPEN
    ),
    Operation(method="GET", path=_RESOURCE_DOCUMENT, name="readFirstResource", handle=read_resource, public=_OPEN),
    Operation(method="GET", path=_SERVER_DOCUMENT, name="readServer", handle=read_server, public=_OPEN),
    Operation(method="GET", path=MCP_PATH, name="refuseStream", handle=refuse_method, public=_NOTHING),
    Operation(method="DELETE", path=MCP_PATH, name="refuseEnd", handle=refuse_method, public=_NOTHING),
]
