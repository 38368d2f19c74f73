"""Several processes that share one port and one database; one that dies is started again."""

import asyncio
import contextlib
import os
import socket
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass

import structlog

from rolecall.processes.child import READY, orders_for
from rolecall.processes.serving import DRAIN_SECONDS, Role, Stop
from rolecall.settings import Settings

log = structlog.get_logger()

_SHORT_LIFE_SECONDS = 10
_LONGEST_PAUSE_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Troop:
    """Who is to run. `ready` is called once every process has started for the first time."""

    settings: Settings
    database_url: str
    roles: list[Role]
    listening: socket.socket | None
    ready: Callable[[], Awaitable[None]] | None = None


def roles_of(role: Role, workers: int) -> list[Role]:
    """What each process does: tasks get a process of their own, so that they take no time from requests."""
    if role == Role.ALL:
        return [Role.WEB] * workers + [Role.WORKER]
    return [role] * workers


def supervise(troop: Troop) -> None:
    """Keep the processes running until told to stop; must be called in the main thread."""
    with tempfile.TemporaryDirectory(prefix="rolecall-metrics-") as metrics:
        asyncio.run(_supervise(troop, Stop(), metrics))


async def _supervise(troop: Troop, stop: Stop, metrics: str) -> None:
    started = [asyncio.Event() for _ in troop.roles]
    with stop.on_signals():
        keepers = [
            asyncio.create_task(_keep_running(troop, role, stop, metrics, started=event))
            for role, event in zip(troop.roles, started, strict=True)
        ]
        announcing = asyncio.create_task(_announce(troop, started))
        try:
            await asyncio.gather(*keepers)
        finally:
            announcing.cancel()


async def _announce(troop: Troop, started: list[asyncio.Event]) -> None:
    for event in started:
        await event.wait()
    if troop.ready is not None:
        await troop.ready()


async def _keep_running(troop: Troop, role: Role, stop: Stop, metrics: str, *, started: asyncio.Event) -> None:
    pause = 0.0
    while not stop.asked.is_set():
        born = time.monotonic()
        async with _process(troop, role, stop, metrics, started=started) as process:
            asked = asyncio.create_task(stop.asked.wait())
            ended = asyncio.create_task(process.wait())
            await asyncio.wait([asked, ended], return_when=asyncio.FIRST_COMPLETED)
            asked.cancel()
        if stop.asked.is_set():
            return
        pause = min(2 * pause + 1, _LONGEST_PAUSE_SECONDS) if time.monotonic() - born < _SHORT_LIFE_SECONDS else 0
        log.error("a process ended, starting another", role=role, status=process.returncode, in_seconds=pause)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.asked.wait(), pause)


@contextlib.asynccontextmanager
async def _process(
    troop: Troop, role: Role, stop: Stop, metrics: str, *, started: asyncio.Event
) -> AsyncGenerator[Process]:
    """A running process that is drained when the block ends."""
    listening = troop.listening if role != Role.WORKER else None
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "rolecall.processes.child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        pass_fds=[] if listening is None else [listening.fileno()],
        env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": metrics},
        process_group=0,  # a terminal's Ctrl-C reaches the supervisor only, which then drains the others
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(orders_for(troop.settings, database_url=troop.database_url, role=role, listening=listening))
    watching = asyncio.create_task(_watch(process.stdout, started))
    try:
        yield process
    finally:
        watching.cancel()
        await _drain(process, stop)


async def _watch(output: asyncio.StreamReader, started: asyncio.Event) -> None:
    while line := await output.readline():
        if line == READY:
            started.set()


async def _drain(process: Process, stop: Stop) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    pressed = asyncio.create_task(stop.pressed.wait())
    ended = asyncio.create_task(process.wait())
    await asyncio.wait([pressed, ended], return_when=asyncio.FIRST_COMPLETED, timeout=DRAIN_SECONDS + 5)
    pressed.cancel()
    if not ended.done():
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    await ended
