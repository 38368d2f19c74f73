"""Who calls the Bindbee contract: an organization by its API key, and one of its connectors by a token."""

from dataclasses import dataclass
from typing import TypeAlias

from starlette.requests import Request

from rolecall.actions.context import Context
from rolecall.domain.credentials import Credential, CredentialKind, check_not_expired, secret_hash
from rolecall.domain.errors import ApiDisabled, ConnectorRefused, CredentialMissing, CredentialUnknown
from rolecall.domain.errors_of_linking import ConnectorOfOtherCategory
from rolecall.services import Services
from rolecall.store import credentials
from rolecall.web.limits import Limit
from rolecall.web.requests import authorization, bearer_token
from rolecall.web.surface import Call

CATEGORY = "ATS"


@dataclass(frozen=True, slots=True)
class Caller:
    """`token` is the connector token as it came; `connector` is its credential, None when it is not one in use."""

    key: Credential
    token: str | None
    connector: Credential | None


BindbeeCall: TypeAlias = Call[Caller, Services]


async def authenticate(request: Request, services: Services) -> Caller:
    """The organization of the bearer key. Whether the connector token is good is said later, after the parameters.

    Raises CredentialMissing, CredentialUnknown or CredentialExpired; CredentialUnknown also when the key is of one
    environment and the connector of another.
    """
    token = request.headers.get("x-connector-token")
    key, connector = await services.credentials.recall(_secret(request), token or "")
    return _caller(_checked(key, services), token, connector)


async def authenticate_key(request: Request, services: Services) -> Caller:
    """The organization alone, for operations that take no connector token: one that comes along is not looked at."""
    (key,) = await services.credentials.recall(_secret(request))
    return Caller(_checked(key, services), None, None)


def _secret(request: Request) -> str:
    secret = bearer_token(authorization(request))
    if secret is None:
        raise CredentialMissing
    return secret


def _checked(key: Credential | None, services: Services) -> Credential:
    if key is None or key.kind != CredentialKind.BINDBEE:
        raise CredentialUnknown
    check_not_expired(key, services.clock())
    return key


def _caller(key: Credential, token: str | None, connector: Credential | None) -> Caller:
    if connector is not None and (not _belongs(connector, key) or connector.subject_disabled_at is not None):
        connector = None
    if connector is not None and connector.environment not in {None, key.environment}:
        raise CredentialUnknown
    return Caller(key, token, connector)


def _belongs(connector: Credential, key: Credential) -> bool:
    return connector.kind == CredentialKind.BINDBEE_CONNECTOR and connector.workspace_id == key.workspace_id


def connector_of(caller: Caller) -> Credential:
    """The calling connector's credential. Raises ConnectorRefused or ConnectorOfOtherCategory."""
    if caller.connector is None or caller.connector.subject_id is None:
        raise ConnectorRefused
    if caller.connector.subject_category != CATEGORY:
        raise ConnectorOfOtherCategory
    return caller.connector


def organization_of(caller: Caller) -> Credential:
    """The calling organization's key, for what belongs to no single connector. Raises ApiDisabled."""
    if not caller.key.api_enabled:
        raise ApiDisabled
    return caller.key


async def named_connector(call: BindbeeCall, token: str) -> Credential:
    """The connector whose token a query or a body names. Raises as `authenticate` and `connector_of` do."""
    found = await credentials.by_hashes(call.conn, [secret_hash(token)])
    return connector_of(_caller(call.principal.key, token, found[0] if found else None))


async def acting(call: BindbeeCall) -> Context:
    """The context of an action that the key's organization asks for."""
    key = call.principal.key
    return await call.services.context(call.conn, key.workspace_id, actor=f"credential:{key.id}")


def limit_of(caller: Caller, services: Services) -> Limit:
    """Requests are counted per connector token; without a good one, per API key."""
    counted = caller.connector or caller.key
    return Limit(f"bindbee:{counted.id.hex}", services.settings.bindbee_requests_per_minute)


def anonymous_limit(address: str, services: Services) -> Limit:
    """Calls without a good key are counted per address."""
    return Limit(f"anonymous:{address}", services.settings.anonymous_requests_per_minute)
