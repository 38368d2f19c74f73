"""How each documented answer of the MCP endpoint comes about."""

import httpx

from tests.contract.stage import Stage
from tests.surfaces.hirempire.mcp.conftest import COMPANY, message

MCP = "/v1/mcp"


async def called(stage: Stage) -> httpx.Response:
    body = message("tools/call", name="create_company", arguments=COMPANY)
    return await stage.call("POST", MCP, headers=await stage.mcp(), json=body)


async def notified(stage: Stage) -> httpx.Response:
    body = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    return await stage.call("POST", MCP, headers=await stage.mcp(), json=body)


async def without_token(stage: Stage) -> httpx.Response:
    return await stage.call("POST", MCP, json=message("tools/list"))


SCENARIOS = {
    ("mcp", "200"): called,
    ("mcp", "202"): notified,
    ("mcp", "401"): without_token,
}
