"""The agency screen inside a partner's page of another origin, used by a person."""

from collections.abc import Callable

from playwright.async_api import FrameLocator, Page, expect

from rolecall.actions.agencies import NewAgency, create_agency
from tests.browser.conftest import picture
from tests.contract.stage import Stage
from tests.world import World

AGENCIES = {"Corvid Search": ["firmware", "optics"], "Harbor Talent": ["sales"], "Lumen Partners": ["hardware"]}


async def _agencies(world: World) -> None:
    async with world.services.database.writing() as conn:
        for name, specialties in AGENCIES.items():
            email = f"{name.split()[0].lower()}@agency.example"
            await create_agency(world.context(conn), NewAgency(name=name, email=email, specialties=specialties))


async def _opened(page: Page, world: World, partner_page: Callable[[str], str]) -> FrameLocator:
    await _agencies(world)
    job = await world.job("Firmware Lead", description="Own the firmware of a lidar module, from bring-up to field.")
    address = partner_page("")
    await page.goto(partner_page(await Stage(world).screen_url(job.id, origins=[address.rstrip("/")])))
    return page.frame_locator("iframe")


async def test_a_posting_is_made_distributed_and_closed(
    page: Page, live_acme: World, partner_page: Callable[[str], str]
) -> None:
    screen = await _opened(page, live_acme, partner_page)
    await screen.get_by_label("Fee").fill("18")
    await screen.get_by_label("Must-haves").fill("Embedded C\nLives near Lund")
    await screen.get_by_label("Question 1").fill("When could you start?")
    await screen.get_by_role("button", name="Save as a draft").click()
    await expect(screen.get_by_text("Agencies cannot see this posting yet.")).to_be_visible()

    await screen.get_by_role("searchbox").fill("firmware")
    await screen.get_by_role("button", name="Search", exact=True).click()
    await screen.get_by_role("button", name="Add Corvid Search").click()
    await expect(screen.get_by_role("button", name="Remove Corvid Search")).to_be_visible()
    await screen.get_by_role("button", name="Open to agencies").click()
    await expect(screen.get_by_text("The agencies below work on this posting.")).to_be_visible()
    await picture(page, f"agency-screen-{(page.viewport_size or {})['width']}")

    await page.reload()
    screen = page.frame_locator("iframe")
    await expect(screen.get_by_role("button", name="Remove Corvid Search")).to_be_visible()
    await screen.get_by_text("Close", exact=True).click()
    await screen.get_by_role("button", name="Close the posting").click()
    await expect(screen.get_by_text("Agencies no longer work on this posting.")).to_be_visible()


async def test_a_wrong_fee_is_named_at_its_field(
    page: Page, live_acme: World, partner_page: Callable[[str], str]
) -> None:
    screen = await _opened(page, live_acme, partner_page)
    await screen.get_by_label("Fee").fill("180")
    await screen.get_by_role("button", name="Save as a draft").click()
    await expect(screen.locator("#fee_percent-error")).to_be_visible()
    await expect(screen.get_by_label("Fee")).to_have_value("180")


async def test_the_screen_fits_its_frame(page: Page, live_acme: World, partner_page: Callable[[str], str]) -> None:
    screen = await _opened(page, live_acme, partner_page)
    await expect(screen.get_by_label("Fee")).to_be_visible()
    overflow = await screen.locator("html").evaluate("root => root.scrollWidth - root.clientWidth")
    assert overflow <= 0


async def test_a_page_that_is_not_registered_cannot_frame_it(
    page: Page, live_acme: World, partner_page: Callable[[str], str]
) -> None:
    job = await live_acme.job()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    await page.goto(partner_page(await Stage(live_acme).screen_url(job.id, origins=["https://other.example"])))
    await page.wait_for_timeout(500)
    assert any("frame-ancestors" in text for text in refused)
