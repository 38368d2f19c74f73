"""Files in a local folder or in an object store, through obstore. Settings of S3 come from the usual AWS_ variables."""

import asyncio
import os
from collections.abc import AsyncIterator, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from rolecall.ports.files import FileMissing, FilesUnavailable, StoredFile


class ObjectFiles:
    """A FileStore. A put is a temporary file and a rename locally, one request in an object store: whole or nothing.

    `folder` is where a local store keeps its files.
    """

    def __init__(self, store: ObjectStore, *, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    async def put(self, key: str, content: bytes) -> None:
        """Store bytes for good."""
        with _translated(key, missing=FilesUnavailable):
            await obstore.put_async(self._store, key, content, use_multipart=False)
            if self._folder is not None:
                await asyncio.to_thread(_write_through, self._folder / key)

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

    async def forget_pieces(self, before: datetime) -> None:
        """Delete the temporary files of puts that were killed. An object store keeps nothing of a request cut short."""
        if self._folder is not None:
            with _translated("pieces"):
                await asyncio.to_thread(_delete_pieces, self._folder, before)


def _write_through(path: Path) -> None:
    """Let a file and its name outlast a power cut: the row that names it will."""
    for place in (path, path.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _delete_pieces(folder: Path, before: datetime) -> None:
    # A put writes to <key>#<number> and renames that; no key has such a name, so that `list` leaves them out.
    for path in folder.rglob("*#*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def open_files(url: str | None, *, folder: Path) -> ObjectFiles:
    """The store at a URL such as s3://bucket/prefix, or a local folder, which is made. Raises ValueError for others."""
    if url is None:
        return ObjectFiles(LocalStore(folder, mkdir=True), folder=folder)
    try:
        # Somebody waits for the answer, and the default goes on for three minutes when a store is away. Options of the
        # client would hide what the AWS_ variables say about it.
        store = from_url(url, retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=10)})
        return ObjectFiles(store)
    except (BaseError, ValueError) as error:
        raise ValueError(f"{url.partition('?')[0]} is no address of a file store: {error}") from error


@contextmanager
def _translated(key: str, *, missing: type[Exception] = FileMissing) -> Generator[None]:
    """`missing` is what it means that there is nothing: to a put, the bucket."""
    try:
        yield
    except FileNotFoundError as error:
        raise missing(key) from error
    except (BaseError, OSError) as error:
        raise FilesUnavailable(str(error)) from error
