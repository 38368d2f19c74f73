"""Refunds that wait until the client owes nothing for too long, and what ends their waiting."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rolecall.actions import agency_hires, submissions
from rolecall.actions.context import Context
from rolecall.domain.hires import AgencyHire, Settlement
from rolecall.store import agency_hires as hires
from tests.at_once import second_waits_for_first
from tests.marketplace import ADA, HIRE, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World

TODAY = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
GRACE = replace(ADA, first_name="Grace", email="grace@example.org", phone=None)
MARY = replace(ADA, first_name="Mary", email="mary@example.org", phone=None)


@pytest.fixture
async def market(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


async def _hired(market: Marketplace, person=ADA, *, starts_on: date = HIRE.starts_on) -> AgencyHire:
    known = await market.confirmed(market.northwind, person)
    async with market.acting() as ctx:
        for _ in range(3):
            await submissions.advance(ctx, known.id, feedback="Good.")
        return await agency_hires.log_hire(ctx, known.id, replace(HIRE, starts_on=starts_on))


async def _overdue(market: Marketplace, person=GRACE) -> AgencyHire:
    """A hire whose invoice was due 151 days ago."""
    return await _hired(market, person, starts_on=date(2026, 1, 1))


async def _leaves(ctx: Context, hire: AgencyHire) -> AgencyHire:
    return await agency_hires.fail_guarantee(replace(ctx, now=TODAY), hire.id, on=hire.starts_on, reason="Left.")


async def _pays(ctx: Context, hire: AgencyHire, on: date = date(2026, 7, 1)) -> AgencyHire:
    return await agency_hires.mark_paid(replace(ctx, now=TODAY), hire.id, on=on)


async def _settled(market: Marketplace, hire: AgencyHire) -> tuple[Settlement | None, date | None]:
    async with market.acting() as ctx:
        found = await hires.get(ctx.conn, hire.workspace_id, hire.id)
    assert found is not None
    return found.settlement, found.settled_on


async def _waits(market: Marketplace) -> AgencyHire:
    """A hire that was paid and whose person left, while another invoice was overdue."""
    paid = await _hired(market)
    async with market.acting() as ctx:
        await _pays(ctx, paid)
        assert (await _leaves(ctx, paid)).settlement == Settlement.REFUND_WAITING
    return paid


async def test_an_overdue_invoice_that_becomes_void_lets_refunds_go(market: Marketplace):
    overdue = await _overdue(market)
    waiting = await _waits(market)
    async with market.acting() as ctx:
        assert (await _leaves(ctx, overdue)).settlement == Settlement.VOID
    assert await _settled(market, waiting) == (Settlement.REFUNDED, date(2026, 7, 1))


async def test_what_is_overdue_today_counts_whatever_day_a_payment_has(market: Marketplace):
    first, second = await _overdue(market), await _overdue(market, MARY)
    waiting = await _waits(market)
    async with market.acting() as ctx:
        await _pays(ctx, first, on=date(2026, 3, 1))
    assert await _settled(market, waiting) == (Settlement.REFUND_WAITING, None)
    async with market.acting() as ctx:
        await _pays(ctx, second, on=date(2026, 3, 1))
    assert await _settled(market, waiting) == (Settlement.REFUNDED, date(2026, 7, 1))


async def test_a_payment_and_a_failure_at_once_leave_no_refund_behind(market: Marketplace):
    overdue, paid = await _overdue(market), await _hired(market)
    async with market.acting() as ctx:
        await _pays(ctx, paid)
    outcome = await second_waits_for_first(market, lambda ctx: _pays(ctx, overdue), lambda ctx: _leaves(ctx, paid))
    assert outcome.settlement == Settlement.REFUNDED
