"""The file store: the same in a local folder and in an object store that speaks S3."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from rolecall.adapters.object_files import ObjectFiles, open_files
from rolecall.ports.files import FileMissing, FilesUnavailable
from tests.object_stores import BUCKET, s3_server

LARGE = os.urandom(6_000_000)  # more than one part of a multipart upload


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    with s3_server() as variables:
        yield variables


@pytest.fixture(params=["folder", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ObjectFiles:
    if request.param == "folder":
        return open_files(None, folder=tmp_path / "files")
    return _bucket(request.getfixturevalue("s3"), monkeypatch)


def _bucket(variables: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> ObjectFiles:
    """A store of its own in the server's bucket."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return open_files(f"s3://{BUCKET}/{uuid4()}", folder=Path("unused"))


async def test_what_is_put_comes_back(files: ObjectFiles):
    await files.put("a/one.txt", b"one")
    await files.put("a/two.bin", LARGE)
    await files.put("b/three.txt", b"three")
    assert await files.get("a/two.bin") == LARGE
    assert sorted([found.key async for found in files.list("a")]) == ["a/one.txt", "a/two.bin"]
    assert sorted([found.key async for found in files.list("")]) == ["a/one.txt", "a/two.bin", "b/three.txt"]


async def test_what_is_put_again_is_replaced(files: ObjectFiles):
    await files.put("a/one.txt", b"one")
    await files.put("a/one.txt", b"")
    assert await files.get("a/one.txt") == b""


async def test_a_list_tells_when_a_key_was_written(files: ObjectFiles):
    before = datetime.now(UTC) - timedelta(seconds=2)  # S3 tells whole seconds
    await files.put("a/one.txt", b"one")
    (found,) = [found async for found in files.list("a")]
    assert before <= found.written_at <= datetime.now(UTC)


async def test_what_is_deleted_is_missing(files: ObjectFiles):
    await files.put("a/one.txt", b"one")
    await files.delete(["a/one.txt", "a/never.txt"])
    with pytest.raises(FileMissing):
        await files.get("a/one.txt")


async def test_nothing_is_left_in_pieces(files: ObjectFiles):
    await files.put("a/one.txt", b"one")
    await files.forget_pieces(datetime.now(UTC) + timedelta(seconds=1))
    assert await files.get("a/one.txt") == b"one"


async def test_a_bucket_that_is_not_there_is_a_store_that_cannot_be_reached(
    s3: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    _bucket(s3, monkeypatch)
    files = open_files("s3://no-such-bucket", folder=Path("unused"))
    with pytest.raises(FilesUnavailable):
        await files.put("a/one.txt", b"one")


def test_an_address_that_is_none_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="ftp://files is no address of a file store"):
        open_files("ftp://files", folder=tmp_path)
