"""Access tokens that stand for a credential for a while, and no longer than its secret stays what it is."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from rolecall.domain.credentials import Credential, CredentialKind, check_not_expired
from rolecall.domain.errors import CredentialUnknown
from rolecall.store import credentials
from rolecall.store.db import Connection


def token_claims(credential: Credential) -> dict[str, str]:
    """What a token says of its credential, to be signed."""
    return {"credential": str(credential.id), "secret": _fingerprint(credential)}


async def credential_of(
    conn: Connection, claims: Mapping[str, Any], *, kind: CredentialKind, now: datetime
) -> Credential:
    """The credential that a token stands for, by the claims that we once signed.

    Raises CredentialExpired, and CredentialUnknown once the credential is revoked or its secret rotated.
    """
    credential = await credentials.by_id(conn, UUID(claims["credential"]))
    if credential is None or credential.kind != kind or claims["secret"] != _fingerprint(credential):
        raise CredentialUnknown
    check_not_expired(credential, now)
    return credential


def _fingerprint(credential: Credential) -> str:
    """A word that changes with the secret and tells nothing about it."""
    return hashlib.sha256(b"access token" + credential.secret_hash).hexdigest()[:16]
