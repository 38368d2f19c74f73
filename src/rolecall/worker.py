"""The worker: runs background tasks, in a process of its own or beside the web server."""

import asyncio
import contextlib

import structlog
from procrastinate.worker import Worker

from rolecall import tasks
from rolecall.discovery import discover_modules
from rolecall.services import Services
from rolecall.tasks.queue import BackgroundTask, make_queue

log = structlog.get_logger()

_CONCURRENCY = 4
_PAUSE_SECONDS = 5


def all_tasks() -> list[BackgroundTask]:
    """Every task of the modules under `rolecall/tasks`."""
    found: list[list[BackgroundTask]] = discover_modules(tasks, name="TASKS")
    return [task for module in found for task in module]


async def work(services: Services, *, database_url: str, stop: asyncio.Event, drain_seconds: float = 8) -> None:
    """Run tasks until `stop` is set, then finish those under way within `drain_seconds`; the rest are queued again.

    A worker that fails, as when the database goes away, is started again.
    """
    while not stop.is_set():
        try:
            await _work_once(services, database_url=database_url, stop=stop, drain_seconds=drain_seconds)
        except Exception:
            log.exception("worker failed, starting again", seconds=_PAUSE_SECONDS)
        if not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _PAUSE_SECONDS)


async def _work_once(services: Services, *, database_url: str, stop: asyncio.Event, drain_seconds: float) -> None:
    queue = make_queue(database_url, all_tasks())
    worker = Worker(
        app=queue,
        name="rolecall",
        concurrency=_CONCURRENCY,
        shutdown_graceful_timeout=drain_seconds,
        delete_jobs="successful",
        additional_context={"services": services},
        install_signal_handlers=False,
    )
    try:
        await queue.open_async()
        running = asyncio.create_task(worker.run())
        stopper = asyncio.create_task(_stop_when(stop, worker))  # after it: a worker forgets a stop from before its run
        try:
            await running
        finally:
            stopper.cancel()
    finally:
        await queue.close_async()  # also when it was not quite open: its pool goes on connecting otherwise


async def _stop_when(stop: asyncio.Event, worker: Worker) -> None:
    await stop.wait()
    worker.stop()
