"""What is decided at one moment: transactions that overlap, in an order that the test lays down."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from rolecall.actions import confirming, postings, submissions, submitting
from rolecall.actions.confirming import Confirmation
from rolecall.actions.context import Context
from rolecall.actions.submitting import NewSubmission
from rolecall.domain.errors import AlreadySubmitted, FieldInvalid, MoveRefused, PostingNotTaking
from rolecall.domain.postings import PostingState
from rolecall.domain.submissions import Meets, MustHaveAnswer, PersonFacts, Submission, SubmissionStage
from tests.at_once import second_waits_for_first
from tests.marketplace import ADA, MUST_HAVES, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World

_SECONDS = 10


@pytest.fixture
async def market(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


def said(person: PersonFacts = ADA) -> Confirmation:
    return Confirmation(person=person, answers=["In May."])


async def test_who_confirms_first_wins_and_the_second_is_refused(market: Marketplace) -> None:
    first, second = await market.submit(market.northwind), await market.submit(market.southgate)
    outcome = await second_waits_for_first(
        market,
        lambda ctx: confirming.confirm(ctx, second.id, said()),
        lambda ctx: confirming.confirm(ctx, first.id, said()),
    )
    assert isinstance(outcome, MoveRefused)
    assert (await market.stored(second)).stage == SubmissionStage.AWAITING_SORT
    lost = await market.stored(first)
    assert (lost.stage, lost.owned_until, lost.application_id) == (SubmissionStage.DECLINED, None, None)


async def test_the_second_is_refused_also_where_only_what_the_person_says_shows_who_it_is(market: Marketplace) -> None:
    one = await market.submit(market.northwind)
    other = await market.submit(market.southgate, replace(ADA, email="a.king@example.org", phone=None))
    outcome = await second_waits_for_first(
        market,
        lambda ctx: confirming.confirm(ctx, one.id, said()),
        lambda ctx: confirming.confirm(ctx, other.id, said()),
    )
    assert isinstance(outcome, AlreadySubmitted)
    assert (await market.stored(other)).stage == SubmissionStage.UNCONFIRMED


async def test_nobody_is_submitted_while_they_confirm(market: Marketplace) -> None:
    known = await market.submit(market.northwind)
    must_haves = [MustHaveAnswer(must_have=one, meets=Meets.YES) for one in MUST_HAVES]
    new = NewSubmission(posting_id=market.posting.id, person=ADA, must_haves=must_haves)
    outcome = await second_waits_for_first(
        market,
        lambda ctx: confirming.confirm(ctx, known.id, said()),
        lambda ctx: submitting.submit(ctx, market.southgate.id, None, new),
    )
    assert isinstance(outcome, AlreadySubmitted)


async def test_who_confirms_while_the_posting_closes_comes_too_late(market: Marketplace) -> None:
    known = await market.submit(market.northwind)
    outcome = await second_waits_for_first(
        market,
        lambda ctx: postings.move_posting(ctx, market.job, PostingState.CLOSED),
        lambda ctx: confirming.confirm(ctx, known.id, said()),
    )
    assert isinstance(outcome, PostingNotTaking)


async def test_a_posting_that_closes_ends_who_has_just_confirmed(market: Marketplace) -> None:
    known = await market.submit(market.northwind)
    outcome = await second_waits_for_first(
        market,
        lambda ctx: confirming.confirm(ctx, known.id, said()),
        lambda ctx: postings.move_posting(ctx, market.job, PostingState.CLOSED),
    )
    assert outcome is None
    assert (await market.stored(known)).stage == SubmissionStage.REJECTED


async def test_of_two_steps_at_once_the_second_goes_on_from_the_first(market: Marketplace) -> None:
    known = await market.confirmed(market.northwind)
    outcome = await second_waits_for_first(
        market,
        lambda ctx: submissions.reject(ctx, known.id, feedback="Too far away."),
        lambda ctx: submissions.advance(ctx, known.id, feedback="Good."),
    )
    assert isinstance(outcome, MoveRefused)
    assert (await market.stored(known)).stage == SubmissionStage.REJECTED


async def test_transfers_that_cross_wait_for_each_other_in_one_order(market: Marketplace) -> None:
    other = await market.offer(await market.partnership.world.job("Driver Developer"))
    here = await market.confirmed(market.northwind)
    grace = PersonFacts(first_name="Grace", last_name="Hopper", email="grace@example.org")
    there = await market.confirm(await market.submit(market.southgate, grace, posting=other), grace)
    for known in (here, there):
        async with market.acting() as ctx:
            await submissions.advance(ctx, known.id, feedback="Good.")

    async def transfer(known: Submission, to_job_id: Any) -> Submission:
        async with market.acting() as ctx:
            return await submissions.transfer(ctx, known.id, to_job_id=to_job_id)

    async with asyncio.timeout(_SECONDS):
        moved = await asyncio.gather(transfer(here, other.job_id), transfer(there, market.job.id))
    assert [one.posting_id for one in moved] == [other.id, market.posting.id]


async def test_questions_that_change_while_somebody_confirms_are_not_answered(market: Marketplace) -> None:
    known = await market.submit(market.northwind)

    async def ask_instead(ctx: Context) -> None:
        posting = await postings.get_posting(ctx, market.job)
        terms = replace(posting.terms, questions=["When could you not start?"])
        await postings.save_posting(ctx, market.job, posting.client_id, terms=terms, version=posting.version)

    read = replace(said(), asked=["When could you start?"])
    outcome = await second_waits_for_first(market, ask_instead, lambda ctx: confirming.confirm(ctx, known.id, read))
    assert isinstance(outcome, FieldInvalid)
    assert (await market.stored(known)).stage == SubmissionStage.UNCONFIRMED
