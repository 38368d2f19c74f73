"""A person whom two agencies submit chooses one in the browser, and leaves again; the pages are for everybody."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from rolecall.domain.submissions import SubmissionStage
from rolecall.pages.confirm.routes import address_of
from tests.browser.conftest import faults_for_everybody
from tests.documents_sent import LOOK_ALIKES, PDF
from tests.marketplace import Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World


@pytest.fixture
async def market(live_acme: World) -> Marketplace:
    return await build_marketplace(await build_partnership(live_acme))


async def looks_right(page: Page, name: str) -> None:
    folder = os.environ.get("ROLECALL_LOOK")  # where somebody who works on the pages looks at them
    if folder:
        width = (page.viewport_size or {})["width"]
        await page.screenshot(path=Path(folder) / f"confirm-{name}-{width}.png", full_page=True)
    assert await faults_for_everybody(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


async def test_a_person_chooses_an_agency_and_leaves_again(page: Page, market: Marketplace, tmp_path: Path) -> None:
    first, second = await market.submit(market.northwind), await market.submit(market.southgate)
    world = market.partnership.world
    await page.goto(f"{world.client.base_url}{address_of(world.services, second)}")
    await looks_right(page, "form")
    await page.get_by_label("Northwind Search").check()
    (tmp_path / "cv.pdf").write_bytes(LOOK_ALIKES["program"])
    await page.get_by_label("Add one").set_input_files(tmp_path / "cv.pdf")
    await page.get_by_label("When could you start?").fill("In May.")
    await page.get_by_label("5, very good").check()
    await page.get_by_label("I agree that").check()
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_role("alert")).to_contain_text("Nothing is sent yet.")
    await expect(page.get_by_label("Northwind Search")).to_be_checked()
    await expect(page.get_by_label("When could you start?")).to_have_value("In May.")
    await looks_right(page, "fault")
    (tmp_path / "cv.pdf").write_bytes(PDF)
    await page.get_by_label("Add one").set_input_files(tmp_path / "cv.pdf")
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_role("heading", level=1, name="You have confirmed")).to_be_visible()
    await looks_right(page, "confirmed")
    assert (await market.stored(first)).stage == SubmissionStage.AWAITING_SORT
    assert (await market.stored(second)).stage == SubmissionStage.DECLINED
    await page.get_by_text("I do not want this job any more").click()
    await page.get_by_label("Why?").fill("Too far away.")
    await looks_right(page, "leaving")
    await page.get_by_role("button", name="Leave").click()
    await expect(page.get_by_role("heading", level=1, name="You have said no")).to_be_visible()
    assert (await market.stored(first)).stage == SubmissionStage.DECLINED
