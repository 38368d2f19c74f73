"""Who calls the RecruitSome contract: a workspace, by one of its API keys, within the key's scopes."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from rolecall.domain.credentials import Credential, CredentialKind
from rolecall.domain.errors import ApiDisabled, CredentialMissing, CredentialUnknown, ScopeMissing
from rolecall.services import Services
from rolecall.web.limits import Limit
from rolecall.web.requests import authorization, bearer_token
from rolecall.web.surface import Call

KeyCall: TypeAlias = Call[Credential, Services]
Handler: TypeAlias = Callable[[KeyCall], Awaitable[Response]]


async def authenticate(request: Request, services: Services) -> Credential:
    """The API key in the Authorization header. Raises CredentialMissing, CredentialUnknown or CredentialExpired."""
    key = bearer_token(authorization(request))
    if key is None:
        raise CredentialMissing
    credential = await services.credentials.recall_live(CredentialKind.RECRUITSOME, key, now=services.clock())
    if credential is None:
        raise CredentialUnknown
    return credential


def key_limit(credential: Credential, services: Services) -> Limit:
    """How often a key may call."""
    return Limit(f"recruitsome:{credential.id}", services.settings.recruitsome_requests_per_minute)


def anonymous_limit(address: str, services: Services) -> Limit:
    """How often an address may call without a valid key."""
    return Limit(f"recruitsome:{address}", services.settings.anonymous_requests_per_minute)


def admitted(handle: Handler, *, scope: str | None) -> Handler:
    """`handle` behind the two checks that follow the rate limit: the workspace's switch, then the key's scope.

    `scope` is one of `rolecall.domain.credentials.VACANCY_SCOPES`, None where any key will do. Raises ApiDisabled or
    ScopeMissing.
    """
    check = admits(scope)

    async def handle_admitted(call: KeyCall) -> Response:
        check(call.principal)
        return await handle(call)

    return handle_admitted


def admits(scope: str | None) -> Callable[[Credential], None]:
    """The same two checks by themselves, for an operation that makes them before it reads a large body."""

    def check(credential: Credential) -> None:
        if not credential.api_enabled:
            raise ApiDisabled
        if scope is not None and scope not in credential.scopes:
            raise ScopeMissing(scope=scope)

    return check
