"""Somebody whom agencies submit: the messages that reach them, and the page on which they answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx

from rolecall.ports.mail import Message
from rolecall.services import Services
from tests.background import work_off
from tests.inviting import Postbox, address_in
from tests.marketplace import Marketplace
from tests.world import World

FORM = {
    "answer": "confirm",
    "first_name": "Ada",
    "last_name": "Lovelace",
    "email": "ada@example.org",
    "phone": "+46 70 123 45 67",
    "location": "Lund",
    "question_1": "When could you start?",
    "answer_1": "In May.",
    "rating": "5",
    "consent": "yes",
}
NO_FILE = {"none": ("", b"")}  # what makes the body multipart, as a browser sends it


@dataclass(frozen=True, slots=True)
class Asked:
    """A marketplace with a postbox, and the services of its worker."""

    market: Marketplace
    services: Services
    postbox: Postbox
    database_url: str

    @property
    def world(self) -> World:
        return self.market.partnership.world

    async def mail(self) -> list[Message]:
        """Let the worker work; everything that was ever sent."""
        await work_off(replace(self.world, services=self.services), self.database_url)
        return self.postbox.messages

    async def address(self) -> str:
        """The address in the last message."""
        return address_in((await self.mail())[-1])

    async def send(self, url: str, files: Mapping[str, Any] | None = None, **changes: str | None) -> httpx.Response:
        """The form sent with these changes; None leaves a field out."""
        data = {name: value for name, value in (FORM | changes).items() if value is not None}
        return await self.world.client.post(url, data=data, files=files or NO_FILE)

    async def follow(self, answer: httpx.Response) -> httpx.Response:
        """The page that a good answer leads to."""
        assert answer.status_code == 303, answer.text
        return await self.world.client.get(answer.headers["location"])

    def later(self, hours: float) -> Services:
        """The worker's services some hours from now."""
        return replace(self.services, clock=lambda: self.services.clock() + timedelta(hours=hours))


def build_asked(market: Marketplace, database_url: str) -> Asked:
    postbox = Postbox()
    return Asked(market, replace(market.partnership.world.services, mail=postbox), postbox, database_url)


def options_in(html: str) -> dict[str, str]:
    """The submission that each agency of a page's choice stands for."""
    found = re.findall(r'name="agency" value="([^"]+)".*?<label[^>]*>([^<(]+?)\s*<', html, re.DOTALL)
    return {name.strip(): submission_id for submission_id, name in found}
