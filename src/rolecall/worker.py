"""The worker: runs background tasks, in a process of its own or beside the web server."""

import asyncio
import contextlib

import structlog
from procrastinate.worker import Worker

from rolecall import surfaces, tasks
from rolecall.actions.resumes import RESUMES
from rolecall.actions.syncing import SYNCS
from rolecall.actions.webhooks import DELIVERIES, LATER_TRIES
from rolecall.discovery import discover_modules, discover_some
from rolecall.services import Services
from rolecall.store.queue import USUAL
from rolecall.tasks.queue import BackgroundTask, make_queue
from rolecall.webhooks import WebhookSurface

log = structlog.get_logger()

# How many tasks of each queue run at once in a process. Deliveries wait for other people's servers, and do little else;
# a resume keeps a processor busy and may need much memory.
PLACES = {USUAL: 4, DELIVERIES: 16, LATER_TRIES: 8, RESUMES: 2, SYNCS: 2}
_PAUSE_SECONDS = 5


def all_tasks() -> list[BackgroundTask]:
    """Every task of the modules under `rolecall/tasks`."""
    found: list[list[BackgroundTask]] = discover_modules(tasks, name="TASKS")
    return [task for module in found for task in module]


def all_webhooks() -> dict[str, WebhookSurface]:
    """What each surface that has webhooks says about them, by the surface's name."""
    found: list[WebhookSurface] = discover_some(surfaces, module="webhooks", name="WEBHOOKS")
    return {surface.name: surface for surface in found}


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
    context = {"services": services, "webhooks": all_webhooks()}
    workers = [
        Worker(
            app=queue,
            name=f"rolecall {name}",
            queues=[name],
            concurrency=places,
            shutdown_graceful_timeout=drain_seconds,
            delete_jobs="successful",
            additional_context=context,
            install_signal_handlers=False,
        )
        for name, places in PLACES.items()
    ]
    try:
        await queue.open_async()
        _check_not_cancelled()
        async with asyncio.TaskGroup() as group:
            for worker in workers:
                group.create_task(_run_until(stop, worker))
    finally:
        await queue.close_async()  # also when it was not quite open: its pool goes on connecting otherwise


def _check_not_cancelled() -> None:
    """Raise CancelledError if a cancellation got lost, as `asyncio.wait_for` loses some before Python 3.12."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def _run_until(stop: asyncio.Event, worker: Worker) -> None:
    """Run a worker until it is told to stop. When this is cancelled, the worker is stopped: it could lose a
    cancellation while it waits for a connection, and would then run for ever.
    """
    running = asyncio.create_task(worker.run())
    stopper = asyncio.create_task(_stop_when(stop, worker))  # after it: a worker forgets a stop from before its run
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        worker.stop()
        await running
        raise
    finally:
        stopper.cancel()


async def _stop_when(stop: asyncio.Event, worker: Worker) -> None:
    await stop.wait()
    worker.stop()
