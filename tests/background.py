"""The worker, as long as there is something to do."""

import asyncio
from collections.abc import Mapping

from procrastinate.worker import Worker

from rolecall.store.db import fetch_value
from rolecall.tasks.queue import make_queue
from rolecall.webhooks import WebhookSurface
from rolecall.worker import PLACES, all_tasks, all_webhooks
from tests.world import World

_LEFT = """
select count(*) from procrastinate_jobs
where queue_name = any(%(queues)s) and args ->> 'workspace' = %(workspace)s
  and (status = 'todo' and (scheduled_at is null or scheduled_at <= now())
       or status = 'doing' and (worker_id = %(worker)s or %(worker)s::bigint is null))
"""
# Tests that are over have left them.
_FORGET_OTHERS = "delete from procrastinate_jobs where status = 'todo' and args ->> 'workspace' is distinct from %s"
_PAUSE_SECONDS = 0.02


async def work_off(world: World, database_url: str, *, webhooks: Mapping[str, WebhookSurface] | None = None) -> None:
    """Run the tasks of a workspace that are due, and those that they queue, until none is left.

    The worker takes tasks while others are under way, as the real one does.
    """
    services, workspace = world.services, str(world.workspace.id)
    async with services.database.writing() as conn:
        await conn.execute(_FORGET_OTHERS, [workspace])
    async with make_queue(database_url, all_tasks()).open_async() as queue:
        worker = Worker(
            app=queue,
            queues=list(PLACES),
            concurrency=sum(PLACES.values()),
            fetch_job_polling_interval=_PAUSE_SECONDS,
            delete_jobs="successful",
            additional_context={"services": services, "webhooks": webhooks or all_webhooks()},
            install_signal_handlers=False,
        )
        running = asyncio.create_task(worker.run())
        try:
            while await _left(world, worker) and not running.done():  # noqa: ASYNC110 - the database decides
                await asyncio.sleep(_PAUSE_SECONDS)
        finally:
            worker.stop()
            await running


async def _left(world: World, worker: Worker) -> int:
    """How many tasks are due or under way. The worker may take its first while it is not known by its id here yet."""
    values = {"queues": list(PLACES), "workspace": str(world.workspace.id), "worker": worker.worker_id}
    async with world.services.database.reading() as conn:
        return await fetch_value(conn, _LEFT, values)
