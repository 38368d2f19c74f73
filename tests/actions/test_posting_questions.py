"""Agencies ask about a posting that goes to them; the answer is for all of them."""

import pytest

from rolecall.actions import agency_hires, postings, submissions
from rolecall.actions.clients import user_of
from rolecall.actions.cost_centers import archive_cost_center, create_cost_center
from rolecall.actions.ids import new_id
from rolecall.actions.posting_questions import answer_question, ask_question
from rolecall.domain.clients import ClientUser
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.errors import (
    CostCenterArchived,
    CostCenterUnknown,
    FieldInvalid,
    FieldMissing,
    PermissionMissing,
    PostingClosed,
    PostingQuestionUnknown,
    PostingUnknown,
)
from rolecall.domain.posting_questions import QuestionsWait
from rolecall.domain.postings import PostingState
from rolecall.store import posting_questions
from tests.at_once import second_waits_for_first
from tests.marketplace import HIRE, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World


@pytest.fixture
async def marketplace(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


async def person(marketplace: Marketplace) -> ClientUser:
    async with marketplace.acting() as ctx:
        return await user_of(ctx, marketplace.partnership.client, "u-558")


async def test_a_question_is_answered_for_all_agencies(marketplace: Marketplace) -> None:
    user, posting, recruiter = (
        await person(marketplace),
        marketplace.posting,
        marketplace.recruiters["Northwind Search"],
    )
    async with marketplace.acting() as ctx:
        asked = await ask_question(ctx, posting.id, marketplace.northwind.id, recruiter.id, " Which site? ")
        theirs = (ctx.conn, ctx.workspace_id, posting.id, marketplace.southgate.id)
        assert await posting_questions.for_agency(*theirs) == []
        for answer in ("Lund.", "Lund, two days a week."):
            await answer_question(ctx, user, posting.id, asked.id, answer)
        (seen,) = await posting_questions.for_agency(*theirs)
        assert (seen.question, seen.answer, seen.answered_by) == ("Which site?", "Lund, two days a week.", user.id)


async def test_only_agencies_of_the_posting_ask(marketplace: Marketplace) -> None:
    stranger, posting = await marketplace.partnership.agency("Corvid Search"), marketplace.posting
    async with marketplace.acting() as ctx:
        for posting_id, agency in ((posting.id, stranger), (new_id(), marketplace.northwind)):
            with pytest.raises(PostingUnknown):
                await ask_question(ctx, posting_id, agency.id, None, "Which site?")
        for question, error in (("  ", FieldMissing), ("q" * 1001, FieldInvalid)):
            with pytest.raises(error):
                await ask_question(ctx, posting.id, marketplace.northwind.id, None, question)
        await postings.move_posting(ctx, marketplace.job, PostingState.CLOSED)
        with pytest.raises(PostingClosed):
            await ask_question(ctx, posting.id, marketplace.northwind.id, None, "Which site?")


async def test_an_agency_waits_for_answers_once_ten_questions_have_none(marketplace: Marketplace) -> None:
    user, posting, agency = await person(marketplace), marketplace.posting, marketplace.northwind
    async with marketplace.acting() as ctx:
        asked = [await ask_question(ctx, posting.id, agency.id, None, f"Number {n}?") for n in range(10)]
        with pytest.raises(QuestionsWait, match="10 questions of your agency"):
            await ask_question(ctx, posting.id, agency.id, None, "One more?")
        await ask_question(ctx, posting.id, marketplace.southgate.id, None, "And we?")
        await answer_question(ctx, user, posting.id, asked[3].id, "Yes.")
        await ask_question(ctx, posting.id, agency.id, None, "One more?")


async def test_of_two_last_questions_at_once_one_is_stored(marketplace: Marketplace) -> None:
    posting, agency = marketplace.posting, marketplace.northwind
    async with marketplace.acting() as ctx:
        for number in range(9):
            await ask_question(ctx, posting.id, agency.id, None, f"Number {number}?")
    outcome = await second_waits_for_first(
        marketplace,
        lambda ctx: ask_question(ctx, posting.id, agency.id, None, "First?"),
        lambda ctx: ask_question(ctx, posting.id, agency.id, None, "Second?"),
    )
    assert isinstance(outcome, QuestionsWait)


async def test_who_answers_may_make_postings_and_means_this_one(marketplace: Marketplace, acme: World) -> None:
    user, posting = await person(marketplace), marketplace.posting
    other = await marketplace.offer(await acme.job("Other"))
    async with marketplace.acting() as ctx:
        asked = await ask_question(ctx, posting.id, marketplace.northwind.id, None, "Which site?")
        for posting_id, question_id in ((other.id, asked.id), (posting.id, new_id())):
            with pytest.raises(PostingQuestionUnknown):
                await answer_question(ctx, user, posting_id, question_id, "Lund.")
        with pytest.raises(FieldMissing):
            await answer_question(ctx, user, posting.id, asked.id, " ")
        await user_of(ctx, marketplace.partnership.client, "u-9")
        user.permissions.remove("posting_creator")
        with pytest.raises(PermissionMissing):
            await answer_question(ctx, user, posting.id, asked.id, "Lund.")


async def test_a_posting_has_a_cost_center_of_its_client(marketplace: Marketplace) -> None:
    user = await person(marketplace)
    async with marketplace.acting() as ctx:
        oslo, bergen = [
            await create_cost_center(ctx, user, CostCenterFacts(name=name, address="Kaia 4"))
            for name in ("Oslo", "Bergen")
        ]
        for center_id in (bergen.id, None, bergen.id):
            await postings.choose_cost_center(ctx, marketplace.job, center_id)
            assert (await postings.get_posting(ctx, marketplace.job)).cost_center_id == center_id
        with pytest.raises(CostCenterUnknown):
            await postings.choose_cost_center(ctx, marketplace.job, new_id())
        await postings.choose_cost_center(ctx, marketplace.job, oslo.id)
        await archive_cost_center(ctx, user, bergen.id)
        with pytest.raises(CostCenterArchived):
            await postings.choose_cost_center(ctx, marketplace.job, bergen.id)


async def test_a_hire_is_invoiced_to_the_postings_cost_center_or_the_default(marketplace: Marketplace) -> None:
    user, submission = await person(marketplace), await marketplace.confirmed(marketplace.northwind)
    async with marketplace.acting() as ctx:
        oslo, bergen = [
            await create_cost_center(ctx, user, CostCenterFacts(name=name, address="Kaia 4"))
            for name in ("Oslo", "Bergen")
        ]
        await postings.choose_cost_center(ctx, marketplace.job, bergen.id)
        for _ in range(3):
            await submissions.advance(ctx, submission.id, feedback="Good.")
        for archived, expected in ((True, oslo), (False, bergen)):
            await archive_cost_center(ctx, user, bergen.id, archived=archived)
            async with ctx.conn.transaction(force_rollback=True):
                hire = await agency_hires.log_hire(ctx, submission.id, HIRE)
            assert hire.cost_center_id == expected.id
