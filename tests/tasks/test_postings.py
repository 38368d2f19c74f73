"""The watch over unsorted candidates, and the messages that it sends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rolecall.actions import submissions
from rolecall.actions.clients import user_of
from rolecall.actions.teammates import add_teammate, change_teammate
from rolecall.domain.clients import Person
from rolecall.ports.mail import Message
from rolecall.store import postings as postings_store
from rolecall.tasks import postings
from rolecall.tasks.queue import Work
from tests.background import work_off
from tests.inviting import Postbox
from tests.marketplace import Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World


@pytest.fixture
async def marketplace(acme: World) -> Marketplace:
    """The client's people: Ada may sort; Bo has no address, Cy is no posting creator, Di is deactivated."""
    marketplace = await build_marketplace(await build_partnership(acme))
    async with marketplace.acting() as ctx:
        ada = await user_of(ctx, marketplace.partnership.client, "u-1")
        await change_teammate(ctx, ada, ada.id, Person(first_name="Ada", email="ada@harbor.example"))
        await user_of(ctx, marketplace.partnership.client, "u-2")
        cy = Person(first_name="Cy", email="cy@harbor.example")
        await add_teammate(ctx, ada, "u-3", person=cy, permissions=["finance_manager"])
    return marketplace


async def watch(marketplace: Marketplace, database_url: str, *, days: int) -> list[Message]:
    """What is sent when the watch runs so many days from now."""
    world, postbox = marketplace.partnership.world, Postbox()
    services = replace(world.services, clock=lambda: world.services.clock() + timedelta(days=days), mail=postbox)
    await postings.watch(Work(services, queue=None))  # type: ignore[arg-type]
    await work_off(replace(world, services=services), database_url)
    return [message for message in postbox.messages if "harbor" in message.to]


async def test_who_may_sort_and_has_an_address_is_warned(marketplace: Marketplace, database_url: str) -> None:
    await marketplace.confirmed(marketplace.northwind)
    (message,) = await watch(marketplace, database_url, days=3)
    assert (message.to, message.subject) == ("ada@harbor.example", "Candidates wait: Firmware Lead")
    assert message.text.startswith("Hello Ada,\n\n1 new candidate has waited for “Firmware Lead” since")
    assert "Lovelace" not in message.text
    assert await watch(marketplace, database_url, days=4) == []


async def test_the_lock_is_told(marketplace: Marketplace, database_url: str) -> None:
    await marketplace.confirmed(marketplace.northwind)
    (message,) = await watch(marketplace, database_url, days=7)
    assert message.subject == "Locked: Firmware Lead"
    assert "The posting is locked: agencies can submit nobody" in message.text
    async with marketplace.acting() as ctx:
        posting = await postings_store.get(ctx.conn, ctx.workspace_id, marketplace.posting.id)
    assert posting is not None
    assert str(posting.state) == "locked"


async def test_a_message_that_comes_too_late_is_not_sent(marketplace: Marketplace) -> None:
    submission = await marketplace.confirmed(marketplace.northwind)
    world, postbox = marketplace.partnership.world, Postbox()
    async with marketplace.acting() as ctx:
        user = await user_of(ctx, marketplace.partnership.client, "u-1")
        await submissions.reject(ctx, submission.id, feedback="No.")
    work = Work(replace(world.services, mail=postbox), queue=None)  # type: ignore[arg-type]
    ids = {"workspace": str(world.workspace.id), "posting": str(marketplace.posting.id), "user": str(user.id)}
    await postings.warn(work, **ids, days="3")
    assert postbox.messages == []
