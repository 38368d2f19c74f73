"""Requests in a linked system's own language."""

from typing import Any

import httpx
import pytest

from tests.contract.stage import Stage
from tests.linking import Linked, link_of
from tests.world import World

PATH = "/api/v1/passthrough"


@pytest.fixture
async def linked(acme: World) -> Linked:
    return await (await (await link_of(acme)).linked("sandbox-blue")).unread()


async def asked(linked: Linked, path: str, method: str = "GET", **more: Any) -> httpx.Response:
    return await linked.call("POST", PATH, json={"method": method, "path": path, "headers": {}, **more})


async def test_the_answer_is_the_systems_own(linked: Linked) -> None:
    answer = await asked(linked, "/candidates/cand-7")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert (answer.json()["id"], answer.headers["content-security-policy"]) == ("cand-7", "sandbox")
    assert answer.headers["x-ratelimit-limit"] == "200"


async def test_parameters_and_data_are_passed_on(linked: Linked) -> None:
    page = (await asked(linked, "/stages?per_page=2", params={"job_id": "job-7", "page": 2})).json()
    assert [stage["id"] for stage in page["data"]] == ["job-7-s2", "job-7-s3"]
    sent = {"data": {"note": "ö"}, "request_format": "XML"}
    echo = (await asked(linked, "echo", "POST", params={"a": 1}, **sent)).json()
    assert echo == {"method": "POST", "format": "XML", "params": {"a": "1"}, "data": {"note": "ö"}}


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/none", 404), ("DELETE", "/jobs", 405)])
async def test_the_systems_status_is_relayed(linked: Linked, method: str, path: str, status: int) -> None:
    answer = await asked(linked, path, method)
    assert answer.status_code == status
    assert "error" in answer.json()


async def test_bytes_are_relayed_with_their_type(linked: Linked) -> None:
    answer = await asked(linked, "/faults/binary", response_format="BINARY")
    assert (answer.headers["content-type"], answer.content[:6]) == ("image/gif", b"GIF89a")


@pytest.mark.parametrize(("path", "status"), [("/faults/unreachable", 502), ("/faults/slow", 504)])
async def test_a_system_that_does_not_answer(linked: Linked, path: str, status: int) -> None:
    answer = await asked(linked, path, timeout=0.05)
    assert answer.status_code == status
    assert answer.json()["detail"].startswith("The connected system")


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/x",
    "\\\\evil.example",
    "/\\evil.example",
    "../secrets",
    "a/%2e%2e/b",
    " http://evil.example",
    "file:/etc/passwd",
    "/a\r\nHost: evil.example",
]


@pytest.mark.parametrize("path", ELSEWHERE)
async def test_a_path_leads_nowhere_else(linked: Linked, path: str) -> None:
    answer = await asked(linked, path)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "path"]


async def test_headers_have_to_be_there(linked: Linked) -> None:
    answer = await linked.call("POST", PATH, json={"method": "GET", "path": "/jobs"})
    (problem,) = answer.json()["detail"]
    assert (answer.status_code, problem["loc"], problem["type"]) == (422, ["body", "headers"], "missing")
    body = {"method": "GET", "path": "/jobs", "headers": None, "params": None, "timeout": None}
    assert (await linked.call("POST", PATH, json=body)).status_code == 200


async def test_the_workspaces_own_records_have_no_other_language(acme: World) -> None:
    body = {"method": "GET", "path": "/jobs", "headers": {}}
    answer = await acme.client.post(PATH, json=body, headers=await Stage(acme).bindbee())
    assert (answer.status_code, answer.json()) == (403, {"detail": "Passthrough is not available for native."})


async def test_a_system_that_lets_nobody_in_has_to_be_linked_again(acme: World) -> None:
    linked = await (await (await link_of(acme)).linked("sandbox-blue-revoked")).unread()
    answer = await asked(linked, "/jobs")
    assert (answer.status_code, answer.json()) == (403, {"detail": "The connector has to be linked again."})
