"""A recruiter's browser on the agencies' pages, with cookies of its own."""

import re
from dataclasses import dataclass
from html import unescape

import httpx
from starlette.types import ASGIApp

from rolecall.actions import signing_in
from rolecall.actions.passwords import hash_password
from rolecall.store.agencies import Recruiter
from tests.conftest import BASE_URL
from tests.world import World

Upload = tuple[str, bytes]  # a file's name and content
PASSWORD = "seven rusty lanterns"


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody's browser. Forms are sent as browsers send them: with the page's origin, and what the page hides."""

    world: World
    client: httpx.AsyncClient

    @property
    def home(self) -> str:
        return f"/agency/{self.world.workspace.slug}"

    async def get(self, path: str = "") -> httpx.Response:
        return await self.client.get(f"{self.home}{path}")

    async def post(
        self,
        path: str,
        *,
        origin: str | None = BASE_URL,
        **fields: str | Upload,
    ) -> httpx.Response:
        """Send a form, without following the redirect."""
        headers = {} if origin is None else {"Origin": origin}
        data = {name: value for name, value in fields.items() if isinstance(value, str)}
        files = {name: value for name, value in fields.items() if not isinstance(value, str)}
        data = {"form_token": await self.form_token(), **data}
        return await self.client.post(f"{self.home}{path}", data=data, files=files, headers=headers)

    async def send(self, path: str, **fields: str | Upload) -> httpx.Response:
        """Send a form, and open the page that it leads to."""
        answer = await self.post(path, origin=BASE_URL, **fields)
        assert answer.status_code == 303, words(answer)
        return await self.client.get(answer.headers["location"])

    async def form_token(self) -> str:
        """What the pages hide in their forms, empty for somebody who is not signed in."""
        page = await self.client.get(f"{self.home}/account")
        found = re.search(r'name="form_token" value="([^"]+)"', page.text)
        return found[1] if found else ""

    async def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        return await self.post("/sign-in", email=email, password=password)


def open_desk(world: World, app: ASGIApp) -> Desk:
    """A browser in which nobody is signed in."""
    return Desk(world, httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL))


async def enter(desk: Desk, recruiter: Recruiter) -> Desk:
    """Sign a recruiter in by a link."""
    async with desk.world.services.database.writing() as conn:
        token = await signing_in.make_link(desk.world.context(conn), recruiter.id)
    answer = await desk.post(f"/enter/{token}")
    assert answer.status_code == 303, words(answer)
    return desk


async def give_password(world: World, recruiter: Recruiter, password: str = PASSWORD) -> None:
    """Let a recruiter have a password."""
    stored = await hash_password(password)
    async with world.services.database.writing() as conn:
        await signing_in.set_password(world.context(conn), recruiter.id, stored, user_agent="setup")


def words(answer: httpx.Response) -> str:
    """What a page says, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())
