"""A whole application in the browser, from the link to the thank-you page, and whether the pages are for everybody."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from rolecall.actions.forms import NewQuestion
from rolecall.actions.places import parse_place
from rolecall.domain.credentials import CredentialKind
from rolecall.domain.jobs import JobStatus
from tests.applicant import job_with_form, stored
from tests.browser.conftest import faults_for_everybody, picture
from tests.contract.stage import Stage
from tests.documents_sent import PDF, RECORDINGS, TAKEN
from tests.world import World

FIELDS = ("cover_letter", "photo", "experience_years", "languages", "nationality", "location", "salary_expectation")
QUESTIONS = [
    NewQuestion(text="Which shift suits you?", kind="single_select", options=["Day", "Night"], required=True),
    NewQuestion(text="Which tools do you know?", kind="multi_select", options=["Oscilloscope", "JTAG", "Zephyr"]),
    NewQuestion(text="When can you begin?", kind="date", required=True),
    NewQuestion(text="How many people have you led?", kind="number"),
    NewQuestion(text="Where can we see your work?", kind="url"),
    NewQuestion(text="What would you change about our product?", kind="textarea"),
    NewQuestion(text="Your favourite chip", kind="text"),
    NewQuestion(text="A certificate", kind="file"),
    NewQuestion(text="Say hello in a video", kind="video"),
    NewQuestion(text="Say your name", kind="audio"),
]


@pytest.fixture
async def link(live_acme: World) -> str:
    job = await job_with_form(
        live_acme, *QUESTIONS, fields=FIELDS, title="Firmware Lead", workplace="hybrid", salary_currency="SEK",
        salary_period="year", places=[parse_place("SE-lund")],
        description="<p>You own the firmware of a lidar module.</p><h2>What you bring</h2><ul><li>Embedded C</li></ul>",
    )  # fmt: skip
    headers = await Stage(live_acme).bearer(CredentialKind.HIREMPIRE)
    body = {"job_id": str(job.id), "source_name": "LinkedIn"}
    answer = await live_acme.client.post("/v1/create-source", json=body, headers=headers)
    return answer.json()["source"]["source_url"]


def width(page: Page) -> int:
    return (page.viewport_size or {})["width"]


async def fill(page: Page, folder: Path, *, email: str) -> None:
    for label, text in {"First name": "Mira", "Last name": "Okafor", "E-mail address": email}.items():
        await page.get_by_label(label).fill(text)
    await page.get_by_label("Phone number").fill("+351 910 000 112")
    await page.get_by_label("City").fill("Porto")
    await page.get_by_label("Country").select_option("Portugal")
    await page.get_by_label("Cover letter").fill("Dear Norrvik,\nI know your module well.")
    await page.get_by_label("Night").check()
    await page.get_by_label("JTAG").check()
    await page.get_by_label("When can you begin?").fill("2027-01-04")
    await choose(page, folder)
    await page.get_by_label("I agree that").check()


async def choose(page: Page, folder: Path) -> None:
    """Choose the files, which a page that comes back has lost."""
    files = {"Resume": PDF, "Photo": TAKEN["png"], "Say hello": RECORDINGS["mp4"]}
    for label, content in files.items():
        (folder / label).write_bytes(content)
        await page.get_by_label(label).set_input_files(folder / label)


async def looks_right(page: Page) -> None:
    assert await faults_for_everybody(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


async def test_an_application_from_the_link_to_the_thank_you_page(
    page: Page, link: str, live_acme: World, tmp_path: Path
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(link)
    await looks_right(page)
    await page.get_by_role("link", name="Apply for this job").first.click()
    await looks_right(page)
    await picture(page, f"apply-{width(page)}")
    await fill(page, tmp_path, email="mira@nowhere")
    await page.get_by_role("button", name="Send application").click()
    await expect(page.get_by_role("alert")).to_contain_text("Your application is not sent yet.")
    await expect(page.get_by_label("Cover letter")).to_have_value("Dear Norrvik,\nI know your module well.")
    await expect(page.get_by_label("Night")).to_be_checked()
    await looks_right(page)
    await picture(page, f"apply-errors-{width(page)}")
    await page.get_by_role("link", name="E-mail address").click()
    await expect(page.get_by_label("E-mail address")).to_be_focused()
    await page.get_by_label("E-mail address").fill("mira.okafor@example.org")
    await choose(page, tmp_path)
    await page.get_by_role("button", name="Send application").click()
    await expect(page.get_by_role("heading", level=1, name="Thank you for applying")).to_be_visible()
    await looks_right(page)
    await page.reload()
    await expect(page.get_by_role("heading", level=1, name="Thank you for applying")).to_be_visible()
    (application,) = await stored(live_acme)
    assert (application["source"], application["city"], faults) == ("LinkedIn", "Porto", [])
    assert application["answers"][0] == ["Which shift suits you?", "single_select", "Night", None]


async def test_going_back_and_sending_again_is_one_application(
    page: Page, link: str, live_acme: World, tmp_path: Path
) -> None:
    await page.goto(f"{link}/apply")
    await fill(page, tmp_path, email="mira.okafor@example.org")
    await page.get_by_role("button", name="Send application").click()
    await expect(page.get_by_role("heading", name="Thank you for applying")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_label("First name")).to_have_value("Mira")
    await choose(page, tmp_path)
    await page.get_by_role("button", name="Send application").click()
    await expect(page.get_by_role("heading", name="Thank you for applying")).to_be_visible()
    assert len(await stored(live_acme)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_pages_are_for_everybody(page: Page, link: str, live_acme: World, scheme: str) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    board = link.rsplit("/", 1)[0]
    for address in (board, link, f"{link}/apply"):
        await page.goto(address)
        await looks_right(page)
    closed = await live_acme.job("Over", languages=["nl"])
    await live_acme.move(closed.id, JobStatus.CLOSED)
    for path in (f"/jobs/{closed.public_path}", f"/jobs/{closed.public_path}/apply"):
        await page.goto(f"{live_acme.client.base_url}{path}")
        await looks_right(page)


async def test_it_all_works_with_scripts_switched_off(
    browser: Browser, link: str, live_acme: World, tmp_path: Path
) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{link}/apply")
    await fill(page, tmp_path, email="mira.okafor@example.org")
    await page.get_by_role("button", name="Send application").click()
    await expect(page.get_by_role("heading", name="Thank you for applying")).to_be_visible()
    await context.close()
    assert len(await stored(live_acme)) == 1
