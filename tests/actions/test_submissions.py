"""People whom agencies submit: from the agency's word to a hire, and everything that is refused on the way."""

import asyncio
import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from rolecall.actions import agencies, agency_hires, chat, confirming, postings, submissions, submitting
from rolecall.actions.ids import new_id
from rolecall.domain.errors import (
    AlreadyConsidered,
    AlreadySubmitted,
    DomainError,
    FieldInvalid,
    FieldMissing,
    GuaranteeOver,
    MoveRefused,
    NotTransferable,
    PostingNotTaking,
    PostingUnknown,
    SubmissionUnknown,
    TooEarlyToTalk,
)
from rolecall.domain.hires import AgencyHire, Settlement
from rolecall.domain.invitations import CustomFee
from rolecall.domain.jobs import JobStatus
from rolecall.domain.postings import PostingState
from rolecall.domain.submissions import Side, Submission, SubmissionStage
from rolecall.store import agency_hires as hires
from rolecall.store import applications, submission_talk
from rolecall.store.db import fetch_value, fetch_values
from rolecall.store.files import File
from tests.marketplace import ADA, HIRE, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World

CONFIRMED_AT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


@pytest.fixture
async def market(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


async def _advance(market: Marketplace, submission: Submission, steps: int) -> Submission:
    for _ in range(steps):
        async with market.acting() as ctx:
            submission = await submissions.advance(ctx, submission.id, feedback="Good.")
    return submission


async def _hire(market: Marketplace, submission: Submission, **changes: object) -> AgencyHire:
    async with market.acting() as ctx:
        return await agency_hires.log_hire(ctx, submission.id, replace(HIRE, **changes))  # type: ignore[arg-type]


async def test_a_confirmed_submission_is_a_candidate_with_an_application_of_the_one_record(market: Marketplace):
    waiting = await market.submit(market.northwind)
    assert (waiting.stage, waiting.application_id, waiting.owned_until) == (SubmissionStage.UNCONFIRMED, None, None)
    known = await market.confirm(waiting)
    assert known.stage == SubmissionStage.AWAITING_SORT
    assert known.confirmed_at is not None
    assert known.owned_until == known.confirmed_at + timedelta(days=180)
    assert known.answers == [{"question": "When could you start?", "answer": "In May."}]
    assert known.application_id is not None
    services = market.partnership.world.services
    async with services.database.reading() as conn:
        application = await applications.get(conn, known.workspace_id, known.application_id)
        answers = await applications.answers(conn, known.workspace_id, known.application_id)
    assert application is not None
    assert (application.status, application.source, application.agency_id) == ("applied", "Agency", None)
    assert [answer.answer for answer in answers] == ["In May."]
    await _advance(market, known, 1)
    async with services.database.reading() as conn:
        application = await applications.get(conn, known.workspace_id, known.application_id)
    assert application is not None
    assert (application.status, application.source) == ("screening", "Northwind Search")
    assert application.agency_id == market.northwind.id


async def test_it_goes_step_by_step_and_each_step_is_written_down(market: Marketplace):
    known = await _advance(market, await market.confirmed(market.northwind), 3)
    assert known.stage == SubmissionStage.OFFERS
    with pytest.raises(MoveRefused):
        await _advance(market, known, 1)
    await _hire(market, known)
    async with market.partnership.world.services.database.reading() as conn:
        moves = await submission_talk.moves(conn, known.workspace_id, known.id)
    stages = ["unconfirmed", "awaiting_sort", "reviewing", "interviewing", "offers", "hired"]
    assert [(move.old, move.new) for move in moves] == list(itertools.pairwise(stages))
    assert [move.feedback for move in moves] == [None, "Good.", "Good.", "Good.", None]


async def test_a_rejection_is_undone_to_where_it_was(market: Marketplace):
    known = await _advance(market, await market.confirmed(market.northwind), 2)
    async with market.acting() as ctx:
        assert (await submissions.reject(ctx, known.id, feedback="Too far away.")).stage == SubmissionStage.REJECTED
    async with market.acting() as ctx:
        assert (await submissions.undo_rejection(ctx, known.id)).stage == SubmissionStage.INTERVIEWING
    async with market.acting() as ctx:
        with pytest.raises(MoveRefused):
            await submissions.undo_rejection(ctx, known.id)


async def test_feedback_is_required_both_ways(market: Marketplace):
    known = await market.confirmed(market.northwind)
    async with market.acting() as ctx:
        with pytest.raises(FieldMissing):
            await submissions.advance(ctx, known.id, feedback=" ")
        with pytest.raises(FieldMissing):
            await submissions.reject(ctx, known.id, feedback="")


async def test_several_agencies_may_wait_and_the_person_picks_one(market: Marketplace):
    first, second = await market.submit(market.northwind), await market.submit(market.southgate)
    async with market.partnership.world.services.database.reading() as conn:
        assert [rival.id for rival in await confirming.rivals(conn, second)] == [first.id]
    await market.confirm(second)
    assert (await market.stored(first)).stage == SubmissionStage.DECLINED
    with pytest.raises(MoveRefused):
        await market.confirm(first)
    with pytest.raises(AlreadySubmitted):
        await market.submit(market.northwind)


async def test_of_two_confirmations_at_once_one_wins(market: Marketplace):
    both = [await market.submit(agency) for agency in (market.northwind, market.southgate)]
    done = await asyncio.gather(*(market.confirm(one) for one in both), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["MoveRefused", "Submission"]
    stages = sorted([(await market.stored(one)).stage for one in both])
    assert stages == ["awaiting_sort", "declined"]


@pytest.mark.parametrize(
    "again",
    [
        replace(ADA, email="ADA@example.org", phone=None),
        replace(ADA, email="other@example.org", first_name="ADÁ"),
        replace(ADA, email="other@example.org", phone="0046701234567"),
    ],
    ids=["the same address", "the same name and phone", "the phone written otherwise"],
)
async def test_the_same_person_is_known_again(market: Marketplace, again):  # type: ignore[no-untyped-def]
    await market.confirmed(market.northwind)
    with pytest.raises(AlreadySubmitted):
        await market.submit(market.southgate, again)


async def test_another_person_of_the_same_name_is_somebody_else(market: Marketplace):
    await market.confirmed(market.northwind)
    other = replace(ADA, email="other@example.org", phone="+46 70 999 99 99")
    assert (await market.submit(market.southgate, other)).stage == SubmissionStage.UNCONFIRMED


@pytest.mark.parametrize(("after", "free"), [(timedelta(microseconds=-1), False), (timedelta(0), True)])
async def test_ownership_ends_after_180_days_to_the_microsecond(
    market: Marketplace,
    after: timedelta,
    free: bool,  # noqa: FBT001
):
    await market.confirmed(market.northwind, now=CONFIRMED_AT)
    moment = CONFIRMED_AT + timedelta(days=180) + after
    if free:
        await market.submit(market.southgate, now=moment)
    else:
        with pytest.raises(AlreadySubmitted):
            await market.submit(market.southgate, now=moment)


async def test_a_posting_takes_people_while_it_is_open_or_yielded(market: Marketplace):
    async with market.acting() as ctx:
        await postings.move_posting(ctx, market.job, PostingState.YIELDED, reason="Many good people already.")
    waiting = await market.submit(market.northwind)
    known = await market.confirmed(market.northwind, replace(ADA, email="b@example.org", phone=None))
    async with market.acting() as ctx:
        await postings.move_posting(ctx, market.job, PostingState.CLOSED)
    assert (await market.stored(known)).stage == SubmissionStage.REJECTED
    with pytest.raises(PostingNotTaking):
        await market.submit(market.northwind, replace(ADA, email="c@example.org", phone=None))
    with pytest.raises(PostingNotTaking):
        await market.confirm(waiting)


async def test_a_posting_that_does_not_go_to_an_agency_is_unknown_to_it(market: Marketplace):
    async with market.acting() as ctx:
        await postings.remove_agency(ctx, market.job, market.southgate.id)
    with pytest.raises(PostingUnknown):
        await market.submit(market.southgate)


async def test_an_agency_withdraws_only_its_own(market: Marketplace):
    known = await market.confirmed(market.northwind)
    async with market.acting() as ctx:
        with pytest.raises(SubmissionUnknown):
            await submitting.withdraw(ctx, known.id, market.southgate.id, reason="Gone.")
        assert (await submitting.withdraw(ctx, known.id, market.northwind.id, reason="Took another job.")).exited_from
    assert (await market.stored(known)).stage == SubmissionStage.WITHDRAWN


async def test_the_chat_opens_at_reviewing_and_stays(market: Marketplace):
    known = await market.confirmed(market.northwind)
    async with market.acting() as ctx:
        with pytest.raises(TooEarlyToTalk):
            await chat.say(ctx, known.id, side=Side.AGENCY, author_id=None, text="Any news?")
    await _advance(market, known, 1)
    recruiter = market.recruiters[market.northwind.name]
    async with market.acting() as ctx:
        await chat.say(ctx, known.id, side=Side.AGENCY, author_id=recruiter.id, text="Any news?")
        await submissions.reject(ctx, known.id, feedback="No.")
        await chat.say(ctx, known.id, side=Side.CLIENT, author_id=None, text="Sorry.")
        assert await submission_talk.unread(ctx.conn, known.workspace_id, known.id, by=Side.CLIENT, since=None) == 1
        await chat.mark_read(ctx, known.id, side=Side.CLIENT)
    read_at = (await market.stored(known)).client_read_at
    assert read_at is not None


async def test_a_transfer_keeps_the_stage_and_moves_the_application(market: Marketplace):
    known = await market.confirmed(market.northwind)
    other = await market.offer(await market.partnership.world.job("Driver Developer"))
    async with market.acting() as ctx:
        with pytest.raises(NotTransferable):
            await submissions.transfer(ctx, known.id, to_job_id=other.job_id)
    known = await _advance(market, known, 2)
    async with market.acting() as ctx:
        moved = await submissions.transfer(ctx, known.id, to_job_id=other.job_id)
    assert (moved.stage, moved.posting_id) == (SubmissionStage.INTERVIEWING, other.id)
    async with market.partnership.world.services.database.reading() as conn:
        before = await applications.get(conn, known.workspace_id, known.application_id)  # type: ignore[arg-type]
        after = await applications.get(conn, known.workspace_id, moved.application_id)  # type: ignore[arg-type]
    assert before is not None
    assert after is not None
    assert (before.status, after.status, after.job_id) == ("withdrawn", "interview", other.job_id)


async def test_a_transfer_takes_the_resume_along(market: Marketplace):
    known = await _advance(market, await market.confirmed(market.northwind), 1)
    other = await market.offer(await market.partnership.world.job("Driver Developer"))
    async with market.acting() as ctx:
        file_id = new_id()
        resume = File(
            workspace_id=ctx.workspace_id,
            id=file_id,
            key=f"{ctx.workspace_id}/{file_id}",
            name="ada.pdf",
            media_type="application/pdf",
            size=1,
            sha256=b"",
            created_at=ctx.now,
        )
        await confirming.replace_resume(ctx, known.id, resume)
        moved = await submissions.transfer(ctx, known.id, to_job_id=other.job_id)
        query = "select file_id from attachment where workspace_id = %s and application_id = %s"
        assert await fetch_values(ctx.conn, query, (known.workspace_id, moved.application_id)) == [file_id]


async def test_a_transfer_is_refused_where_the_person_is_considered(market: Marketplace):
    known = await _advance(market, await market.confirmed(market.northwind), 1)
    other = await market.offer(await market.partnership.world.job("Driver Developer"))
    await market.confirm(await market.submit(market.southgate, posting=other))
    async with market.acting() as ctx:
        with pytest.raises(AlreadyConsidered):
            await submissions.transfer(ctx, known.id, to_job_id=other.job_id)
        with pytest.raises(PostingUnknown):
            await submissions.transfer(ctx, known.id, to_job_id=(await market.partnership.world.job("Other")).id)


async def test_interviews_and_offers_stand_in_the_record(market: Marketplace):
    known = await _advance(market, await market.confirmed(market.northwind), 1)
    ends_at = CONFIRMED_AT + timedelta(hours=1)
    async with market.acting() as ctx:
        with pytest.raises(MoveRefused):
            await submissions.schedule_interview(ctx, known.id, starts_at=CONFIRMED_AT, ends_at=ends_at)
    await _advance(market, known, 1)
    async with market.acting() as ctx:
        await submissions.schedule_interview(ctx, known.id, starts_at=CONFIRMED_AT, ends_at=ends_at, location="Lund")
        with pytest.raises(FieldInvalid):
            await submissions.schedule_interview(ctx, known.id, starts_at=CONFIRMED_AT, ends_at=CONFIRMED_AT)
        with pytest.raises(MoveRefused):
            await submissions.make_offer(ctx, known.id)
    await _advance(market, known, 1)
    async with market.acting() as ctx:
        await submissions.make_offer(ctx, known.id, start_date=date(2026, 6, 1))
        query = "select count(*) from interview where workspace_id = %s and application_id = %s"
        assert await fetch_value(ctx.conn, query, (known.workspace_id, known.application_id)) == 1
        query = "select count(*) from offer where workspace_id = %s and application_id = %s"
        assert await fetch_value(ctx.conn, query, (known.workspace_id, known.application_id)) == 1


async def test_a_hire_has_its_fee_its_days_and_its_payee(market: Marketplace):
    hire = await _hire(market, await _advance(market, await market.confirmed(market.northwind), 3), keep_open=False)
    assert hire.fee_amount == Decimal("10715.95")
    assert (hire.due_on, hire.guaranteed_until) == (date(2026, 7, 1), date(2026, 7, 31))
    assert hire.agency_id == market.northwind.id
    async with market.acting() as ctx:
        assert (await postings.get_posting(ctx, market.job)).state == PostingState.CLOSED


async def test_a_hire_closes_the_posting_of_a_paused_job_too(market: Marketplace):
    known = await _advance(market, await market.confirmed(market.northwind), 3)
    await market.partnership.world.move(market.job.id, JobStatus.PAUSED)
    await _hire(market, known, keep_open=False)
    async with market.acting() as ctx:
        assert (await postings.get_posting(ctx, market.job)).state == PostingState.CLOSED


async def test_a_hire_costs_what_was_agreed_on(market: Marketplace):
    known = await _advance(market, await market.confirmed(market.northwind), 3)
    with pytest.raises(FieldInvalid) as refused:
        await _hire(market, known, fee_percent=Decimal(1))
    assert refused.value.facts["field"] == "fee_percent"
    async with market.acting() as ctx:
        fees = [CustomFee(percentage=Decimal(12)), CustomFee(percentage=Decimal(15), note="Retained")]
        await agencies.prefer_agency(ctx, market.partnership.client.id, market.northwind.id, fees=fees)
    with pytest.raises(FieldInvalid):
        await _hire(market, known)
    assert (await _hire(market, known, fee_percent=Decimal(15))).fee_amount == Decimal("9185.10")


async def test_who_submitted_to_the_posting_is_paid_else_who_was_confirmed_first(market: Marketplace):
    other = await market.offer(await market.partnership.world.job("Driver Developer"))
    known = await market.confirmed(market.northwind)
    there = await market.confirm(await market.submit(market.southgate, posting=other))
    async with market.acting() as ctx:
        await submissions.reject(ctx, there.id, feedback="Not here.")
    known = await _advance(market, known, 3)
    async with market.acting() as ctx:
        await submissions.transfer(ctx, known.id, to_job_id=other.job_id)
    assert (await _hire(market, known)).agency_id == market.southgate.id


@pytest.mark.parametrize(
    ("day", "fits"), [(date(2026, 5, 31), False), (date(2026, 7, 31), True), (date(2026, 8, 1), False)]
)
async def test_the_guarantee_lasts_sixty_days_from_the_first(market: Marketplace, day: date, fits: bool):  # noqa: FBT001
    hire = await _hire(market, await _advance(market, await market.confirmed(market.northwind), 3))
    async with market.acting(now=datetime(2026, 9, 1, tzinfo=UTC)) as ctx:
        if fits:
            failed = await agency_hires.fail_guarantee(ctx, hire.id, on=day, reason="Left.")
            assert failed.settlement == Settlement.VOID
        else:
            with pytest.raises((GuaranteeOver, FieldInvalid)):
                await agency_hires.fail_guarantee(ctx, hire.id, on=day, reason="Left.")


async def test_a_refund_waits_for_what_the_client_owes_too_long(market: Marketplace):
    paid = await _hire(market, await _advance(market, await market.confirmed(market.northwind), 3))
    person = replace(ADA, email="b@example.org", phone=None)
    owed = await _advance(market, await market.confirmed(market.northwind, person), 3)
    owed_hire = await _hire(market, owed, starts_on=date(2026, 1, 1))
    async with market.acting(now=datetime(2026, 7, 1, tzinfo=UTC)) as ctx:
        await agency_hires.mark_paid(ctx, paid.id, on=date(2026, 6, 20))
        failed = await agency_hires.fail_guarantee(ctx, paid.id, on=date(2026, 6, 30), reason="Left.")
        assert failed.settlement == Settlement.REFUND_WAITING
        await agency_hires.mark_paid(ctx, owed_hire.id, on=date(2026, 6, 25))
        refunded = await hires.get(ctx.conn, paid.workspace_id, paid.id)
    assert refunded is not None
    assert (refunded.settlement, refunded.settled_on) == (Settlement.REFUNDED, date(2026, 7, 1))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"email": "nobody"}, FieldInvalid),
        ({"first_name": " "}, FieldMissing),
        ({"linkedin_url": "javascript:alert(1)"}, FieldInvalid),
        ({"last_name": "x" * 101}, FieldInvalid),
    ],
)
async def test_what_is_no_person_is_named(market: Marketplace, changes: dict[str, str], error: type[DomainError]):
    with pytest.raises(error) as refused:
        await market.submit(market.northwind, replace(ADA, **changes))
    assert refused.value.facts["field"] in changes
