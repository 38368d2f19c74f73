"""Timesheets on the agencies' pages: who sees them, what the form offers, and what is told of a mistake."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rolecall.actions import timesheets
from rolecall.actions.agencies import NewRecruiter, add_recruiter
from rolecall.domain.recruiters import Role
from rolecall.domain.timesheets import Timesheet
from rolecall.store import timesheets as stored
from rolecall.store.agencies import Recruiter
from tests.agency_desk import Desk, enter, words
from tests.conftest import BASE_URL
from tests.contracting import FIRST_WEEK, NOW, Contracting, build_contracting
from tests.marketplace import Marketplace

FORM = {"from_day": "2026-06-01", "to_day": "2026-06-07", "quantity": "37.5", "note": "Boot loader."}


@pytest.fixture
async def working(market: Marketplace) -> Contracting:
    return await build_contracting(market)


@pytest.fixture
async def desk(working: Contracting, browser: Callable[[], Desk]) -> Desk:
    """Nora's browser, who submitted Ada."""
    return await enter(browser(), working.market.recruiters["Northwind Search"])


async def sheets(working: Contracting) -> list[Timesheet]:
    async with working.market.acting() as ctx:
        return await stored.of_hire(ctx.conn, ctx.workspace_id, working.hire.id)


def page_of(working: Contracting) -> str:
    return f"/timesheets/{working.hire.id}"


async def reject(working: Contracting, sheet: Timesheet, reason: str) -> None:
    async with working.market.acting(now=NOW) as ctx:
        await timesheets.reject_timesheet(ctx, working.user, sheet.id, version=sheet.version, reason=reason)


async def approve(working: Contracting, sheet: Timesheet) -> None:
    async with working.market.acting(now=NOW) as ctx:
        await timesheets.approve_timesheet(ctx, working.user, sheet.id, version=sheet.version)


async def test_a_week_is_submitted(working: Contracting, desk: Desk) -> None:
    assert "Ada Lovelace At work Contract Firmware Developer" in words(await desk.get("/timesheets"))
    page = await desk.get(page_of(working))
    assert 'value="2026-06-01"' in page.text
    assert 'value="2026-06-07"' in page.text
    assert "Billed 73.44 EUR an hour, which is 17.5 % more" in words(page)
    told = words(await desk.send(page_of(working), **FORM))
    assert "The timesheet is with the client." in told
    assert "1 June 2026 – 7 June 2026 With the client 37.5 hours: 2,754.00 EUR billed at 73.44 EUR" in told.replace(
        "hours :", "hours:"
    )
    (sheet,) = await sheets(working)
    nora = working.market.recruiters["Northwind Search"]
    assert (sheet.quantity, sheet.note, sheet.recruiter_id) == (Decimal("37.5"), "Boot loader.", nora.id)
    page = await desk.get(page_of(working))
    assert 'value="2026-06-08"' in page.text
    assert "1 with the client" in words(await desk.get("/timesheets"))


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"from_day": "1.6.2026"}, "from_day", "A day such as 2026-03-02."),
        ({"from_day": "2026-05-31", "to_day": "2026-05-31"}, "from_day", "2026-06-01 or later, as work starts then."),
        ({"to_day": ""}, "to_day", "Fill this in."),
        ({"to_day": "2026-06-08"}, "to_day", "2026-06-07 or earlier, which is the Sunday of that week."),
        ({"quantity": "forty"}, "quantity", "An amount such as 37.5."),
        ({"quantity": "37,5"}, "quantity", "An amount such as 37.5."),
        ({"quantity": "0"}, "quantity", "More than 0 and at most 168"),
        ({"quantity": "168.5"}, "quantity", "More than 0 and at most 168"),
        ({"note": "x" * 501}, "note", "At most 500 characters"),
    ],
)
async def test_a_mistake_is_told_at_its_field_and_the_rest_is_kept(
    working: Contracting, desk: Desk, changes: dict[str, str], field: str, said: str
) -> None:
    answer = await desk.post(page_of(working), origin=BASE_URL, **FORM | changes)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert said in words(answer)
    assert f'value="{(FORM | changes)["quantity"]}"' in answer.text
    assert await sheets(working) == []


async def test_days_on_another_timesheet_are_told(working: Contracting, desk: Desk) -> None:
    await desk.send(page_of(working), **FORM)
    answer = await desk.post(page_of(working), origin=BASE_URL, **FORM | {"from_day": "2026-06-07", "quantity": "4"})
    assert answer.status_code == 422
    assert "one goes from 2026-06-01 to 2026-06-07" in words(answer)


