"""People whom agencies submit are asked by mail, once a day at most, while their answer counts."""

from datetime import timedelta

import pytest

from rolecall.actions import asking, postings, submitting
from rolecall.domain.errors import MoveRefused, PostingNotTaking, SubmissionUnknown
from rolecall.domain.errors_of_agencies import AlreadyAsked
from rolecall.domain.postings import PostingState
from rolecall.domain.submissions import Submission
from rolecall.store import events
from rolecall.tasks import submissions
from rolecall.tasks.queue import Work
from tests.asked import Asked, build_asked
from tests.inviting import address_in
from tests.marketplace import build_marketplace
from tests.partnership import build_partnership
from tests.world import World


@pytest.fixture
async def asked(acme: World, database_url: str) -> Asked:
    return build_asked(await build_marketplace(await build_partnership(acme)), database_url)


async def ask_again(asked: Asked, submission: Submission, *, hours: float) -> int:
    """How many messages there are once the task ran again some hours later."""
    ids = {"workspace": str(submission.workspace_id), "submission": str(submission.id)}
    await submissions.ask(Work(asked.later(hours), queue=None), **ids)  # type: ignore[arg-type]
    return len(asked.postbox.messages)


async def test_a_person_is_asked_to_confirm(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    (message,) = await asked.mail()
    subject = "Northwind Search would like to present you for a job: Firmware Lead"
    assert (message.to, message.subject) == ("ada@example.org", subject)
    assert message.text.startswith("Hello Ada,\n\nNora Berg of Northwind Search would like to present you to ")
    assert address_in(message).startswith("http://rolecall.test/confirm/")
    assert (await asked.market.stored(known)).mailed_at is not None
    async with asked.world.services.database.reading() as conn:
        happened = await events.of_record(conn, known.workspace_id, known.id)
    assert [event.type for event in happened] == ["submission.created", "submission.mailed"]
    assert address_in(message)[-20:] not in str(happened)


@pytest.mark.parametrize(("hours", "messages"), [(23.9, 1), (24.1, 2)])
async def test_a_reminder_goes_out_once_in_24_hours(asked: Asked, hours: float, messages: int) -> None:
    known = await asked.market.submit(asked.market.northwind)
    await asked.mail()
    assert await ask_again(asked, known, hours=hours) == messages
    if messages == 2:
        assert asked.postbox.messages[-1].subject.startswith("Reminder: Northwind Search")


async def test_nobody_is_asked_who_has_answered_or_whose_job_closed(asked: Asked) -> None:
    known = await asked.market.submit(asked.market.northwind)
    async with asked.market.acting() as ctx:
        await postings.move_posting(ctx, asked.market.job, PostingState.CLOSED)
    assert await asked.mail() == []
    async with asked.market.acting() as ctx:
        await submitting.withdraw(ctx, known.id, asked.market.northwind.id, reason="Gone.")
        await postings.move_posting(ctx, asked.market.job, PostingState.OPEN)
    assert await ask_again(asked, known, hours=0) == 0


async def test_an_agency_reminds_its_own_once_in_24_hours(asked: Asked) -> None:
    market = asked.market
    known = await market.submit(market.northwind)
    await asked.mail()
    async with market.acting() as ctx:
        with pytest.raises(AlreadyAsked):
            await asking.remind(ctx, known.id, market.northwind.id)
        with pytest.raises(SubmissionUnknown):
            await asking.remind(ctx, known.id, market.southgate.id)
    async with market.acting(now=market.partnership.world.services.clock() + timedelta(hours=25)) as ctx:
        await asking.remind(ctx, known.id, market.northwind.id)
        happened = await events.of_record(ctx.conn, known.workspace_id, known.id)
    assert happened[-1].type == "submission.reminded"


async def test_an_agency_cannot_remind_who_has_answered_or_whose_job_closed(asked: Asked) -> None:
    market = asked.market
    known = await market.submit(market.northwind)
    async with market.acting() as ctx:
        await postings.move_posting(ctx, market.job, PostingState.CLOSED)
        with pytest.raises(PostingNotTaking):
            await asking.remind(ctx, known.id, market.northwind.id)
        await submitting.withdraw(ctx, known.id, market.northwind.id, reason="Gone.")
        with pytest.raises(MoveRefused):
            await asking.remind(ctx, known.id, market.northwind.id)


@pytest.mark.parametrize(("hours", "queued"), [(23, 1), (25, 2), (24 * 4 - 1, 2), (24 * 4 + 1, 1)])
async def test_who_does_not_answer_is_reminded_for_four_days(asked: Asked, hours: float, queued: int) -> None:
    await asked.market.submit(asked.market.northwind)
    await asked.mail()
    later = asked.later(hours)
    await submissions.remind(Work(later, queue=None))  # type: ignore[arg-type]
    sent_later = Asked(asked.market, later, asked.postbox, asked.database_url)
    assert len(await sent_later.mail()) == queued
