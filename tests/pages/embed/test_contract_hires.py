"""Contract work on the application screen: hiring, rates, the last day, and timesheets."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rolecall.actions import clients, teammates, timesheets
from rolecall.actions import submissions as client_side
from rolecall.actions.clients import user_of
from rolecall.domain.clients import Permission
from rolecall.domain.contract_work import PayUnit
from rolecall.domain.submissions import SubmissionStage
from rolecall.store import contract_hires
from rolecall.store import timesheets as stored
from tests.contracting import FIRST_WEEK, NOW, Contracting, build_contracting, contract_posting, with_offer
from tests.marketplace import Marketplace, build_marketplace
from tests.partnership import Partnership, Screen, words_of

HIRE = {
    "starts_on": "2026-06-01",
    "ends_on": "",
    "pay_rate": "1,062.50",
    "currency": "sek",
    "unit": "day",
    "fee": "0:17.50",
    "work_location": "Lund",
    "posting": "open",
    "cost_center": "",
    "invoice_memo": "PO 4711",
}


@pytest.fixture
async def market(oakline: Partnership) -> Marketplace:
    return await build_marketplace(oakline)


@pytest.fixture
async def working(market: Marketplace) -> Contracting:
    return await build_contracting(market)


async def opened(working: Contracting, *, user: str = "u-558") -> Screen:
    known = working.submission
    partnership = working.market.partnership
    return await partnership.screen("application", applicationId=str(known.id), jobId="req-contract", userId=user)


async def offered(market: Marketplace) -> Screen:
    """The screen of somebody with an offer of contract work."""
    partnership = market.partnership
    job = await partnership.world.job("Contract Developer")
    async with market.acting() as ctx:
        connector_id, external_id = partnership.connector.id, partnership.client.external_id
        await clients.add_client_job(ctx, connector_id, external_id, job_external_id="req-2", job_id=job.id)
        posting = await contract_posting(ctx, job, partnership.client.id, [market.northwind])
        known = await with_offer(ctx, posting, market.northwind.id, None)
    return await partnership.screen("application", applicationId=str(known.id), jobId="req-2")


async def test_a_hire_starts_with_what_the_agency_said_and_is_logged_as_agreed(market: Marketplace) -> None:
    screen = await offered(market)
    page = await screen.open()
    for value in ('value="62.50"', 'value="EUR"', 'value="2026-06-01"', "Markup on the rate of pay"):
        assert value in page.text, value
    assert "First-year pay" not in page.text
    told = words_of(await screen.submit("contract-hire", **HIRE))
    assert "The hire is logged." in told
    assert "Paid 1,062.50 SEK a day Billed 1,248.44 SEK a day, which is 17.5 % more" in told
    assert "Until open" in told
    assert "Guaranteed until" not in told
    async with market.acting() as ctx:
        (row,) = await _hires(ctx.conn, ctx.workspace_id)
    assert (row.unit, row.ends_on, row.invoice_memo) == (PayUnit.DAY, None, "PO 4711")


async def _hires(conn, workspace_id):
    cursor = await conn.execute("select submission_id from contract_hire where workspace_id = %s", (workspace_id,))
    found = [await contract_hires.of_submission(conn, workspace_id, one) for (one,) in await cursor.fetchall()]
    return [hire for hire in found if hire is not None]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("starts_on", "soon", "A day such as 2026-03-02."),
        ("ends_on", "2026-05-31", "Not before the first day of work."),
        ("pay_rate", "62,50", "An amount such as 61200."),
        ("pay_rate", "0", "More than 0 and at most 100,000."),
        ("currency", "kr", "Three capital letters, as in EUR."),
        ("unit", "week", "Choose one."),
        ("fee", "0:1", "Choose one of these fees."),
        ("work_location", " ", "Fill this in."),
        ("posting", "", "Choose one."),
        ("cost_center", "x", "One of these cost centers."),
    ],
)
async def test_a_mistake_stands_at_its_field(market: Marketplace, field: str, value: str, said: str) -> None:
    screen = await offered(market)
    answer = await screen.post("contract-hire", **HIRE | {field: value})
    assert answer.status_code == 422
    if field not in {"fee", "posting", "cost_center"}:
        assert f'id="contract-hire-{field}-error">{said}</p>' in answer.text
    assert said in words_of(answer)
    async with market.acting() as ctx:
        assert await _hires(ctx.conn, ctx.workspace_id) == []


async def test_somebody_transferred_from_a_permanent_job_is_hired_at_a_rate_that_is_typed(market: Marketplace) -> None:
    partnership = market.partnership
    known = await market.confirmed(market.northwind)
    job = await partnership.world.job("Contract Developer")
    async with market.acting() as ctx:
        connector_id, external_id = partnership.connector.id, partnership.client.external_id
        await clients.add_client_job(ctx, connector_id, external_id, job_external_id="req-2", job_id=job.id)
        await contract_posting(ctx, job, partnership.client.id, [market.northwind])
        for _ in range(3):
            await client_side.advance(ctx, known.id, feedback="Good.")
        await client_side.transfer(ctx, known.id, to_job_id=job.id)
    screen = await partnership.screen("application", applicationId=str(known.id), jobId="req-2")
    page = await screen.open()
    assert 'name="pay_rate" type="text" value=""' in page.text
    assert "Rate of pay 62.50" not in words_of(page)
    assert "Paid 1,062.50 SEK a day" in words_of(await screen.submit("contract-hire", **HIRE))


async def test_the_form_for_a_permanent_hire_does_not_hire_for_contract_work(market: Marketplace) -> None:
    screen = await offered(market)
    answer = await screen.post("hire", **HIRE | {"first_year_pay": "50000"})
    assert (answer.status_code, "The posting is for contract hires." in words_of(answer)) == (409, True)


async def test_a_new_rate_comes_after_what_was_submitted(working: Contracting) -> None:
    await working.submit()
    screen = await opened(working)
    answer = await screen.post("rate", from_day="2026-06-07", pay_rate="70")
    assert answer.status_code == 422
    assert 'id="rate-from_day-error">2026-06-08 or later: what was submitted keeps its rate.</p>' in answer.text
    told = words_of(await screen.submit("rate", from_day="2026-06-08", pay_rate="70"))
    assert "From 1 Jun 2026: 62.50 EUR paid, 73.44 EUR billed" in told
    assert "From 8 Jun 2026: 70.00 EUR paid, 82.25 EUR billed" in told


async def test_the_last_day_is_set(working: Contracting) -> None:
    screen = await opened(working)
    assert "Until 30 Nov 2026" in words_of(await screen.open())
    assert "Until 31 Dec 2026" in words_of(await screen.submit("end", ends_on="2026-12-31"))
    assert "Until open" in words_of(await screen.submit("end", ends_on=""))
    answer = await screen.post("end", ends_on="2026-05-31")
    assert (answer.status_code, "as work starts then" in words_of(answer)) == (422, True)


async def test_a_timesheet_is_approved(working: Contracting) -> None:
    sheet = await working.submit(replace(FIRST_WEEK, quantity=Decimal("37.50")))
    screen = await opened(working)
    told = words_of(await screen.open())
    assert "1 Jun 2026 – 7 Jun 2026 To approve 37.5 hours at 73.44 EUR: 2,754.00 EUR Boot loader." in told
    told = words_of(await screen.submit("timesheet", timesheet=str(sheet.id), version="1", do="approve"))
    assert "The timesheet is approved." in told
    assert "Approved so far 2,754.00 EUR" in told
    answer = await screen.post("timesheet", timesheet=str(sheet.id), version="1", do="reject", reason="No.")
    assert (answer.status_code, "cannot go from approved to rejected" in words_of(answer)) == (409, True)


async def test_a_timesheet_goes_back_for_a_reason(working: Contracting) -> None:
    sheet = await working.submit()
    screen, form = await opened(working), {"timesheet": str(sheet.id), "version": "1", "do": "reject"}
    answer = await screen.post("timesheet", **form, reason=" ")
    assert answer.status_code == 422
    assert 'id="reason-1-error">Fill this in.</p>' in answer.text
    told = words_of(await screen.submit("timesheet", **form, reason="Friday was <b>a holiday</b>."))
    assert "Sent back 40 hours at 73.44 EUR: 2,937.60 EUR Boot loader. Friday was <b>a holiday</b>." in told


async def test_what_the_agency_has_corrected_is_looked_at_again(working: Contracting) -> None:
    sheet, northwind = await working.submit(), working.market.northwind
    screen = await opened(working)
    async with working.market.acting(now=NOW) as ctx:
        entry = replace(FIRST_WEEK, to_day=date(2026, 6, 5), quantity=Decimal(60))
        await timesheets.correct_timesheet(ctx, sheet.id, northwind.id, None, entry)
    answer = await screen.post("timesheet", timesheet=str(sheet.id), version="1", do="approve")
    assert answer.status_code == 409
    assert "The agency has corrected this timesheet" in words_of(answer)
    assert "60 hours" in words_of(answer)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"timesheet": "x"}, 404),
        ({"timesheet": "018f4d2e-0000-7000-8000-000000000001"}, 404),
        ({"version": "-1"}, 400),
        ({"version": "9" * 30}, 400),
        ({"do": "shred"}, 400),
    ],
)
async def test_forms_that_fit_nothing_change_nothing(
    working: Contracting, changes: dict[str, str], status: int
) -> None:
    sheet = await working.submit()
    screen, form = await opened(working), {"timesheet": str(sheet.id), "version": "1", "do": "approve"}
    assert (await screen.post("timesheet", **form | changes)).status_code == status
    async with working.market.acting() as ctx:
        assert await stored.get(ctx.conn, ctx.workspace_id, sheet.id) == sheet


async def test_a_timesheet_of_somebody_else_is_none(working: Contracting) -> None:
    sheet = await working.submit()
    screen = await offered(working.market)
    for form, fields in (
        ("timesheet", {"timesheet": str(sheet.id), "version": "1", "do": "approve"}),
        ("rate", {"from_day": "2026-07-01", "pay_rate": "70"}),
        ("end", {"ends_on": ""}),
    ):
        assert (await screen.post(form, **fields)).status_code == 404


async def test_who_neither_hires_nor_pays_only_reads(working: Contracting) -> None:
    sheet = await working.submit()
    async with working.market.acting() as ctx:
        later = await user_of(ctx, working.market.partnership.client, "u-later")
        await teammates.set_rights(ctx, working.user, later.id, [Permission.STANDARD])
    screen = await opened(working, user="u-later")
    page = await screen.open()
    assert "1 Jun 2026 – 7 Jun 2026 To approve" in words_of(page)
    assert "Approve</" not in page.text
    assert "New rate" not in page.text
    for form, fields in (
        ("timesheet", {"timesheet": str(sheet.id), "version": "1", "do": "approve"}),
        ("rate", {"from_day": "2026-07-01", "pay_rate": "70"}),
        ("end", {"ends_on": ""}),
    ):
        assert (await screen.post(form, **fields)).status_code == 403
    assert working.submission.stage == SubmissionStage.HIRED
