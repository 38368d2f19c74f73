"""Linking as an integrator and a customer do it: a link token, the page, the temporary token, the connector's."""

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx

from rolecall.domain.credentials import CredentialKind
from tests.background import work_off
from tests.world import World

LINK_TOKEN = "/api/embedded/v1/link/create-link-token"
# Linked with this, nothing is read: the sandbox refuses it from then on. A company of 2,000 people takes its time.
MADE_UP = "sandbox-blue-revoked"
EXCHANGE = "/api/embedded/v1/connectors/connector_token"


@dataclass(frozen=True, slots=True)
class Link:
    """One customer's sandbox, as an organization links it in one environment."""

    world: World
    key: dict[str, str]
    origin_id: str
    customer: str = "Tallpine Labs"

    async def token(self, **changes: object) -> str:
        answer = await self.world.client.post(LINK_TOKEN, json=self.body(**changes), headers=self.key)
        assert answer.status_code == 200, answer.text
        return answer.json()["link_token"]

    def body(self, **changes: object) -> dict[str, object]:
        user = {"org_name": self.customer, "origin_id": self.origin_id, "email": "hr@tallpine.example.org"}
        return {"end_user_data": user, "category": "ATS", "integration": "sandbox", **changes}

    async def enter(self, token: str, api_key: str = MADE_UP) -> httpx.Response:
        form = {"link_token": token, "instanceId": "4f1a-09bc", "api_key": api_key}
        return await self.world.client.post("/embed", data=form)

    async def temporary(self, api_key: str = MADE_UP) -> str:
        """The temporary token that the page hands out."""
        page = await self.enter(await self.token(), api_key)
        assert page.status_code == 200, page.text
        found = re.search(r'data-temporary-token="(\w+)"', page.text)
        assert found is not None
        return found[1]

    async def trade(self, temporary: str) -> httpx.Response:
        return await self.world.client.get(f"{EXCHANGE}/{temporary}", headers=self.key)

    async def linked(self, api_key: str = MADE_UP) -> "Linked":
        """The linked connector; nothing is read yet."""
        answer = await self.trade(await self.temporary(api_key))
        assert answer.status_code == 200, answer.text
        told = answer.json()
        return Linked(self, UUID(told["connector_id"]), told["connector_token"])


@dataclass(frozen=True, slots=True)
class Linked:
    """A linked connector and its token."""

    link: Link
    id: UUID
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {**self.link.key, "X-Connector-Token": self.token}

    async def unread(self) -> "Linked":
        """The same, with its first sync struck from the queue: it would take seconds."""
        async with self.link.world.services.database.writing() as conn:
            await conn.execute("delete from procrastinate_jobs where args ->> 'connector' = %s", (str(self.id),))
        return self

    async def shown(self) -> dict[str, object]:
        """The connector in the organization's list."""
        path = f"/api/ats/v1/connectors?connector_token={self.token}"
        answer = await self.link.world.client.get(path, headers=self.link.key)
        (item,) = answer.json()["items"]
        return item

    async def call(self, method: str, path: str, **options: object) -> httpx.Response:
        return await self.link.world.client.request(method, path, headers=self.headers, **options)  # type: ignore[arg-type]

    async def synced(self, database_url: str) -> "Linked":
        """The same, once everything that is queued is done."""
        await work_off(self.link.world, database_url)
        return self


async def link_of(world: World, environment: str = "production") -> Link:
    """A new customer of a workspace."""
    secret = await world.secret(CredentialKind.BINDBEE, environment=environment)
    return Link(world, {"Authorization": f"Bearer {secret}"}, f"tenant-{uuid4().hex[:8]}")
