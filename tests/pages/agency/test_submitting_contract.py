"""Submitting somebody to a posting for contract work: rate of pay, availability, and from when."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from rolecall.domain.contract_work import ContractTerms, PayUnit
from rolecall.domain.postings import Posting
from rolecall.store import contract_hires, submissions
from rolecall.store.db import fetch_value
from tests.agency_desk import Desk, Upload, enter, words
from tests.conftest import BASE_URL
from tests.contracting import contract_posting
from tests.marketplace import Marketplace
from tests.pages.agency.test_submitting import FORM
from tests.world import World

CONTRACT_FORM: dict[str, str | Upload] = FORM | {
    "pay_rate": "1,062.50",
    "currency": "sek",
    "unit": "day",
    "availability": " Four days a week ",
    "available_from": "2026-06-01",
}


@pytest.fixture
async def desk(market: Marketplace, browser: Callable[[], Desk]) -> Desk:
    return await enter(browser(), market.recruiters["Northwind Search"])


@pytest.fixture
async def posting(market: Marketplace) -> Posting:
    job = await market.partnership.world.job("Contract Developer")
    async with market.acting() as ctx:
        return await contract_posting(ctx, job, market.partnership.client.id, [market.northwind])


async def test_the_posting_says_that_it_is_contract_work(posting: Posting, market: Marketplace, desk: Desk) -> None:
    told = words(await desk.get(f"/postings/{posting.id}"))
    assert "Contract work 17.5 % on top of the rate of pay" in told
    assert "first year" not in told
    assert "of the first year" in words(await desk.get(f"/postings/{market.posting.id}"))
    assert "Rate of pay" not in words(await desk.get(f"/postings/{market.posting.id}/submit"))


async def test_somebody_is_submitted_with_rate_and_availability(acme: World, posting: Posting, desk: Desk) -> None:
    assert "Rate of pay" in words(await desk.get(f"/postings/{posting.id}/submit"))
    told = words(await desk.send(f"/postings/{posting.id}/submit", **CONTRACT_FORM))
    assert "Rate of pay 1,062.50 SEK a day" in told
    assert "Availability Four days a week, from 1 June 2026" in told
    async with acme.services.database.reading() as conn:
        (made,) = await submissions.of_posting(conn, acme.workspace.id, posting.id)
        terms = await contract_hires.terms_of(conn, acme.workspace.id, made.id)
    assert terms == ContractTerms(
        pay_rate=Decimal("1062.50"),
        currency="SEK",
        unit=PayUnit.DAY,
        availability="Four days a week",
        available_from=date(2026, 6, 1),
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("pay_rate", "", "Fill this in."),
        ("pay_rate", "62,50", "An amount such as 62.50."),
        ("pay_rate", "0", "More than 0 and at most 100,000."),
        ("pay_rate", "62.505", "At most two decimals."),
        ("currency", "Euro", "Three capital letters, as in EUR."),
        ("unit", "week", "Choose one."),
        ("availability", " ", "Fill this in."),
        ("availability", "x" * 201, "At most 200 characters"),
        ("available_from", "1.6.2026", "A day such as 2026-03-02."),
    ],
)
async def test_what_is_wrong_is_told_at_its_field(
    acme: World, posting: Posting, desk: Desk, field: str, value: str, said: str
) -> None:
    answer = await desk.post(f"/postings/{posting.id}/submit", origin=BASE_URL, **CONTRACT_FORM | {field: value})
    assert answer.status_code == 422
    assert said in words(answer)
    assert f'id="{field}-error"' in answer.text
    async with acme.services.database.reading() as conn:
        assert await submissions.of_posting(conn, acme.workspace.id, posting.id) == []
        query = "select count(*) from submission_terms where workspace_id = %s"
        assert await fetch_value(conn, query, [acme.workspace.id]) == 0


async def test_all_that_is_missing_is_told_at_once(posting: Posting, desk: Desk) -> None:
    answer = await desk.post(f"/postings/{posting.id}/submit", origin=BASE_URL, **FORM)
    for field in ("pay_rate", "currency", "unit", "availability", "available_from"):
        assert f'id="{field}-error"' in answer.text, field
