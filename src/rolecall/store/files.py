"""Files: what the file store holds, whose it is and what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, columns, fetch_one, fetch_values


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """`key` finds the bytes in the file store; `size` is in bytes; `media_type` was found by content, not by name."""

    workspace_id: UUID
    id: UUID
    key: str
    name: str
    media_type: str
    size: int
    sha256: bytes
    created_at: datetime
    number: int | None = None


_COLUMNS = columns(File)


async def insert(conn: Connection, file: File) -> None:
    """Store a file's row; its bytes are in the file store already."""
    await conn.execute(
        """
        insert into file (workspace_id, id, key, name, media_type, size, sha256, created_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            file.workspace_id,
            file.id,
            file.key,
            file.name,
            file.media_type,
            file.size,
            file.sha256,
            file.created_at,
        ),
    )


async def get(conn: Connection, workspace_id: UUID, file_id: UUID) -> File | None:
    """A file by id."""
    query = f"select {_COLUMNS} from file where workspace_id = %s and id = %s"
    return await fetch_one(conn, File, query, (workspace_id, file_id))


async def known_keys(conn: Connection, workspace_id: UUID, keys: Sequence[str]) -> set[str]:
    """Which of these keys have a row."""
    query = "select key from file where workspace_id = %s and key = any(%s)"
    return set(await fetch_values(conn, query, (workspace_id, list(keys))))
