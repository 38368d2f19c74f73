"""Statements: what is on them, in which month, and for whom."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from rolecall.actions import agency_hires, ownership, submissions
from rolecall.domain.hires import AgencyHire
from rolecall.domain.reports import Period, month_of
from rolecall.store import statements
from rolecall.store.agencies import Agency
from rolecall.store.statements import Balance, Entry, Whose
from tests.marketplace import ADA, HIRE, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World

MARCH, APRIL, MAY = (month_of(date(2026, number, 1)) for number in (3, 4, 5))
FEE = Decimal("10715.95")
NOTHING = Decimal(0)
GRACE = replace(ADA, first_name="Grace", email="grace@example.org", phone=None)


@dataclass(frozen=True, slots=True)
class Books:
    market: Marketplace

    async def hired(self, person=ADA, *, agency: Agency | None = None, at: datetime, starts_on=HIRE.starts_on):
        """Somebody hired at a time."""
        known = await self.market.confirmed(agency or self.market.northwind, person, now=at)
        async with self.market.acting(now=at) as ctx:
            for _ in range(3):
                await submissions.advance(ctx, known.id, feedback="Good.")
            return await agency_hires.log_hire(ctx, known.id, replace(HIRE, starts_on=starts_on))

    async def paid(self, hire: AgencyHire, on: date) -> None:
        async with self.market.acting(now=datetime(on.year, on.month, on.day, 12, tzinfo=UTC)) as ctx:
            await agency_hires.mark_paid(ctx, hire.id, on=on)

    async def failed(self, hire: AgencyHire, on: date) -> None:
        async with self.market.acting(now=datetime(on.year, on.month, on.day, 12, tzinfo=UTC)) as ctx:
            await agency_hires.fail_guarantee(ctx, hire.id, on=hire.starts_on, reason="Left.")

    def of(self, *, client: UUID | None = None, agency: Agency | None = None) -> Whose:
        world = self.market.partnership.world
        if agency is not None:
            return Whose(workspace_id=world.workspace.id, agency_id=agency.id)
        return Whose(workspace_id=world.workspace.id, client_id=client or self.market.partnership.client.id)

    async def entries(self, whose: Whose, month: Period) -> list[Entry]:
        async with self.market.partnership.world.services.database.reading() as conn:
            return await statements.entries(conn, whose, month)

    async def kinds(self, whose: Whose, month: Period) -> list[str]:
        return [one.kind for one in await self.entries(whose, month)]

    async def balance(self, whose: Whose, month: Period) -> Balance | None:
        async with self.market.partnership.world.services.database.reading() as conn:
            found = await statements.balances(conn, whose, month)
        return found[0] if found else None


@pytest.fixture
async def books(acme: World) -> Books:
    return Books(await build_marketplace(await build_partnership(acme)))


async def test_an_invoice_is_followed_through_its_months(books: Books) -> None:
    hire = await books.hired(at=datetime(2026, 3, 31, 23, 30, tzinfo=UTC), starts_on=date(2026, 4, 1))
    await books.paid(hire, date(2026, 4, 30))
    await books.failed(hire, date(2026, 5, 2))
    for whose in (books.of(), books.of(agency=books.market.northwind)):
        assert [await books.kinds(whose, month) for month in (MARCH, APRIL, MAY)] == [
            ["invoiced"],
            ["paid"],
            ["refunded"],
        ]
        assert await books.balance(whose, APRIL) == Balance(
            currency="EUR",
            before=FEE,
            invoiced=NOTHING,
            paid=FEE,
            void=NOTHING,
            refunded=NOTHING,
            after=NOTHING,
            waiting=NOTHING,
        )
    (entry,) = await books.entries(books.of(), MARCH)
    assert (entry.day, entry.person, entry.agency, entry.amount) == (
        date(2026, 3, 31),
        "Ada Lovelace",
        "Northwind Search",
        FEE,
    )


async def test_what_is_void_is_owed_no_more(books: Books) -> None:
    hire = await books.hired(at=datetime(2026, 4, 1, tzinfo=UTC), starts_on=date(2026, 4, 1))
    await books.failed(hire, date(2026, 5, 2))
    assert await books.kinds(books.of(), MARCH) == []
    assert await books.balance(books.of(), MARCH) is None
    may = await books.balance(books.of(), MAY)
    assert may is not None
    assert (may.before, may.void, may.after) == (FEE, FEE, NOTHING)


async def test_a_refund_that_waits_is_told_apart(books: Books) -> None:
    await books.hired(GRACE, at=datetime(2026, 1, 2, tzinfo=UTC), starts_on=date(2026, 1, 2))
    hire = await books.hired(at=datetime(2026, 4, 1, tzinfo=UTC), starts_on=date(2026, 4, 1))
    await books.paid(hire, date(2026, 4, 2))
    await books.failed(hire, date(2026, 5, 2))
    may = await books.balance(books.of(), MAY)
    assert may is not None
    assert (may.refunded, may.waiting, may.after) == (NOTHING, FEE, FEE)
    assert await books.kinds(books.of(), MAY) == []


async def test_an_invoice_that_is_taken_back_stays_on_both_statements(books: Books) -> None:
    market = books.market
    hire = await books.hired(at=datetime(2026, 3, 2, tzinfo=UTC))
    async with market.acting(now=datetime(2026, 4, 7, tzinfo=UTC)) as ctx:
        contested = await ownership.contest(
            ctx, hire.submission_id, contacted_on=date(2026, 3, 1), evidence="We met before."
        )
        await ownership.settle_contest(ctx, contested.id, upheld=True)
    for whose in (books.of(), books.of(agency=market.northwind)):
        assert [await books.kinds(whose, month) for month in (MARCH, APRIL)] == [["invoiced"], ["void"]]
    assert await books.kinds(books.of(agency=market.southgate), MARCH) == []


async def test_an_invoice_that_is_passed_on_is_made_then(books: Books) -> None:
    market = books.market
    first = await market.confirmed(market.northwind, now=datetime(2026, 3, 3, tzinfo=UTC))
    other = await market.offer(await market.partnership.world.job("Test Lead"))
    elsewhere = replace(market, posting=other)
    await elsewhere.confirm(
        await elsewhere.submit(market.southgate, posting=other, now=datetime(2026, 3, 1, tzinfo=UTC)),
        now=datetime(2026, 3, 1, tzinfo=UTC),
    )
    async with market.acting(now=datetime(2026, 3, 4, tzinfo=UTC)) as ctx:
        for _ in range(3):
            await submissions.advance(ctx, first.id, feedback="Good.")
        await agency_hires.log_hire(ctx, first.id, HIRE)
    async with market.acting(now=datetime(2026, 5, 7, tzinfo=UTC)) as ctx:
        contested = await ownership.contest(ctx, first.id, contacted_on=date(2026, 3, 2), evidence="We met before.")
        await ownership.settle_contest(ctx, contested.id, upheld=True)
    assert await books.kinds(books.of(), MARCH) == ["invoiced"]
    assert await books.kinds(books.of(agency=market.northwind), MAY) == ["void"]
    assert await books.kinds(books.of(agency=market.southgate), MARCH) == []
    assert await books.kinds(books.of(agency=market.southgate), MAY) == ["invoiced"]
    assert sorted(await books.kinds(books.of(), MAY)) == ["invoiced", "void"]


async def test_each_sees_their_own(books: Books, globex: World) -> None:
    others = Books(await build_marketplace(await build_partnership(globex)))
    await books.hired(at=datetime(2026, 3, 2, tzinfo=UTC))
    market = books.market
    for whose in (
        books.of(agency=market.southgate),
        others.of(),
        others.of(agency=market.northwind),
        others.of(client=market.partnership.client.id),
    ):
        assert await books.entries(whose, MARCH) == []
        assert await books.balance(whose, MARCH) is None
