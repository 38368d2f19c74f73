"""Offering contract work on the job screen, and what the application screen says of who comes."""

import pytest

from rolecall.domain.contract_work import Engagement
from rolecall.store import postings
from rolecall.store.db import fetch_value
from tests.contracting import contract_posting, with_offer
from tests.marketplace import build_marketplace
from tests.partnership import TERMS, Partnership, words_of


async def engagement(oakline: Partnership) -> Engagement:
    async with oakline.world.services.database.reading() as conn:
        posting = await postings.of_job(conn, oakline.world.workspace.id, oakline.job.id)
    assert posting is not None
    return posting.engagement


@pytest.mark.parametrize(("contract_type", "preset"), [("freelance", "contract"), ("permanent", "permanent")])
async def test_the_form_starts_with_what_the_job_says(oakline: Partnership, contract_type: str, preset: str) -> None:
    async with oakline.world.services.database.writing() as conn:
        await conn.execute("update job set contract_type = %s where id = %s", (contract_type, oakline.job.id))
    page = await (await oakline.screen("job")).open()
    assert f'name="engagement" value="{preset}" required checked' in page.text


async def test_a_posting_can_be_for_contract_work(oakline: Partnership) -> None:
    screen = await oakline.screen("job")
    page = await screen.submit("save", **TERMS | {"engagement": "contract"})
    assert "Contract work , at a markup of 17.5 % on the rate of pay" in words_of(page)
    assert await engagement(oakline) == Engagement.CONTRACT
    assert 'value="contract" required checked' in (await screen.reload(edit="1")).text
    await screen.submit("save", **TERMS | {"version": "1"})
    assert await engagement(oakline) == Engagement.PERMANENT


@pytest.mark.parametrize("typed", ["", "forever"])
async def test_one_kind_is_chosen(oakline: Partnership, typed: str) -> None:
    screen = await oakline.screen("job")
    answer = await screen.post("save", **TERMS | {"engagement": typed})
    assert answer.status_code == 422
    assert 'id="engagement-error">Choose one of these.</p>' in answer.text


async def test_the_kind_stays_once_somebody_was_submitted(oakline: Partnership) -> None:
    market = await build_marketplace(oakline)
    await market.submit(market.northwind)
    screen = await oakline.screen("job")
    terms = {"version": str(market.posting.version), "engagement": "contract", "question_1": "When could you start?"}
    answer = await screen.post("save", **TERMS | terms)
    assert answer.status_code == 422
    assert "Permanent, as candidates have been submitted for that." in words_of(answer)
    assert await engagement(oakline) == Engagement.PERMANENT


async def test_a_new_candidate_comes_with_a_rate_and_without_the_agency(oakline: Partnership) -> None:
    market = await build_marketplace(oakline)
    async with market.acting() as ctx:
        await ctx.conn.execute("delete from posting where workspace_id = %s", (ctx.workspace_id,))
        posting = await contract_posting(ctx, oakline.job, oakline.client.id, [market.northwind])
        known = await with_offer(ctx, posting, market.northwind.id, None)
        query = "update submission set stage = 'awaiting_sort' where workspace_id = %s and id = %s returning true"
        assert await fetch_value(ctx.conn, query, (ctx.workspace_id, known.id))
    told = words_of(await (await oakline.screen("application", applicationId=str(known.id))).open())
    assert "Rate of pay 62.50 EUR an hour" in told
    assert "Availability 40 hours a week Can start on 1 Jun 2026" in told
    assert "Northwind" not in told
