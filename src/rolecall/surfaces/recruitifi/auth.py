"""Who calls the RecruitiFi contract: a partner account, by an access token got for its client id and secret."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from starlette.requests import Request

from rolecall.actions.access_tokens import credential_of, token_claims
from rolecall.domain.credentials import Credential, CredentialKind
from rolecall.domain.errors import CredentialMissing, CredentialUnknown
from rolecall.services import Services
from rolecall.store import partners
from rolecall.store.db import Connection
from rolecall.store.partners import Partner
from rolecall.web.surface import Call
from rolecall.web.tokens import TokenRefused

TOKEN_LIVES = timedelta(seconds=3600)
_AUDIENCE = "recruitifi/v1"


@dataclass(frozen=True, slots=True)
class Caller:
    """A partner account and the credential it called with."""

    partner: Partner
    credential: Credential


PartnerCall: TypeAlias = Call[Caller, Services]


def access_token(services: Services, credential: Credential) -> str:
    """A token that stands for a credential for an hour, as long as its secret stays what it is."""
    claims = token_claims(credential)
    return services.signer.sign(claims, audience=_AUDIENCE, now=services.clock(), lives=TOKEN_LIVES)


async def authenticate(request: Request, services: Services) -> Caller:
    """The partner of the token in the X-Auth-Token header, which comes bare and once.

    Raises CredentialMissing, CredentialUnknown or CredentialExpired; CredentialUnknown also when the credential has
    been revoked, its secret rotated, or the account disabled since the token was made.
    """
    tokens = request.headers.getlist("x-auth-token")
    if len(tokens) != 1 or not tokens[0]:
        raise CredentialMissing
    try:
        claims = services.signer.read(tokens[0], audience=_AUDIENCE, now=services.clock())
    except TokenRefused as error:
        raise CredentialUnknown from error
    async with services.database.reading() as conn:
        credential = await credential_of(conn, claims, kind=CredentialKind.RECRUITIFI, now=services.clock())
        return Caller(await partner_of(conn, credential), credential)


async def partner_of(conn: Connection, credential: Credential) -> Partner:
    """The account a credential speaks for. Raises CredentialUnknown when it is gone or disabled."""
    if credential.subject_id is None:
        raise CredentialUnknown
    partner = await partners.get(conn, credential.workspace_id, credential.subject_id)
    if partner is None or partner.disabled_at is not None:
        raise CredentialUnknown
    return partner
