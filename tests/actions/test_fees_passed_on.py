"""A contest that is upheld after a hire: who is paid instead, how much and by when."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from rolecall.actions import agencies, agency_hires, ownership, submissions
from rolecall.domain.errors import AlreadyContested, FieldInvalid
from rolecall.domain.fees import CustomFee
from rolecall.domain.hires import AgencyHire, Settlement
from rolecall.domain.ownership import owned_until
from rolecall.domain.submissions import Submission
from rolecall.store import agency_hires as hires
from tests.marketplace import HIRE, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World

HIRED_AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SETTLED_AT = datetime(2026, 7, 10, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hired:
    """Ada, whom Southgate submitted to another job and Northwind to this one, where she was hired."""

    market: Marketplace
    here: Submission
    there: Submission
    hire: AgencyHire

    async def uphold(self, contacted_on: date, *, of: Submission | None = None) -> list[AgencyHire]:
        """All hires, the first one first, once the client's contact of a day was upheld."""
        async with self.market.acting(now=SETTLED_AT) as ctx:
            submission = of or self.here
            made = await ownership.contest(ctx, submission.id, contacted_on=contacted_on, evidence="Mail.")
            await ownership.settle_contest(ctx, made.id, upheld=True)
            client_id = self.market.partnership.client.id
            return (await hires.of_client(ctx.conn, ctx.workspace_id, client_id))[::-1]


async def hired(market: Marketplace, *, there: datetime, here: datetime) -> Hired:
    """Ada, who confirmed at these moments."""
    other = await market.offer(await market.partnership.world.job("Driver Developer"))
    first = await market.submit(market.southgate, posting=other, now=there)
    first = await market.confirm(first, now=there)
    known = await market.confirmed(market.northwind, now=here)
    for _ in range(3):
        async with market.acting(now=HIRED_AT) as ctx:
            await submissions.advance(ctx, known.id, feedback="Good.")
    async with market.acting(now=HIRED_AT) as ctx:
        hire = await agency_hires.log_hire(ctx, known.id, HIRE)
    assert hire.agency_id == market.northwind.id
    return Hired(market, known, first, hire)


