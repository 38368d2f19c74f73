"""The tasks screen: what waits, each with the way to its record; nothing of who has not confirmed."""

import re
from datetime import timedelta
from html import unescape

import httpx
import pytest

from rolecall.actions import chat, locking, submissions, submitting
from rolecall.actions.clients import user_of
from rolecall.actions.posting_questions import ask_question
from rolecall.domain.submissions import PersonFacts, Side
from rolecall.store import clients
from tests.marketplace import Marketplace, build_marketplace
from tests.partnership import build_partnership, words_of
from tests.world import World

GRACE = PersonFacts(first_name="Grace", last_name="Hopper", email="grace@example.org")


@pytest.fixture
async def marketplace(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


async def follow(marketplace: Marketplace, page: httpx.Response, label: str) -> httpx.Response:
    """The screen that a task opens; `label` is how its link begins."""
    found = re.search(rf'href="([^"]+)">{label}<', page.text)
    assert found is not None, page.text
    return await marketplace.partnership.world.client.get(unescape(found[1]), follow_redirects=True)


async def test_nothing_waits(marketplace: Marketplace) -> None:
    await marketplace.submit(marketplace.northwind)
    page = await (await marketplace.partnership.screen("tasks")).reload()
    assert "Nothing waits for you." in words_of(page)
    assert "Lovelace" not in page.text


async def test_new_candidates_are_counted_and_not_named(marketplace: Marketplace) -> None:
    await marketplace.confirmed(marketplace.northwind)
    await marketplace.confirmed(marketplace.southgate, GRACE)
    page = await (await marketplace.partnership.screen("tasks")).reload()
    assert "Firmware Lead 2 to sort Waiting since" in words_of(page)
    assert "Lovelace" not in page.text
    assert "Ada Lovelace" in words_of(await follow(marketplace, page, "Sort"))


async def test_a_lock_is_announced_and_told(marketplace: Marketplace) -> None:
    first = await marketplace.confirmed(marketplace.northwind)
    async with marketplace.acting() as ctx:
        query = "update submission set stage_since = stage_since - interval '3 days' where id = %s"
        await ctx.conn.execute(query, [first.id])
    screen = await marketplace.partnership.screen("tasks")
    locks = f"{first.stage_since + timedelta(days=4):%-d %B, %H:%M} UTC"
    assert f"Waiting for 3 days. The posting locks on {locks} unless all are sorted." in words_of(await screen.reload())
    async with marketplace.acting(now=first.stage_since + timedelta(days=7)) as ctx:
        await locking.watch_posting(ctx, marketplace.posting.id)
    assert "1 to sort Locked Agencies can submit nobody until all are sorted." in words_of(await screen.reload())


async def test_messages_wait_until_they_are_read(marketplace: Marketplace) -> None:
    submission = await marketplace.confirmed(marketplace.northwind)
    recruiter = marketplace.recruiters["Northwind Search"]
    async with marketplace.acting() as ctx:
        await submissions.advance(ctx, submission.id, feedback="Good.")
        await chat.say(ctx, submission.id, side=Side.AGENCY, author_id=recruiter.id, text="She is in town.")
    screen = await marketplace.partnership.screen("tasks")
    page = await screen.reload()
    assert "Ada Lovelace 1 new Northwind Search · Firmware Lead" in words_of(page)
    assert (await follow(marketplace, page, "Read")).status_code == 200
    async with marketplace.acting() as ctx:
        await chat.mark_read(ctx, submission.id, side=Side.CLIENT)
    assert "Nothing waits for you." in words_of(await screen.reload())


async def test_questions_wait_for_whoever_may_answer(marketplace: Marketplace) -> None:
    async with marketplace.acting() as ctx:
        await ask_question(ctx, marketplace.posting.id, marketplace.northwind.id, None, "Which <site>?")
    page = await (await marketplace.partnership.screen("tasks")).reload()
    assert "Which &lt;site&gt;?" in page.text
    assert 'action="/embed/job/answer"' in (await follow(marketplace, page, "Answer")).text
    async with marketplace.acting() as ctx:
        reader = await user_of(ctx, marketplace.partnership.client, "u-9")
        await clients.set_user_permissions(ctx.conn, ctx.workspace_id, reader.id, permissions=["standard"])
    page = await (await marketplace.partnership.screen("tasks", userId="u-9")).reload()
    assert "Which <site>?" in words_of(page)
    assert ">Answer<" not in page.text


async def test_a_withdrawal_is_noticed_and_put_away(marketplace: Marketplace) -> None:
    unsorted = await marketplace.confirmed(marketplace.northwind)
    known = await marketplace.confirmed(marketplace.southgate, GRACE)
    async with marketplace.acting() as ctx:
        await submissions.advance(ctx, known.id, feedback="Good.")
        for one in (unsorted, known):
            await submitting.withdraw(ctx, one.id, one.agency_id, reason="Another job.")
    screen = await marketplace.partnership.screen("tasks")
    page = await screen.reload()
    assert "Ada Lovelace Another job. Firmware Lead" in words_of(page)
    assert "Grace Hopper Another job. Southgate Talent · Firmware Lead" in words_of(page)
    assert "Northwind" not in page.text
    page = await screen.submit("seen", submission=str(unsorted.id))
    assert "The notice is gone." in words_of(page)
    assert "Lovelace" not in page.text
    assert (await marketplace.stored(unsorted)).withdrawal_seen_at is not None
    assert (await screen.post("seen", submission="x")).status_code == 404


async def test_one_client_puts_away_its_own_notices_only(marketplace: Marketplace, acme: World) -> None:
    known = await marketplace.confirmed(marketplace.northwind)
    async with marketplace.acting() as ctx:
        await submitting.withdraw(ctx, known.id, known.agency_id, reason="Another job.")
    screen = await marketplace.partnership.screen("tasks", clientId="cust-other")
    assert "Nothing waits for you." in words_of(await screen.reload())
    await screen.submit("seen", submission=str(known.id))
    assert (await marketplace.stored(known)).withdrawal_seen_at is None
