"""An organization that reads its native connector."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from rolecall.actions.ids import new_id
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.credentials import CredentialKind
from rolecall.store import connectors
from rolecall.store.connectors import Connector
from tests.world import World


@dataclass
class Organization:
    """Calls the contract with both tokens; `headers` may replace them."""

    world: World
    api_key: str
    connector_token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.api_key}", "X-Connector-Token": self.connector_token}

    async def get(self, path: str) -> httpx.Response:
        """An answer about records; `path` begins with the model's."""
        return await self.world.client.get(f"/api/ats/v1/{path}", headers=self.headers)

    async def items(self, path: str) -> list[dict[str, Any]]:
        """The records of a page."""
        answer = await self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def jobs(self, query: str = "", *, headers: dict[str, str] | None = None) -> httpx.Response:
        return await self.world.client.get(f"/api/ats/v1/jobs{query}", headers=headers or self.headers)

    async def names(self, query: str = "") -> list[str]:
        return [item["name"] for item in (await self.page(query))["items"]]

    async def page(self, query: str = "") -> dict[str, Any]:
        answer = await self.jobs(query)
        assert answer.status_code == 200, answer.text
        return answer.json()


async def organization(world: World) -> Organization:
    async with world.services.database.reading() as conn:
        connector_id: UUID = await native_connector_id(conn, world.workspace.id)
    return Organization(
        world,
        await world.secret(CredentialKind.BINDBEE, environment="production"),
        await world.secret(CredentialKind.BINDBEE_CONNECTOR, subject_id=connector_id),
    )


@pytest.fixture
async def acme_ats(acme: World) -> Organization:
    return await organization(acme)


@pytest.fixture
async def globex_ats(globex: World) -> Organization:
    return await organization(globex)


@pytest.fixture
async def linked(acme: World, acme_ats: Organization) -> Organization:
    """The same organization, reading a connector that is linked to another system."""
    connector = Connector(
        workspace_id=acme.workspace.id,
        id=new_id(),
        category="ATS",
        integration="greenhouse",
        name="Linked",
        origins=[],
        created_at=datetime.now(UTC),
    )
    async with acme.services.database.writing() as conn:
        await connectors.insert(conn, connector)
    token = await acme.secret(CredentialKind.BINDBEE_CONNECTOR, subject_id=connector.id)
    return Organization(acme, acme_ats.api_key, token)
