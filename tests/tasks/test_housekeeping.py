"""Background tasks: found by module, queued in the caller's transaction, safe to run twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from procrastinate import App

from rolecall.services import Services
from rolecall.store import rate_windows
from rolecall.store.db import fetch_value
from rolecall.store.queue import defer
from rolecall.tasks import housekeeping
from rolecall.tasks.queue import Work
from rolecall.worker import PLACES, all_tasks
from tests.partnership import build_partnership
from tests.world import World


async def count_jobs(services: Services, task: str) -> int:
    async with services.database.reading() as conn:
        return await fetch_value(conn, "select count(*) from procrastinate_jobs where task_name = %s", (task,))


def test_tasks_are_found_and_have_names_of_their_own(queue: App):
    names = [task.name for task in all_tasks()]
    assert len(set(names)) == len(names)
    assert {"files.sweep", "housekeeping.resume_stalled", "webhooks.deliver"} < set(names) < set(queue.tasks)


def test_every_queue_has_places_in_a_worker():
    assert {task.queue for task in all_tasks()} <= set(PLACES)


async def test_ended_windows_are_forgotten_and_open_ones_stay(services: Services, queue: App):
    ended, open_one = f"ended-{uuid4()}", f"open-{uuid4()}"
    now = datetime.now(UTC)
    times = {ended: now - timedelta(minutes=1), open_one: now + timedelta(minutes=1)}
    async with services.database.writing() as conn:
        await rate_windows.add(conn, {ended: 1, open_one: 1}, expires_at=times)
    for _ in range(2):
        await housekeeping.forget_rate_windows(Work(services, queue))
    async with services.database.reading() as conn:
        assert await rate_windows.read(conn, ended) is None
        assert await rate_windows.read(conn, open_one) is not None


async def test_a_task_is_queued_only_if_the_transaction_is_committed(services: Services):
    name = f"test.{uuid4().hex}"

    async def change_mind() -> None:
        async with services.database.writing() as conn:
            await defer(conn, name, job="1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await change_mind()
    assert await count_jobs(services, name) == 0
    async with services.database.writing() as conn:
        await defer(conn, name, job="1")
    assert await count_jobs(services, name) == 1


async def test_tasks_of_a_lost_worker_are_queued_again(services: Services, queue: App):
    manager = queue.job_manager
    name = f"test.{uuid4().hex}"
    async with services.database.writing() as conn:
        await defer(conn, name, job="1")
        await conn.execute("update procrastinate_jobs set queue_name = %s where task_name = %s", (name, name))
    worker = await manager.register_worker()
    job = await manager.fetch_job(queues=[name], worker_id=worker)
    assert job is not None
    async with services.database.writing() as conn:
        await conn.execute(
            "update procrastinate_workers set last_heartbeat = now() - interval '1 hour' where id = %s", (worker,)
        )
    for _ in range(2):
        await housekeeping.resume_stalled(Work(services, queue))
    again = await manager.fetch_job(queues=[name], worker_id=await manager.register_worker())
    assert again is not None
    assert (again.id, again.task_kwargs) == (job.id, {"job": "1"})


async def test_screens_that_ended_a_day_ago_are_forgotten(acme: World, queue: App):
    screen, services = await (await build_partnership(acme)).screen("tasks"), acme.services
    for minutes, left in ((24 * 60, 1), (24 * 60 + 31, 0)):
        ahead = datetime.now(UTC) + timedelta(minutes=minutes)
        await housekeeping.forget_screens(Work(replace(services, clock=lambda now=ahead: now), queue))
        async with services.database.reading() as conn:
            query = "select count(*) from screen_session where workspace_id = %s"
            assert await fetch_value(conn, query, [acme.workspace.id]) == left
    assert (await screen.reload()).status_code == 401
