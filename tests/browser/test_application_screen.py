"""The application screen inside a partner's page of another origin: a candidate sorted, written about and hired."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.async_api import FrameLocator, Page, expect

from tests.browser.conftest import faults_for_everybody, picture
from tests.marketplace import ADA, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World

PERSON = replace(ADA, location="Lund", current_title="Firmware Engineer", current_company="Norrvik Optics")

STEPS = {"Keep": "Reviewing", "Move to interviews": "Interviewing", "Move to offers": "Offers"}


async def _address(market: Marketplace) -> str:
    submission = await market.confirmed(market.northwind, PERSON)
    token = await market.partnership.link_token("application", applicationId=str(submission.id))
    return f"{market.partnership.world.client.base_url}/embed/application?token={quote(token, safe='')}"


async def _opened(page: Page, world: World, partner_page: Callable[[str], str]) -> FrameLocator:
    origin = partner_page("").rstrip("/")
    market = await build_marketplace(await build_partnership(world, origins=(origin,)))
    await page.goto(partner_page(await _address(market)))
    return page.frame_locator("iframe")


async def test_a_candidate_is_kept_talked_about_and_hired(
    page: Page, live_acme: World, partner_page: Callable[[str], str]
) -> None:
    screen = await _opened(page, live_acme, partner_page)
    width = (page.viewport_size or {})["width"]
    await expect(screen.get_by_text("New candidate 1 of 1")).to_be_visible()
    await expect(screen.get_by_text("Northwind")).to_have_count(0)
    await picture(page, f"application-new-{width}")
    for button, stage in STEPS.items():
        await screen.get_by_label("Feedback").fill("Knows her field, and says so plainly.")
        await screen.get_by_role("button", name=button).click()
        await expect(screen.locator(".screen-head .chip")).to_have_text(stage)
    await screen.get_by_label("Message").fill("When could she start?")
    await screen.get_by_label("File").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Monday: meet the team."}
    )
    await screen.get_by_role("button", name="Send").click()
    await expect(screen.get_by_text("When could she start?")).to_be_visible()
    await expect(screen.get_by_role("link", name="plan.txt")).to_be_visible()
    await screen.get_by_text("Schedule an interview").click()
    await screen.get_by_label("Day", exact=True).fill("2026-12-01")
    await screen.get_by_label("Time", exact=True).fill("14:30")
    await screen.get_by_label("Time zone").fill("Europe/Stockholm")
    await screen.get_by_role("button", name="Put it on the record").first.click()
    await expect(screen.get_by_text("The interview is on the record.")).to_be_visible()
    await screen.get_by_text("Log the hire").first.click()
    await picture(page, f"application-hiring-{width}")
    for label, text in {"First day of work": "2027-01-04", "First-year pay": "61200", "Currency": "EUR"}.items():
        await screen.get_by_label(label, exact=True).fill(text)
    await screen.get_by_label("Work location").fill("Lund")
    await screen.get_by_role("button", name="Log the hire").click()
    await expect(screen.get_by_text("10,710.00 EUR")).to_be_visible()
    await page.reload()
    await expect(page.frame_locator("iframe").get_by_text("Guaranteed until")).to_be_visible()


async def test_the_screen_is_for_everybody_and_fits(page: Page, live_acme: World) -> None:
    market = await build_marketplace(await build_partnership(live_acme, origins=()))
    await page.goto(await _address(market))
    assert await faults_for_everybody(page) == []
    for button, stage in STEPS.items():
        await page.get_by_label("Feedback").fill("Good.")
        await page.get_by_role("button", name=button).click()
        await expect(page.locator(".screen-head .chip")).to_have_text(stage)
    for summary in await page.locator("summary").all():
        await summary.click()
    assert await faults_for_everybody(page) == []
    assert await page.locator("html").evaluate("root => root.scrollWidth - root.clientWidth") <= 0
    await picture(page, f"application-open-{(page.viewport_size or {})['width']}", whole=True)


async def test_a_copied_address_opens_nothing_in_another_page(
    page: Page, live_acme: World, partner_page: Callable[[str], str]
) -> None:
    screen = await _opened(page, live_acme, partner_page)
    await expect(screen.get_by_role("heading", name="Ada Lovelace")).to_be_visible()
    address = await page.locator("iframe").get_attribute("src")
    stranger = await page.context.new_page()
    await stranger.goto(address or "")
    await expect(stranger.get_by_text("This link belongs to another page")).to_be_visible()
    await expect(stranger.get_by_text("Ada Lovelace")).to_have_count(0)


@pytest.mark.parametrize("name", ["settings", "tasks"])
async def test_the_screens_of_a_client_fit_and_are_for_everybody(page: Page, live_acme: World, name: str) -> None:
    market = await build_marketplace(await build_partnership(live_acme, origins=()))
    await market.confirmed(market.northwind, PERSON)
    token = await market.partnership.link_token(name)
    await page.goto(f"{live_acme.client.base_url}/embed/{name}?token={quote(token, safe='')}")
    assert await faults_for_everybody(page) == []
    assert await page.locator("html").evaluate("root => root.scrollWidth - root.clientWidth") <= 0
    await picture(page, f"{name}-{(page.viewport_size or {})['width']}", whole=True)
