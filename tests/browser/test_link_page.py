"""The linking page inside an integrator's page of another origin, with a hook that listens as the public one does."""

import http.server
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from playwright.async_api import FrameLocator, Page, expect

from tests.browser.conftest import faults_for_everybody, picture
from tests.linking import Link, link_of
from tests.world import World

INSTANCE = "4f1a-09bc-77de-a3c0"
# The frame has the id that the public hook gives it; messages of another origin or instance are not heard.
PAGE = """<!doctype html><html lang="en"><title>Integrator</title><h1>An integrator's page</h1>
<iframe id="magic-link-flow" title="Link" src="{url}" style="width:100%;height:620px;border:0"></iframe>
<script>
window.heard = [];
window.addEventListener("message", (event) => {{
  if (event.origin !== "{origin}" || typeof event.data !== "string") return;
  const message = JSON.parse(event.data);
  if (message.instanceId === "{instance}") window.heard.push(message);
}});
</script>"""


@pytest.fixture
def integrator() -> Iterator[Callable[[str], str]]:
    """Serves a page of another origin that frames an address and keeps what it hears; answers its own address."""
    framed: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            origin = framed[-1].partition("/embed")[0]
            self.wfile.write(PAGE.format(url=framed[-1], origin=origin, instance=INSTANCE).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Keep the test's output clean."""

    server = http.server.ThreadingHTTPServer(("", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def frame(url: str) -> str:
        framed.append(url)
        return f"http://localhost:{server.server_port}/"

    yield frame
    server.shutdown()


def address(world: World, token: str) -> str:
    query = {"link_token": token, "server_url": str(world.client.base_url), "instanceId": INSTANCE}
    return f"{str(world.client.base_url).rstrip('/')}/embed?{urlencode(query)}"


async def _opened(page: Page, world: World, integrator: Callable[[str], str]) -> tuple[Link, FrameLocator, list[str]]:
    link = await link_of(world)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    await page.goto(integrator(address(world, await link.token())))
    return link, page.frame_locator("iframe"), complaints


async def test_a_customer_connects_and_the_page_around_hears_of_it(
    page: Page, live_acme: World, integrator: Callable[[str], str]
) -> None:
    link, screen, complaints = await _opened(page, live_acme, integrator)
    await expect(screen.get_by_role("heading", name="Connect Sandbox ATS")).to_be_visible()
    width = (page.viewport_size or {})["width"]
    await picture(page, f"link-page-{width}")
    await screen.get_by_label("API key").fill("wrong")
    await screen.get_by_role("button", name="Allow and connect").click()
    await expect(screen.get_by_role("alert")).to_be_visible()
    await picture(page, f"link-page-refused-{width}")
    assert await page.evaluate("window.heard") == []

    await screen.get_by_label("API key").fill("sandbox-blue-revoked")
    await screen.get_by_role("button", name="Allow and connect").click()
    await expect(screen.get_by_role("heading", name="Sandbox ATS is connected")).to_be_visible()
    await picture(page, f"link-page-done-{width}")
    (message,) = await page.evaluate("window.heard")
    temporary = message.pop("temporary_token")
    assert message == {"type": "SUCCESS", "instanceId": INSTANCE}
    answer = await link.trade(temporary)
    assert (answer.status_code, len(answer.json()["connector_token"])) == (200, 64)

    await screen.get_by_role("button", name="Done").click()
    assert (await page.evaluate("window.heard"))[1:] == [{"type": "CLOSE", "instanceId": INSTANCE}]
    assert all("422" in complaint for complaint in complaints)  # of what was refused, and of nothing else


async def test_a_customer_who_would_rather_not_closes_it(
    page: Page, live_acme: World, integrator: Callable[[str], str]
) -> None:
    _, screen, complaints = await _opened(page, live_acme, integrator)
    await screen.get_by_role("button", name="Cancel").click()
    assert await page.evaluate("window.heard") == [{"type": "CLOSE", "instanceId": INSTANCE}]
    assert complaints == []


async def test_a_link_that_is_used_says_so_and_can_be_closed(
    page: Page, live_acme: World, integrator: Callable[[str], str]
) -> None:
    link = await link_of(live_acme)
    token = await link.token()
    await link.enter(token)
    await page.goto(integrator(address(live_acme, token)))
    screen = page.frame_locator("iframe")
    await expect(screen.get_by_role("heading", name="This link has been used")).to_be_visible()
    await picture(page, f"link-page-used-{(page.viewport_size or {})['width']}")
    await screen.get_by_role("button", name="Close").click()
    assert await page.evaluate("window.heard") == [{"type": "CLOSE", "instanceId": INSTANCE}]


async def test_the_page_fits_its_frame_and_everybody(page: Page, live_acme: World) -> None:
    await page.goto(address(live_acme, await (await link_of(live_acme)).token()))
    assert await page.locator("html").evaluate("root => root.scrollWidth - root.clientWidth") <= 0
    await expect(page.get_by_role("button", name="Cancel")).to_be_hidden()  # there is no page around to tell
    assert await faults_for_everybody(page) == []


async def test_a_page_that_the_operator_does_not_name_cannot_frame_it(
    page: Page, live_acme: World, integrator: Callable[[str], str]
) -> None:
    """Without a setting, pages of this machine may; a page by another name may not."""
    _, screen, _ = await _opened(page, live_acme, integrator)
    await expect(screen.get_by_label("API key")).to_be_visible()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    elsewhere = integrator(address(live_acme, await (await link_of(live_acme)).token())).replace(
        "localhost", "127.0.0.2"
    )
    await page.goto(elsewhere)
    await page.wait_for_timeout(500)
    assert any("frame-ancestors" in text for text in refused)
