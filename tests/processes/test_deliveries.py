"""A webhook's message survives the worker that was killed while it sent it."""

import asyncio
import os
import signal
from pathlib import Path

from procrastinate import App

from rolecall.domain.credentials import CredentialKind
from rolecall.services import Services
from rolecall.store.db import fetch_value
from rolecall.tasks import housekeeping
from rolecall.tasks.queue import Work, make_queue
from rolecall.worker import all_tasks
from tests.background import work_off
from tests.receiver import Received, Receiver, answer, echo, receiver
from tests.terminal import Program, environment, program
from tests.world import World


async def _registered(world: World, there: Receiver) -> None:
    headers = {"Authorization": f"Bearer {await world.secret(CredentialKind.HIREMPIRE)}"}
    body = {"request_url": there.url, "events": ["job_added"]}
    assert (await world.client.post("/v1/create-webhook", json=body, headers=headers)).status_code == 200


async def _killed_while_sending(worker: Program, there: Receiver) -> None:
    await there.wait_for(2, seconds=60)  # the challenge, and the message that now hangs
    os.killpg(worker.process.pid, signal.SIGKILL)
    await asyncio.to_thread(worker.process.wait)


async def _worker_is_long_gone(services: Services, queue: App) -> None:
    async with services.database.writing() as conn:
        await conn.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
    await housekeeping.resume_stalled(Work(services, queue))


async def test_a_message_is_sent_again_after_its_worker_was_killed(
    acme: World, database_url: str, tmp_path: Path
) -> None:
    surroundings = environment(database_url, tmp_path) | {"ROLECALL_OUTBOUND_ALLOW": "127.0.0.1/32"}
    async with receiver() as there:
        await _registered(acme, there)
        there.says = lambda _: None
        await acme.job()
        with program("serve", "--role", "worker", environment=surroundings) as worker:
            await _killed_while_sending(worker, there)
        there.says = _taken
        async with make_queue(database_url, all_tasks()).open_async() as queue:
            await _worker_is_long_gone(acme.services, queue)
        await work_off(acme, database_url)
        first, second = there.received[1:]
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    query = "select status from webhook_delivery where workspace_id = %s"
    async with acme.services.database.reading() as conn:
        assert await fetch_value(conn, query, [acme.workspace.id]) == "delivered"


def _taken(received: Received) -> bytes:
    return echo(received) if "challenge" in received.json() else answer(204)
