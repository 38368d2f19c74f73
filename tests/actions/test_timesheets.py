"""Timesheets from the agency's word to the client's, also when both act at one moment."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from rolecall.actions import contract_hires, timesheets
from rolecall.domain.errors import EditedMeanwhile, FieldInvalid, FieldMissing, HireUnknown, MoveRefused
from rolecall.domain.errors_of_agencies import TimesheetUnknown
from rolecall.domain.timesheets import Entry, Timesheet, TimesheetStatus
from rolecall.store import timesheets as stored
from tests.actions.test_submissions_at_once import second_waits_for_first
from tests.contracting import FIRST_WEEK, NOW, Contracting, build_contracting
from tests.marketplace import build_marketplace
from tests.partnership import build_partnership
from tests.world import World

SECOND_WEEK = replace(FIRST_WEEK, from_day=date(2026, 6, 8), to_day=date(2026, 6, 14))


@pytest.fixture
async def working(acme: World) -> Contracting:
    return await build_contracting(await build_marketplace(await build_partnership(acme)))


async def correct(working: Contracting, sheet: Timesheet, entry: Entry) -> Timesheet:
    async with working.market.acting(now=NOW) as ctx:
        return await timesheets.correct_timesheet(ctx, sheet.id, working.market.northwind.id, None, entry)


async def approve(working: Contracting, sheet: Timesheet, *, version: int = 1) -> Timesheet:
    async with working.market.acting(now=NOW) as ctx:
        return await timesheets.approve_timesheet(ctx, working.user, sheet.id, version=version)


async def reject(working: Contracting, sheet: Timesheet, reason: str = "Friday was a holiday.") -> Timesheet:
    async with working.market.acting(now=NOW) as ctx:
        return await timesheets.reject_timesheet(ctx, working.user, sheet.id, version=sheet.version, reason=reason)


async def now_stored(working: Contracting, sheet: Timesheet) -> Timesheet:
    async with working.market.acting() as ctx:
        found = await stored.get(ctx.conn, ctx.workspace_id, sheet.id)
    assert found is not None
    return found


async def test_a_week_is_submitted_and_approved(working: Contracting) -> None:
    sheet = await working.submit(replace(FIRST_WEEK, quantity=Decimal("37.75")))
    assert (sheet.pay_amount, sheet.bill_amount) == (Decimal("2359.38"), Decimal("2772.36"))
    done = await approve(working, sheet)
    assert (done.status, done.decided_by, done.decided_at) == (TimesheetStatus.APPROVED, working.user.id, NOW)
    for act in (correct(working, sheet, FIRST_WEEK), reject(working, sheet), approve(working, sheet)):
        with pytest.raises(MoveRefused):
            await act


async def test_what_waits_can_be_corrected_and_only_what_was_seen_is_approved(working: Contracting) -> None:
    sheet = await working.submit()
    changed = await correct(working, sheet, replace(FIRST_WEEK, quantity=Decimal(38)))
    assert (changed.quantity, changed.version) == (38, 2)
    with pytest.raises(EditedMeanwhile):
        await approve(working, sheet, version=1)
    assert (await approve(working, sheet, version=2)).bill_amount == Decimal("2790.72")


async def test_what_comes_back_is_corrected_and_waits_again(working: Contracting) -> None:
    sheet = await working.submit()
    with pytest.raises(FieldMissing, match="reason"):
        await reject(working, sheet, " ")
    back = await reject(working, sheet)
    assert (back.status, back.reason) == (TimesheetStatus.REJECTED, "Friday was a holiday.")
    with pytest.raises(MoveRefused):
        await approve(working, sheet)
    again = await correct(working, sheet, replace(FIRST_WEEK, quantity=Decimal(32)))
    facts = (again.status, again.reason, again.decided_by, again.decided_at, again.version)
    assert facts == (TimesheetStatus.SUBMITTED, None, None, None, 2)


async def test_a_timesheet_that_came_back_keeps_its_rate(working: Contracting) -> None:
    sheet = await working.submit()
    back = await reject(working, sheet)
    with pytest.raises(FieldInvalid, match="2026-06-08 or later"):
        await working.rate(date(2026, 6, 1), "1")
    await working.rate(date(2026, 6, 8), "10")
    again = await correct(working, back, FIRST_WEEK)
    assert (again.rate_id, again.bill_amount) == (sheet.rate_id, Decimal("2937.60"))


async def test_a_week_across_a_change_of_rates_is_two_timesheets(working: Contracting) -> None:
    await working.rate(date(2026, 6, 10), "100")
    with pytest.raises(FieldInvalid, match="2026-06-09 or earlier"):
        await working.submit(SECOND_WEEK)
    before = await working.submit(replace(SECOND_WEEK, to_day=date(2026, 6, 9), quantity=Decimal(16)))
    after = await working.submit(replace(SECOND_WEEK, from_day=date(2026, 6, 10), quantity=Decimal(24)))
    assert (before.pay_amount, before.bill_amount) == (Decimal("1000.00"), Decimal("1175.04"))
    assert (after.pay_amount, after.bill_amount) == (Decimal("2400.00"), Decimal("2820.00"))


async def test_on_the_day_of_a_change_the_new_rate_holds(working: Contracting) -> None:
    await working.submit(FIRST_WEEK)
    await working.rate(date(2026, 6, 8), "100")
    assert (await working.submit(SECOND_WEEK)).pay_amount == Decimal("4000.00")


async def test_no_day_is_on_two_timesheets(working: Contracting) -> None:
    sheet = await working.submit()
    await reject(working, sheet)
    with pytest.raises(FieldInvalid, match="one goes from 2026-06-01 to 2026-06-07"):
        await working.submit(replace(FIRST_WEEK, from_day=date(2026, 6, 7), quantity=Decimal(4)))
    other = await working.submit(SECOND_WEEK)
    with pytest.raises(FieldInvalid, match="from_day"):
        await correct(working, other, FIRST_WEEK)
    assert (await now_stored(working, other)).version == 1


async def test_days_to_come_cannot_be_submitted(working: Contracting) -> None:
    early = datetime(2026, 6, 6, 9, 59, tzinfo=UTC)
    with pytest.raises(FieldInvalid, match="a day that has come"):
        await working.submit(now=early)
    await working.submit(now=early.replace(hour=10))  # it is the 7th where it is latest


async def test_another_agency_finds_nothing(working: Contracting, globex: World) -> None:
    sheet, southgate = await working.submit(), working.market.southgate
    async with working.market.acting(now=NOW) as ctx:
        with pytest.raises(HireUnknown):
            await timesheets.submit_timesheet(ctx, working.hire.id, southgate.id, None, SECOND_WEEK)
        with pytest.raises(TimesheetUnknown):
            await timesheets.correct_timesheet(ctx, sheet.id, southgate.id, None, FIRST_WEEK)
    async with globex.services.database.writing() as conn:
        ctx = globex.context(conn)
        with pytest.raises(HireUnknown):
            await timesheets.submit_timesheet(ctx, working.hire.id, working.market.northwind.id, None, SECOND_WEEK)
        with pytest.raises(TimesheetUnknown):
            await timesheets.approve_timesheet(ctx, working.user, sheet.id, version=1)


async def test_of_two_decisions_at_once_the_second_is_refused(working: Contracting) -> None:
    sheet = await working.submit()
    outcome = await second_waits_for_first(
        working.market,
        lambda ctx: timesheets.approve_timesheet(ctx, working.user, sheet.id, version=1),
        lambda ctx: timesheets.reject_timesheet(ctx, working.user, sheet.id, version=1, reason="No."),
    )
    assert isinstance(outcome, MoveRefused)
    assert (await now_stored(working, sheet)).status == TimesheetStatus.APPROVED


async def test_nobody_approves_what_is_being_corrected(working: Contracting) -> None:
    sheet, northwind = await working.submit(), working.market.northwind
    entry = replace(FIRST_WEEK, quantity=Decimal(60))
    outcome = await second_waits_for_first(
        working.market,
        lambda ctx: timesheets.correct_timesheet(replace(ctx, now=NOW), sheet.id, northwind.id, None, entry),
        lambda ctx: timesheets.approve_timesheet(ctx, working.user, sheet.id, version=1),
    )
    assert isinstance(outcome, EditedMeanwhile)


async def test_a_rate_that_comes_just_after_a_timesheet_holds_after_it(working: Contracting) -> None:
    northwind, hire_id = working.market.northwind, working.hire.id
    outcome = await second_waits_for_first(
        working.market,
        lambda ctx: timesheets.submit_timesheet(replace(ctx, now=NOW), hire_id, northwind.id, None, FIRST_WEEK),
        lambda ctx: contract_hires.set_rate(ctx, working.user, hire_id, from_day=date(2026, 6, 1), pay_rate=Decimal(1)),
    )
    assert isinstance(outcome, FieldInvalid)


async def test_the_same_week_cannot_be_submitted_twice_at_once(working: Contracting) -> None:
    northwind, hire_id = working.market.northwind, working.hire.id

    async def submit(ctx):
        later = replace(ctx, now=NOW)
        return await timesheets.submit_timesheet(later, hire_id, northwind.id, None, FIRST_WEEK)

    assert isinstance(await second_waits_for_first(working.market, submit, submit), FieldInvalid)
