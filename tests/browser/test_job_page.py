"""The public page of a job, as somebody who follows a source link sees it."""

from decimal import Decimal

import pytest
from playwright.async_api import Page, expect

from rolecall.actions.places import parse_place
from rolecall.domain.credentials import CredentialKind
from tests.browser.conftest import picture
from tests.contract.stage import Stage
from tests.world import World

DESCRIPTION = """<p>You own the firmware of a lidar module: bring-up, drivers and updates in the field.</p>
<h2>What you bring</h2><ul><li>Embedded C and a scope</li><li>Patience with optics</li></ul>"""


@pytest.fixture
async def link(live_acme: World) -> str:
    job = await live_acme.job(
        "Firmware Lead",
        description=DESCRIPTION,
        places=[parse_place("SE-lund")],
        salary_min=Decimal(620000),
        salary_max=Decimal(740000),
        salary_currency="SEK",
        salary_period="year",
        workplace="hybrid",
    )
    headers = await Stage(live_acme).bearer(CredentialKind.HIREMPIRE)
    body = {"job_id": str(job.id), "source_name": "LinkedIn"}
    answer = await live_acme.client.post("/v1/create-source", json=body, headers=headers)
    return answer.json()["source"]["source_url"]


async def test_the_page_shows_the_job(page: Page, link: str) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    await page.goto(link)
    await expect(page.get_by_role("heading", level=1, name="Firmware Lead")).to_be_visible()
    await expect(page.get_by_text("Lund").first).to_be_visible()
    await picture(page, f"job-page-{(page.viewport_size or {})['width']}")
    assert faults == []


async def test_the_page_fits_the_screen(page: Page, link: str) -> None:
    await page.goto(link)
    assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


async def test_the_page_needs_no_javascript_and_leads_to_the_board(page: Page, link: str) -> None:
    await page.goto(link)
    board = link.rsplit("/", 1)[0]
    await page.goto(board)
    await page.get_by_role("link", name="Firmware Lead").click()
    await expect(page.get_by_role("heading", level=1, name="Firmware Lead")).to_be_visible()
