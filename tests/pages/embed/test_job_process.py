"""The job screen while agencies work: who was submitted, what they ask, where hires are invoiced, and the lock."""

from datetime import timedelta

import pytest

from rolecall.actions import locking, submissions
from rolecall.actions.clients import add_client_job, user_of
from rolecall.actions.cost_centers import create_cost_center
from rolecall.actions.posting_questions import ask_question
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.submissions import PersonFacts
from rolecall.store import postings
from tests.marketplace import Marketplace, build_marketplace
from tests.partnership import TERMS, build_partnership, words_of
from tests.world import World

GRACE = PersonFacts(first_name="Grace", last_name="Hopper", email="grace@example.org")
EDA = PersonFacts(first_name="Eda", last_name="Unconfirmed", email="eda@example.org")


@pytest.fixture
async def marketplace(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


async def test_candidates_show_by_stage_once_they_are_sorted(marketplace: Marketplace) -> None:
    ada = await marketplace.confirmed(marketplace.northwind)
    await marketplace.confirmed(marketplace.southgate, GRACE)
    await marketplace.submit(marketplace.southgate, EDA)
    screen = await marketplace.partnership.screen("job")
    page = await screen.reload()
    assert "Candidates 2 To sort 2 Sort them, one at a time" in words_of(page)
    assert not any(name in page.text for name in ("Lovelace", "Hopper", "Unconfirmed"))
    async with marketplace.acting() as ctx:
        await submissions.advance(ctx, ada.id, feedback="Good.")
    page = await screen.reload()
    assert "To sort 1 Sort the candidate Reviewing 1 Ada Lovelace Northwind Search" in words_of(page)
    async with marketplace.acting() as ctx:
        await submissions.reject(ctx, ada.id, feedback="No.")
    assert "Ended 1 Ada Lovelace Rejected Northwind Search" in words_of(await screen.reload())


async def test_a_question_is_answered_on_the_screen(marketplace: Marketplace) -> None:
    async with marketplace.acting() as ctx:
        asked = await ask_question(ctx, marketplace.posting.id, marketplace.northwind.id, None, "Which site?")
    screen = await marketplace.partnership.screen("job")
    page = await screen.post("answer", question=str(asked.id), answer=" ")
    assert page.status_code == 422
    assert "Which site? Answer Fill this in." in words_of(page)
    page = await screen.submit("answer", question=str(asked.id), answer="<Lund>")
    assert "Which site? <Lund> Change the answer" in words_of(page)
    assert "Your answer goes to all agencies" in words_of(page)
    assert "&lt;Lund&gt;" in page.text
    for unknown in ("x", str(marketplace.posting.id)):
        assert (await screen.post("answer", question=unknown, answer="Lund")).status_code == 404


async def test_a_cost_center_is_chosen(marketplace: Marketplace) -> None:
    async with marketplace.acting() as ctx:
        user = await user_of(ctx, marketplace.partnership.client, "u-558")
        oslo, bergen = [
            await create_cost_center(ctx, user, CostCenterFacts(name=name, address="Kaia 4"))
            for name in ("Oslo", "Bergen")
        ]
    screen = await marketplace.partnership.screen("job")
    assert "Default (Oslo)" in words_of(await screen.reload())
    page = await screen.submit("cost-center", center=str(bergen.id))
    assert f'value="{bergen.id}" selected' in page.text
    await screen.submit("cost-center", center="")
    async with marketplace.acting() as ctx:
        posting = await postings.get(ctx.conn, ctx.workspace_id, marketplace.posting.id)
    assert posting is not None
    assert posting.cost_center_id is None
    for unknown in ("x", str(marketplace.posting.id)):
        assert (await screen.post("cost-center", center=unknown)).status_code == 404
    assert oslo.is_default


async def test_the_lock_is_announced_and_explained(marketplace: Marketplace) -> None:
    first = await marketplace.confirmed(marketplace.northwind)
    async with marketplace.acting() as ctx:
        query = "update submission set stage_since = stage_since - interval '6 days' where id = %s"
        await ctx.conn.execute(query, [first.id])
    screen = await marketplace.partnership.screen("job")
    locks = f"{first.stage_since + timedelta(days=1):%-d %B, %H:%M} UTC"
    assert f"New candidates wait. The posting locks on {locks} unless all are sorted." in words_of(
        await screen.reload()
    )
    async with marketplace.acting(now=first.stage_since + timedelta(days=1)) as ctx:
        await locking.watch_posting(ctx, marketplace.posting.id)
    page = await screen.reload()
    assert "It opens again by itself once all are sorted." in words_of(page)
    assert 'value="closed"' in page.text
    assert 'value="open"' not in page.text


async def test_closing_ends_everybody_in_process(marketplace: Marketplace) -> None:
    ada = await marketplace.confirmed(marketplace.northwind)
    page = await (await marketplace.partnership.screen("job")).submit("flow", to="closed")
    assert "Ended 1 Ada Lovelace Rejected" in words_of(page)
    assert str((await marketplace.stored(ada)).stage) == "rejected"


async def test_a_job_that_another_client_offers_shows_nothing(marketplace: Marketplace) -> None:
    await marketplace.confirmed(marketplace.northwind)
    ours = marketplace.partnership
    async with marketplace.acting() as ctx:
        await add_client_job(ctx, ours.connector.id, "cust-9", job_external_id="r-1", job_id=ours.job.id)
    answer = await ours.ask("job", clientId="cust-9", jobId="r-1")
    assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")


async def test_an_open_screen_ends_once_another_client_has_offered_the_job(acme: World) -> None:
    ours = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        await add_client_job(acme.context(conn), ours.connector.id, "cust-9", job_external_id="r-1", job_id=ours.job.id)
    theirs = await ours.screen("job", clientId="cust-9", jobId="r-1")
    await (await ours.screen("job")).submit("save", **TERMS)
    for answer in (
        await theirs.reload(),
        await theirs.post("save", **TERMS),
        await theirs.post("flow", to="open"),
        await theirs.post("agencies", add_preferred="1"),
    ):
        assert answer.status_code == 403
        assert "Another client offers this job" in words_of(answer)
        assert "17.5" not in answer.text
