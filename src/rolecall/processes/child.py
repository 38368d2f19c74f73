"""One of several processes under a supervisor: `python -m rolecall.processes.child`, orders on standard input.

The first line says what to run; then the pipe stays open for as long as the supervisor lives, so that not even a killed
supervisor leaves processes behind.
"""

import asyncio
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict, cast

import msgspec

from rolecall.processes.logs import set_up_logs
from rolecall.processes.serving import Job, Role, Stop, loop_factory, serve
from rolecall.services import Services
from rolecall.settings import Settings

READY = b"ready\n"


class Orders(TypedDict):
    """What a child is told. `descriptor` is the listening socket's, None for a pure worker."""

    settings: dict[str, object]
    database_url: str
    role: str
    descriptor: int | None


def orders_for(settings: Settings, *, database_url: str, role: Role, listening: socket.socket | None) -> bytes:
    """The line that `main` reads."""
    orders = Orders(
        settings=settings.model_dump(mode="json"),
        database_url=database_url,
        role=role,
        descriptor=None if listening is None else listening.fileno(),
    )
    return msgspec.json.encode(orders) + b"\n"


def main() -> None:
    """Do as standard input says."""
    line = sys.stdin.buffer.readline()
    if not line:
        return
    orders = msgspec.json.decode(line, type=Orders)
    settings = _settings(orders["settings"])
    set_up_logs(settings)
    job = Job(
        settings=settings,
        database_url=orders["database_url"],
        role=Role(orders["role"]),
        listening=_socket(orders["descriptor"]),
        ready=_report_ready,
    )
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(_serve(job))


def _settings(values: dict[str, object]) -> Settings:
    values["data_dir"] = Path(cast("str", values["data_dir"]))
    return Settings.model_validate(values)


def _socket(descriptor: int | None) -> socket.socket | None:
    if descriptor is None:
        return None
    listening = socket.socket(fileno=descriptor)
    listening.setblocking(False)
    return listening


async def _report_ready(_services: Services) -> None:
    os.write(sys.stdout.fileno(), READY)


async def _serve(job: Job) -> None:
    stop = Stop()
    loop = asyncio.get_running_loop()
    threading.Thread(
        target=_when_supervisor_ends, args=(lambda: loop.call_soon_threadsafe(stop.ask),), daemon=True
    ).start()
    await serve(job, stop)


def _when_supervisor_ends(then: Callable[[], object]) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    then()


if __name__ == "__main__":
    main()
