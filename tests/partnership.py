"""A partner that embeds the screens: its account, its connector, one client with a job, and calls as it makes them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx

from rolecall.actions import agencies, clients, partners
from rolecall.actions.agencies import NewAgency
from rolecall.domain.clients import Client
from rolecall.domain.credentials import Credential
from rolecall.domain.jobs import Job
from rolecall.store.agencies import Agency
from rolecall.store.connectors import Connector
from rolecall.store.partners import Partner
from tests.world import World

ORIGIN = "https://hiring.oakline.example"
TERMS = {
    "version": "0",
    "engagement": "permanent",
    "title": "Firmware Lead",
    "description": "Own the firmware of a lidar module.\nLead three people.",
    "fee_percent": "17.5",
    "must_haves": "Five years of embedded C\nSwedish or English",
    "question_1": "When could you start?",
    "question_2": "",
    "question_3": "",
}


@dataclass(frozen=True, slots=True)
class Partnership:
    """`job` is known to the client under the partner's own id `req-9031`."""

    world: World
    partner: Partner
    credential: Credential
    secret: str
    connector: Connector
    client: Client
    job: Job

    async def token(self) -> str:
        body = {"client_id": self.credential.public_id, "client_secret": self.secret}
        answer = await self.world.client.post("/v1/auth/token", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]

    async def ask(self, screen: str = "job", *, token: str | None = None, **changes: str) -> httpx.Response:
        """`GET /v1/links/<screen>` with an access token; `changes` replace or add parameters."""
        ids = {"connectorId": str(self.connector.id), "clientId": "cust-2207", "userId": "u-558"}
        record = {"jobId": "req-9031"} if screen in {"job", "application"} else {}
        headers = {"X-Auth-Token": token if token is not None else await self.token()}
        return await self.world.client.get(f"/v1/links/{screen}", params={**ids, **record, **changes}, headers=headers)

    async def link_token(self, screen: str = "job", **changes: str) -> str:
        """The token of a fresh link."""
        answer = await self.ask(screen, **changes)
        assert answer.status_code == 200, answer.text
        return parse_qs(urlsplit(answer.json()["url"]).query)["token"][0]

    async def screen(self, name: str, **changes: str) -> "Screen":
        """A screen that the user has opened."""
        screen = Screen(self.world, await self.link_token(name, **changes), name)
        answer = await screen.open()
        assert answer.status_code == 200, answer.text
        return screen

    async def agency(self, name: str, *specialties: str, preferred: bool = False) -> Agency:
        async with self.world.services.database.writing() as conn:
            ctx = self.world.context(conn)
            email = f"desk@{name.lower().replace(' ', '-')}.example"
            agency = await agencies.create_agency(ctx, NewAgency(name=name, email=email, specialties=specialties))
            if preferred:
                await agencies.prefer_agency(ctx, self.client.id, agency.id)
        return agency


async def build_partnership(
    world: World, name: str = "Oakline", *, origins: tuple[str, ...] = (ORIGIN,)
) -> Partnership:
    job = await world.job()
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        partner = await partners.create_partner(ctx, name)
        connector = await partners.create_embed_connector(ctx, partner.id, name=name, origins=origins)
        client = await clients.add_client_job(ctx, connector.id, "cust-2207", job_external_id="req-9031", job_id=job.id)
        credential, secret = await partners.create_client_credential(
            conn, world.workspace, partner, now=datetime.now(UTC)
        )
    return Partnership(world, partner, credential, secret, connector, client, job)


class Screen:
    """A person's browser in the frame: it holds a link's token, then its page's session, and keeps no cookies."""

    def __init__(self, world: World, token: str, name: str = "job") -> None:
        self.world, self.client, self.token, self.name = world, world.client, token, name
        self.session: str | None = None

    async def open(self, *, headers: dict[str, str] | None = None, **query: str) -> httpx.Response:
        """Open the link, as a reload of the page around the frame does."""
        params = {"token": self.token, **query}
        return self._seen(await self.client.get(f"/embed/{self.name}", params=params, headers=headers or {}))

    async def reload(self, *, headers: dict[str, str] | None = None, **query: str) -> httpx.Response:
        """Go on with the session."""
        params = {"session": self.session or "", **query}
        return await self.client.get(f"/embed/{self.name}", params=params, headers=headers or {})

    async def post(self, form: str, headers: dict[str, str] | None = None, /, **fields: str) -> httpx.Response:
        """Send a form, without following the redirect."""
        if self.session is None:
            await self.open()
        data = {"session": self.session or self.token, **fields}
        return await self.client.post(f"/embed/{self.name}/{form}", data=data, headers=headers or {})

    async def submit(self, form: str, **fields: str) -> httpx.Response:
        """Send a form and follow the redirect, which it must answer."""
        answer = await self.post(form, **fields)
        assert answer.status_code == 303, answer.text
        assert "set-cookie" not in answer.headers
        return self._seen(await self.client.get(answer.headers["location"]))

    def _seen(self, answer: httpx.Response) -> httpx.Response:
        found = re.search(r"[?]session=([\w-]+)", answer.text)
        if found is not None:
            self.session = found[1]
        return answer


def words_of(answer: httpx.Response) -> str:
    """What a person reads on a page, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())
