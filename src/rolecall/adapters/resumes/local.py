"""A reader of resumes that starts a process for each, waits no longer than it may, and believes nothing too long."""

import asyncio
import contextlib
import os
import signal
import sys

import msgspec
import structlog

from rolecall.adapters.resumes.limits import CRASHED, TOO_LONG, TOO_MUCH_MEMORY, ResumeLimits
from rolecall.adapters.resumes.reading import Order, Outcome
from rolecall.ports.resumes import ReadResume, ResumeHints, ResumeUnreadable

log = structlog.get_logger()

_CHILD = ("-I", "-m", "rolecall.adapters.resumes.child")
# Nothing of our environment: it has the secrets of the installation.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
_BYTES_PER_CHARACTER = 8  # a line end is two in JSON, a letter up to four
_START_SECONDS = 5


class LocalResumes:
    """A ResumeReader."""

    def __init__(self, limits: ResumeLimits) -> None:
        self._limits = limits

    async def read(self, content: bytes, *, media_type: str, hints: ResumeHints) -> ReadResume:
        """What a file says. Raises ResumeUnreadable."""
        order = Order(media_type=media_type, hints=hints, limits=self._limits)
        said, status = await self._run(msgspec.json.encode(order) + b"\n" + content)
        outcome = self._outcome(said, status)
        if outcome.resume is None:
            raise ResumeUnreadable(outcome.reason or CRASHED)
        return outcome.resume

    def _outcome(self, said: bytes, status: int | None) -> Outcome:
        if status in {None, -signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}:
            return Outcome(reason=TOO_LONG)
        try:
            outcome = msgspec.json.decode(said, type=Outcome)
        except (msgspec.DecodeError, UnicodeDecodeError):
            log.warning("a reader of resumes crashed", status=status)
            return Outcome(reason=CRASHED)
        return Outcome(reason=TOO_MUCH_MEMORY) if outcome.failed else outcome

    async def _run(self, order: bytes) -> tuple[bytes, int | None]:
        """What the child said and its exit status, None when it had to be killed."""
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *_CHILD,
            str(self._limits.seconds),
            str(self._limits.memory_mb),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(self._limits.seconds + _START_SECONDS):
                _, said = await asyncio.gather(_send(child, order), self._receive(child))
                return said, await child.wait()
        except TimeoutError:
            return b"", None
        finally:
            _kill(child)  # also what it may have left behind
            await child.wait()

    async def _receive(self, child: asyncio.subprocess.Process) -> bytes:
        assert child.stdout is not None, "it is a pipe"
        most = _BYTES_PER_CHARACTER * self._limits.characters
        said = bytearray()
        while part := await child.stdout.read(65_536):
            said += part
            if len(said) > most:
                _kill(child)
                break
        return bytes(said)


def _kill(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


async def _send(child: asyncio.subprocess.Process, order: bytes) -> None:
    assert child.stdin is not None, "it is a pipe"
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it ended before it had read all: its status says
        child.stdin.write(order)
        await child.stdin.drain()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        child.stdin.close()
        await child.stdin.wait_closed()
