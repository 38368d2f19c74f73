"""The example career site, as a visitor and an applicant see it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Page, expect

from rolecall.actions.places import parse_place
from rolecall.domain.credentials import VACANCY_PRESETS, CredentialKind
from rolecall.settings import Settings
from rolecall.store.db import fetch_dicts
from tests.browser.conftest import picture
from tests.live import free_port
from tests.terminal import wait_until
from tests.world import World

SERVE = Path(__file__).parents[2] / "examples" / "career-site" / "serve.py"
TEXT = """<p>You own the firmware of a lidar module: bring-up, drivers and updates in the field.</p>
<h2>What you bring</h2><ul><li>Embedded C and a scope</li><li>Patience with optics</li></ul>"""
PLACES = {"Lund": "SE-lund", "Zwolle": "NL-zwolle"}
JOBS = ["Firmware Lead", "Test Engineer", "Optics Designer", "Field Technician", "Planner", "Buyer"]


@pytest.fixture
async def key(live_acme: World) -> str:
    """A key of a workspace with twelve vacancies."""
    for number, title in enumerate(f"{job} {city}" for city in PLACES for job in JOBS):
        place = parse_place(PLACES[title.rpartition(" ")[2]])
        kind = "permanent" if number % 3 else "fixed_term"
        await live_acme.job(title, description=TEXT, places=[place], contract_type=kind)
    return await live_acme.secret(CredentialKind.RECRUITSOME, scopes=VACANCY_PRESETS["career-website"])


@pytest.fixture
def site(live: Settings, key: str) -> Iterator[str]:
    """The address of the example."""
    port = free_port()
    around = os.environ | {"ROLECALL_URL": live.public_url, "ROLECALL_KEY": key}
    with subprocess.Popen([sys.executable, SERVE, str(port)], env=around, stderr=subprocess.DEVNULL) as running:
        base = f"http://127.0.0.1:{port}"
        assert wait_until(lambda: _answers(base), 20)
        yield base
        running.terminate()


def _answers(base: str) -> bool:
    try:
        return httpx.get(base).status_code == 200
    except httpx.TransportError:
        return False


def width(page: Page) -> int:
    return (page.viewport_size or {})["width"]


async def test_vacancies_are_found_narrowed_down_and_paged(page: Page, site: str) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    await page.goto(site)
    await expect(page.get_by_role("status")).to_have_text("12 vacancies")
    await expect(page.locator(".card")).to_have_count(10)
    await picture(page, f"career-site-{width(page)}")
    await page.get_by_role("link", name="Next").click()
    await expect(page.locator(".card")).to_have_count(2)
    await page.get_by_role("searchbox").fill("lead")
    await page.get_by_role("button", name="Search").click()
    await expect(page.get_by_role("status")).to_have_text("2 vacancies")
    if width(page) < 800:
        await page.get_by_text("Filters").click()
    await page.get_by_label("Lund").check()
    await expect(page.get_by_role("status")).to_have_text("1 vacancy")
    await expect(page.get_by_label("Lund")).to_be_checked()
    await page.get_by_role("link", name="Firmware Lead Lund").click()
    await expect(page.get_by_role("heading", level=1, name="Firmware Lead Lund")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("status")).to_have_text("1 vacancy")
    assert faults == []


async def _filled(page: Page, email: str) -> None:
    await page.get_by_label("First name").fill("Milan")
    await page.get_by_label("Last name").fill("de Wit")
    await page.get_by_label("E-mail").fill(email)
    resume = {"name": "milan.txt", "mimeType": "text/plain", "buffer": b"Ten years of firmware."}
    await page.get_by_label("Resume").set_input_files(resume)  # type: ignore[arg-type]
    await page.get_by_label("You may keep my details").check()


async def test_somebody_applies_with_a_resume(page: Page, site: str, live_acme: World) -> None:
    await page.goto(f"{site}/?search=lead+lund")
    await page.get_by_role("link", name="Firmware Lead Lund").click()
    await expect(page.get_by_role("heading", level=1, name="Firmware Lead Lund")).to_be_visible()
    await expect(page.get_by_text("Embedded C and a scope")).to_be_visible()
    await picture(page, f"career-site-vacancy-{width(page)}")
    await _filled(page, "milan@nowhere")
    await page.get_by_role("button", name="Send the application").click()
    await expect(page.get_by_role("alert").filter(has_text="valid email address")).to_be_visible()
    await page.get_by_label("E-mail").fill("milan@mail.example")
    await page.get_by_role("button", name="Send the application").click()
    await expect(page.get_by_role("status")).to_have_text("Your application for Firmware Lead Lund has arrived.")
    query = """
        select c.first_name, c.email, a.status, t.name as document from application a
        join candidate c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
        join attachment t on t.workspace_id = a.workspace_id and t.application_id = a.id where a.workspace_id = %s
    """
    async with live_acme.services.database.reading() as conn:
        (row,) = await fetch_dicts(conn, query, [live_acme.workspace.id])
    assert (row["first_name"], row["email"], row["document"]) == ("Milan", "milan@mail.example", "milan.txt")


async def test_it_fits_the_screen_and_says_when_a_vacancy_is_gone(page: Page, site: str) -> None:
    for path in ("/", "/?vacancy=none"):
        await page.goto(site + path)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    await expect(page.get_by_role("heading", name="This vacancy is no longer here")).to_be_visible()


def test_the_proxy_passes_nothing_else_on_and_keeps_the_key(site: str, key: str) -> None:
    for method, path in [
        ("GET", "/api/team"),
        ("GET", "/api/health"),
        ("POST", "/api/candidates"),
        ("GET", "/serve.py"),
    ]:
        assert httpx.request(method, site + path).status_code == 404
    text = "".join(httpx.get(f"{site}/{name}").text for name in ("", "site.js", "site.css"))
    assert key not in text
    assert "Bearer" not in text
