"""The whole story in a browser: a client offers a job, an agency submits somebody, who confirms, is sorted and hired.

The client works in frames of a page of another origin, the agency and the candidate on pages of their own. A picture of
each scene is in the test's temporary folder.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.async_api import FrameLocator, Page, expect

from rolecall.actions.agencies import NewAgency, NewRecruiter, add_recruiter, create_agency
from rolecall.domain.jobs import Job
from rolecall.settings import Settings
from tests.background import work_off
from tests.browser.conftest import picture
from tests.contract.stage import Embedding, Stage
from tests.documents_sent import PDF
from tests.inviting import Postbox, address_in
from tests.world import World

NORA = NewRecruiter(first_name="Nora", last_name="Berg", email="nora@corvid.example")


@dataclass(frozen=True, slots=True)
class Story:
    """A client with a job, an agency with a recruiter, and the browser in which they all work, one after the other."""

    page: Page
    world: World
    job: Job
    embedding: Embedding
    frame_page: Callable[[str], str]
    postbox: Postbox
    live: Settings
    database_url: str
    folder: Path

    async def frame(self, screen: str, **ids: str) -> FrameLocator:
        """A screen for the client's user, in a frame of the partner's page."""
        account = self.embedding
        who = {"connectorId": account.connector_id, "clientId": account.client, "userId": account.user}
        headers = await Stage(self.world).access_token(account)
        answer = await self.world.client.get(f"/v1/links/{screen}?{urlencode({**who, **ids})}", headers=headers)
        assert answer.status_code == 200, answer.text
        await self.page.goto(self.frame_page(answer.json()["url"]))
        return self.page.frame_locator("iframe")

    async def open(self, path: str) -> None:
        """A page of the agencies."""
        await self.page.goto(f"{self.live.public_url}/agency/{self.world.workspace.slug}{path}")

    async def address_in_mail(self, to: str) -> str:
        """The address in the last message to somebody, once the worker has sent what is due."""
        services = replace(self.world.services, settings=self.live, mail=self.postbox)
        await work_off(replace(self.world, services=services), self.database_url)
        return address_in([message for message in self.postbox.messages if message.to == to][-1])

    async def look(self, name: str, *, told_as: str = "") -> None:
        """Keep a picture of the scene, which must fit the page; `told_as` is the name of one for the documents."""
        width = (self.page.viewport_size or {})["width"]
        if told_as.endswith(f"-{width}"):
            await picture(self.page, told_as)
        await self.page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=True)
        assert await self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name


@pytest.fixture
async def story(
    page: Page, live: Settings, live_acme: World, partner_page: Callable[[str], str], database_url: str, tmp_path: Path
) -> Story:
    page.set_default_timeout(15_000)
    job = await live_acme.job("Firmware Lead", description="Own the firmware of a lidar module.", salary_currency="SEK")
    async with live_acme.services.database.writing() as conn:
        ctx = live_acme.context(conn)
        agency = await create_agency(ctx, NewAgency(name="Corvid Search", email="desk@corvid.example"))
        await add_recruiter(ctx, agency.id, NORA)
    embedding = await Stage(live_acme).embedding(origins=[partner_page("").rstrip("/")])
    return Story(page, live_acme, job, embedding, partner_page, Postbox(), live, database_url, tmp_path)


async def offer(story: Story) -> None:
    """The client makes a posting, chooses the agency and opens it."""
    screen = await story.frame("job", jobId=str(story.job.id))
    await screen.get_by_label("Fee").fill("18")
    await screen.get_by_label("Must-haves").fill("Five years of embedded C")
    await screen.get_by_label("Question 1").fill("When could you start?")
    await screen.get_by_role("button", name="Save as a draft").click()
    await screen.get_by_role("button", name="Add Corvid Search").click()
    await screen.get_by_role("button", name="Open to agencies").click()
    await expect(screen.get_by_text("The agencies below work on this posting.")).to_be_visible()
    await story.look("1-offered")


async def sign_in(story: Story) -> None:
    """The recruiter gets a link by mail and signs in with it."""
    await story.open("/sign-in")
    await story.page.locator("#link_email").fill(NORA.email)
    await story.page.get_by_role("button", name="Send me a link").click()
    await story.page.goto(await story.address_in_mail(NORA.email))
    await story.page.get_by_role("button", name="Sign in now").click()
    await expect(story.page.get_by_role("heading", name="Postings")).to_be_visible()
    await story.look("2-signed-in")


async def submit(story: Story) -> None:
    """The agency asks a question and submits somebody."""
    page = story.page
    await page.get_by_role("link", name="Firmware Lead").click()
    await page.get_by_label("Ask a question").fill("Is Gothenburg near enough?")
    await page.get_by_role("button", name="Ask", exact=True).click()
    await expect(page.get_by_text("Is Gothenburg near enough?")).to_be_visible()
    await story.look("3-asked")
    await page.get_by_role("link", name="Submit a candidate").click()
    for label, text in (("First name", "Ada"), ("Last name", "Lovelace"), ("E-mail address", "ada@example.org")):
        await page.get_by_label(label).fill(text)
    await page.get_by_role("group", name="Five years of embedded C").get_by_label("Yes").check()
    (story.folder / "ada.pdf").write_bytes(PDF)
    await page.get_by_label("Resume", exact=True).set_input_files(story.folder / "ada.pdf")
    await page.get_by_label("Why this person?").fill("Wrote the firmware of three lidars.")
    await story.look("4-submitting")
    await page.get_by_role("button", name="Submit the candidate").click()
    await expect(page.get_by_text("The candidate is submitted and gets a message to confirm.")).to_be_visible()
    await story.look("4-submitted")


async def answer(story: Story) -> None:
    """The client answers the agency's question, and sees nobody yet."""
    screen = await story.frame("tasks")
    await expect(screen.get_by_text("Is Gothenburg near enough?")).to_be_visible()
    await expect(screen.get_by_text("to sort")).to_have_count(0)
    await screen.get_by_role("link", name="Answer").click()
    await screen.get_by_label("Answer to: Is Gothenburg near enough?").fill("Yes, two days a week.")
    await screen.get_by_role("button", name="Send the answer").click()
    await expect(screen.locator("p", has_text="Yes, two days a week.")).to_be_visible()
    await story.look("5-answered")


