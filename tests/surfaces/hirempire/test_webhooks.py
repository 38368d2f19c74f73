"""HirEmpire's webhooks: the challenge, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.receiver import Received, answer, receiver
from tests.surfaces.hirempire.conftest import Listening, Tracker, register
from tests.world import World

UNKNOWN = "b7d5e3c1-2f4a-4068-9a7c-6e8d0b1f3a52"


@pytest.mark.parametrize("path", ["create-webhook", "n8n/webhook"])
async def test_an_address_is_sent_a_challenge_before_it_is_stored(tracker: Tracker, path: str) -> None:
    async with receiver() as there:
        answered = await tracker.call(
            "POST", path, json={"request_url": there.url, "events": ["job_added", "job_deleted", "job_added"]}
        )
        (challenge,) = there.received
    assert (set(challenge.json()), challenge.json()["type"]) == ({"challenge", "type"}, "url_verification")
    data = answered.json()["data"]
    assert answered.json() == {"success": True, "data": {"id": data["id"], "events": ["job_added", "job_deleted"]}}
    (listed,) = (await tracker.call("GET", "webhooks")).json()["data"]
    assert (listed["id"], listed["request_url"], listed["active"]) == (data["id"], there.url, True)


async def test_every_challenge_is_another_one(tracker: Tracker) -> None:
    async with receiver() as there:
        for _ in range(2):
            await register(tracker, there.url, [])
        first, second = (one.json()["challenge"] for one in there.received)
    assert first != second


@pytest.mark.parametrize(
    "says",
    [
        lambda _: answer(200),
        lambda _: answer(200, '{"challenge": "another"}'),
        lambda _: answer(200, '["challenge"]'),
        lambda _: answer(302, Location="http://127.0.0.1:1/"),
        lambda received: answer(500, received.body.decode()),
        lambda received: answer(200, received.json()["challenge"]),
    ],
)
async def test_who_does_not_send_the_challenge_back_is_refused(
    tracker: Tracker, says: Callable[[Received], bytes]
) -> None:
    async with receiver(says) as there:
        refused = await tracker.call("POST", "create-webhook", json={"request_url": there.url, "events": ["job_added"]})
    assert (refused.status_code, refused.json()) == (401, {"success": False, "error": "Invalid request url"})
    assert (await tracker.call("GET", "webhooks")).json() == {"success": True, "data": []}


@pytest.mark.parametrize(
    "url",
    ["no address", "ftp://127.0.0.1/", "http://10.0.0.1/", "http://[::1]:80/", "http://u:p@127.0.0.1/", "http://\x00/"],
)
async def test_an_address_that_is_not_for_us_is_refused(tracker: Tracker, url: str) -> None:
    refused = await tracker.call("POST", "create-webhook", json={"request_url": url, "events": []})
    assert refused.status_code in {400, 401}
    assert refused.json()["error"] in {"Invalid request url", "Input is incorrect."}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "Input is incorrect."),
        (b"[]", "Input is incorrect."),
        (b"{", "Input is incorrect."),
        (b"{}", "Field 'request_url' is required and must be a string."),
        (b'{"request_url": 5, "events": []}', "Field 'request_url' is required and must be a string."),
        (b'{"request_url": " ", "events": []}', "Field 'request_url' is required and must be a string."),
        (b'{"request_url": "x"}', "Field 'events' is required and must be an array."),
        (b'{"request_url": "x", "events": "job_added"}', "Field 'events' is required and must be an array."),
        (b'{"request_url": "x", "events": ["job_painted"]}', "Invalid event: job_painted."),
        (b'{"request_url": "x", "events": ["candidate.hired"]}', "Invalid event: candidate.hired."),
        (b'{"request_url": "x", "events": [""]}', 'Invalid event: "".'),
        (b'{"request_url": "x", "events": [{"a": 1}]}', 'Invalid event: {"a":1}.'),
        (b'{"request_url": "x", "events": ["job\\npainted"]}', "Invalid event: job painted."),
    ],
)
@pytest.mark.parametrize("path", ["create-webhook", "n8n/webhook"])
async def test_a_field_that_is_wrong_is_told(tracker: Tracker, path: str, body: bytes, error: str) -> None:
    refused = await tracker.call("POST", path, content=body)
    assert (refused.status_code, refused.json()) == (400, {"success": False, "error": error})


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "create-webhook"), ("GET", "webhooks"), ("PATCH", "webhook")]
    + [(method, "n8n/webhook") for method in ("POST", "GET", "PATCH")],
)
async def test_an_unknown_token_is_a_400_here(acme: World, method: str, path: str) -> None:
    for headers in ({}, {"Authorization": "sk-x"}, {"Authorization": "Bearer sk-unknown"}):
        refused = await acme.client.request(method, f"/v1/{path}", headers=headers)
        assert (refused.status_code, refused.json()["error"]) == (400, "Invalid token")


async def test_the_list_takes_no_parameters(tracker: Tracker) -> None:
    refused = await tracker.call("GET", "webhooks?page=1")
    assert (refused.status_code, refused.json()["error"]) == (400, "Input is incorrect.")


async def test_events_and_the_flag_change_and_the_address_does_not(listening: Listening) -> None:
    tracker = listening.tracker
    body = {"id": listening.webhook_id, "events": ["job_deleted"], "active": False, "request_url": "http://10.0.0.1/"}
    data = (await tracker.call("PATCH", "webhook", json=body)).json()["data"]
    assert (set(data), data["id"], data["active"]) == ({"id", "active", "modified_at"}, listening.webhook_id, False)
    (listed,) = (await tracker.call("GET", "n8n/webhook")).json()["data"]
    assert (listed["events"], listed["request_url"]) == (["job_deleted"], listening.there.url)
    assert listed["updated_at"] == data["modified_at"]


@pytest.mark.parametrize("path", ["webhook", "n8n/webhook"])
async def test_only_who_is_switched_on_again_is_challenged_again(listening: Listening, path: str) -> None:
    tracker, there = listening.tracker, listening.there
    for active, challenged in ((True, 1), (False, 1), (True, 2)):
        changed = await tracker.call("PATCH", path, json={"id": listening.webhook_id, "active": active})
        assert (changed.json()["data"]["active"], len(there.received)) == (active, challenged)
    await tracker.call("PATCH", path, json={"id": listening.webhook_id, "active": False})
    there.says = lambda _: answer(200)
    refused = await tracker.call("PATCH", path, json={"id": listening.webhook_id, "active": True})
    assert (refused.status_code, refused.json()["error"]) == (400, "Invalid request url")
    assert (await tracker.call("GET", "webhooks")).json()["data"][0]["active"] is False


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({}, 400, "Field 'events' is required and must be an array."),
        ({"events": None}, 400, "Field 'events' is required and must be an array."),
        ({"events": ["job_painted"]}, 400, "Invalid event: job_painted."),
        ({"active": "yes"}, 400, "Input is incorrect."),
        ({"active": True, "id": UNKNOWN}, 401, "Invalid webhook id"),
        ({"active": False, "id": UNKNOWN}, 401, "Invalid webhook id"),
        ({"events": [], "id": "no-id"}, 401, "Invalid webhook id"),
        ({"events": [], "id": None}, 401, "Invalid webhook id"),
    ],
)
async def test_a_change_that_is_wrong_is_told(
    listening: Listening, change: dict[str, Any], status: int, error: str
) -> None:
    for path in ("webhook", "n8n/webhook"):
        refused = await listening.tracker.call("PATCH", path, json={"id": listening.webhook_id} | change)
        assert (refused.status_code, refused.json()["error"]) == (status, error)


async def test_one_is_deleted_for_good(listening: Listening) -> None:
    tracker = listening.tracker
    second = await register(tracker, listening.there.url, [], path="n8n/webhook")
    for path, webhook_id in (("delete-webhook", listening.webhook_id), ("n8n/webhook", second)):
        deleted = (await tracker.call("DELETE", f"{path}?id={webhook_id}")).json()
        assert (deleted["id"], deleted["message"]) == (webhook_id, "Webhook deleted successfully")
        again = await tracker.call("DELETE", f"{path}?id={webhook_id}")
        assert (again.status_code, again.json()["error"]) == (404, "Webhook not found")
    assert (await tracker.call("GET", "webhooks")).json()["data"] == []


@pytest.mark.parametrize(
    ("query", "status", "error"),
    [
        ("", 400, "Query parameter 'id' is required."),
        (f"?id={UNKNOWN}&x=1", 400, "Only 'id' query parameter is allowed."),
        ("?id=no-id", 404, "Webhook not found"),
        (f"?id={UNKNOWN}", 404, "Webhook not found"),
    ],
)
async def test_what_cannot_be_deleted_is_told(tracker: Tracker, query: str, status: int, error: str) -> None:
    refused = await tracker.call("DELETE", f"delete-webhook{query}")
    assert (refused.status_code, refused.json()["error"]) == (status, error)
