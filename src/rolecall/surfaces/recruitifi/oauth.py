"""Who calls the organization API: a developer by id and secret at POST /oauth/token, then by tokens in two steps."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias
from urllib.parse import parse_qsl
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions.access_tokens import credential_of, token_claims
from rolecall.actions.context import Context
from rolecall.domain import errors as domain
from rolecall.domain.credentials import Credential, CredentialKind
from rolecall.services import Services
from rolecall.store.db import Connection
from rolecall.surfaces.recruitifi import queries
from rolecall.surfaces.recruitifi.auth import partner_of
from rolecall.surfaces.recruitifi.queries import OrganizationRow
from rolecall.surfaces.recruitifi.wire import AccessTokenShape
from rolecall.web import errors as web
from rolecall.web.requests import authorization, bearer_token
from rolecall.web.responses import json_response
from rolecall.web.surface import Call, Operation
from rolecall.web.tokens import TokenRefused

DEVELOPER_TOKEN_LIVES = timedelta(seconds=3600)
ORGANIZATION_TOKEN_LIVES = timedelta(seconds=86_400)
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_DEVELOPER_AUDIENCE = "recruitifi/developer"
_ORGANIZATION_AUDIENCE = "recruitifi/organization"
_GRANT = "client_credentials"
_MOST_FIELDS = 50


@dataclass(frozen=True, slots=True)
class Developer:
    """A partner account, by the credential it called with."""

    partner_id: UUID
    credential: Credential

    @property
    def workspace_id(self) -> UUID:
        """The workspace that the credential is of."""
        return self.credential.workspace_id


@dataclass(frozen=True, slots=True)
class OrganizationCaller:
    """A developer who acts for one organization."""

    developer: Developer
    organization: OrganizationRow

    @property
    def workspace_id(self) -> UUID:
        """The workspace that the organization is of."""
        return self.developer.workspace_id


DeveloperCall: TypeAlias = Call[Developer, Services]
OrganizationCall: TypeAlias = Call[OrganizationCaller, Services]


class OAuthRefused(domain.NotAuthenticated):
    """A token cannot be given. `code` is one of OAuth's words."""

    def __init__(self, code: str, *, status: int = 400) -> None:
        super().__init__()
        self.code = code
        self.status = status


async def create_developer_token(call: Call[None, Services]) -> Response:
    services, form = call.services, _form(call.request)
    grant = form.get("grant_type")
    if grant != _GRANT:
        raise OAuthRefused("invalid_request" if grant is None else "unsupported_grant_type")
    try:
        credential = await _client(call, form.get("client_id", ""), form.get("client_secret", ""))
    except domain.NotAuthenticated as error:
        raise OAuthRefused("invalid_client", status=401) from error
    lives = DEVELOPER_TOKEN_LIVES
    token = services.signer.sign(
        token_claims(credential), audience=_DEVELOPER_AUDIENCE, now=services.clock(), lives=lives
    )
    shape = AccessTokenShape(access_token=token, expires_in=int(lives.total_seconds()))
    return json_response(shape, headers=NO_STORE)


async def _client(call: Call[None, Services], client_id: str, secret: str) -> Credential:
    """The developer credential of an id and a secret. Raises NotAuthenticated."""
    services, kind = call.services, CredentialKind.RECRUITIFI_DEVELOPER
    found = await services.credentials.find_live(kind, secret, now=services.clock())
    if found is None or found.public_id != client_id:
        raise domain.CredentialUnknown
    await partner_of(call.conn, found)
    return found


def _form(request: Request) -> dict[str, str]:
    """The fields of the body, without blank ones. Raises OAuthRefused for another type, and for a field sent twice."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/x-www-form-urlencoded":
        raise OAuthRefused("invalid_request")
    try:
        pairs = parse_qsl(request.state.body.decode(), errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise OAuthRefused("invalid_request") from error
    form = dict(pairs)
    if len(form) != len(pairs):
        raise OAuthRefused("invalid_request")
    return form


def organization_token(services: Services, developer: Developer, organization_id: UUID) -> str:
    """A token for a day with which a developer acts for one organization."""
    claims = {**token_claims(developer.credential), "organization": str(organization_id)}
    lives = ORGANIZATION_TOKEN_LIVES
    return services.signer.sign(claims, audience=_ORGANIZATION_AUDIENCE, now=services.clock(), lives=lives)


async def authenticate_developer(request: Request, services: Services) -> Developer:
    """The developer whose token the request carries. Raises NotAuthenticated, also for a token of an organization."""
    claims = _claims(request, services, audience=_DEVELOPER_AUDIENCE)
    async with services.database.reading() as conn:
        return await _developer(conn, claims, services)


async def authenticate_organization(request: Request, services: Services) -> OrganizationCaller:
    """The developer and the organization of a token. Raises NotAuthenticated, also for a developer's own token.

    A token ends with its credential, its account, and the connector that its organization is a client of.
    """
    claims = _claims(request, services, audience=_ORGANIZATION_AUDIENCE)
    async with services.database.reading() as conn:
        developer = await _developer(conn, claims, services)
        found = await queries.organization(
            conn, developer.workspace_id, developer.partner_id, UUID(claims["organization"])
        )
    if found is None:
        raise domain.CredentialUnknown
    return OrganizationCaller(developer, found)


def _claims(request: Request, services: Services, *, audience: str) -> dict[str, str]:
    token = bearer_token(authorization(request))
    if token is None:
        raise domain.CredentialMissing
    try:
        return services.signer.read(token, audience=audience, now=services.clock())
    except TokenRefused as error:
        raise domain.CredentialUnknown from error


async def _developer(conn: Connection, claims: dict[str, str], services: Services) -> Developer:
    kind = CredentialKind.RECRUITIFI_DEVELOPER
    credential = await credential_of(conn, claims, kind=kind, now=services.clock())
    partner = await partner_of(conn, credential)
    return Developer(partner.id, credential)


async def acting(call: OrganizationCall) -> Context:
    """The context of an action by the calling developer."""
    caller = call.principal
    actor = f"credential:{caller.developer.credential.id}"
    return await call.services.context(call.conn, caller.workspace_id, actor=actor)


def _refused(error: Exception) -> Response:
    assert isinstance(error, OAuthRefused)
    return json_response({"error": error.code}, status=error.status, headers=NO_STORE)


def _unreadable(_error: Exception) -> Response:
    return _refused(OAuthRefused("invalid_request"))


OPERATIONS = [
    Operation(
        method="POST",
        path="/oauth/token",
        name="createPrimaryOauthToken",
        handle=create_developer_token,
        public="The client id and secret in the form are the credential.",
        errors={OAuthRefused: _refused, web.BodyTooLarge: _unreadable, web.UnreadableBody: _unreadable},
    ),
]
