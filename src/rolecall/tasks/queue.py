"""The queue of background tasks, kept in PostgreSQL by procrastinate.

A task is declared as data in a module of this package: `TASKS`, a list of BackgroundTask. Its function gets the
process's services and the ids it was queued with, and must bear being run twice.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from rolecall.services import Services
from rolecall.store.db import Connection

_POOL_SIZE = 4
_RETRIES = RetryStrategy(max_attempts=6, exponential_wait=4)  # 4 s, 16 s, … 68 minutes


@dataclass(frozen=True, slots=True)
class Work:
    """What a running task has at hand."""

    services: Services
    queue: App


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundTask:
    """`run` gets Work and, as keywords, the ids given to `defer`. With `cron` it is run at those times, without ids."""

    name: str
    run: Callable[..., Awaitable[None]]
    cron: str | None = None


def make_queue(database_url: str, tasks: Iterable[BackgroundTask]) -> App:
    """The queue of a database, closed; open it with `open_async`. Each call makes one of its own."""
    queue = App(connector=PsycopgConnector(conninfo=database_url, min_size=1, max_size=_POOL_SIZE))
    for task in tasks:
        _register(queue, task)
    return queue


def _register(queue: App, task: BackgroundTask) -> None:
    async def run(context: JobContext, **ids: Any) -> None:
        await task.run(Work(context.additional_context["services"], queue), **ids)

    async def run_at(context: JobContext, timestamp: int = 0) -> None:
        del timestamp  # when it was meant to run; absent when somebody queued it by hand
        await run(context)

    make = queue.task(name=task.name, pass_context=True, retry=_RETRIES)
    if task.cron is None:
        make(run)
    else:
        # A run that waits is enough: a queue that nobody worked on must not fill up with the same task.
        queue.periodic(cron=task.cron, queueing_lock=task.name)(make(run_at))


async def defer(conn: Connection, task: str, **ids: str) -> None:
    """Queue a task in the caller's transaction: it is run once that is committed, and never if it is not."""
    manager = JobManager(PsycopgConnector())  # its own pool is never opened: the caller's connection is used
    await configure_task(name=task, job_manager=manager, connection=conn).defer_async(**ids)
