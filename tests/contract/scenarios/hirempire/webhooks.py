"""How each documented answer about HirEmpire's webhooks comes about, also by the paths of its n8n connector."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx

from rolecall.domain.credentials import CredentialKind
from tests.contract.stage import Stage
from tests.receiver import answer, receiver

UNKNOWN = "b7d5e3c1-2f4a-4068-9a7c-6e8d0b1f3a52"
ONE_AN_HOUR = {"hirempire_requests_per_hour": 1}
Scenario = Callable[[Stage], Awaitable[httpx.Response]]


async def _token(stage: Stage) -> dict[str, str]:
    return await stage.bearer(CredentialKind.HIREMPIRE)


async def _create(stage: Stage, headers: dict[str, str], *events: str, path: str = "create-webhook") -> httpx.Response:
    async with receiver() as there:
        body = {"request_url": there.url, "events": list(events)}
        return await stage.call("POST", f"/v1/{path}", json=body, headers=headers)


def created(path: str, *events: str) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        return await _create(stage, await _token(stage), *events, path=path)

    return scenario


def not_theirs(path: str) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        async with receiver(lambda _: answer(200, "{}")) as there:
            body = {"request_url": there.url, "events": ["job_added"]}
            return await stage.call("POST", f"/v1/{path}", json=body, headers=await _token(stage))

    return scenario


def with_token(method: str, path: str, **options: Any) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        return await stage.call(method, f"/v1/{path}", headers=await _token(stage), **options)

    return scenario


def unknown_token(method: str, path: str) -> Scenario:
    return lambda stage: stage.call(method, f"/v1/{path}", headers={"Authorization": "Bearer sk-unknown"})


def expired_token(method: str, path: str) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        headers = await stage.bearer(CredentialKind.HIREMPIRE, lives=timedelta(hours=-1))
        return await stage.call(method, f"/v1/{path}", headers=headers)

    return scenario


def limited(method: str, path: str) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        return await stage.call_limited(method, f"/v1/{path}", settings=ONE_AN_HOUR, headers=await _token(stage))

    return scenario


def of_one(method: str, path: str, **body: Any) -> Scenario:
    """A call about a webhook; its id goes where {id} stands, or into the body."""

    async def scenario(stage: Stage) -> httpx.Response:
        headers = await _token(stage)
        webhook_id = (await _create(stage, headers, "job_added")).json()["data"]["id"]
        options = {"json": {"id": webhook_id} | body} if body else {}
        return await stage.call(method, f"/v1/{path.format(id=webhook_id)}", headers=headers, **options)

    return scenario


def _answers(name: str, method: str, path: str, **by_status: Scenario) -> dict[tuple[str, str], Scenario]:
    usual = {"s400": unknown_token(method, path), "s401": expired_token(method, path), "s429": limited(method, path)}
    return {(name, status.removeprefix("s")): scenario for status, scenario in (usual | by_status).items()}


OFF = {"active": False}
NOT_KNOWN = {"id": UNKNOWN, "active": False}

SCENARIOS = (
    _answers(
        "createWebhook",
        "POST",
        "create-webhook",
        s200=created("create-webhook", "job_added", "applicant_applied"),
        s400=with_token("POST", "create-webhook", json={"request_url": "x", "events": ["job_painted"]}),
        s401=not_theirs("create-webhook"),
    )
    | _answers("listWebhooks", "GET", "webhooks", s200=of_one("GET", "webhooks"))
    | _answers(
        "updateWebhook",
        "PATCH",
        "webhook",
        s200=of_one("PATCH", "webhook", **OFF),
        s401=with_token("PATCH", "webhook", json=NOT_KNOWN),
    )
    | _answers(
        "deleteWebhook",
        "DELETE",
        "delete-webhook",
        s200=of_one("DELETE", "delete-webhook?id={id}"),
        s400=with_token("DELETE", "delete-webhook"),
        s404=with_token("DELETE", f"delete-webhook?id={UNKNOWN}"),
    )
    | _answers("n8nCreateWebhook", "POST", "n8n/webhook", s200=created("n8n/webhook", "meeting_booked"))
    | _answers("n8nListWebhooks", "GET", "n8n/webhook", s200=with_token("GET", "n8n/webhook"))
    | _answers(
        "n8nUpdateWebhook",
        "PATCH",
        "n8n/webhook",
        s200=of_one("PATCH", "n8n/webhook", events=["meeting_booked"], active=True),
        s401=with_token("PATCH", "n8n/webhook", json=NOT_KNOWN),
    )
    | _answers(
        "n8nDeleteWebhook",
        "DELETE",
        "n8n/webhook",
        s200=of_one("DELETE", "n8n/webhook?id={id}"),
        s400=with_token("DELETE", "n8n/webhook"),
        s404=with_token("DELETE", f"n8n/webhook?id={UNKNOWN}"),
    )
)
