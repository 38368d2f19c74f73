"""Fees and hires of an agency."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from rolecall.actions import agencies, agency_hires, agency_team
from rolecall.actions import submissions as client_side
from rolecall.domain.fees import CustomFee
from rolecall.domain.recruiters import Role
from tests.agency_desk import Desk, enter, words
from tests.marketplace import HIRE, Marketplace


async def test_hires_are_shown_with_what_they_bring(market: Marketplace, browser: Callable[[], Desk]) -> None:
    nora, sam = market.recruiters["Northwind Search"], market.recruiters["Southgate Talent"]
    made = await market.confirmed(market.northwind)
    async with market.acting() as ctx:
        await agency_team.change_role(ctx, market.northwind.id, nora.id, Role.FINANCE_MANAGER)
        await agency_team.change_role(ctx, market.southgate.id, sam.id, Role.TEAM_MANAGER)
        fees = [CustomFee(percentage=Decimal("17.5"), note="Retained")]
        await agencies.set_agency_fees(ctx, market.partnership.client.id, market.northwind.id, fees)
        for _ in range(3):
            await client_side.advance(ctx, made.id, feedback="On.")
        hire = replace(HIRE, fee_note="Retained", starts_on=date(2126, 6, 1))
        await agency_hires.log_hire(ctx, made.id, hire)
    desk = await enter(browser(), nora)
    shown = words(await desk.get("/fees"))
    assert "Ada Lovelace Due 1 July 2126" in shown
    assert "10,715.95 EUR" in shown
    assert "17.5 % of 61,234.00 EUR : Retained" in shown.replace("EUR:", "EUR :")
    assert "Guaranteed until 31 July 2126" in shown
    assert "17.5 % , Retained" in shown.replace("%,", "% ,")
    others = words(await (await enter(browser(), sam)).get("/fees"))
    assert "No candidate of yours was hired yet." in others
    assert "Retained" not in others


async def test_a_recruiter_does_not_see_them(market: Marketplace, browser: Callable[[], Desk]) -> None:
    desk = await enter(browser(), market.recruiters["Northwind Search"])
    assert (await desk.get("/fees")).status_code == 403
    assert "Fees and hires" not in words(await desk.get())
