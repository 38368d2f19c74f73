"""Request ids, metrics, logs without secrets."""

import json
import subprocess
import sys
from typing import Any

import httpx
import pytest

from rolecall.web.logs import hide_secrets


async def test_an_answer_has_a_request_id_and_keeps_a_usable_one(client: httpx.AsyncClient) -> None:
    fresh = await client.get("/healthz")
    assert len(fresh.headers["x-request-id"]) == 32
    kept = await client.get("/healthz", headers={"X-Request-Id": "abc-1"})
    assert kept.headers["x-request-id"] == "abc-1"
    replaced = await client.get("/healthz", headers={"X-Request-Id": "a b\tc"})
    assert replaced.headers["x-request-id"] != "a b\tc"


@pytest.mark.parametrize(("path", "text"), [("/healthz", "ok"), ("/readyz", "ready")])
async def test_health_and_readiness(client: httpx.AsyncClient, path: str, text: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.text) == (200, text)


async def test_metrics_count_by_route_not_by_path(client: httpx.AsyncClient) -> None:
    await client.patch("/partners/v1/missions/01a202a6-0c2a-70bd-bf46-660905d030a7")
    text = (await client.get("/metrics")).text
    assert (
        'rolecall_requests_total{method="PATCH",route="crosspath /partners/v1/missions/{missionId}",status="401"}'
        in text
    )
    assert "01a202a6" not in text


def test_secrets_are_hidden_by_the_name_of_their_key() -> None:
    event: dict[str, Any] = {"api_key": "a", "connector_token": "b", "Authorization": "c", "path": "/x"}
    assert hide_secrets(None, "info", event) == {
        "api_key": "[hidden]",
        "connector_token": "[hidden]",
        "Authorization": "[hidden]",
        "path": "/x",
    }


_LOGS_TWO_REQUESTS = """
import asyncio
from rolecall.web.logs import REQUEST_ID, configure_logs, log_request

async def main():
    REQUEST_ID.set("abc-1")
    for status in (200, 404):
        log_request(method="GET", route="jobs", status=status, seconds=0.0123)
    await asyncio.sleep(0)

configure_logs(style="{style}", level="{level}")
asyncio.run(main())
"""


def _logged(*, style: str, level: str) -> str:
    program = _LOGS_TWO_REQUESTS.format(style=style, level=level)
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    ).stderr


def test_each_request_is_a_line() -> None:
    lines = [json.loads(line) for line in _logged(style="json", level="info").splitlines()]
    assert [line.pop("timestamp")[-1] for line in lines] == ["Z", "Z"]
    common = {"event": "request", "level": "info", "request_id": "abc-1", "method": "GET", "route": "jobs", "ms": 12.3}
    assert lines == [{**common, "status": 200}, {**common, "status": 404}]


def test_requests_are_lines_for_people_too_and_none_where_only_errors_are_wanted() -> None:
    assert _logged(style="text", level="info").count("abc-1") == 2
    assert not _logged(style="json", level="error")
