"""A partner account, and the mission that its contract prints."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from tests.world import World

MISSION = {
    "externalId": "ho-jd-77",
    "title": "Firmware Lead",
    "description": "Own the firmware of a lidar module.",
    "position": "engineering",
    "locations": ["SE-lund"],
    "languages": ["en", "sv"],
    "contractType": "permanent",
    "remote": "hybrid",
    "headcount": 1,
    "salaryMin": 620000,
    "salaryMax": 740000,
    "currency": "SEK",
}


class Intake:
    """A partner account that calls the contract with its key."""

    def __init__(self, world: World, key: str, base: str = "/partners/v1") -> None:
        self._world, self._key, self._base = world, key, base

    async def call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **options: Any
    ) -> httpx.Response:
        headers = {"Authorization": f"Apikey {self._key}", **(headers or {})}
        return await self._world.client.request(method, self._base + path, headers=headers, **options)

    async def company(self, **changes: Any) -> str:
        answer = await self.call("POST", "/companies", json={"name": "Norrvik Optics", **changes})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    async def mission(self, **changes: Any) -> dict[str, Any]:
        company_id = await self.company()
        answer = await self.call("POST", "/missions", json={**MISSION, "companyId": company_id, **changes})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def missions(self) -> list[dict[str, Any]]:
        return (await self.call("GET", "/missions")).json()["missions"]


@pytest.fixture
async def intake(acme: World) -> Intake:
    _, key = await acme.partner()
    return Intake(acme, key)