async def confirm(story: Story) -> None:
    """The candidate follows the address in the mail and confirms."""
    page = story.page
    await page.goto(await story.address_in_mail("ada@example.org"))
    await page.get_by_label("When could you start?").fill("In May.")
    await page.get_by_label("5, very good").check()
    await page.get_by_label("I agree that").check()
    await page.get_by_role("heading", level=1).scroll_into_view_if_needed()
    await story.look("6-confirming", told_as="candidate-confirms-390")
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_role("heading", level=1, name="You have confirmed")).to_be_visible()
    await story.look("7-confirmed")


async def sort(story: Story) -> FrameLocator:
    """The client finds the candidate among its tasks, and keeps them; only then it learns who submitted them."""
    screen = await story.frame("tasks")
    await expect(screen.get_by_text("1 to sort")).to_be_visible()
    await story.look("8-tasks")
    await screen.get_by_role("link", name="Sort").click()
    await expect(screen.get_by_role("heading", level=1, name="Ada Lovelace")).to_be_visible()
    await expect(screen.get_by_text("Corvid Search")).to_have_count(0)
    await story.look("9-sorting")
    await move(screen, "Just what we look for.", "Keep")
    await expect(screen.get_by_role("heading", name="Corvid Search")).to_be_visible()
    await story.look("10-kept", told_as="application-screen-1000")
    return screen


async def move(screen: FrameLocator, feedback: str, button: str) -> None:
    await screen.get_by_label("Feedback").fill(feedback)
    await screen.get_by_role("button", name=button, exact=True).click()


async def hire(story: Story, screen: FrameLocator) -> None:
    """The client interviews, makes an offer and logs the hire."""
    await move(screen, "Let us meet.", "Move to interviews")
    await screen.get_by_text("Schedule an interview").click()
    await screen.get_by_label("Day").fill("2027-03-04")
    await screen.get_by_label("Time", exact=True).fill("09:30")
    await screen.get_by_label("Time zone").fill("Europe/Stockholm")
    await screen.get_by_label("Place or address of the call").fill("Lund")
    await screen.get_by_role("button", name="Put it on the record").click()
    await expect(
        screen.get_by_text("Interview Thu 4 March 2027, 09:30 (Europe/Stockholm, UTC+1), 60 minutes, Lund")
    ).to_be_visible()
    await story.look("11-interview")
    await move(screen, "The team wants her.", "Move to offers")
    await screen.get_by_text("Log the hire").first.click()
    await screen.get_by_label("First day of work", exact=True).fill("2027-05-03")
    await screen.get_by_label("First-year pay").fill("600000")
    await screen.get_by_label("Work location").fill("Lund")
    await story.look("12-offer")
    await screen.get_by_role("button", name="Log the hire").click()
    await expect(screen.get_by_text("18 %, 108,000.00 SEK")).to_be_visible()
    await story.look("13-hired")


async def follow(story: Story) -> None:
    """The agency reads how it went."""
    await story.open("/candidates")
    await story.page.get_by_role("link", name="Ada Lovelace").click()
    for text in ("Just what we look for.", "Let us meet.", "The team wants her.", "Hired"):
        await expect(story.page.get_by_text(text, exact=True).first).to_be_visible()
    await story.look("14-followed")
    await story.open("")
    await story.page.get_by_role("link", name="Firmware Lead").click()
    await expect(story.page.get_by_text("Yes, two days a week.")).to_be_visible()


async def applications(world: World) -> list[tuple[str, str]]:
    """Who is credited with everybody who applied, and their stage, as the unified API tells."""
    headers = await Stage(world).bindbee()
    answer = await world.client.get("/api/ats/v1/applications?expand=current_stage", headers=headers)
    assert answer.status_code == 200, answer.text
    return [(one["source"], one["current_stage"]["name"]) for one in answer.json()["items"]]


async def test_from_the_offer_to_the_hire(story: Story) -> None:
    await offer(story)
    await sign_in(story)
    await submit(story)
    assert await applications(story.world) == []
    await answer(story)
    await confirm(story)
    screen = await sort(story)
    await hire(story, screen)
    await follow(story)
    assert await applications(story.world) == [("Corvid Search", "Hired")]
