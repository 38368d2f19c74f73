"""A live server, Chromium, and a partner's page of another origin."""

import http.server
import os
import shutil
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from rolecall.services import Services
from rolecall.settings import Settings
from tests.live import free_port, live_server
from tests.world import World, build_world

IMAGES = Path(__file__).parents[2] / "docs" / "images"
FRAME = """<!doctype html><title>Partner</title><h1>A partner's page</h1>
<iframe src="{url}" style="width:100%;height:600px;border:0" allow="clipboard-write"
        sandbox="allow-scripts allow-same-origin allow-forms"></iframe>"""


@pytest.fixture(scope="session")
def live(settings: Settings, database_url: str) -> Iterator[Settings]:
    """The settings of a live server."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with live_server(
        settings.model_copy(update={"port": port, "base_url": url, "jobs_base_url": f"{url}/jobs"}), database_url
    ):
        yield settings.model_copy(update={"port": port, "base_url": url, "jobs_base_url": f"{url}/jobs"})


@pytest.fixture
async def live_acme(services: Services, live: Settings) -> AsyncIterator[World]:
    """A workspace whose client talks to the live server."""
    async with httpx.AsyncClient(base_url=live.public_url) as client:
        yield await build_world(services, client, "acme")


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program is not None, "scripts/test-dependencies installs chromium"
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    async with async_playwright() as playwright:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = await playwright.chromium.launch(executable_path=program, args=[*quiet, *sandbox])
        yield browser
        await browser.close()


@pytest.fixture(params=[(1000, 760), (390, 844)], ids=["desktop", "phone"])
async def page(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A page at a desktop's and at a phone's width. Third-party cookies do not matter: there are none."""
    width, height = request.param
    context = await browser.new_context(viewport={"width": width, "height": height})
    yield await context.new_page()
    await context.close()


@pytest.fixture
def partner_page() -> Iterator[Callable[[str], str]]:
    """Serves a page of another origin that frames a given address, and answers the page's own address."""
    framed: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(FRAME.format(url=framed[-1]).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Keep the test's output clean."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def frame(url: str) -> str:
        framed.append(url)
        return f"http://localhost:{server.server_port}/"

    yield frame
    server.shutdown()


async def faults_for_everybody(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2, levels A and AA, and its own good practice on the page as it stands now."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = await Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    violations: list[dict[str, Any]] = found.response["violations"]
    return [f"{one['id']}: {node['html']}" for one in violations for node in one["nodes"]]


async def picture(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep a picture for the README when ROLECALL_PICTURES is set; a test's run leaves the tree as it was."""
    if os.environ.get("ROLECALL_PICTURES"):
        IMAGES.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=IMAGES / f"{name}.png", full_page=whole)
