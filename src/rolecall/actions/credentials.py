"""Credentials: made, looked up and revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from rolecall.actions.ids import new_id
from rolecall.domain.credentials import (
    Credential,
    CredentialKind,
    check_not_expired,
    display_prefix,
    new_secret,
    secret_hash,
)
from rolecall.domain.errors import CredentialNotFound
from rolecall.store import credentials, workspaces
from rolecall.store.db import Connection, Database, Grouped
from rolecall.store.workspaces import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCredential:
    """What a credential is for. `subject_id` is the connector or partner account it speaks for."""

    kind: CredentialKind
    name: str
    scopes: Sequence[str] = ()
    environment: str | None = None
    subject_id: UUID | None = None
    public_id: str | None = None
    lives: timedelta | None = None


async def create_credential(
    conn: Connection, workspace: Workspace, new: NewCredential, *, now: datetime
) -> tuple[Credential, str]:
    """Store a credential and return it with its secret, which cannot be had again.

    A key of an environment replaces the one before it at once.
    """
    if new.environment is not None:
        await workspaces.lock(conn, workspace.id)  # so that of two new keys at once only one stays
        await credentials.revoke_environment(
            conn, workspace.id, kind=new.kind, environment=new.environment, subject_id=new.subject_id, now=now
        )
    secret = new_secret(new.kind)
    credential = Credential(
        id=new_id(),
        kind=new.kind,
        workspace_id=workspace.id,
        workspace_slug=workspace.slug,
        api_enabled=workspace.api_enabled,
        name=new.name,
        prefix=display_prefix(new.kind, secret),
        secret_hash=secret_hash(secret),
        public_id=new.public_id,
        subject_id=new.subject_id,
        scopes=list(new.scopes),
        environment=new.environment,
        created_at=now,
        expires_at=now + new.lives if new.lives is not None else None,
        last_used_at=None,
        revoked_at=None,
    )
    await credentials.insert(conn, credential)
    return credential, secret


async def revoke_credential(conn: Connection, workspace_id: UUID, credential_id: UUID, *, now: datetime) -> None:
    """Revoke a credential at once. Raises CredentialNotFound."""
    if not await credentials.revoke(conn, workspace_id, credential_id, now=now):
        raise CredentialNotFound(credential=credential_id)


class CredentialDesk:
    """Looks secrets up. Concurrent requests share a statement, so nothing is cached and a revocation holds at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._find: Grouped[tuple[bytes, ...], tuple[Credential | None, ...]] = Grouped(self._find_group)
        self._used: set[UUID] = set()

    async def find(self, *secrets: str) -> tuple[Credential | None, ...]:
        """The credential in use for each secret, None where there is none."""
        found = await self._find(tuple(secret_hash(secret) for secret in secrets))
        self._used.update(credential.id for credential in found if credential is not None)
        return found

    async def find_live(self, kind: CredentialKind, secret: str, *, now: datetime) -> Credential | None:
        """The credential of one kind for a secret, None when there is none. Raises CredentialExpired."""
        (credential,) = await self.find(secret)
        if credential is None or credential.kind != kind:
            return None
        check_not_expired(credential, now)
        return credential

    async def note_use(self, now: datetime) -> None:
        """Store which credentials were used since the last call; run now and then, outside of requests."""
        used, self._used = self._used, set()
        if used:
            async with self._database.writing() as conn:
                await credentials.touch(conn, sorted(used), now=now)

    async def _find_group(self, group: Sequence[tuple[bytes, ...]]) -> list[tuple[Credential | None, ...]]:
        wanted = {hashed for hashes in group for hashed in hashes}
        async with self._database.reading() as conn:
            found = {row.secret_hash: row for row in await credentials.by_hashes(conn, sorted(wanted))}
        return [tuple(found.get(hashed) for hashed in hashes) for hashes in group]
