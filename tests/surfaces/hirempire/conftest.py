"""A workspace that calls the HirEmpire contract."""

from typing import Any

import httpx
import pytest

from rolecall.domain.credentials import CredentialKind
from tests.world import World


class Tracker:
    """A token that calls the contract."""

    def __init__(self, world: World, token: str) -> None:
        self.world, self.token = world, token

    async def list(self, query: str, **options: Any) -> httpx.Response:
        return await self.world.client.get(f"/v1/job-sources{query}", headers=self._headers(), **options)

    async def create(self, **body: Any) -> httpx.Response:
        return await self.world.client.post("/v1/create-source", json=body, headers=self._headers())

    async def send(self, content: bytes, **headers: str) -> httpx.Response:
        return await self.world.client.post(
            "/v1/create-source", content=content, headers={**self._headers(), **headers}
        )

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture
async def tracker(acme: World) -> Tracker:
    return Tracker(acme, await acme.secret(CredentialKind.HIREMPIRE))


@pytest.fixture
async def strange_tracker(globex: World) -> Tracker:
    return Tracker(globex, await globex.secret(CredentialKind.HIREMPIRE))
