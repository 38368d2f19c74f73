"""Queueing background tasks, in the transaction of what they follow from. `rolecall.tasks` says what each does."""

from datetime import datetime

from procrastinate import PsycopgConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from rolecall.store.db import Connection

USUAL = "default"


async def defer(
    conn: Connection, task: str, *, queue: str = USUAL, lock: str | None = None, at: datetime | None = None, **ids: str
) -> None:
    """Queue a task in the caller's transaction: it is run once that is committed, and never if it is not.

    Tasks with the same `lock` are run one at a time, in order. `at` is the earliest time at which it may be run.
    """
    manager = JobManager(PsycopgConnector())  # its own pool is never opened: the caller's connection is used
    task_of = configure_task(name=task, job_manager=manager, connection=conn, queue=queue, lock=lock, schedule_at=at)
    await task_of.defer_async(**ids)
