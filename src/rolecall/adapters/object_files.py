"""Files in a local folder or in an object store, through obstore. Settings of S3 come from the usual AWS_ variables."""

from collections.abc import AsyncIterator, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from rolecall.ports.files import FileMissing, FilesUnavailable, StoredFile


class ObjectFiles:
    """A FileStore. A put is a temporary file and a rename locally, one request in an object store: whole or nothing."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, key: str, content: bytes) -> None:
        """Store bytes for good."""
        with _translated(key):
            await obstore.put_async(self._store, key, content)

    async def get(self, key: str) -> bytes:
        """All bytes of a key. Raises FileMissing."""
        with _translated(key):
            found = await obstore.get_async(self._store, key)
            return bytes(await found.bytes_async())

    async def delete(self, keys: Sequence[str]) -> None:
        """Forget keys; what a local folder does not have is an error there, so each is asked for by itself."""
        for key in keys:
            try:
                with _translated(key):
                    await obstore.delete_async(self._store, key)
            except FileMissing:
                continue

    async def list(self, prefix: str) -> AsyncIterator[StoredFile]:
        """What is stored under a prefix."""
        with _translated(prefix):
            async for batch in obstore.list(self._store, prefix):
                for found in batch:
                    yield StoredFile(found["path"], found["last_modified"])


def open_files(url: str | None, *, folder: Path) -> ObjectFiles:
    """The store at a URL such as s3://bucket/prefix, or a local folder, which is made. Raises ValueError for others."""
    if url is None:
        return ObjectFiles(LocalStore(folder, mkdir=True))
    try:
        return ObjectFiles(from_url(url))
    except (BaseError, ValueError) as error:
        raise ValueError(f"{url.partition('?')[0]} is no address of a file store: {error}") from error


@contextmanager
def _translated(key: str) -> Generator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileMissing(key) from error
    except (BaseError, OSError) as error:
        raise FilesUnavailable(str(error)) from error
