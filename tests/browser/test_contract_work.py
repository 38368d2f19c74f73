"""Contract work in browsers: the agency submits a person and timesheets, the person confirms, the client decides."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.async_api import Page, expect

from rolecall.actions import signing_in
from rolecall.actions.asking import AUDIENCE, LIVES, PATH, confirmation_claims
from rolecall.settings import Settings
from rolecall.store import submissions
from tests.browser.conftest import faults_for_everybody
from tests.contracting import Contracting, build_contracting, contract_posting
from tests.marketplace import Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World


@pytest.fixture
async def market(live_acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(live_acme, origins=()))


async def _looks_right(page: Page, name: str) -> None:
    folder = os.environ.get("ROLECALL_LOOK")  # where somebody who works on the pages looks at them
    if folder:
        width = (page.viewport_size or {})["width"]
        await page.screenshot(path=Path(folder) / f"contract-{name}-{width}.png", full_page=True)
    assert await faults_for_everybody(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


async def _sign_in(page: Page, live: Settings, market: Marketplace) -> str:
    """Sign Nora in by a link; the address of her pages."""
    world = market.partnership.world
    async with world.services.database.writing() as conn:
        token = await signing_in.make_link(world.context(conn), market.recruiters["Northwind Search"].id)
    home = f"{live.public_url}/agency/{world.workspace.slug}"
    await page.goto(f"{home}/enter/{token}")
    await page.get_by_role("button", name="Sign in now").click()
    await expect(page.get_by_text("You are signed in.")).to_be_visible()
    return home


async def _screen(page: Page, live: Settings, working: Contracting, screen: str) -> None:
    """Open a screen of the client's user, without a frame around it."""
    ids = {"applicationId": str(working.submission.id), "jobId": "req-contract"} if screen == "application" else {}
    token = await working.market.partnership.link_token(screen, **ids)
    await page.goto(f"{live.public_url}/embed/{screen}?token={quote(token, safe='')}")


async def test_a_person_is_submitted_at_a_rate_and_reads_it(page: Page, live: Settings, market: Marketplace) -> None:
    job = await market.partnership.world.job("Contract Developer")
    async with market.acting() as ctx:
        posting = await contract_posting(ctx, job, market.partnership.client.id, [market.northwind])
    home = await _sign_in(page, live, market)
    await page.goto(f"{home}/postings/{posting.id}")
    await expect(page.get_by_text("on top of the rate of pay")).to_be_visible()
    await page.get_by_role("link", name="Submit a candidate").click()
    for label, text in {"First name": "Ada", "Last name": "Lovelace", "E-mail address": "ada@example.org"}.items():
        await page.get_by_label(label).fill(text)
    for choice in await page.get_by_label("Yes").all():
        await choice.check()
    await page.get_by_label("Resume", exact=True).set_input_files(
        {"name": "ada.txt", "mimeType": "text/plain", "buffer": b"Ada Lovelace. Embedded C."}
    )
    await page.get_by_label("Rate of pay").fill("62.50")
    await page.get_by_label("Currency").fill("EUR")
    await page.get_by_label("the hour").check()
    await page.get_by_label("Availability").fill("32 hours a week, not in August")
    await page.get_by_label("Can start on").fill("2026-06-01")
    await _looks_right(page, "submit")
    await page.get_by_role("button", name="Submit the candidate").click()
    await expect(page.get_by_text("62.50 EUR an hour")).to_be_visible()
    await _looks_right(page, "submitted")
    services = market.partnership.world.services
    async with services.database.reading() as conn:
        (known,) = await submissions.of_posting(conn, posting.workspace_id, posting.id)
    token = services.signer.sign(confirmation_claims(known), audience=AUDIENCE, now=services.clock(), lives=LIVES)
    await page.goto(f"{live.public_url}{PATH}/{token}")
    await expect(page.get_by_text("32 hours a week, not in August")).to_be_visible()
    await _looks_right(page, "confirm")


async def test_timesheets_go_to_the_client_and_back(page: Page, live: Settings, market: Marketplace) -> None:
    working = await build_contracting(market)
    home = await _sign_in(page, live, market)
    await page.get_by_role("link", name="Timesheets").click()
    await _looks_right(page, "portal-list")
    await page.get_by_role("link", name="Ada Lovelace").click()
    for week in (1, 2):
        await page.get_by_label("Hours").fill("37.5")
        await page.get_by_label("Note").fill(f"Week {week} of the boot loader.")
        await page.get_by_role("button", name="Submit").click()
        await expect(page.get_by_text("The timesheet is with the client.")).to_be_visible()
    await _looks_right(page, "portal")
    await _screen(page, live, working, "tasks")
    await expect(page.get_by_text("2 to approve")).to_be_visible()
    await _looks_right(page, "tasks")
    await page.get_by_role("link", name="Look").click()
    await expect(page.get_by_role("heading", name="Timesheets")).to_be_visible()
    await _looks_right(page, "deciding")
    await page.get_by_role("button", name="Approve").first.click()
    await expect(page.get_by_text("The timesheet is approved.")).to_be_visible()
    await page.get_by_text("Send back", exact=True).first.click()
    await page.get_by_label("Why?").fill("Friday was a holiday.")
    await _looks_right(page, "sending-back")
    await page.get_by_role("button", name="Send back").click()
    await expect(page.get_by_text("The timesheet goes back to the agency")).to_be_visible()
    await page.get_by_text("New rate").click()
    await page.get_by_label("From", exact=True).fill("2026-06-15")
    await page.get_by_label("Rate of pay, in EUR").fill("65")
    await _looks_right(page, "screen")
    await page.get_by_role("button", name="Set the rate").click()
    await expect(page.get_by_text("From 15 Jun 2026: 65.00 EUR paid, 76.38 EUR billed")).to_be_visible()
    await _screen(page, live, working, "settings")
    await page.get_by_role("link", name="Contract work").click()
    await expect(page.get_by_text("2,754.00 EUR").first).to_be_visible()
    await _looks_right(page, "settings")
    await page.goto(f"{home}/timesheets/{working.hire.id}")
    await page.get_by_role("link", name="Correct").click()
    await expect(page.get_by_text("Friday was a holiday.").first).to_be_visible()
    await _looks_right(page, "correct")


async def test_somebody_is_hired_for_contract_work(page: Page, live: Settings, market: Marketplace) -> None:
    working = await build_contracting(market)
    async with market.acting() as ctx:
        await ctx.conn.execute("delete from contract_hire where workspace_id = %s", (ctx.workspace_id,))
        query = "update submission set stage = 'offers' where workspace_id = %s and id = %s"
        await ctx.conn.execute(query, (ctx.workspace_id, working.submission.id))
    await _screen(page, live, working, "application")
    await page.get_by_text("Log the hire").first.click()
    await _looks_right(page, "hiring")
    await page.get_by_label("Work location").fill("Lund")
    await page.get_by_role("button", name="Log the hire").click()
    await expect(page.get_by_text("The hire is logged.")).to_be_visible()
    await expect(page.get_by_text("73.44 EUR an hour, which is 17.5 % more")).to_be_visible()
