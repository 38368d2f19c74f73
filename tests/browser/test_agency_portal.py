"""The agencies' pages, used by a recruiter from the link in a mail to a hire, at a desktop's and a phone's width."""

from datetime import UTC, datetime

from playwright.async_api import Page, expect

from rolecall.actions import agency_hires, agency_team, chat, signing_in
from rolecall.actions import submissions as client_side
from rolecall.domain.recruiters import Role
from rolecall.domain.submissions import PersonFacts, Side
from rolecall.settings import Settings
from rolecall.store import submissions
from tests.agency_desk import PASSWORD
from tests.browser.conftest import faults_for_everybody, picture
from tests.marketplace import HIRE, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World


async def _market(world: World) -> Marketplace:
    market = await build_marketplace(await build_partnership(world))
    nora = market.recruiters["Northwind Search"]
    async with market.acting() as ctx:
        await agency_team.change_role(ctx, market.northwind.id, nora.id, Role.TEAM_MANAGER)
    return market


async def _home(page: Page, live: Settings, market: Marketplace) -> str:
    """Sign Nora in by a link; the address of her pages."""
    world = market.partnership.world
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        token = await signing_in.make_link(ctx, market.recruiters["Northwind Search"].id)
    home = f"{live.public_url}/agency/{world.workspace.slug}"
    await page.goto(f"{home}/enter/{token}")
    await page.get_by_role("button", name="Sign in now").click()
    await expect(page.get_by_text("You are signed in.")).to_be_visible()
    return home


async def _is_for_everybody(page: Page) -> None:
    assert await faults_for_everybody(page) == []
    overflow = await page.locator("html").evaluate("root => root.scrollWidth - root.clientWidth")
    assert overflow <= 0


async def test_a_recruiter_sets_a_password_and_signs_in_with_it(page: Page, live: Settings, live_acme: World) -> None:
    home = await _home(page, live, await _market(live_acme))
    await page.get_by_role("link", name="Account").click()
    await page.get_by_label("New password").fill(PASSWORD)
    await page.get_by_role("button", name="Set it").click()
    await expect(page.get_by_text("Your password is set.")).to_be_visible()
    await _is_for_everybody(page)
    await page.get_by_role("button", name="Sign out", exact=True).click()
    await page.goto(f"{home}/team")
    await _is_for_everybody(page)
    await page.get_by_label("E-mail address").first.fill("nora@northwind.example")
    await page.get_by_label("Password").fill("not the right one")
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.get_by_role("heading", name="Team")).to_be_visible()
    await _is_for_everybody(page)


async def test_a_candidate_is_submitted_and_followed_to_a_hire(page: Page, live: Settings, live_acme: World) -> None:
    market = await _market(live_acme)
    await _home(page, live, market)
    await _is_for_everybody(page)
    await page.get_by_role("link", name="Firmware Lead").click()
    await page.get_by_label("Ask a question").fill("May one work from home?")
    await page.get_by_role("button", name="Ask").click()
    await expect(page.get_by_text("Not answered yet.")).to_be_visible()
    await _is_for_everybody(page)

    await _submit(page)
    await _hire(market)
    await page.get_by_role("link", name="Candidates").click()
    await expect(page.get_by_text("1 unread", exact=True).last).to_be_visible()
    await _is_for_everybody(page)
    await page.get_by_role("link", name="Ada Lovelace").click()
    await page.get_by_label("Message").fill("She starts in June.")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Your message is sent.")).to_be_visible()
    await _is_for_everybody(page)
    await picture(page, f"agency-candidate-{(page.viewport_size or {})['width']}")
    await page.get_by_role("link", name="Fees and hires").click()
    await expect(page.get_by_text("10,715.95 EUR")).to_be_visible()
    await _is_for_everybody(page)


async def _submit(page: Page) -> None:
    """Submit Ada from the posting's page, at first with a program for a resume."""
    await page.get_by_role("link", name="Submit a candidate").click()
    await page.get_by_label("First name").fill("Ada")
    await page.get_by_label("Last name").fill("Lovelace")
    await page.get_by_label("E-mail address").fill("ada@example.org")
    await page.get_by_role("group", name="Five years").get_by_label("Yes").check()
    await page.get_by_role("group", name="Swedish").get_by_label("Partly").check()
    await page.get_by_label("Resume", exact=True).set_input_files(
        {"name": "ada.exe", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00\x03"}
    )
    await page.get_by_role("button", name="Submit the candidate").click()
    await expect(page.locator("#resume-error")).to_be_visible()
    await expect(page.get_by_role("group", name="Swedish").get_by_label("Partly")).to_be_checked()
    await _is_for_everybody(page)
    await page.get_by_label("Resume", exact=True).set_input_files(
        {"name": "ada.txt", "mimeType": "text/plain", "buffer": b"Ada Lovelace, mathematician."}
    )
    await page.get_by_role("button", name="Submit the candidate").click()
    await expect(page.get_by_text("The client sees nothing until Ada has confirmed")).to_be_visible()
    await _is_for_everybody(page)


async def _hire(market: Marketplace) -> None:
    """What the candidate and the client do meanwhile."""
    world = market.partnership.world
    async with world.services.database.reading() as conn:
        (made,) = await submissions.of_agency(conn, world.workspace.id, market.northwind.id)
    person = PersonFacts(first_name="Ada", last_name="Lovelace", email="ada@example.org")
    await market.confirm(made, person, now=datetime.now(UTC))
    async with market.acting() as ctx:
        for feedback in ("A strong start.", "Let us meet.", "We make an offer."):
            await client_side.advance(ctx, made.id, feedback=feedback)
        await chat.say(ctx, made.id, side=Side.CLIENT, author_id=None, text="When can she start?")
        await agency_hires.log_hire(ctx, made.id, HIRE)
