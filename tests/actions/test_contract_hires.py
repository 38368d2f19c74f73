"""Hires for contract work: logged from an offer, with rates that change for future timesheets only."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rolecall.actions import agency_hires, contract_hires, postings, submitting
from rolecall.actions.agencies import prefer_agency
from rolecall.actions.clients import client_of, user_of
from rolecall.actions.context import Context
from rolecall.actions.cost_centers import create_cost_center
from rolecall.actions.ids import new_id
from rolecall.actions.submitting import NewSubmission
from rolecall.domain.clients import ClientUser, Permission
from rolecall.domain.contract_hires import NewContractHire
from rolecall.domain.contract_work import Engagement
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.errors import FieldInvalid, FieldMissing, HireUnknown, MoveRefused, PermissionMissing
from rolecall.domain.errors_of_agencies import OtherEngagement
from rolecall.domain.fees import CustomFee
from rolecall.domain.postings import PostingState
from rolecall.domain.submissions import Meets, MustHaveAnswer, SubmissionStage
from rolecall.store import contract_hires as stored
from tests.contracting import (
    CONTRACT_HIRE,
    FIRST_WEEK,
    TERMS,
    Contracting,
    build_contracting,
    contract_posting,
    with_offer,
)
from tests.marketplace import ADA, HIRE, MUST_HAVES, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World


@pytest.fixture
async def market(acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(acme))


@pytest.fixture
async def working(market: Marketplace) -> Contracting:
    return await build_contracting(market)


async def rates(working: Contracting) -> list[tuple[date, Decimal, Decimal]]:
    async with working.market.acting() as ctx:
        found = await stored.rates(ctx.conn, ctx.workspace_id, working.hire.id)
    return [(one.from_day, one.pay_rate, one.bill_rate) for one in found]


async def test_somebody_is_hired_at_a_rate_with_a_markup(working: Contracting) -> None:
    assert working.submission.stage == SubmissionStage.HIRED
    assert (working.hire.starts_on, working.hire.ends_on) == (date(2026, 6, 1), date(2026, 11, 30))
    assert await rates(working) == [(date(2026, 6, 1), Decimal("62.50"), Decimal("73.44"))]
    async with working.market.acting() as ctx:
        said = await stored.terms_of(ctx.conn, ctx.workspace_id, working.submission.id)
    assert said == TERMS


async def test_a_posting_takes_hires_of_its_own_kind(market: Marketplace) -> None:
    world = market.partnership.world
    permanent = await market.confirmed(market.northwind)
    job = await world.job("Contract Developer")
    async with market.acting() as ctx:
        posting = await contract_posting(ctx, job, market.partnership.client.id, [market.northwind])
        contract = await with_offer(ctx, posting, market.northwind.id, None)
        with pytest.raises(OtherEngagement, match="for contract hires"):
            await agency_hires.log_hire(ctx, contract.id, HIRE)
        with pytest.raises(OtherEngagement, match="for permanent hires"):
            await contract_hires.log_contract_hire(ctx, permanent.id, CONTRACT_HIRE)


async def test_a_hire_is_logged_once_and_may_close_the_posting(market: Marketplace) -> None:
    working = await build_contracting(market, new=replace(CONTRACT_HIRE, keep_open=False))
    async with market.acting() as ctx:
        with pytest.raises(MoveRefused):
            await contract_hires.log_contract_hire(ctx, working.submission.id, CONTRACT_HIRE)
        posting = await postings.get_posting(ctx, working.job)
    assert posting.state == PostingState.CLOSED


async def test_the_markup_is_one_of_the_agreed_fees(market: Marketplace) -> None:
    async with market.acting() as ctx:
        user = await user_of(ctx, market.partnership.client, "u-558")
        fees = [CustomFee(percentage=Decimal(25), note="Contract work."), CustomFee(percentage=Decimal(18))]
        await prefer_agency(ctx, user.client_id, market.northwind.id, fees=fees)
    with pytest.raises(FieldInvalid, match=r"18\.00 or 25\.00, as agreed with the agency"):
        await build_contracting(market)
    job = await market.partnership.world.job("Another")
    async with market.acting() as ctx:
        posting = await contract_posting(ctx, job, market.partnership.client.id, [market.northwind])
        known = await with_offer(ctx, posting, market.northwind.id, None)
        center = await create_cost_center(ctx, user, CostCenterFacts(name="Development", address="Lund"))
        wrong = replace(CONTRACT_HIRE, markup_percent=Decimal(25), cost_center_id=new_id())
        with pytest.raises(FieldInvalid, match="one of the client's cost centers"):
            await contract_hires.log_contract_hire(ctx, known.id, wrong)
        new: NewContractHire = replace(CONTRACT_HIRE, markup_percent=Decimal(25), fee_note="Contract work.")
        hire = await contract_hires.log_contract_hire(ctx, known.id, new)
    assert (hire.markup_percent, hire.fee_note, hire.cost_center_id) == (25, "Contract work.", center.id)


async def test_terms_are_asked_of_people_for_contract_work_and_of_nobody_else(market: Marketplace) -> None:
    must_haves = [MustHaveAnswer(must_have=one, meets=Meets.YES) for one in MUST_HAVES]
    job = await market.partnership.world.job("Contract Developer")
    async with market.acting() as ctx:
        posting = await contract_posting(ctx, job, market.partnership.client.id, [market.northwind])
        bare = NewSubmission(posting_id=posting.id, person=ADA, must_haves=must_haves)
        with pytest.raises(FieldMissing, match="pay_rate"):
            await submitting.submit(ctx, market.northwind.id, None, bare)
        wrong = replace(bare, contract=replace(TERMS, currency="Euro"))
        with pytest.raises(FieldInvalid, match="currency"):
            await submitting.submit(ctx, market.northwind.id, None, wrong)
        other = replace(bare, posting_id=market.posting.id, contract=TERMS)
        with pytest.raises(FieldInvalid, match="permanent hires"):
            await submitting.submit(ctx, market.northwind.id, None, other)


async def test_a_posting_stays_what_people_were_submitted_for(working: Contracting) -> None:
    job = await working.market.partnership.world.job("Undecided")
    client_id = working.market.partnership.client.id
    async with working.market.acting() as ctx:
        posting = await contract_posting(ctx, job, client_id, [working.market.northwind])
        back = replace(posting.terms, engagement=Engagement.PERMANENT)
        posting = await postings.save_posting(ctx, job, client_id, terms=back, version=posting.version)
        assert posting.engagement == Engagement.PERMANENT
    async with working.market.acting() as ctx:
        posting, job = await postings.get_posting(ctx, working.job), working.job
        terms = replace(posting.terms, engagement=Engagement.PERMANENT)
        with pytest.raises(FieldInvalid, match="contract, as candidates have been submitted"):
            await postings.save_posting(ctx, job, client_id, terms=terms, version=posting.version)
        terms = replace(posting.terms, title="Firmware, by contract")
        await postings.save_posting(ctx, job, client_id, terms=terms, version=posting.version)


async def test_a_new_rate_holds_for_future_timesheets_only(working: Contracting) -> None:
    await working.submit(FIRST_WEEK)
    with pytest.raises(FieldInvalid, match="2026-06-08 or later"):
        await working.rate(date(2026, 6, 7), "70")
    await working.rate(date(2026, 6, 8), "70")
    assert await rates(working) == [
        (date(2026, 6, 1), Decimal("62.50"), Decimal("73.44")),
        (date(2026, 6, 8), Decimal("70.00"), Decimal("82.25")),
    ]


async def test_a_rate_that_nothing_was_submitted_under_can_be_mended(working: Contracting) -> None:
    await working.rate(date(2026, 6, 1), "65")
    await working.rate(date(2026, 7, 1), "70")
    await working.rate(date(2026, 7, 1), "71")
    assert [(day, pay) for day, pay, _ in await rates(working)] == [(date(2026, 6, 1), 65), (date(2026, 7, 1), 71)]
    with pytest.raises(FieldInvalid, match="at most two decimals"):
        await working.rate(date(2026, 7, 1), "71.001")


async def test_the_last_day_moves_but_not_before_what_was_submitted(working: Contracting) -> None:
    await working.submit(FIRST_WEEK)
    async with working.market.acting() as ctx:
        with pytest.raises(FieldInvalid, match="2026-06-07 or later"):
            await contract_hires.set_end(ctx, working.user, working.hire.id, ends_on=date(2026, 6, 6))
        await contract_hires.set_end(ctx, working.user, working.hire.id, ends_on=date(2026, 6, 7))
    with pytest.raises(FieldInvalid, match="as work ends then"):
        await working.submit(
            replace(FIRST_WEEK, from_day=date(2026, 6, 8), to_day=date(2026, 6, 8), quantity=Decimal(8))
        )
    async with working.market.acting() as ctx:
        assert (await contract_hires.set_end(ctx, working.user, working.hire.id, ends_on=None)).ends_on is None


Change = Callable[[Context, ClientUser, Contracting], Awaitable[object]]


async def _rate(ctx: Context, user: ClientUser, working: Contracting) -> object:
    return await contract_hires.set_rate(ctx, user, working.hire.id, from_day=date(2026, 8, 1), pay_rate=Decimal(70))


async def _end(ctx: Context, user: ClientUser, working: Contracting) -> object:
    return await contract_hires.set_end(ctx, user, working.hire.id, ends_on=None)


@pytest.mark.parametrize("change", [_rate, _end])
async def test_only_the_client_that_hired_changes_rates_and_ends(
    globex: World, working: Contracting, change: Change
) -> None:
    connector_id = working.market.partnership.connector.id
    async with working.market.acting() as ctx:
        other = await user_of(ctx, await client_of(ctx, connector_id, "cust-2"), "u-1")
        with pytest.raises(HireUnknown):
            await change(ctx, other, working)
    others = await build_partnership(globex)
    async with globex.services.database.writing() as conn:
        stranger = await user_of(globex.context(conn), others.client, "u-1")
        with pytest.raises(HireUnknown):
            await change(globex.context(conn), stranger, working)


@pytest.mark.parametrize(
    ("right", "outcome"),
    [
        (Permission.STANDARD, "refused"),
        (Permission.AGENCY_MANAGER, "refused"),
        (Permission.TEAM_MANAGER, "refused"),
        (Permission.POSTING_CREATOR, "done"),
        (Permission.FINANCE_MANAGER, "done"),
    ],
)
async def test_who_hires_or_pays_sets_rates(working: Contracting, right: Permission, outcome: str) -> None:
    async with working.market.acting() as ctx:
        later = await user_of(ctx, working.market.partnership.client, "u-later")
        later = replace(later, permissions=[str(Permission.STANDARD), str(right)])
        if outcome == "done":
            await _rate(ctx, later, working)
            return
        with pytest.raises(PermissionMissing):
            await _rate(ctx, later, working)
