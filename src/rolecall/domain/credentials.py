"""Credentials: high-entropy secrets, shown once and kept as SHA-256."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from rolecall.domain.errors import CredentialExpired


class CredentialKind(StrEnum):
    """One kind for each way in; the values are the words of `rolecall credential create`.

    A customer links a system with one of BINDBEE_LINK; one of BINDBEE_TEMPORARY is then traded for the connector's own.
    """

    BINDBEE = "bindbee"
    BINDBEE_CONNECTOR = "bindbee-connector"
    BINDBEE_LINK = "bindbee-link"
    BINDBEE_TEMPORARY = "bindbee-temporary"
    RECRUITSOME = "recruitsome"
    HIREMPIRE = "hirempire"
    HIREMPIRE_MCP = "hirempire-mcp"
    RECRUITIFI = "recruitifi"
    RECRUITIFI_DEVELOPER = "recruitifi-developer"
    CROSSPATH = "crosspath"


# The vendors' published samples set the look of a key; clients may check for it.
_PREFIXES = {
    CredentialKind.BINDBEE: "bb_",
    CredentialKind.BINDBEE_CONNECTOR: "",
    CredentialKind.BINDBEE_LINK: "",
    CredentialKind.BINDBEE_TEMPORARY: "tmp_",
    CredentialKind.RECRUITSOME: "rs_",
    CredentialKind.HIREMPIRE: "sk-",
    CredentialKind.HIREMPIRE_MCP: "mcps_",
    CredentialKind.RECRUITIFI: "",
    CredentialKind.RECRUITIFI_DEVELOPER: "",
    CredentialKind.CROSSPATH: "Recruitment-",
}
_BODY_LENGTHS = {CredentialKind.BINDBEE_CONNECTOR: 64, CredentialKind.BINDBEE_LINK: 64, CredentialKind.CROSSPATH: 32}
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
SHOWN_LENGTH = 6

# What a key of the vacancies contract may be allowed to do, and the two sets its vendor offers to choose from.
VACANCY_SCOPES = (
    "vacancies:read",
    "applications:write",
    "candidates:read",
    "candidates:write",
    "team:read",
    "locations:read",
    "articles:read",
)
VACANCY_PRESETS = {
    "career-website": ("vacancies:read", "applications:write", "locations:read", "team:read", "articles:read"),
    "chrome-plugin": ("candidates:read", "candidates:write", "team:read"),
}


def new_secret(kind: CredentialKind) -> str:
    """A new secret of a kind; at least 190 bits of it are random."""
    length = _BODY_LENGTHS.get(kind, 40)
    return _PREFIXES[kind] + "".join(secrets.choice(_ALPHABET) for _ in range(length))


def secret_hash(secret: str) -> bytes:
    """The 32 bytes that are stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def display_prefix(kind: CredentialKind, secret: str) -> str:
    """The few first characters that a list may show."""
    return secret[: len(_PREFIXES[kind]) + SHOWN_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A stored credential with what every request needs of its workspace. `subject_id` is the connector or partner.

    The subject's category (of a connector) and the time from which it is disabled come with it.
    """

    id: UUID
    kind: CredentialKind
    workspace_id: UUID
    workspace_slug: str
    api_enabled: bool
    name: str
    prefix: str
    secret_hash: bytes
    public_id: str | None
    subject_id: UUID | None
    scopes: list[str]
    environment: str | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    subject_category: str | None = None
    subject_disabled_at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", CredentialKind(self.kind))


def check_not_expired(credential: Credential, now: datetime) -> None:
    """Raise CredentialExpired once `expires_at` has come."""
    if credential.expires_at is not None and credential.expires_at <= now:
        raise CredentialExpired
