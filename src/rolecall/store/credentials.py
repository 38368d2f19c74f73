"""Credentials by the hash of their secret. A global table: the credential says which workspace a request may see."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from rolecall.domain.credentials import Credential
from rolecall.store.db import Connection, Hot, fetch_all, fetch_hot, fetch_one

_SELECT = """
    select c.id, c.kind, c.workspace_id, w.slug as workspace_slug, w.api_enabled, c.name, c.prefix, c.secret_hash,
           c.public_id, c.subject_id, c.scopes, c.environment, c.created_at, c.expires_at, c.last_used_at, c.revoked_at,
           k.category as subject_category, coalesce(k.disabled_at, p.disabled_at) as subject_disabled_at
    from credential c
    join workspace w on w.id = c.workspace_id
    left join connector k on k.workspace_id = c.workspace_id and k.id = c.subject_id
    left join partner p on p.workspace_id = c.workspace_id and p.id = c.subject_id
"""
# In a subselect the hashes cannot tempt PostgreSQL to plan anew for each list, which takes longer than to find them.
_BY_HASHES = Hot(_SELECT + "where c.secret_hash = any((select $1::bytea[])::bytea[]) and c.revoked_at is null")
_GENERATION = Hot("select number from credential_generation")
_FIELDS = [field.name for field in fields(Credential)]


async def insert(conn: Connection, credential: Credential) -> None:
    """Store a new credential."""
    await conn.execute(
        """
        insert into credential (id, kind, secret_hash, prefix, public_id, workspace_id, subject_id, name, scopes,
                                environment, created_at, expires_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            credential.id,
            credential.kind,
            credential.secret_hash,
            credential.prefix,
            credential.public_id,
            credential.workspace_id,
            credential.subject_id,
            credential.name,
            credential.scopes,
            credential.environment,
            credential.created_at,
            credential.expires_at,
        ),
    )


async def by_hashes(conn: Connection, hashes: Sequence[bytes]) -> list[Credential]:
    """The credentials in use (not revoked) with these secret hashes, in any order."""
    rows = await fetch_hot(conn, _BY_HASHES, list(hashes))
    return [Credential(**dict(zip(_FIELDS, row, strict=True))) for row in rows]


async def generation(conn: Connection) -> int:
    """A number that grows whenever something changes of what `by_hashes` has answered before."""
    ((number,),) = await fetch_hot(conn, _GENERATION)
    return number


async def by_hash(conn: Connection, secret_hash: bytes, *, kind: str) -> Credential | None:
    """A credential of a kind, also one that has been revoked."""
    query = _SELECT + "where c.secret_hash = %s and c.kind = %s"
    return await fetch_one(conn, Credential, query, (secret_hash, kind))


async def forget_expired(conn: Connection, *, kinds: Sequence[str], before: datetime) -> int:
    """Drop the credentials of some kinds, in all workspaces, that had expired by a time; how many there were."""
    cursor = await conn.execute(
        "delete from credential where kind = any(%s) and expires_at < %s", (list(kinds), before)
    )
    return cursor.rowcount


async def by_id(conn: Connection, credential_id: UUID) -> Credential | None:
    """A credential in use, by id."""
    return await fetch_one(conn, Credential, _SELECT + "where c.id = %s and c.revoked_at is null", (credential_id,))


async def of_workspace(conn: Connection, workspace_id: UUID) -> list[Credential]:
    """All credentials of a workspace, revoked ones too, oldest first."""
    query = _SELECT + "where c.workspace_id = %s order by c.created_at, c.id"
    return await fetch_all(conn, Credential, query, (workspace_id,))


async def revoke(conn: Connection, workspace_id: UUID, credential_id: UUID, *, now: datetime) -> bool:
    """Revoke a credential; False when the workspace has none with that id in use."""
    cursor = await conn.execute(
        "update credential set revoked_at = %s where workspace_id = %s and id = %s and revoked_at is null",
        (now, workspace_id, credential_id),
    )
    return cursor.rowcount == 1


async def revoke_environment(
    conn: Connection, workspace_id: UUID, *, kind: str, environment: str, subject_id: UUID | None, now: datetime
) -> None:
    """Revoke the credentials of one kind, environment and subject."""
    await conn.execute(
        """
        update credential set revoked_at = %s
        where workspace_id = %s and kind = %s and environment = %s and subject_id is not distinct from %s
          and revoked_at is null
        """,
        (now, workspace_id, kind, environment, subject_id),
    )


async def revoke_subject(conn: Connection, workspace_id: UUID, *, kind: str, subject_id: UUID, now: datetime) -> None:
    """Revoke the credentials of one kind that speak for one connector or partner account."""
    await conn.execute(
        """
        update credential set revoked_at = %s
        where workspace_id = %s and kind = %s and subject_id = %s and revoked_at is null
        """,
        (now, workspace_id, kind, subject_id),
    )


async def replace_secret(
    conn: Connection, workspace_id: UUID, credential_id: UUID, *, kind: str, secret_hash: bytes, prefix: str
) -> bool:
    """Give a credential of a kind another secret; False when the workspace has none with that id in use."""
    cursor = await conn.execute(
        """
        update credential set secret_hash = %s, prefix = %s
        where workspace_id = %s and id = %s and kind = %s and revoked_at is null
        """,
        (secret_hash, prefix, workspace_id, credential_id, kind),
    )
    return cursor.rowcount == 1


async def touch(conn: Connection, ids: Sequence[UUID], *, now: datetime) -> None:
    """Note that these credentials have just been used."""
    await conn.execute("update credential set last_used_at = %s where id = any(%s)", (now, list(ids)))
