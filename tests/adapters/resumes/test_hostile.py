"""Files that would harm their reader: each fails with a sentence, within its memory and time, and nothing else does."""

import contextlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rolecall.adapters.resumes import local
from rolecall.adapters.resumes.limits import BROKEN, CRASHED, ENCRYPTED, TOO_LARGE_INSIDE, TOO_LONG, ResumeLimits
from rolecall.adapters.resumes.local import LocalResumes
from rolecall.ports.resumes import ResumeHints, ResumeUnreadable
from tests.adapters.resumes.hostile import EMPTY, HOSTILE, huge_page
from tests.adapters.resumes.writing import PDF, TXT

LIMITS = ResumeLimits(seconds=8, memory_mb=512)
REASONS = {
    "10,000 pages": "The file has 10,000 pages; at most 100 are read.",
    "a page of 1 GB": CRASHED,
    "an encrypted PDF": ENCRYPTED,
    "half a PDF": BROKEN,
    "a zip bomb": TOO_LARGE_INSIDE,
    "deep XML": BROKEN,
    "billion laughs in a DOCX": BROKEN,
    "an entity that is a file of ours": BROKEN,
    "a DOC of overlapping pieces": BROKEN,
    "an encrypted office file": ENCRYPTED,
    "10 MB of text": "The file has more than 200,000 characters of text.",
}
# Reads one file as a worker does, in a process that is small itself, and says how large its own children became.
MEASURE = """
import asyncio, json, resource, sys
from rolecall.adapters.resumes.local import LocalResumes
from rolecall.adapters.resumes.limits import ResumeLimits
from rolecall.ports.resumes import ResumeHints, ResumeUnreadable

async def read():
    reader = LocalResumes(ResumeLimits(seconds=8, memory_mb=512))
    try:
        await reader.read(open(sys.argv[1], "rb").read(), media_type=sys.argv[2], hints=ResumeHints())
    except ResumeUnreadable as error:
        return error.reason

reason = asyncio.run(read())
print(json.dumps([reason, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000]))
"""


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_is_refused_in_time(name: str) -> None:
    media_type, make = HOSTILE[name]
    content = make()
    started = time.monotonic()
    with pytest.raises(ResumeUnreadable) as caught:
        await LocalResumes(LIMITS).read(content, media_type=media_type, hints=ResumeHints())
    assert time.monotonic() - started < LIMITS.seconds + 6
    assert caught.value.reason == REASONS.get(name, caught.value.reason)


@pytest.mark.parametrize("name", EMPTY)
async def test_an_odd_file_has_nothing_to_say(name: str) -> None:
    media_type, make = EMPTY[name]
    found = await LocalResumes(LIMITS).read(make(), media_type=media_type, hints=ResumeHints())
    assert (found.text, found.emails, found.last_name) == ("", [], None)


def test_memory_stays_within_its_bound(tmp_path: Path) -> None:
    """The page wants 1,000 MB; the address space of the process ends at 512."""
    (tmp_path / "page.pdf").write_bytes(huge_page())
    command = [sys.executable, "-c", MEASURE, str(tmp_path / "page.pdf"), PDF]
    reason, megabytes = json.loads(subprocess.check_output(command, timeout=60).splitlines()[-1])
    assert reason == CRASHED
    assert megabytes < 512


async def test_a_reader_that_takes_too_long_is_killed() -> None:
    reader = LocalResumes(ResumeLimits(seconds=1, characters=20_000_000))
    started = time.monotonic()
    with pytest.raises(ResumeUnreadable) as caught:
        await reader.read(b"0612345678 " * 900_000, media_type=TXT, hints=ResumeHints(country_code="NL"))
    assert caught.value.reason == TOO_LONG
    assert time.monotonic() - started < 7


def taken_over(monkeypatch: pytest.MonkeyPatch, code: str) -> LocalResumes:
    """A reader whose process has been made to do something else."""
    monkeypatch.setattr(local, "_CHILD", ("-I", "-c", code))
    return LocalResumes(ResumeLimits(seconds=1))


async def test_a_process_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLECALL_SECRET_KEY", "a secret")
    reader = taken_over(monkeypatch, "import json, os; print(json.dumps([dict(os.environ), os.getcwd()]))")
    said, status = await reader._run(b"")
    assert status == 0
    environment, folder = json.loads(said)
    assert set(environment) <= {"PATH", "LANG", "LC_CTYPE", "MALLOC_ARENA_MAX"}
    assert folder == "/"


async def test_an_answer_without_an_end_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = taken_over(monkeypatch, "while True: print('x' * 100_000)")
    said, status = await reader._run(b"")
    assert len(said) < 2_000_000
    assert status == -signal.SIGKILL


@pytest.mark.parametrize("start", ["", "import os; os.fork(); os.fork(); "])
async def test_a_process_that_sleeps_is_killed_with_its_children(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    monkeypatch.setattr(local, "_START_SECONDS", 0)
    reader = taken_over(monkeypatch, f"{start}import os, time; print(os.getpgrp(), flush=True); time.sleep(60)")
    with pytest.raises(ResumeUnreadable, match=TOO_LONG):
        await reader.read(b"x" * 10_000_000, media_type=TXT, hints=ResumeHints())
    assert b"time.sleep(60)" not in b"".join(_command_lines())


def _command_lines() -> list[bytes]:
    found: list[bytes] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(path.read_bytes())
    return found
