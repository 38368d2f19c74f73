"""The worker, as long as there is something to do."""

from collections.abc import Mapping

from procrastinate.worker import Worker

from rolecall.services import Services
from rolecall.store.db import fetch_value
from rolecall.tasks.queue import make_queue
from rolecall.webhooks import WebhookSurface
from rolecall.worker import PLACES, all_tasks, all_webhooks

_DUE = """
select count(*) from procrastinate_jobs
where status = 'todo' and queue_name = any(%s) and (scheduled_at is null or scheduled_at <= now())
"""


async def work_off(
    services: Services, database_url: str, *, webhooks: Mapping[str, WebhookSurface] | None = None
) -> None:
    """Run the tasks that are due, and those that they queue, until none is left."""
    async with make_queue(database_url, all_tasks()).open_async() as queue:
        while await _due(services):
            worker = Worker(
                app=queue,
                queues=list(PLACES),
                concurrency=sum(PLACES.values()),
                wait=False,
                delete_jobs="successful",
                additional_context={"services": services, "webhooks": webhooks or all_webhooks()},
                install_signal_handlers=False,
            )
            await worker.run()


async def _due(services: Services) -> int:
    async with services.database.reading() as conn:
        return await fetch_value(conn, _DUE, [list(PLACES)])
