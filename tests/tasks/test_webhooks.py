"""Webhooks: what is told, to whom, how often, and what a receiver cannot do to the others."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from rolecall.actions import jobs
from rolecall.actions.jobs import JobChanges
from rolecall.actions.webhooks import NewWebhook, change_webhook, create_webhook, hold_webhook, redeliver
from rolecall.domain.events import EventType
from rolecall.domain.webhooks import DeliveryStatus, Webhook, signature
from rolecall.services import Services
from rolecall.store import deliveries
from rolecall.store.db import fetch_value
from rolecall.store.deliveries import Delivery
from rolecall.tasks import webhooks as tasks
from rolecall.tasks.queue import Work
from rolecall.webhooks import Message, Occasion, WebhookSurface
from tests.background import work_off
from tests.receiver import Received, answer, receiver
from tests.world import World

NO_WAIT = (timedelta(0), timedelta(0))


async def title_of_job(occasion: Occasion) -> Message:
    """A contract that tells the title of a job that has changed."""
    ctx = await occasion.services.context(occasion.conn, occasion.event.workspace_id, actor="test")
    job = await jobs.get_job(ctx, occasion.event.record_id)
    return Message("renamed", {"title": job.title})


RENAMING = WebhookSurface(name="renaming", compose=title_of_job, waits=NO_WAIT)


@dataclass(frozen=True, slots=True)
class Scene:
    """A workspace with webhooks of one surface, and the worker."""

    world: World
    database_url: str

    async def webhook(self, url: str) -> tuple[Webhook, str]:
        new = NewWebhook(surface="renaming", url=url, events=["renamed"], event_types=[EventType.JOB_CHANGED])
        services = self.world.services
        async with services.database.writing() as conn:
            return await create_webhook(self.world.context(conn), new, sealer=services.sealer)

    async def rename(self, job_id: UUID, title: str) -> None:
        async with self.world.services.database.writing() as conn:
            ctx = self.world.context(conn)
            await jobs.change_job(ctx, await jobs.hold_job(ctx, job_id), JobChanges(title=title))

    async def work(self, surface: WebhookSurface = RENAMING) -> None:
        await work_off(self.world, self.database_url, webhooks={"renaming": surface})

    async def log(self) -> Sequence[Delivery]:
        async with self.world.services.database.reading() as conn:
            return await deliveries.newest(conn, self.world.workspace.id, webhook_id=None, status=None, limit=100)


@pytest.fixture
def scene(acme: World, database_url: str) -> Scene:
    return Scene(acme, database_url)


async def queued(services: Services, workspace_id: UUID) -> int:
    query = "select count(*) from procrastinate_jobs where args ->> 'workspace' = %s"
    async with services.database.reading() as conn:
        return await fetch_value(conn, query, [str(workspace_id)])


def fails_at_first(times: int, status: int = 503) -> Callable[[Received], bytes]:
    left = [times]

    def says(_received: Received) -> bytes:
        left[0] -= 1
        return answer(status, "busy") if left[0] >= 0 else answer(204)

    return says


async def test_a_write_is_told_signed_and_logged(scene: Scene) -> None:
    job = await scene.world.job()
    async with receiver() as there:
        webhook, secret = await scene.webhook(there.url)
        await scene.rename(job.id, "Optics Lead")
        await scene.work()
    (received,) = there.received
    assert (received.json(), received.headers["content-type"]) == ({"title": "Optics Lead"}, "application/json")
    (delivery,) = await scene.log()
    timestamp = int(received.headers["webhook-timestamp"])
    signed = signature(secret, message_id=str(delivery.id), timestamp=timestamp, body=received.body)
    assert (received.headers["webhook-id"], received.headers["webhook-signature"]) == (str(delivery.id), signed)
    assert abs(timestamp - time.time()) < 60
    assert (delivery.webhook_id, delivery.status, delivery.tries, delivery.answer) == (webhook.id, "delivered", 1, 200)


async def test_nothing_is_told_of_a_write_that_is_rolled_back(scene: Scene) -> None:
    job = await scene.world.job()
    async with receiver() as there:
        await scene.webhook(there.url)
        async with scene.world.services.database.writing() as conn, conn.transaction(force_rollback=True):
            ctx = scene.world.context(conn)
            await jobs.change_job(ctx, await jobs.hold_job(ctx, job.id), JobChanges(title="Never"))
        await scene.work()
        assert (there.received, await scene.log()) == ([], [])


async def test_a_write_without_a_listener_queues_nothing(scene: Scene, globex: World) -> None:
    """Neither the listener of another workspace nor that of another event is one, nor one that is switched off."""
    other = Scene(globex, scene.database_url)
    await other.webhook("http://127.0.0.1:9/")
    webhook, _ = await scene.webhook("http://127.0.0.1:9/")
    job = await scene.world.job()
    assert await queued(scene.world.services, scene.world.workspace.id) == 0
    async with scene.world.services.database.writing() as conn:
        ctx = scene.world.context(conn)
        held = await hold_webhook(ctx, webhook.id, surface="renaming")
        await change_webhook(ctx, held, events=["renamed"], event_types=[EventType.JOB_CHANGED], active=False)
    await scene.rename(job.id, "Optics Lead")
    assert await queued(scene.world.services, scene.world.workspace.id) == 0


async def test_an_event_that_a_webhook_did_not_ask_for_is_not_sent(scene: Scene) -> None:
    async def otherwise(_occasion: Occasion) -> Message:
        return Message("moved", {})

    job = await scene.world.job()
    async with receiver() as there:
        await scene.webhook(there.url)
        await scene.rename(job.id, "Optics Lead")
        await scene.work(replace(RENAMING, compose=otherwise))
        assert there.received == []


async def test_a_message_that_cannot_be_made_does_not_keep_others_back(scene: Scene) -> None:
    job = await scene.world.job()
    async with receiver() as there:
        broken, _ = await scene.webhook(there.url)
        await scene.webhook(there.url)

        async def compose(occasion: Occasion) -> Message:
            if occasion.webhook.id == broken.id:
                raise RuntimeError
            return await title_of_job(occasion)

        await scene.rename(job.id, "Optics Lead")
        await scene.work(replace(RENAMING, compose=compose))
        assert there.messages == [{"title": "Optics Lead"}]


async def test_a_try_that_fails_is_made_again_with_the_same_message(scene: Scene) -> None:
    job = await scene.world.job()
    async with receiver(fails_at_first(2)) as there:
        await scene.webhook(there.url)
        await scene.rename(job.id, "Optics Lead")
        await scene.work()
    assert there.messages == [{"title": "Optics Lead"}] * 3
    assert len({received.headers["webhook-id"] for received in there.received}) == 1
    (delivery,) = await scene.log()
    assert (delivery.status, delivery.tries, delivery.answer, delivery.answer_body) == ("delivered", 3, 204, "")


async def test_after_the_last_try_it_has_failed_and_says_why(scene: Scene) -> None:
    job = await scene.world.job()
    async with receiver(fails_at_first(9)) as there:
        await scene.webhook(there.url)
        await scene.rename(job.id, "Optics Lead")
        await scene.work()
    (delivery,) = await scene.log()
    assert (delivery.status, delivery.tries, delivery.answer, delivery.answer_body) == ("failed", 3, 503, "busy")
    assert (len(there.received), delivery.next_try_at) == (3, None)


@pytest.mark.parametrize(("status", "tries"), [(410, 1), (400, 3), (302, 3)])
async def test_who_is_gone_is_not_asked_again(scene: Scene, status: int, tries: int) -> None:
    job = await scene.world.job()
    async with receiver(fails_at_first(9, status)) as there:
        await scene.webhook(there.url)
        await scene.rename(job.id, "Optics Lead")
        await scene.work()
    (delivery,) = await scene.log()
    assert (delivery.status, len(there.received)) == ("failed", tries)


async def test_an_address_inside_is_refused_at_once(scene: Scene) -> None:
    job = await scene.world.job()
    await scene.webhook("http://10.0.0.1/hooks")
    await scene.rename(job.id, "Optics Lead")
    await scene.work()
    (delivery,) = await scene.log()
    assert (delivery.status, delivery.tries, delivery.problem) == (
        "failed",
        1,
        "10.0.0.1 is an address inside, or none",
    )


async def test_a_later_try_waits_for_its_time(scene: Scene) -> None:
    job = await scene.world.job()
    async with receiver(fails_at_first(9)) as there:
        await scene.webhook(there.url)
        await scene.rename(job.id, "Optics Lead")
        await scene.work(replace(RENAMING, waits=(timedelta(minutes=1),)))
        (delivery,) = await scene.log()
        assert (delivery.status, len(there.received)) == (DeliveryStatus.WAITING, 1)
        assert delivery.next_try_at is not None
        assert delivery.tried_at is not None
        assert timedelta(seconds=55) < delivery.next_try_at - delivery.tried_at < timedelta(seconds=65)


async def test_receivers_that_hang_do_not_hold_up_others(scene: Scene) -> None:
    """Twelve of them, each with a message waiting behind the first; the quick one hears at once."""
    job = await scene.world.job()
    async with receiver(lambda _: None) as slow, receiver() as quick:
        for _ in range(12):
            await scene.webhook(slow.url)
        await scene.rename(job.id, "First")
        await scene.webhook(quick.url)
        await scene.rename(job.id, "Second")
        working = asyncio.create_task(scene.work(replace(RENAMING, seconds=60, waits=())))
        await quick.wait_for(1, seconds=50)
        assert quick.messages == [{"title": "Second"}]
        assert {delivery.answer for delivery in await scene.log()} <= {None, 200}  # the slow ones are still waited for
        slow.hanging.set()
        await working
        assert len(slow.received) == 24


async def test_a_task_that_is_run_twice_tells_once(scene: Scene) -> None:
    job = await scene.world.job()
    async with receiver() as there:
        await scene.webhook(there.url)
        await scene.rename(job.id, "Optics Lead")
        await scene.work()
        (delivery,) = await scene.log()
        ids = {"workspace": str(delivery.workspace_id)}
        work = Work(scene.world.services, Any, {"renaming": RENAMING})  # type: ignore[arg-type]
        await tasks.dispatch(work, **ids, event=str(delivery.event_id))
        await tasks.deliver(work, **ids, delivery=str(delivery.id))
        await scene.work()
    assert len(there.received) == 1


async def test_a_message_is_sent_again_on_request(scene: Scene) -> None:
    job = await scene.world.job()
    async with receiver(fails_at_first(3)) as there:
        await scene.webhook(there.url)
        await scene.rename(job.id, "Optics Lead")
        await scene.work()
        (failed,) = await scene.log()
        async with scene.world.services.database.writing() as conn:
            await redeliver(scene.world.context(conn), failed.id)
        await scene.work()
    (delivery,) = await scene.log()
    assert (failed.status, delivery.status, delivery.tries) == ("failed", "delivered", 1)
    assert len({(received.headers["webhook-id"], received.body) for received in there.received}) == 1


async def test_a_webhook_that_is_switched_off_gets_no_more(scene: Scene) -> None:
    job = await scene.world.job()
    async with receiver() as there:
        webhook, _ = await scene.webhook(there.url)
        await scene.rename(job.id, "Optics Lead")
        async with scene.world.services.database.writing() as conn:
            ctx = scene.world.context(conn)
            held = await hold_webhook(ctx, webhook.id, surface="renaming")
            await change_webhook(ctx, held, events=held.events, event_types=[EventType.JOB_CHANGED], active=False)
        await scene.work()
        assert there.received == []


async def test_the_log_is_forgotten_after_its_days(scene: Scene) -> None:
    job = await scene.world.job()
    async with receiver() as there:
        await scene.webhook(there.url)
        await scene.rename(job.id, "Optics Lead")
        await scene.work()
    services = scene.world.services
    for days, left in ((29, 1), (31, 0)):
        later = replace(services, clock=lambda days=days: services.clock() + timedelta(days=days))
        await tasks.forget_deliveries(Work(later, Any))  # type: ignore[arg-type]
        assert len(await scene.log()) == left
