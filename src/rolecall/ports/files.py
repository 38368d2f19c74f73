"""The file store: bytes under keys. Rows in the database say whose they are and what they are called."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class FileMissing(Exception):
    """The file store has no such key."""


class FilesUnavailable(Exception):
    """The file store cannot be reached."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A key with the time at which it was last written."""

    key: str
    written_at: datetime


class FileStore(Protocol):
    """Keys are relative paths of ASCII letters, digits, `-`, `.` and `/`. Every method raises FilesUnavailable."""

    async def put(self, key: str, content: bytes) -> None:
        """Store bytes for good; they are whole under their key or not there at all."""
        ...

    async def get(self, key: str) -> bytes:
        """All bytes of a key. Raises FileMissing."""
        ...

    async def delete(self, keys: Sequence[str]) -> None:
        """Forget keys. One that is not there is no error."""
        ...

    def list(self, prefix: str) -> AsyncIterator[StoredFile]:
        """What is stored under a prefix."""
        ...

    async def forget_pieces(self, before: datetime) -> None:
        """Delete what puts that never ended have left behind before that time, where the store keeps such pieces."""
        ...
