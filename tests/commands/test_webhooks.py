"""Webhooks on the command line: listed, their log read, sent again, given a new secret."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

from rolecall.actions.ids import new_id
from rolecall.actions.webhooks import NewWebhook, create_webhook
from rolecall.domain.events import EventType
from rolecall.domain.webhooks import DeliveryStatus, Webhook
from rolecall.store import deliveries, webhooks
from rolecall.store.deliveries import Delivery
from tests.terminal import Terminal
from tests.world import World


async def told(world: World) -> tuple[Webhook, Delivery]:
    """A webhook, and a message to it that nobody took."""
    new = NewWebhook(
        surface="hirempire",
        url="https://hooks.example.org/ats",
        events=["job_added"],
        event_types=[EventType.JOB_MOVED],
    )
    async with world.services.database.writing() as conn:
        webhook, _ = await create_webhook(world.context(conn), new, sealer=world.services.sealer)
        message = Delivery(
            workspace_id=world.workspace.id,
            id=new_id(),
            webhook_id=webhook.id,
            event_id=new_id(),
            event="job_added",
            body=b'{"event":"job_added"}',
            status=DeliveryStatus.WAITING,
            created_at=webhook.created_at,
        )
        await deliveries.add(conn, message)
        failed = replace(message, status=DeliveryStatus.FAILED, tries=1, answer=503, answer_body="busy")
        await deliveries.note_try(conn, failed)
    return webhook, message


async def test_webhooks_are_listed(terminal: Terminal, acme: World) -> None:
    webhook, _ = await told(acme)
    (row,) = await asyncio.to_thread(terminal.read, "webhook", "list", "-w", acme.workspace.slug)
    assert (row["id"], row["url"], row["events"]) == (str(webhook.id), "https://hooks.example.org/ats", ["job_added"])
    said = await asyncio.to_thread(terminal.run, "webhook", "list", "-w", acme.workspace.slug)
    assert "hirempire" in said


async def test_the_log_tells_what_became_of_a_message(terminal: Terminal, acme: World) -> None:
    webhook, message = await told(acme)
    where = ("-w", acme.workspace.slug)
    (row,) = await asyncio.to_thread(terminal.read, "webhook", "log", *where, "--webhook", webhook.id)
    assert (row["id"], row["status"], row["answer"], row["answer_body"]) == (str(message.id), "failed", 503, "busy")
    assert row["body"] == '{"event":"job_added"}'
    assert await asyncio.to_thread(terminal.read, "webhook", "log", *where, "--status", "delivered") == []
    assert "503" in await asyncio.to_thread(terminal.run, "webhook", "log", *where)


async def test_a_message_is_queued_again(terminal: Terminal, acme: World, globex: World) -> None:
    _, message = await told(acme)
    said = await asyncio.to_thread(terminal.run, "webhook", "redeliver", message.id, "-w", acme.workspace.slug)
    assert said.startswith("Queued. ")
    async with acme.services.database.reading() as conn:
        found = await deliveries.get(conn, acme.workspace.id, message.id)
    assert found is not None
    assert (found.status, found.tries) == ("waiting", 0)
    for wrong in (message.id, "no-id"):
        said = await asyncio.to_thread(
            terminal.run, "webhook", "redeliver", wrong, "-w", globex.workspace.slug, status=3
        )
        assert said.startswith(f"rolecall: There is no delivery {wrong}.")


async def test_a_new_secret_is_shown_and_kept_sealed(terminal: Terminal, acme: World) -> None:
    webhook, _ = await told(acme)
    made = await asyncio.to_thread(terminal.read, "webhook", "secret", webhook.id, "-w", acme.workspace.slug)
    async with acme.services.database.reading() as conn:
        found = await webhooks.get(conn, acme.workspace.id, UUID(str(webhook.id)))
    assert found is not None
    assert acme.services.sealer.open(found.secret) == made["secret"]
    for wrong in (uuid4(), "no-id"):
        said = await asyncio.to_thread(terminal.run, "webhook", "secret", wrong, "-w", acme.workspace.slug, status=3)
        assert said.startswith("rolecall: There is no such webhook.")


async def test_a_receiver_of_the_unified_api_is_made_and_deleted(terminal: Terminal, acme: World) -> None:
    where = ("-w", acme.workspace.slug)
    made = await asyncio.to_thread(terminal.read, "webhook", "create", *where, "--url", "https://hooks.example.org/bb")
    assert (made["surface"], made["environment"], made["active"]) == ("bindbee", "production", True)
    assert "connector_data_modified" in made["events"]
    words = ("--event", "connector_synced", "--event", "connector_synced", "--environment", "development")
    url = ("--url", "https://hooks.example.org/dev")
    other = await asyncio.to_thread(terminal.read, "webhook", "create", *where, *url, *words)
    assert (other["events"], other["environment"], other["key"]) == (["connector_synced"], "development", made["key"])
    said = await asyncio.to_thread(terminal.run, "webhook", "delete", other["id"], *where)
    assert said.strip() == "Deleted."
    listed = await asyncio.to_thread(terminal.read, "webhook", "list", *where)
    assert [row["id"] for row in listed] == [made["id"]]


async def test_a_word_that_no_event_has_is_refused(terminal: Terminal, acme: World) -> None:
    wrong = ("--url", "https://hooks.example.org/bb", "--event", "job_added")
    said = await asyncio.to_thread(terminal.run, "webhook", "create", "-w", acme.workspace.slug, *wrong, status=2)
    assert "connector_synced" in said


async def test_the_organizations_key_is_shown_again_and_renewed(terminal: Terminal, acme: World) -> None:
    command = ("webhook", "key", "-w", acme.workspace.slug)
    first, again, other = [
        (await asyncio.to_thread(terminal.read, *command, *more))["key"] for more in ((), (), ("--renew",))
    ]
    assert first == again != other
