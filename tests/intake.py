"""An operator's view on what partner accounts push, for the tests of pages, commands and actions."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx

from rolecall.actions.agencies import NewAgency, create_agency
from rolecall.actions.missions import REVIEW_AUDIENCE, REVIEW_LIVES
from rolecall.domain.postings import Posting
from rolecall.store import agencies, postings
from rolecall.store.agencies import Agency
from tests.world import World


async def make_agencies(world: World, *names: str) -> list[Agency]:
    """Agencies of these names."""
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        emails = [f"desk@{name.split()[0].lower()}.example" for name in names]
        return [
            await create_agency(ctx, NewAgency(name=name, email=email))
            for name, email in zip(names, emails, strict=True)
        ]


async def posting_of(world: World, mission: dict[str, Any]) -> tuple[Posting | None, list[str]]:
    """A mission's posting, and the names of the agencies that it goes to."""
    async with world.services.database.reading() as conn:
        posting = await postings.of_job(conn, world.workspace.id, UUID(mission["id"]))
        if posting is None:
            return None, []
        found = await agencies.receiving(conn, world.workspace.id, posting.client_id, posting.id)
    return posting, [agency.name for agency in found]


async def offered(world: World, mission: dict[str, Any]) -> tuple[str, Decimal, list[str]] | None:
    """The stored state, the fee and the agencies of a mission's posting."""
    posting, names = await posting_of(world, mission)
    return None if posting is None else (str(posting.state), posting.fee_percent, names)


@dataclass(frozen=True, slots=True)
class Desk:
    """An operator's browser: it holds a link's token and keeps no cookies."""

    world: World
    token: str

    async def open(self, path: str = "", **query: str) -> httpx.Response:
        return await self.world.client.get(f"/operator{path}", params={"token": self.token, **query})

    async def send(self, mission: dict[str, Any], form: str, **fields: Any) -> httpx.Response:
        """Send a form, without following the redirect."""
        path = f"/operator/missions/{mission['id']}/{form}"
        return await self.world.client.post(path, data={"token": self.token, **fields})

    async def submit(self, mission: dict[str, Any], form: str, **fields: Any) -> httpx.Response:
        """Send a form and follow the redirect, which it must answer."""
        answer = await self.send(mission, form, **fields)
        assert answer.status_code == 303, answer.text
        assert "set-cookie" not in answer.headers
        return await self.world.client.get(answer.headers["location"])


def desk_of(world: World) -> Desk:
    """A desk with a fresh link."""
    services = world.services
    claims = {"workspace": str(world.workspace.id)}
    token = services.signer.sign(claims, audience=REVIEW_AUDIENCE, now=services.clock(), lives=REVIEW_LIVES)
    return Desk(world, token)
