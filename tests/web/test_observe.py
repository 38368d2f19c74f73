"""Request ids, metrics, logs without secrets."""

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
