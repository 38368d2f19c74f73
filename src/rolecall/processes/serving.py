"""One process: a web server, a worker, or both in one event loop, until it is told to stop.

The first SIGTERM or SIGINT drains: no new connection is taken, requests and tasks under way are finished within
DRAIN_SECONDS, then the pools are closed. A second SIGINT ends what is still under way.
"""

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog
import uvicorn

from rolecall.app import create_app
from rolecall.assembly import open_services
from rolecall.processes.protocol import Protocol
from rolecall.services import Services
from rolecall.settings import Settings
from rolecall.web.pages import Pages
from rolecall.worker import work

try:
    import uvloop
except ImportError:
    uvloop = None

log = structlog.get_logger()

DRAIN_SECONDS = 10
_PATIENCE_SECONDS = 3  # for closing what was cut off
_TASK_SECONDS = 8
_NOTE_SECONDS = 30


Step = Callable[[Services], Awaitable[None]]


class Role(StrEnum):
    """What a process does."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What one process is to run.

    `listening` is None for a pure worker. `prepare` is called before it starts, `ready` once it has. `pages` are served
    beside those that every process has.
    """

    settings: Settings
    database_url: str
    role: Role
    listening: socket.socket | None
    prepare: Step | None = None
    ready: Step | None = None
    pages: Sequence[Pages] = ()


class Stop:
    """Asks a process to stop; asked again by Ctrl-C, it presses."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.pressed = asyncio.Event()

    def ask(self) -> None:
        self.asked.set()

    def interrupt(self) -> None:
        (self.pressed if self.asked.is_set() else self.asked).set()

    @contextlib.contextmanager
    def on_signals(self) -> Generator[None]:
        """Let the process's signals ask, for as long as the block runs."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self.ask)
        loop.add_signal_handler(signal.SIGINT, self.interrupt)
        try:
            yield
        finally:
            loop.remove_signal_handler(signal.SIGTERM)
            loop.remove_signal_handler(signal.SIGINT)


class WebServer(uvicorn.Server):
    """Uvicorn's server, told to stop by us and not by signals of its own, since a worker stops with it."""

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer requests."""
        await super().startup(sockets)
        await self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def heed_interrupts() -> None:
    """Let SIGINT stop a server from its first moment, also where a script has started it in the background.

    Shells make such programs ignore SIGINT, which ours would then do until its event loop runs, and no longer.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


def run_process(job: Job) -> None:
    """Run until told to stop; must be the main thread's."""
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(serve(job, Stop()))


async def serve(job: Job, stop: Stop) -> None:
    """Run a process's part until `stop` is asked. Raises what opening the services raises."""
    with stop.on_signals():
        async with open_services(job.settings, database_url=job.database_url) as services, _noting_use(services):
            parts: list[Awaitable[None]] = []
            if job.role != Role.WORKER and job.listening is not None:
                parts.append(_serve_web(job, services, stop))
            await _take(job.prepare, services)
            if stop.asked.is_set():
                return
            if job.role == Role.WORKER:
                await _take(job.ready, services)
            if job.role != Role.WEB:
                parts.append(
                    work(services, database_url=job.database_url, stop=stop.asked, drain_seconds=_TASK_SECONDS)
                )
            await _together(parts, stop)


def _settle_memory() -> None:
    """Leave what stays for good out of every later search for garbage: it would hold up all requests for 50 ms."""
    gc.collect()
    gc.freeze()


async def _together(parts: list[Awaitable[None]], stop: Stop) -> None:
    """Run the parts until all have ended. One that fails, a second Ctrl-C or lost patience ends the others."""
    running = [asyncio.ensure_future(part) for part in parts]
    pressed = asyncio.ensure_future(_press(stop))
    try:
        while open_parts := [part for part in running if not part.done()]:
            done, _ = await asyncio.wait([*open_parts, pressed], return_when=asyncio.FIRST_COMPLETED)
            if pressed in done or any(part.exception() is not None for part in done if part is not pressed):
                break
            stop.ask()  # a part that ends by itself takes the others along
    finally:
        pressed.cancel()
        for part in running:
            part.cancel()
        ended = await asyncio.gather(*running, return_exceptions=True)
    failed = [error for error in ended if isinstance(error, Exception)]
    if failed:
        raise failed[0]


async def _press(stop: Stop) -> None:
    """Return when a second Ctrl-C comes, or when draining has taken longer than it ever should."""
    await stop.asked.wait()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.pressed.wait(), DRAIN_SECONDS + _PATIENCE_SECONDS)


async def _serve_web(job: Job, services: Services, stop: Stop) -> None:
    assert job.listening is not None
    config = _web_config(job.settings, create_app(services, beside=job.pages))
    _settle_memory()
    server = WebServer(config, ready=lambda: _take(job.ready, services))
    watching = asyncio.create_task(_pass_on(stop, server))
    try:
        await server.serve(sockets=[job.listening])
    finally:
        watching.cancel()


async def _take(step: Step | None, services: Services) -> None:
    if step is not None:
        await step(services)


async def _pass_on(stop: Stop, server: WebServer) -> None:
    await stop.asked.wait()
    server.should_exit = True
    await stop.pressed.wait()
    server.force_exit = True


def _web_config(settings: Settings, app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        lifespan="off",  # the services are opened before the first connection is taken, and closed after the last
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


@contextlib.asynccontextmanager
async def _noting_use(services: Services) -> AsyncGenerator[None]:
    """Store now and then, and at the end, which credentials were used."""
    noting = asyncio.create_task(_note_use_forever(services))
    try:
        yield
    finally:
        noting.cancel()
        await asyncio.gather(noting, return_exceptions=True)
        await _note_use(services)


async def _note_use_forever(services: Services) -> None:
    while True:
        await asyncio.sleep(_NOTE_SECONDS)
        await _note_use(services)


async def _note_use(services: Services) -> None:
    try:
        await services.credentials.note_use(services.clock())
    except Exception as error:  # noqa: BLE001 - when a credential was last used is not worth a crash
        log.warning("the use of credentials was not noted", error=str(error))


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The faster loop where it is made for the platform, else Python's own."""
    return None if uvloop is None else uvloop.new_event_loop
