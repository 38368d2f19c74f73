"""Who calls the RecruitiFi contract: a partner account, by an access token got for its client id and secret."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

from starlette.requests import Request

from rolecall.domain.credentials import Credential, CredentialKind, check_not_expired
from rolecall.domain.errors import CredentialMissing, CredentialUnknown
from rolecall.services import Services
from rolecall.store import credentials, partners
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
    claims = {"credential": str(credential.id), "secret": _fingerprint(credential)}
    return services.signer.sign(claims, audience=_AUDIENCE, now=services.clock(), lives=TOKEN_LIVES)


def _fingerprint(credential: Credential) -> str:
    """A word that changes with the secret and tells nothing about it."""
    return hashlib.sha256(b"access token" + credential.secret_hash).hexdigest()[:16]


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
        credential = await _credential_of(conn, claims)
        check_not_expired(credential, services.clock())
        return Caller(await partner_of(conn, credential), credential)


async def _credential_of(conn: Connection, claims: dict[str, Any]) -> Credential:
    credential = await credentials.by_id(conn, UUID(claims["credential"]))
    if credential is None or credential.kind != CredentialKind.RECRUITIFI:
        raise CredentialUnknown
    if claims["secret"] != _fingerprint(credential):
        raise CredentialUnknown
    return credential


async def partner_of(conn: Connection, credential: Credential) -> Partner:
    """The account a credential speaks for. Raises CredentialUnknown when it is gone or disabled."""
    if credential.subject_id is None:
        raise CredentialUnknown
    partner = await partners.get(conn, credential.workspace_id, credential.subject_id)
    if partner is None or partner.disabled_at is not None:
        raise CredentialUnknown
    return partner
