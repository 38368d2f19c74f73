"""A company's board, as somebody looks for a job on it, without a script."""

import pytest
from playwright.async_api import Page, expect

from rolecall.actions.jobs import hold_job
from rolecall.actions.places import parse_place
from rolecall.actions.publishing import NewPublication, publish_in_language
from tests.browser.conftest import faults_for_everybody, picture
from tests.world import World

JOBS = [
    ("Firmware Lead", "Chef firmware", "Engineering", "SE-lund", "full-time", "hybrid"),
    ("Test Engineer", "Testingenieur", "Engineering", "NL-zwolle", "full-time", "onsite"),
    ("Optics Designer", None, "Engineering", "SE-lund", "full-time", "onsite"),
    ("Field Technician", "Monteur buitendienst", "Service", "NL-zwolle", "part-time", "onsite"),
    ("Planner", "Planner", "Supply", "NL-zwolle", "part-time", "remote"),
    ("Buyer", None, "Supply", "SE-lund", "fixed-term", "hybrid"),
]
TEXT = "You own the {title} work on a lidar module: from the first bench to updates in the field, with people who know."


@pytest.fixture
async def board(live_acme: World) -> str:
    """The address of a board with thirty jobs, most of them in two languages."""
    company = await live_acme.company()
    for round_number in range(5):
        for title, dutch, department, place, kind, workplace in JOBS:
            job = await live_acme.job(
                f"{title} {round_number + 1}" if round_number < 4 else title,
                company=company,
                department_ids=[await live_acme.department(department)],
                places=[parse_place(place)],
                contract_type=kind,
                workplace=workplace,
                description=TEXT.format(title=title.lower()),
            )
            if dutch is not None and round_number == 4:
                async with live_acme.services.database.writing() as conn:
                    ctx = live_acme.context(conn)
                    await publish_in_language(
                        ctx, await hold_job(ctx, job.id), NewPublication(language="nl", title=dutch)
                    )
    return f"{live_acme.client.base_url}/jobs/{company.slug}"


def width(page: Page) -> int:
    return (page.viewport_size or {})["width"]


async def looks_right(page: Page) -> None:
    assert await faults_for_everybody(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


async def choose(page: Page, label: str, value: str) -> None:
    """Choose of a filter, which is folded away on a phone until somebody has chosen."""
    if not await page.get_by_label(label, exact=True).is_visible():
        await page.get_by_text("Filters").click()
    await page.get_by_label(label, exact=True).select_option(value)


async def test_somebody_finds_a_job(page: Page, board: str) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    await page.goto(board)
    await expect(page.get_by_role("status")).to_have_text("30 open jobs, page 1 of 2")
    await looks_right(page)
    await picture(page, f"board-{width(page)}")
    await choose(page, "Location", "SE-lund")
    await page.get_by_role("button", name="Show these jobs").click()
    await expect(page).to_have_url(f"{board}?location=SE-lund")
    await expect(page.get_by_role("status")).to_have_text("15 of 30 jobs fit")
    await page.get_by_label("Search in titles and summaries").fill("buyer")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("5 of 30 jobs fit")
    await looks_right(page)
    if width(page) == 390:
        await picture(page, "board-filtered-390")
    await page.get_by_role("link", name="Take off: Lund, Sweden").click()
    await expect(page).to_have_url(f"{board}?q=buyer")
    await page.get_by_role("link", name="Buyer", exact=True).click()
    await expect(page.get_by_role("heading", level=1, name="Buyer")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_label("Search in titles and summaries")).to_have_value("buyer")
    assert faults == []


async def test_nothing_found_leads_on(page: Page, board: str) -> None:
    await page.goto(f"{board}?q=astronaut&workplace=remote")
    await expect(page.get_by_text("No job fits all of this.")).to_be_visible()
    await looks_right(page)
    await page.get_by_role("link", name="See all jobs").click()
    await expect(page.get_by_role("status")).to_have_text("30 open jobs, page 1 of 2")
    await page.get_by_role("link", name="Older jobs").click()
    await expect(page.get_by_role("status")).to_have_text("30 open jobs, page 2 of 2")


async def test_a_board_speaks_dutch(page: Page, board: str) -> None:
    await page.emulate_media(color_scheme="dark")
    await page.goto(board)
    await page.get_by_role("link", name="Nederlands").click()
    await expect(page).to_have_url(f"{board}?lang=nl")
    await expect(page.get_by_role("link", name="Monteur buitendienst")).to_be_visible()
    await looks_right(page)
    await page.get_by_role("link", name="Monteur buitendienst").click()
    await expect(page.get_by_role("link", name="Solliciteer op deze vacature").first).to_be_visible()
    await page.get_by_role("link", name="Alle vacatures").click()
    await expect(page.get_by_role("heading", level=1, name="Vacatures bij Norrvik Optics")).to_be_visible()
