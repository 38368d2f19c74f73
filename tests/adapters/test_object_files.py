"""The file store, in a local folder."""

from pathlib import Path

import pytest

from rolecall.adapters.object_files import ObjectFiles, open_files
from rolecall.ports.files import FileMissing


@pytest.fixture
def files(tmp_path: Path) -> ObjectFiles:
    return open_files(None, folder=tmp_path / "files")


async def test_what_is_put_comes_back(files: ObjectFiles):
    await files.put("a/one.txt", b"one")
    await files.put("a/two.txt", b"two")
    await files.put("b/three.txt", b"three")
    assert await files.get("a/two.txt") == b"two"
    assert sorted([found.key async for found in files.list("a")]) == ["a/one.txt", "a/two.txt"]


async def test_what_is_deleted_is_missing(files: ObjectFiles):
    await files.put("a/one.txt", b"one")
    await files.delete(["a/one.txt", "a/never.txt"])
    with pytest.raises(FileMissing):
        await files.get("a/one.txt")


def test_an_address_that_is_none_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="ftp://files is no address of a file store"):
        open_files("ftp://files", folder=tmp_path)
