"""What counts as read: what somebody has looked at, and nothing that came while they did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rolecall.actions import chat, submissions
from rolecall.domain.submissions import Side, Submission
from rolecall.store import submission_talk
from tests.marketplace import Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World

NOON = datetime(2099, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
async def market(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


async def _reviewed(market: Marketplace) -> Submission:
    known = await market.confirmed(market.northwind)
    async with market.acting() as ctx:
        return await submissions.advance(ctx, known.id, feedback="Good.")


async def _says(market: Marketplace, known: Submission, text: str, *, at: datetime) -> datetime:
    """When a message of the agency counts as written."""
    async with market.acting(now=at) as ctx:
        message = await chat.say(ctx, known.id, side=Side.AGENCY, author_id=None, text=text)
    return message.created_at


async def _unread(market: Marketplace, known: Submission) -> int:
    since = (await market.stored(known)).client_read_at
    async with market.acting() as ctx:
        return await submission_talk.unread(ctx.conn, ctx.workspace_id, known.id, by=Side.CLIENT, since=since)


async def test_what_came_after_the_last_message_that_was_shown_is_still_to_be_read(market: Marketplace):
    known = await _reviewed(market)
    shown = await _says(market, known, "Any news?", at=NOON)
    await _says(market, known, "She has another offer.", at=NOON + timedelta(seconds=1))
    async with market.acting(now=NOON + timedelta(seconds=2)) as ctx:
        await chat.mark_read(ctx, known.id, side=Side.CLIENT, until=shown)
    assert await _unread(market, known) == 1
    async with market.acting(now=NOON + timedelta(seconds=3)) as ctx:
        await chat.mark_read(ctx, known.id, side=Side.CLIENT)
        await chat.mark_read(replace(ctx, now=NOON), known.id, side=Side.CLIENT, until=shown)  # a slower page
    assert await _unread(market, known) == 0


async def test_a_message_that_waited_for_whoever_looked_is_not_read_by_that(market: Marketplace):
    known = await _reviewed(market)
    await _says(market, known, "Any news?", at=NOON)
    async with market.acting(now=NOON + timedelta(seconds=2)) as ctx:
        await chat.mark_read(ctx, known.id, side=Side.CLIENT)
    begun_before = NOON + timedelta(seconds=1)
    assert await _says(market, known, "Hello?", at=begun_before) == NOON + timedelta(seconds=2, microseconds=1)
    assert await _unread(market, known) == 1
