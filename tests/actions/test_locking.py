"""New candidates left unsorted: warned of on days 3 and 6, locked on day 7, unlocked once all are sorted."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rolecall.actions import locking, postings, submissions, submitting
from rolecall.domain.errors import MoveRefused, PostingNotTaking
from rolecall.domain.jobs import JobStatus
from rolecall.domain.postings import Posting, PostingState
from rolecall.domain.submissions import PersonFacts
from rolecall.store import events
from rolecall.store import postings as postings_store
from tests.marketplace import ADA, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World

GRACE = PersonFacts(first_name="Grace", last_name="Hopper", email="grace@example.org")


@pytest.fixture
async def marketplace(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


async def after(marketplace: Marketplace, days: float, *, since: datetime) -> Posting:
    """The posting as the watch leaves it so many days later."""
    async with marketplace.acting(now=since + timedelta(days=days)) as ctx:
        await locking.watch_posting(ctx, marketplace.posting.id)
        found = await postings_store.get(ctx.conn, ctx.workspace_id, marketplace.posting.id)
    assert found is not None
    return found


async def happened(marketplace: Marketplace) -> list[str]:
    posting = marketplace.posting
    async with marketplace.partnership.world.services.database.reading() as conn:
        return [str(event.type) for event in await events.of_record(conn, posting.workspace_id, posting.id)]


async def test_warnings_come_once_each_then_the_lock(marketplace: Marketplace) -> None:
    since = (await marketplace.confirmed(marketplace.northwind)).stage_since
    seen: list[tuple[str, int | None]] = []
    for days in (2.99, 3, 3.1, 5.9, 6, 6.9, 7, 40):
        posting = await after(marketplace, days, since=since)
        seen.append((str(posting.state), posting.warned_days))
    assert seen == [
        ("open", None),
        *[("open", 3)] * 3,
        *[("open", 6)] * 2,
        *[("locked", 6)] * 2,
    ]
    assert posting.locked_at == since + timedelta(days=7)
    assert (await happened(marketplace))[-3:] == ["posting.warned", "posting.warned", "posting.moved"]


async def test_a_locked_posting_opens_when_the_last_is_sorted(marketplace: Marketplace) -> None:
    first = await marketplace.confirmed(marketplace.northwind)
    waiting = await marketplace.submit(marketplace.southgate, GRACE)
    await after(marketplace, 7, since=first.stage_since)
    later = first.stage_since + timedelta(days=8)
    with pytest.raises(PostingNotTaking, match="locked"):
        await marketplace.submit(
            marketplace.southgate, replace(ADA, email="new@example.org", phone=None, last_name="N")
        )
    await marketplace.confirm(waiting, GRACE, now=later)
    async with marketplace.acting(now=later) as ctx:
        with pytest.raises(MoveRefused):
            await postings.move_posting(ctx, marketplace.job, PostingState.OPEN)
        await submissions.advance(ctx, first.id, feedback="Good.")
        assert (await postings.get_posting(ctx, marketplace.job)).state == PostingState.LOCKED
        await submissions.reject(ctx, waiting.id, feedback="No.")
        posting = await postings.get_posting(ctx, marketplace.job)
    assert (posting.state, posting.locked_at, posting.warned_days) == (PostingState.OPEN, None, None)


async def test_an_agency_that_takes_its_candidate_back_unlocks_too(marketplace: Marketplace) -> None:
    first = await marketplace.confirmed(marketplace.northwind)
    await after(marketplace, 7, since=first.stage_since)
    async with marketplace.acting() as ctx:
        await submitting.withdraw(ctx, first.id, marketplace.northwind.id, reason="She took another job.")
        assert (await postings.get_posting(ctx, marketplace.job)).state == PostingState.OPEN


async def test_a_yielded_posting_is_yielded_again(marketplace: Marketplace) -> None:
    first = await marketplace.confirmed(marketplace.northwind)
    async with marketplace.acting() as ctx:
        await postings.move_posting(ctx, marketplace.job, PostingState.YIELDED, reason="Holidays.")
    assert (await after(marketplace, 7, since=first.stage_since)).state == PostingState.LOCKED
    async with marketplace.acting() as ctx:
        await submissions.reject(ctx, first.id, feedback="No.")
        posting = await postings.get_posting(ctx, marketplace.job)
    assert (posting.state, posting.yield_reason) == (PostingState.YIELDED, "Holidays.")


async def test_whoever_came_later_is_warned_of_anew(marketplace: Marketplace) -> None:
    first = await marketplace.confirmed(marketplace.northwind)
    waiting = await marketplace.submit(marketplace.southgate, GRACE)
    await after(marketplace, 6, since=first.stage_since)
    await marketplace.confirm(waiting, GRACE, now=first.stage_since + timedelta(days=5))
    async with marketplace.acting(now=first.stage_since + timedelta(days=6, hours=1)) as ctx:
        await submissions.reject(ctx, first.id, feedback="No.")
    assert (await after(marketplace, 7, since=first.stage_since)).warned_days is None
    assert (await after(marketplace, 8, since=first.stage_since)).warned_days == 3
    assert (await happened(marketplace)).count("posting.warned") == 2


async def test_nobody_is_hurried_while_the_job_is_not_open(marketplace: Marketplace) -> None:
    first = await marketplace.confirmed(marketplace.northwind)
    await marketplace.partnership.world.move(marketplace.job.id, JobStatus.PAUSED)
    assert (await after(marketplace, 9, since=first.stage_since)).state == PostingState.OPEN
    await marketplace.partnership.world.move(marketplace.job.id, JobStatus.OPEN)
    assert (await after(marketplace, 9, since=first.stage_since)).state == PostingState.LOCKED


async def test_closing_ends_the_lock_with_the_candidates(marketplace: Marketplace) -> None:
    first = await marketplace.confirmed(marketplace.northwind)
    await after(marketplace, 7, since=first.stage_since)
    async with marketplace.acting() as ctx:
        for state in (PostingState.CLOSED, PostingState.OPEN):
            await postings.move_posting(ctx, marketplace.job, state)
    posting = await after(marketplace, 9, since=first.stage_since)
    assert (posting.state, posting.locked_at, posting.warned_days) == (PostingState.OPEN, None, None)
    assert str((await marketplace.stored(first)).stage) == "rejected"
