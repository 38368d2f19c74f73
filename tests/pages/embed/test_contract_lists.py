"""People who work by contract on the tasks and the settings screen."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rolecall.actions import timesheets
from rolecall.actions.teammates import add_teammate
from rolecall.store import contract_hires
from rolecall.store import timesheets as stored
from tests.contracting import CONTRACT_HIRE, FIRST_WEEK, NOW, Contracting, build_contracting
from tests.marketplace import build_marketplace
from tests.pages.embed.test_acting import IDA, act, link
from tests.pages.embed.test_acting import follow as follow_to
from tests.pages.embed.test_tasks_screen import follow
from tests.partnership import Partnership, words_of


@pytest.fixture
async def working(oakline: Partnership) -> Contracting:
    return await build_contracting(await build_marketplace(oakline), new=replace(CONTRACT_HIRE, invoice_memo="PO 7"))


async def test_timesheets_are_tasks_until_they_are_decided(working: Contracting) -> None:
    sheet = await working.submit()
    other = await working.submit(
        replace(FIRST_WEEK, from_day=date(2026, 6, 8), to_day=date(2026, 6, 14), quantity=Decimal("37.5"))
    )
    page = await (await working.market.partnership.screen("tasks")).reload()
    assert "Ada Lovelace 2 to approve 5,691.60 EUR, work from 1 June on Northwind Search" in words_of(page)
    assert "Contract work" in words_of(await follow(working.market, page, "Look"))
    async with working.market.acting(now=NOW) as ctx:
        await timesheets.approve_timesheet(ctx, working.user, sheet.id, version=1)
        await timesheets.reject_timesheet(ctx, working.user, other.id, version=1, reason="No.")
    page = await (await working.market.partnership.screen("tasks")).reload()
    assert "to approve" not in words_of(page)


async def test_the_settings_sum_up_what_was_approved(working: Contracting) -> None:
    sheet = await working.submit()
    screen = await working.market.partnership.screen("settings")
    told = words_of(await screen.reload(part="contracts"))
    assert "Ada Lovelace 1 to approve Contract Firmware Developer · Northwind Search" in told
    assert "1 Jun 2026 to 30 Nov 2026 PO 7 0.00 EUR approved 73.44 EUR an hour, 62.50 EUR of it paid" in told
    async with working.market.acting(now=NOW) as ctx:
        await timesheets.approve_timesheet(ctx, working.user, sheet.id, version=1)
    await working.rate(date(2026, 7, 1), "70")
    page = await screen.reload(part="contracts")
    assert "Approved: 2,937.60 EUR" in words_of(page)
    assert "82.25 EUR an hour, 70.00 EUR of it paid" in words_of(page)
    assert "Timesheets 1 Jun 2026" in words_of(await follow(working.market, page, "Timesheets and rates"))


async def test_whoever_acts_for_somebody_decides_under_their_own_name(working: Contracting) -> None:
    sheet, market = await working.submit(), working.market
    async with market.acting() as ctx:
        ida = await add_teammate(ctx, working.user, "u-9", person=IDA, permissions=["finance_manager"])
    tasks = await act(await market.partnership.screen("settings"), ida)
    person = await follow_to(tasks, (await link(tasks, "Look")).removesuffix("#timesheets"))
    await person.submit("timesheet", timesheet=str(sheet.id), version="1", do="approve")
    await person.submit("rate", from_day="2026-07-06", pay_rate="70")
    async with market.acting() as ctx:
        (decided,) = await stored.of_hire(ctx.conn, ctx.workspace_id, working.hire.id)
        (_, later) = await contract_hires.rates(ctx.conn, ctx.workspace_id, working.hire.id)
    assert (decided.status, decided.decided_by, later.user_id) == ("approved", working.user.id, working.user.id)


async def test_a_contract_hire_counts_as_a_hire_and_has_no_fee(working: Contracting) -> None:
    screen = await working.market.partnership.screen("settings")
    query = {"session": screen.session or "", "first": "2026-01-01", "last": "2027-12-31"}
    for table, rows in (("time-to-hire", 2), ("fees", 1)):
        answer = await screen.client.get("/embed/settings/report.csv", params={**query, "table": table})
        assert answer.status_code == 200, answer.text
        assert len(answer.text.splitlines()) >= rows
        assert (",1," in answer.text) == (table == "time-to-hire"), answer.text


async def test_nobody_works_by_contract_at_first(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    assert "Nobody works for you by contract yet." in words_of(await screen.reload(part="contracts"))
