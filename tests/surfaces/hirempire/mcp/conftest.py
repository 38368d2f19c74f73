"""An MCP client, as it appears on the wire."""

from typing import Any

import httpx
import pytest

from tests.contract.stage import Stage
from tests.world import World

COMPANY: dict[str, Any] = {
    "name": "Larkspur Labs",
    "website": "https://larkspur.example",
    "logo": "https://cdn.example.com/logos/larkspur.png",
    "industry": "Robotics",
}
JOB: dict[str, Any] = {
    "title": "Robotics Technician",
    "department": "Engineering",
    "location_type": "onsite",
    "country": "Portugal",
    "city": "Porto",
    "employment_type": "full-time",
    "career_level": "mid-level",
    "salary_type": "fixed",
    "salary_fixed": 42000,
    "currency": "EUR",
    "salary_period": "Per year",
    "description": "Keep the pilot line running and document every fix.",
    "sources": ["LinkedIn", "Campus fair"],
    "status": "active",
}


def message(method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


class Assistant:
    """A client of one workspace with an access token."""

    def __init__(self, world: World, headers: dict[str, str]) -> None:
        self.world, self.headers = world, headers

    async def send(self, body: Any, **headers: str) -> httpx.Response:
        return await self.world.client.post("/v1/mcp", json=body, headers=self.headers | headers)

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer to a request."""
        answer = await self.send(message(method, **params))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def use(self, tool: str, /, **arguments: Any) -> dict[str, Any]:
        """What a tool gives."""
        result = (await self.ask("tools/call", name=tool, arguments=arguments))["result"]
        assert result["isError"] is False, result
        return result["structuredContent"]

    async def refused(self, tool: str, /, **arguments: Any) -> str:
        """Why a tool gives nothing."""
        result = (await self.ask("tools/call", name=tool, arguments=arguments))["result"]
        assert result["isError"] is True, result
        assert "structuredContent" not in result
        (content,) = result["content"]
        return content["text"]


@pytest.fixture
async def assistant(acme: World) -> Assistant:
    return Assistant(acme, await Stage(acme).mcp())


@pytest.fixture
async def strange_assistant(globex: World) -> Assistant:
    return Assistant(globex, await Stage(globex).mcp())