async def test_what_comes_back_is_corrected(working: Contracting, desk: Desk) -> None:
    sheet = await working.submit()
    await reject(working, sheet, "Friday was a holiday.")
    assert "1 to correct" in words(await desk.get("/timesheets"))
    assert "To correct 40 hours" in words(await desk.get(page_of(working)))
    page = await desk.get(f"{page_of(working)}?sheet={sheet.id}")
    assert "says: Friday was a holiday." in words(page)
    assert 'value="40"' in page.text
    path = f"{page_of(working)}/{sheet.id}"
    answer = await desk.post(path, origin=BASE_URL, **FORM | {"quantity": "1000"})
    assert (answer.status_code, "Correct a timesheet" in words(answer)) == (422, True)
    told = words(await desk.send(path, **FORM | {"quantity": "32"}))
    assert "The corrected timesheet is with the client." in told
    (again,) = await sheets(working)
    assert (again.quantity, again.status, again.version) == (32, "submitted", 2)


async def test_what_is_approved_stays(working: Contracting, desk: Desk) -> None:
    sheet = await working.submit()
    await approve(working, sheet)
    page = await desk.get(page_of(working))
    assert "Approved so far 2,937.60 EUR" in words(page)
    assert "Correct<" not in page.text
    answer = await desk.post(f"{page_of(working)}/{sheet.id}", origin=BASE_URL, **FORM)
    assert answer.status_code == 409
    assert "The client has approved this timesheet meanwhile: it stays as it is." in words(answer)
    assert (await sheets(working))[0].quantity == 40


async def test_a_change_of_rates_ends_the_days_that_are_offered(working: Contracting, desk: Desk) -> None:
    await working.submit()
    await working.rate(date(2026, 6, 10), "70")
    page = await desk.get(page_of(working))
    assert ('value="2026-06-08"' in page.text, 'value="2026-06-09"' in page.text) == (True, True)
    assert "From 10 June 2026: 70.00 EUR paid, 82.25 EUR billed" in words(page)
    answer = await desk.post(
        page_of(working), origin=BASE_URL, **FORM | {"from_day": "2026-06-08", "to_day": "2026-06-14"}
    )
    assert "2026-06-09 or earlier, as another rate holds from 2026-06-10: submit the rest on its own." in words(answer)


async def test_nothing_is_offered_once_all_days_are_covered(market: Marketplace, browser: Callable[[], Desk]) -> None:
    working = await build_contracting(market)
    await working.submit()
    async with market.acting() as ctx:
        query = "update contract_hire set ends_on = '2026-06-07' where workspace_id = %s and id = %s"
        await ctx.conn.execute(query, (ctx.workspace_id, working.hire.id))
    desk = await enter(browser(), market.recruiters["Northwind Search"])
    assert "All days that have come are on timesheets." in words(await desk.get(page_of(working)))
    assert "Over" not in words(await desk.get("/timesheets"))  # something waits with the client still


async def _colleague(market: Marketplace, role: Role) -> Recruiter:
    async with market.acting() as ctx:
        new = NewRecruiter(first_name="Nils", last_name="Holm", email="nils@northwind.example", role=role)
        return await add_recruiter(ctx, market.northwind.id, new)


@pytest.mark.parametrize(("role", "status"), [("recruiter", 404), ("finance_manager", 200), ("team_manager", 200)])
async def test_recruiters_see_whom_they_submitted_and_managers_all(
    working: Contracting, browser: Callable[[], Desk], role: str, status: int
) -> None:
    sheet = await working.submit()
    desk = await enter(browser(), await _colleague(working.market, Role(role)))
    assert ("Ada Lovelace" in words(await desk.get("/timesheets"))) == (status == 200)
    assert (await desk.get(page_of(working))).status_code == status
    answer = await desk.post(f"{page_of(working)}/{sheet.id}", origin=BASE_URL, **FORM)
    assert answer.status_code == (303 if status == 200 else 404)


async def test_a_timesheet_of_another_hire_is_none(working: Contracting, desk: Desk) -> None:
    sheet = await working.submit(replace(FIRST_WEEK, quantity=Decimal(8)))
    for path in (f"{page_of(working)}/x", f"/timesheets/{sheet.id}/{sheet.id}"):
        assert (await desk.post(path, origin=BASE_URL, **FORM)).status_code == 404
