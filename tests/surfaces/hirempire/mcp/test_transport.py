"""The endpoint as HTTP: what is no message, who may ask, and what happens when a tool fails."""

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import httpx
import psycopg
import pytest

from rolecall.app import create_app
from rolecall.surfaces.hirempire.mcp import companies, endpoint
from tests.surfaces.hirempire.mcp.conftest import COMPANY, Assistant, message
from tests.world import World


async def test_a_plain_curl_is_enough(assistant: Assistant) -> None:
    answer = await assistant.send(message("tools/list"), Accept="*/*")
    assert answer.headers["content-type"].startswith("application/json")
    assert "mcp-session-id" not in answer.headers
    names = [tool["name"] for tool in answer.json()["result"]["tools"]]
    assert names == [
        "get_companies",
        "create_company",
        "get_jobs",
        "create_job",
        "get_candidates",
        "update_candidate_stage",
    ]


async def test_a_tool_tells_whether_it_writes(assistant: Assistant) -> None:
    tools = (await assistant.ask("tools/list"))["result"]["tools"]
    assert {tool["name"] for tool in tools if tool["annotations"]["readOnlyHint"]} == {
        "get_companies",
        "get_jobs",
        "get_candidates",
    }
    assert all(tool["inputSchema"]["type"] == "object" for tool in tools)


async def test_an_unknown_tool_and_method(assistant: Assistant) -> None:
    error = (await assistant.ask("tools/call", name="delete_everything", arguments={}))["error"]
    assert (error["code"], error["message"]) == (-32602, "Unknown tool: delete_everything")
    assert (await assistant.ask("resources/list"))["error"]["code"] == -32601


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b"7", b'{"jsonrpc": "1.0"}', b'{"jsonrpc": "2.0", "id": 1}', b"\xff"],
)
@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28", "tomorrow"])
async def test_what_is_no_message(assistant: Assistant, body: bytes, version: str) -> None:
    headers = assistant.headers | {"Content-Type": "application/json", "MCP-Protocol-Version": version}
    answer = await assistant.world.client.post("/v1/mcp", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["jsonrpc"] == "2.0"


@pytest.mark.parametrize("params", [None, 7, {"name": 7}, {"name": "get_jobs", "arguments": []}, {"arguments": {}}])
async def test_a_call_that_is_none(assistant: Assistant, params: Any) -> None:
    answer = await assistant.send({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
    assert answer.status_code in {200, 400}
    assert answer.json()["error"]["code"] in {-32600, -32602}


async def test_a_writing_call_in_another_encoding_writes_nothing(assistant: Assistant) -> None:
    call = message("tools/call", name="create_company", arguments=COMPANY)
    body = json.dumps(call).encode("utf-16")
    headers = assistant.headers | {"Content-Type": "application/json"}
    answer = await assistant.world.client.post("/v1/mcp", content=body, headers=headers)
    assert answer.status_code == 400
    assert (await assistant.use("get_companies"))["total_companies"] == 0


async def test_other_types_are_refused(assistant: Assistant) -> None:
    url, headers = "/v1/mcp", assistant.headers
    client = assistant.world.client
    assert (await client.post(url, content=b"{}", headers=headers | {"Content-Type": "text/plain"})).status_code == 400
    accepts = headers | {"Accept": "text/html"}
    assert (await client.post(url, json=message("ping"), headers=accepts)).status_code == 406


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_there_is_no_stream_and_no_session(acme: World, method: str) -> None:
    answer = await acme.client.request(method, "/v1/mcp", headers={"Accept": "text/event-stream"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "rolecall.test", "Origin": "http://rolecall.test"}, 200),
        ({"Host": "rolecall.test:8443"}, 200),
        ({"Host": "localhost:8000"}, 200),
        ({"Host": "127.0.0.1"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "localhost.evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example", "MCP-Protocol-Version": "2026-07-28"}, 421),
    ],
)
async def test_only_our_own_pages_and_names(assistant: Assistant, headers: dict[str, str], status: int) -> None:
    assert (await assistant.send(message("tools/list"), **headers)).status_code == status


async def test_a_large_message_is_refused(assistant: Assistant) -> None:
    arguments = COMPANY | {"location": "x" * 1_000_001}
    answer = await assistant.send(message("tools/call", name="create_company", arguments=arguments))
    assert (answer.status_code, answer.json()["error"]) == (400, "The request body is too large.")


async def test_calls_at_once(assistant: Assistant) -> None:
    names = [f"Company {number}" for number in range(8)]
    await asyncio.gather(*(assistant.use("create_company", **COMPANY | {"name": name}) for name in names))
    listed = (await assistant.use("get_companies"))["companies"]
    assert sorted(company["name"] for company in listed) == names


def failing(monkeypatch: pytest.MonkeyPatch, *errors: Exception) -> list[Exception]:
    """Let adding companies fail after it has written, once for each of these errors."""
    left = list(errors)
    real = companies.store_company

    async def store(ctx: Any, new: Any) -> Any:
        stored = await real(ctx, new)
        if left:
            raise left.pop(0)
        return stored

    monkeypatch.setattr(companies, "store_company", store)
    return left


async def test_a_lost_race_is_run_again(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    left = failing(monkeypatch, psycopg.errors.SerializationFailure())
    await assistant.use("create_company", **COMPANY)
    assert left == []
    assert (await assistant.use("get_companies"))["total_companies"] == 1


async def test_a_crash_is_no_answer_of_a_tool(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, RuntimeError("a secret detail"))
    answer = await assistant.send(message("tools/call", name="create_company", arguments=COMPANY))
    assert (answer.status_code, answer.json()) == (500, {"success": False, "error": "Internal server error"})
    assert (await assistant.use("get_companies"))["total_companies"] == 0


async def test_a_reading_tool_cannot_write(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "_WRITING", frozenset[str]())
    said = await assistant.refused("create_company", **COMPANY)
    assert said == "Send the message as JSON in UTF-8."


def test_the_sdk_is_not_imported_before_it_is_needed() -> None:
    """It takes most of a second, which a start should not wait for."""
    script = "import sys, rolecall.app, rolecall.cli; rolecall.app.all_surfaces(); sys.exit('mcp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0


async def test_any_process_answers_any_message(assistant: Assistant) -> None:
    """What one application has initialized, another one goes on with."""
    initialize = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    told = (await assistant.ask("initialize", **initialize))["result"]
    assert told["serverInfo"]["name"] == "rolecall"
    other = httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(assistant.world.services)), base_url="http://rolecall.test"
    )
    elsewhere = Assistant(replace(assistant.world, client=other), assistant.headers)
    answer = await elsewhere.send(message("tools/list"), **{"MCP-Protocol-Version": told["protocolVersion"]})
    assert len(answer.json()["result"]["tools"]) == 6
