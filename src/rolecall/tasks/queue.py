"""The queue of background tasks, kept in PostgreSQL by procrastinate.

A task is declared as data in a module of this package: `TASKS`, a list of BackgroundTask. Its function gets the
process's services and the ids it was queued with, and must bear being run twice. `store.queue.defer` queues it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job

from rolecall.services import Services
from rolecall.store.queue import USUAL
from rolecall.webhooks import WebhookSurface

_POOL_SIZE = 8  # a worker of a queue holds one to listen with


@dataclass(frozen=True, slots=True)
class Work:
    """What a running task has at hand."""

    services: Services
    queue: App
    webhooks: Mapping[str, WebhookSurface] = field(default_factory=dict[str, WebhookSurface])


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How often a task that fails is run in all, and the seconds until it is run again, multiplied by `factor`.

    An error that says of itself that it is `permanent` ends the task at once.
    """

    tries: int = 7
    seconds: float = 4
    factor: float = 4


USUAL_RETRY = Retry()  # after 4 s, 16 s, … 68 minutes
ONCE = Retry(tries=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundTask:
    """`run` gets Work and, as keywords, the ids given to `defer`. With `cron` it is run at those times, without ids.

    `queue` is the one that it is deferred to: each has places of its own in a worker (`rolecall.worker.PLACES`), so
    that tasks that wait for others cannot hold up the rest. After `timeout` seconds a run has failed.
    """

    name: str
    run: Callable[..., Awaitable[None]]
    cron: str | None = None
    queue: str = USUAL
    retry: Retry = USUAL_RETRY
    timeout: float | None = None


class _Retries(BaseRetryStrategy):
    def __init__(self, retry: Retry) -> None:
        self._retry = retry

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to run a failed task again; `job.attempts` counts the runs before this one."""
        if getattr(exception, "permanent", False) or job.attempts + 1 >= self._retry.tries:
            return None
        wait = timedelta(seconds=self._retry.seconds * self._retry.factor**job.attempts)
        return RetryDecision(retry_at=datetime.now(UTC) + wait)


def make_queue(database_url: str, tasks: Iterable[BackgroundTask]) -> App:
    """The queue of a database, closed; open it with `open_async`. Each call makes one of its own."""
    queue = App(connector=PsycopgConnector(conninfo=database_url, min_size=1, max_size=_POOL_SIZE))
    for task in tasks:
        _register(queue, task)
    return queue


def _register(queue: App, task: BackgroundTask) -> None:
    async def run(context: JobContext, **ids: Any) -> None:
        given = context.additional_context
        async with asyncio.timeout(task.timeout):
            await task.run(Work(given["services"], queue, given.get("webhooks", {})), **ids)

    async def run_at(context: JobContext, timestamp: int = 0) -> None:
        del timestamp  # when it was meant to run; absent when somebody queued it by hand
        await run(context)

    make = queue.task(name=task.name, pass_context=True, queue=task.queue, retry=_Retries(task.retry))
    if task.cron is None:
        make(run)
    else:
        # A run that waits is enough: a queue that nobody worked on must not fill up with the same task.
        queue.periodic(cron=task.cron, queueing_lock=task.name)(make(run_at))
