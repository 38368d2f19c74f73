"""The sweep of the file store: bytes that no row names go after a day, everything else stays."""

import os
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from procrastinate import App

from rolecall.actions.files import DOCUMENTS, check_file, keep_file, put_file
from rolecall.adapters.object_files import open_files
from rolecall.services import Services
from rolecall.store.files import File
from rolecall.tasks.files import sweep
from rolecall.tasks.queue import Work
from tests.documents_sent import PDF
from tests.world import World

YESTERDAY = 25 * 60 * 60  # seconds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def ours(acme: World, folder: Path) -> Services:
    """Services whose files are in a folder of the test's own."""
    return replace(acme.services, files=open_files(None, folder=folder))


async def put(world: World, services: Services, *, kept: bool) -> File:
    checked = await check_file("cv.pdf", PDF, allowed=DOCUMENTS)
    file = await put_file(services.files, world.workspace.id, checked, clock=services.clock)
    if kept:
        async with services.database.writing() as conn:
            await keep_file(world.context(conn), file)
    return file


def make_older(*paths: Path) -> None:
    for path in paths:
        written = path.stat().st_mtime - YESTERDAY
        os.utime(path, (written, written))


async def test_what_no_row_names_is_swept_after_a_day(acme: World, ours: Services, folder: Path, queue: App):
    named, orphan, fresh = [await put(acme, ours, kept=kept) for kept in (True, False, False)]
    foreign = f"{uuid4()}/{uuid4()}"
    await ours.files.put(foreign, b"of a workspace that was deleted")
    await ours.files.put("notes/readme.txt", b"of somebody else who uses the bucket")
    make_older(*(folder / key for key in (named.key, orphan.key, foreign, "notes/readme.txt")))
    for _ in range(2):
        await sweep(Work(ours, queue))
    left = sorted([found.key async for found in ours.files.list("")])
    assert left == sorted([named.key, fresh.key, "notes/readme.txt"])


async def test_pieces_of_killed_puts_are_swept(acme: World, ours: Services, folder: Path, queue: App):
    file = await put(acme, ours, kept=True)
    old, fresh = (folder / f"{file.key}#{number}" for number in (1, 2))
    for piece in (old, fresh):
        piece.write_bytes(PDF[:3])
    make_older(old)
    await sweep(Work(ours, queue))
    assert [old.exists(), fresh.exists(), (folder / file.key).exists()] == [False, True, True]
