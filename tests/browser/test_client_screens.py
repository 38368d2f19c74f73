"""The settings, tasks and job screens of a client at work, inside a partner's page, used by a person."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from playwright.async_api import FrameLocator, Page, expect

from rolecall.actions import agency_hires, chat, submissions, submitting
from rolecall.actions.clients import user_of
from rolecall.actions.cost_centers import create_cost_center
from rolecall.actions.posting_questions import ask_question
from rolecall.actions.teammates import add_teammate, change_organization
from rolecall.domain.clients import Organization, Person
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.submissions import PersonFacts, Side
from tests.browser.conftest import faults_for_everybody
from tests.marketplace import HIRE, Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World


def person(first: str, last: str) -> PersonFacts:
    return PersonFacts(first_name=first, last_name=last, email=f"{first}.{last}@example.org".lower())


async def at_work(world: World, origin: str) -> Marketplace:
    """A client with people and cost centers, candidates in several stages, a question, and a hire of last week."""
    marketplace = await build_marketplace(await build_partnership(world, origins=(origin,)))
    people = [("Ada", "Lund"), ("Bo", "Holm"), ("Cy", "Dahl"), ("Di", "Moen"), ("Eva", "Ness")]
    known = [await marketplace.confirmed(marketplace.northwind, person(*name)) for name in people]
    recruiter = marketplace.recruiters["Northwind Search"]
    async with marketplace.acting() as ctx:
        for one, steps in zip(known, (3, 2, 1, 0, 1), strict=True):
            for _ in range(steps):
                await submissions.advance(ctx, one.id, feedback="Good.")
        starts_on = (datetime.now(UTC) - timedelta(days=7)).date()
        await agency_hires.log_hire(ctx, known[0].id, replace(HIRE, starts_on=starts_on, fee_note="retained"))
        await chat.say(ctx, known[1].id, side=Side.AGENCY, author_id=recruiter.id, text="He can start in May.")
        await submitting.withdraw(ctx, known[4].id, known[4].agency_id, reason="She took a job in Bergen.")
        await ask_question(ctx, marketplace.posting.id, marketplace.southgate.id, None, "Is it on site in Lund?")
        query = "update submission set stage_since = stage_since - interval '4 days' where id = %s"
        await ctx.conn.execute(query, [known[3].id])
        user = await user_of(ctx, marketplace.partnership.client, "u-558")
        await change_organization(
            ctx, user, Organization(name="Harbor Freight Lines", website="https://harbor.example")
        )
        ida = Person(first_name="Ida", last_name="Tveit", email="ida@harbor.example")
        await add_teammate(ctx, user, "u-9", person=ida, permissions=["posting_creator", "finance_manager"])
        for name in ("Oslo office", "Bergen yard"):
            facts = CostCenterFacts(name=name, address="Kaia 4\n0150 Oslo", invoice_recipients=["bills@harbor.example"])
            await create_cost_center(ctx, user, facts)
    return marketplace


async def opened(page: Page, marketplace: Marketplace, partner_page: Callable[[str], str], name: str) -> FrameLocator:
    answer = await marketplace.partnership.ask(name)
    await page.goto(partner_page(answer.json()["url"]))
    return page.frame_locator("iframe")


async def test_settings_are_looked_after(page: Page, live_acme: World, partner_page: Callable[[str], str]) -> None:
    marketplace = await at_work(live_acme, partner_page("").rstrip("/"))
    screen = await opened(page, marketplace, partner_page, "settings")
    await screen.get_by_label("Address").fill("Kaia 4\n0150 Oslo")
    await screen.get_by_role("button", name="Save changes").click()
    await expect(screen.get_by_text("Your changes are saved.")).to_be_visible()

    await screen.get_by_role("link", name="People").click()
    await screen.get_by_role("link", name="Edit Ida Tveit").click()
    await screen.get_by_label("Agencies: invite, prefer, agree on fees").check()
    await screen.get_by_role("button", name="Save changes").click()
    await expect(screen.get_by_text("Your changes are saved.")).to_be_visible()

    await screen.get_by_role("link", name="Agencies").click()
    await screen.get_by_role("link", name="Fees with Northwind Search").click()
    await screen.get_by_label("Fee 1, in percent").fill("18.5")
    await screen.get_by_label("Fee 2, in percent").fill("25")
    await screen.get_by_label("What fee 2 is for").fill("executives")
    await screen.get_by_role("button", name="Save the fees").click()
    await expect(screen.get_by_text("25 % executives")).to_be_visible()

    for part in ("Cost centers", "Hires", "Reports"):
        await screen.get_by_role("link", name=part, exact=True).click()
        await expect(screen.get_by_role("heading", name=part)).to_be_visible()


async def test_tasks_lead_to_their_records(page: Page, live_acme: World, partner_page: Callable[[str], str]) -> None:
    marketplace = await at_work(live_acme, partner_page("").rstrip("/"))
    screen = await opened(page, marketplace, partner_page, "tasks")
    assert "Di Moen" not in await screen.locator("main").inner_text()
    await screen.get_by_role("link", name="Answer the question about Firmware Lead").click()
    await screen.get_by_label("Answer to: Is it on site in Lund?").fill("Two days a week.")
    await screen.get_by_role("button", name="Send the answer").click()
    await expect(screen.get_by_text("Your answer goes to all agencies")).to_be_visible()
    await screen.get_by_role("link", name="← Back").click()
    await screen.get_by_role("button", name=re.compile("^Seen")).click()
    await expect(screen.get_by_text("The notice is gone.")).to_be_visible()


async def test_a_manager_acts_for_a_teammate(page: Page, live_acme: World, partner_page: Callable[[str], str]) -> None:
    marketplace = await at_work(live_acme, partner_page("").rstrip("/"))
    async with marketplace.acting() as ctx:
        ida = await user_of(ctx, marketplace.partnership.client, "u-9")
        query = "update posting set creator_id = %s where workspace_id = %s"
        await ctx.conn.execute(query, [ida.id, ctx.workspace_id])
    screen = await opened(page, marketplace, partner_page, "settings")
    await screen.get_by_role("link", name="People").click()
    await screen.get_by_role("button", name="Act for Ida Tveit").click()
    await expect(screen.get_by_text("You act for Ida Tveit.")).to_be_visible()
    await screen.get_by_role("link", name="Open the posting Firmware Lead").click()
    await expect(screen.get_by_role("heading", name="Firmware Lead")).to_be_visible()
    await expect(screen.get_by_text("You act for Ida Tveit.")).to_be_visible()
    await screen.get_by_role("button", name="Stop acting").click()
    await expect(screen.get_by_text("You act for yourself again.")).to_be_visible()
    assert await page.context.cookies() == []


async def test_everybody_can_use_the_screens(page: Page, live_acme: World) -> None:
    """Opened by themselves: what finds faults does not look into frames."""
    marketplace = await at_work(live_acme, "https://hiring.example")
    width = (page.viewport_size or {})["width"]
    names = {"AGENCY": str(marketplace.northwind.id), "PERSON": await colleague_of(marketplace)}
    money = ("centers&center=new", "hires", "statements", "reports")
    parts = ("organization", "people&person=PERSON", "agencies&agency=AGENCY", *money)
    for name, queries in (("settings", parts), ("tasks", ("",)), ("job", ("",))):
        await page.goto((await marketplace.partnership.ask(name)).json()["url"])
        session = (await page.locator(".screen-refresh").get_attribute("href") or "").replace("&amp;", "&")
        for query in queries:
            part = re.sub("AGENCY|PERSON", lambda found: names[found[0]], query)
            await page.goto(f"{live_acme.client.base_url}{session}&part={part}")
            await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            assert await faults_for_everybody(page) == [], f"{name} {query}"
            assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def colleague_of(marketplace: Marketplace) -> str:
    """The id of a colleague."""
    async with marketplace.acting() as ctx:
        return str((await user_of(ctx, marketplace.partnership.client, "u-9")).id)
