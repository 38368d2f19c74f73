"""Credentials: made, looked up and revoked."""

from collections.abc import Mapping, Sequence
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

_MOST_REMEMBERED = 20_000  # credentials, of about a kilobyte each


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
    """Looks secrets up. `find` asks the database; concurrent requests share the statement.

    `recall` answers from memory where it can. Whoever uses it keeps the `generation` from before, asks `confirm`
    afterwards, and acts on what was recalled only if that is true. What is remembered belongs to one generation; once a
    later one is seen, all of it is forgotten.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._find: Grouped[tuple[bytes, ...], tuple[Credential | None, ...]] = Grouped(self._find_group)
        self._ask: Grouped[None, int] = Grouped(self._ask_group)
        self._known: dict[bytes, Credential] = {}
        self.generation = 0
        self._used: set[UUID] = set()

    async def find(self, *secrets: str) -> tuple[Credential | None, ...]:
        """The credential in use for each secret, None where there is none."""
        return self._note(await self._find(tuple(secret_hash(secret) for secret in secrets)))

    async def recall(self, *secrets: str) -> tuple[Credential | None, ...]:
        """As `find`, but from before this call if all of them are remembered. It holds once `confirm` says so."""
        hashes = tuple(secret_hash(secret) for secret in secrets)
        known = tuple(self._known.get(hashed) for hashed in hashes)
        return self._note(await self._find(hashes) if None in known else known)

    async def confirm(self, recalled: int, now: int | None) -> bool:
        """Whether what was recalled in one generation still held in that of a later moment; with None, holds now."""
        current = await self._ask(None) if now is None else now
        self._enter(current)
        return current == recalled

    async def find_live(self, kind: CredentialKind, secret: str, *, now: datetime) -> Credential | None:
        """The credential of one kind for a secret, None when there is none. Raises CredentialExpired."""
        (credential,) = await self.find(secret)
        return _live(credential, kind, now)

    async def recall_live(self, kind: CredentialKind, secret: str, *, now: datetime) -> Credential | None:
        """As `find_live`, from memory where it can: to be confirmed."""
        (credential,) = await self.recall(secret)
        return _live(credential, kind, now)

    async def note_use(self, now: datetime) -> None:
        """Store which credentials were used since the last call; run now and then, outside of requests."""
        used, self._used = self._used, set()
        if used:
            async with self._database.writing() as conn:
                await credentials.touch(conn, sorted(used), now=now)

    def _note(self, found: tuple[Credential | None, ...]) -> tuple[Credential | None, ...]:
        self._used.update([credential.id for credential in found if credential is not None])
        return found

    def _enter(self, generation: int) -> None:
        if generation > self.generation:
            self.generation = generation
            self._known.clear()

    async def _ask_group(self, group: Sequence[None]) -> list[int]:
        async with self._database.reading() as conn:
            return [await credentials.generation(conn)] * len(group)

    async def _find_group(self, group: Sequence[tuple[bytes, ...]]) -> list[tuple[Credential | None, ...]]:
        wanted = {hashed for hashes in group for hashed in hashes}
        async with self._database.reading() as conn:
            generation = await credentials.generation(conn)  # first: what is found may be newer, but not older
            found = {row.secret_hash: row for row in await credentials.by_hashes(conn, sorted(wanted))}
        self._remember(found, generation)
        return [tuple(found.get(hashed) for hashed in hashes) for hashes in group]

    def _remember(self, found: Mapping[bytes, Credential], generation: int) -> None:
        self._enter(generation)
        if generation == self.generation:
            if len(self._known) + len(found) > _MOST_REMEMBERED:
                self._known.clear()
            self._known.update(found)


def _live(credential: Credential | None, kind: CredentialKind, now: datetime) -> Credential | None:
    if credential is None or credential.kind != kind:
        return None
    check_not_expired(credential, now)
    return credential