@pytest.fixture
async def market(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


MARCH, MAY = datetime(2026, 3, 1, 23, 30, tzinfo=UTC), datetime(2026, 5, 1, 8, 0, tzinfo=UTC)


async def test_the_next_agency_is_paid_by_an_invoice_of_its_own(market: Marketplace):
    ada = await hired(market, there=MARCH, here=MAY)
    before, instead = await ada.uphold(date(2026, 4, 1))
    assert (before.id, before.agency_id, before.settlement) == (ada.hire.id, None, Settlement.VOID)
    assert (instead.agency_id, instead.replaces_id, instead.settlement) == (market.southgate.id, ada.hire.id, None)
    assert (instead.fee_percent, instead.fee_amount) == (Decimal("17.5"), Decimal("10715.95"))
    assert (before.due_on, instead.due_on) == (date(2026, 7, 1), date(2026, 8, 9))
    assert (instead.guaranteed_until, instead.created_at) == (date(2026, 7, 31), HIRED_AT)


async def test_what_was_paid_is_refunded_and_the_next_invoice_is_open(market: Marketplace):
    ada = await hired(market, there=MARCH, here=MAY)
    async with market.acting(now=SETTLED_AT) as ctx:
        await agency_hires.mark_paid(ctx, ada.hire.id, on=date(2026, 7, 1))
    before, instead = await ada.uphold(date(2026, 4, 1))
    assert (before.settlement, instead.paid_on, instead.agency_id) == (Settlement.REFUNDED, None, market.southgate.id)


@pytest.mark.parametrize(
    ("contacted_on", "passed_on"),
    [
        (date(2026, 3, 2), True),
        (date(2026, 3, 1), False),  # the day of the other confirmation, in UTC
        (date(2025, 11, 2), False),  # 180 days before this confirmation, 119 before the other
    ],
)
async def test_a_contact_that_came_before_the_other_agency_too_pays_nobody(
    market: Marketplace,
    contacted_on: date,
    passed_on: bool,  # noqa: FBT001
):
    ada = await hired(market, there=MARCH, here=MAY)
    found = await ada.uphold(contacted_on)
    assert len(found) == (2 if passed_on else 1)
    assert found[-1].agency_id == (market.southgate.id if passed_on else None)


@pytest.mark.parametrize(("later", "passed_on"), [(timedelta(microseconds=1), True), (timedelta(0), False)])
async def test_the_other_agency_owned_at_the_moment_of_the_hire_not_of_the_settlement(
    market: Marketplace,
    later: timedelta,
    passed_on: bool,  # noqa: FBT001
):
    confirmed_at = HIRED_AT - timedelta(days=180) + later
    assert owned_until(confirmed_at) < SETTLED_AT
    ada = await hired(market, there=confirmed_at, here=MAY)
    found = await ada.uphold(date(2026, 4, 1))
    assert found[-1].agency_id == (market.southgate.id if passed_on else None)


@pytest.mark.parametrize(("fees", "percent"), [(["12", "17.5"], "17.5"), (["15", "20"], "15"), ([], "17.5")])
async def test_the_next_agency_gets_a_fee_that_was_agreed_with_it(
    market: Marketplace, fees: list[str], percent: str
) -> None:
    ada = await hired(market, there=MARCH, here=MAY)
    async with market.acting() as ctx:
        agreed = [CustomFee(percentage=Decimal(fee)) for fee in fees]
        await agencies.prefer_agency(ctx, market.partnership.client.id, market.southgate.id, fees=agreed)
    _, instead = await ada.uphold(date(2026, 4, 1))
    assert instead.fee_percent == Decimal(percent)


async def test_each_invoice_can_be_contested_until_nobody_is_left(market: Marketplace):
    ada = await hired(market, there=MARCH, here=MAY)
    await ada.uphold(date(2026, 4, 1))
    before, instead = await ada.uphold(date(2026, 2, 1), of=ada.there)
    assert [before.agency_id, instead.agency_id] == [None, None]
    assert [before.settlement, instead.settlement] == [Settlement.VOID, Settlement.VOID]


async def test_a_contest_of_a_submission_that_was_not_hired_reaches_who_is_paid(market: Marketplace):
    ada = await hired(market, there=MARCH, here=MAY)
    (only,) = await ada.uphold(date(2026, 2, 1), of=ada.there)  # Northwind came within 180 days of it too
    assert (only.id, only.agency_id, only.settlement) == (ada.hire.id, None, Settlement.VOID)


async def test_a_hire_that_failed_stays_as_it_was_settled(market: Marketplace):
    ada = await hired(market, there=MARCH, here=MAY)
    async with market.acting(now=SETTLED_AT) as ctx:
        await agency_hires.fail_guarantee(ctx, ada.hire.id, on=date(2026, 7, 1), reason="Left.")
    (only,) = await ada.uphold(date(2026, 4, 1))
    assert (only.agency_id, only.failed_on) == (market.northwind.id, date(2026, 7, 1))


async def test_a_hire_and_a_contest_at_once_agree_on_who_is_paid(market: Marketplace):
    other = await market.offer(await market.partnership.world.job("Driver Developer"))
    there = await market.confirm(await market.submit(market.southgate, posting=other, now=MAY), now=MAY)
    known = await market.confirmed(market.northwind, now=MAY)
    for _ in range(3):
        async with market.acting(now=HIRED_AT) as ctx:
            await submissions.advance(ctx, known.id, feedback="Good.")
    contests: list[UUID] = []
    for submission in (known, there):
        async with market.acting(now=HIRED_AT) as ctx:
            made = await ownership.contest(ctx, submission.id, contacted_on=date(2026, 4, 1), evidence="Mail.")
            contests.append(made.id)

    async def settle(contest_id: UUID) -> None:
        async with market.acting(now=SETTLED_AT) as ctx:
            await ownership.settle_contest(ctx, contest_id, upheld=True)

    async def hire() -> None:
        async with market.acting(now=HIRED_AT) as ctx:
            await agency_hires.log_hire(ctx, known.id, replace(HIRE, keep_open=True))

    async with asyncio.timeout(30):
        await asyncio.gather(hire(), *(settle(contest_id) for contest_id in contests))
    async with market.acting() as ctx:
        found = await hires.of_client(ctx.conn, ctx.workspace_id, market.partnership.client.id)
    assert [one.agency_id for one in found] == [None]


async def test_a_contest_that_is_upheld_before_the_hire_pays_nobody(market: Marketplace):
    known = await market.confirmed(market.northwind, now=MAY)
    for _ in range(3):
        async with market.acting() as ctx:
            await submissions.advance(ctx, known.id, feedback="Good.")
    earliest = MAY.date() - timedelta(days=180)
    async with market.acting() as ctx:
        early = earliest - timedelta(days=1)
        with pytest.raises(FieldInvalid):
            await ownership.contest(ctx, known.id, contacted_on=early, evidence="Mail.")
        made = await ownership.contest(ctx, known.id, contacted_on=earliest, evidence="Mail of that day.")
        with pytest.raises(AlreadyContested):
            await ownership.contest(ctx, known.id, contacted_on=earliest, evidence="Again.")
    async with market.acting() as ctx:
        await ownership.settle_contest(ctx, made.id, upheld=True)
        assert (await agency_hires.log_hire(ctx, known.id, HIRE)).agency_id is None


async def test_a_hire_costs_what_was_agreed_with_who_is_paid(market: Marketplace):
    other = await market.offer(await market.partnership.world.job("Driver Developer"))
    there = await market.confirm(await market.submit(market.southgate, posting=other))
    known = await market.confirmed(market.northwind)
    async with market.acting() as ctx:
        await submissions.reject(ctx, there.id, feedback="Not here.")
        fees = [CustomFee(percentage=Decimal(15))]
        await agencies.prefer_agency(ctx, market.partnership.client.id, market.southgate.id, fees=fees)
        for _ in range(3):
            await submissions.advance(ctx, known.id, feedback="Good.")
        await submissions.transfer(ctx, known.id, to_job_id=other.job_id)
        with pytest.raises(FieldInvalid):
            await agency_hires.log_hire(ctx, known.id, HIRE)
        hire = await agency_hires.log_hire(ctx, known.id, replace(HIRE, fee_percent=Decimal(15)))
    assert (hire.agency_id, hire.fee_amount) == (market.southgate.id, Decimal("9185.10"))
