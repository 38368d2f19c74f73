"""What the person reads of pay and time where they are put forward for contract work."""

from dataclasses import replace
from decimal import Decimal

import pytest

from rolecall.actions import submitting
from rolecall.actions.submitting import NewSubmission
from rolecall.domain.submissions import Meets, MustHaveAnswer
from rolecall.store.agencies import Agency
from tests.asked import Asked, build_asked
from tests.contracting import TERMS, contract_posting
from tests.marketplace import ADA, MUST_HAVES, build_marketplace
from tests.partnership import build_partnership, words_of
from tests.world import World


@pytest.fixture
async def asked(acme: World, database_url: str) -> Asked:
    return build_asked(await build_marketplace(await build_partnership(acme)), database_url)


async def submit(asked: Asked, *rates: tuple[Agency, str]) -> None:
    market = asked.market
    job = await asked.world.job("Contract Developer")
    must_haves = [MustHaveAnswer(must_have=one, meets=Meets.YES) for one in MUST_HAVES]
    async with market.acting() as ctx:
        posting = await contract_posting(ctx, job, market.partnership.client.id, [market.northwind, market.southgate])
        for agency, rate in rates:
            terms = replace(TERMS, pay_rate=Decimal(rate))
            new = NewSubmission(posting_id=posting.id, person=ADA, must_haves=must_haves, contract=terms)
            await submitting.submit(ctx, agency.id, None, new)


async def test_the_person_reads_the_rate_before_and_after_confirming(asked: Asked) -> None:
    await submit(asked, (asked.market.northwind, "62.50"))
    url = await asked.address()
    told = words_of(await asked.world.client.get(url))
    facts = "You are paid 62.50 EUR an hour You can work 40 hours a week You can start on 1 June 2026"
    assert facts in told
    assert facts in words_of(await asked.follow(await asked.send(url)))


async def test_of_several_agencies_each_says_its_own(asked: Asked) -> None:
    await submit(asked, (asked.market.northwind, "62.50"), (asked.market.southgate, "65"))
    told = words_of(await asked.world.client.get(await asked.address()))
    assert "What the agencies say of pay and time" in told
    assert "Northwind Search You are paid 62.50 EUR an hour" in told
    assert "Southgate Talent You are paid 65.00 EUR an hour" in told


async def test_nobody_reads_of_rates_for_a_permanent_job(asked: Asked) -> None:
    await asked.market.submit(asked.market.northwind)
    assert "You are paid" not in words_of(await asked.world.client.get(await asked.address()))
