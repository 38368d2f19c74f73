"""The postings that go to an agency, and the questions about them."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from rolecall.actions import agencies, postings
from rolecall.domain.fees import CustomFee
from rolecall.domain.jobs import JobStatus
from rolecall.domain.postings import PostingState
from rolecall.store import posting_questions
from rolecall.store.db import fetch_value
from tests.agency_desk import Desk, enter, words
from tests.marketplace import Marketplace
from tests.world import World


@pytest.fixture
async def desk(market: Marketplace, browser: Callable[[], Desk]) -> Desk:
    """Nora's browser."""
    return await enter(browser(), market.recruiters["Northwind Search"])


@pytest.fixture
async def other(market: Marketplace, browser: Callable[[], Desk]) -> Desk:
    """Sam's browser."""
    return await enter(browser(), market.recruiters["Southgate Talent"])


async def test_a_posting_is_listed_and_shown_with_its_terms(market: Marketplace, desk: Desk) -> None:
    listed = words(await desk.get())
    assert "Firmware Lead Open Norrvik Optics" in listed
    shown = words(await desk.get(f"/postings/{market.posting.id}"))
    for text in (
        "Own the firmware.",
        "Five years of embedded C",
        "When could you start?",
        "17.5 % of the first year’s pay",
    ):
        assert text in shown


async def test_agreed_fees_hold_in_place_of_the_postings(market: Marketplace, desk: Desk, other: Desk) -> None:
    fees = [CustomFee(percentage=Decimal(20), note="Retained"), CustomFee(percentage=Decimal("15.5"))]
    async with market.acting() as ctx:
        await agencies.set_agency_fees(ctx, market.partnership.client.id, market.northwind.id, fees)
    shown = words(await desk.get(f"/postings/{market.posting.id}"))
    assert "20 % of the first year’s pay: Retained" in shown
    assert "15.5 %" in shown
    assert "17.5 %" not in shown
    assert "17.5 %" in words(await other.get(f"/postings/{market.posting.id}"))


async def test_a_yield_and_its_reason_are_told(market: Marketplace, desk: Desk) -> None:
    async with market.acting() as ctx:
        await postings.move_posting(ctx, market.job, PostingState.YIELDED, reason="Three are <enough>.")
    for path in ("", f"/postings/{market.posting.id}"):
        told = words(await desk.get(path))
        assert "Yielded" in told
        assert "Three are <enough>." in told


async def test_a_lock_is_told(acme: World, market: Marketplace, desk: Desk) -> None:
    async with acme.services.database.writing() as conn:
        query = "update posting set state = 'locked' where workspace_id = %s and id = %s"
        await conn.execute(query, (acme.workspace.id, market.posting.id))
    assert "The posting is locked" in words(await desk.get(f"/postings/{market.posting.id}"))


async def test_a_closed_posting_stands_among_the_closed(acme: World, market: Marketplace, desk: Desk) -> None:
    await acme.move(market.job.id, JobStatus.PAUSED)
    assert "Firmware Lead" not in words(await desk.get())
    assert "Firmware Lead Closed" in words(await desk.get("?closed=1"))
    answer = await desk.post(f"/postings/{market.posting.id}/questions", question="Remote?")
    assert (answer.status_code, "closed meanwhile" in words(answer)) == (409, True)


async def test_the_eleventh_question_without_an_answer_is_typed_again_later(market: Marketplace, desk: Desk) -> None:
    path = f"/postings/{market.posting.id}/questions"
    answers = [await desk.post(path, question=f"Number {n}?") for n in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [409]
    assert "10 questions of your agency about this posting wait" in words(answers[-1])
    assert "Number 10?</textarea>" in answers[-1].text


async def test_a_posting_that_no_longer_goes_to_the_agency_is_gone(market: Marketplace, desk: Desk) -> None:
    async with market.acting() as ctx:
        await postings.remove_agency(ctx, market.job, market.northwind.id)
    assert "No posting goes to your agency" in words(await desk.get())
    assert (await desk.get(f"/postings/{market.posting.id}")).status_code == 404
    assert (await desk.post(f"/postings/{market.posting.id}/questions", question="Why?")).status_code == 404


async def test_a_question_is_the_agencys_own_until_it_is_answered(
    acme: World, market: Marketplace, desk: Desk, other: Desk
) -> None:
    path = f"/postings/{market.posting.id}"
    told = words(await desk.send(f"{path}/questions", question="May one work\r\nfrom <home>?"))
    assert "Your question is sent." in told
    assert "May one work from <home>? Asked by your agency" in told
    assert "Not answered yet." in told
    assert "from <home>?" not in words(await other.get(path))
    async with acme.services.database.writing() as conn:
        (asked,) = await posting_questions.of_posting(conn, acme.workspace.id, market.posting.id)
        assert (asked.question, asked.agency_id) == ("May one work\nfrom <home>?", market.northwind.id)
        query = "update posting_question set answer = 'Two days.', answered_at = now() where workspace_id = %s"
        await conn.execute(query, (acme.workspace.id,))
        query = "select payload ->> 'posting' from event where workspace_id = %s and type = 'posting_question.asked'"
        assert await fetch_value(conn, query, (acme.workspace.id,)) == str(market.posting.id)
    for one in (desk, other):
        assert "Two days." in words(await one.get(path))
    assert "by your agency" not in words(await other.get(path))


@pytest.mark.parametrize(
    ("question", "said"), [(" ", "Fill this in."), ("x" * 1_001, "At most 1,000 characters"), ("a\x07", "no text")]
)
async def test_a_question_that_cannot_be_stored(market: Marketplace, desk: Desk, question: str, said: str) -> None:
    answer = await desk.post(f"/postings/{market.posting.id}/questions", question=question)
    assert (answer.status_code, said in words(answer)) == (422, True)


async def test_many_postings_are_on_pages(acme: World, market: Marketplace, desk: Desk) -> None:
    for number in range(51):
        await market.offer(await acme.job(f"Job {number}"))
    first = await desk.get()
    assert "Job 50" in words(first)
    assert "Job 0 " not in words(first)
    older = first.text.partition("?before=")[2].partition('"')[0]
    told = words(await desk.get(f"?before={older}"))
    assert "Job 0 " in told
    assert "Firmware Lead" in told
    assert (await desk.get("?before=x")).status_code == 200
