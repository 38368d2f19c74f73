"""Who calls the HirEmpire contract: a workspace, by one of its tokens."""

from typing import TypeAlias

from starlette.requests import Request

from rolecall.actions.context import Context
from rolecall.domain.credentials import Credential, CredentialKind
from rolecall.domain.errors import CredentialMissing, CredentialUnknown
from rolecall.services import Services
from rolecall.surfaces.hirempire.errors import HeaderMalformed
from rolecall.web.requests import authorization
from rolecall.web.surface import Arrival, Call

TokenCall: TypeAlias = Call[Credential, Services]
TokenArrival: TypeAlias = Arrival[Credential, Services]

_SCHEME = "Bearer "  # to the letter: the contract refuses a header that does not start with it


async def authenticate(request: Request, services: Services) -> Credential:
    """The token of the Authorization header.

    Raises CredentialMissing, HeaderMalformed, CredentialUnknown or CredentialExpired.
    """
    header = authorization(request)
    if not header:
        raise CredentialMissing
    if not header.startswith(_SCHEME):
        raise HeaderMalformed
    token = header.removeprefix(_SCHEME)
    credential = await services.credentials.find_live(CredentialKind.HIREMPIRE, token, now=services.clock())
    if credential is None:
        raise CredentialUnknown
    return credential


async def acting(call: TokenCall) -> Context:
    """The context of an action by the calling token."""
    credential = call.principal
    return await call.services.context(call.conn, credential.workspace_id, actor=f"credential:{credential.id}")
