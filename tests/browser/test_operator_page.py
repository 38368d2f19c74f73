"""The operator reviews a partner's mission in a browser."""

from decimal import Decimal

from playwright.async_api import Page, expect

from rolecall.settings import Settings
from tests.browser.conftest import faults_for_everybody
from tests.intake import desk_of, make_agencies, offered
from tests.surfaces.crosspath.conftest import Intake
from tests.world import World


async def test_a_mission_is_read_and_published(page: Page, live: Settings, live_acme: World) -> None:
    await make_agencies(live_acme, "Nordlys Talent", "Harbour & Finch")
    mission = await Intake(live_acme, (await live_acme.partner())[1]).mission()
    await page.goto(f"{live.public_url}/operator?token={desk_of(live_acme).token}")
    assert await faults_for_everybody(page) == []
    await page.get_by_role("link", name="Firmware Lead").click()
    assert await faults_for_everybody(page) == []

    await page.get_by_label("Fee").fill("180")
    await page.get_by_label("Harbour & Finch").uncheck()
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("More than 0 and at most 100.")).to_be_visible()
    await expect(page.get_by_label("Harbour & Finch")).not_to_be_checked()
    assert await faults_for_everybody(page) == []
    assert await page.locator("html").evaluate("root => root.scrollWidth - root.clientWidth") <= 0

    await page.get_by_label("Fee").fill("18")
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("The mission is Live.")).to_be_visible()
    assert await offered(live_acme, mission) == ("open", Decimal(18), ["Nordlys Talent"])
