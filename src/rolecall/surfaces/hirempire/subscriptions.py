"""HirEmpire webhooks: POST /create-webhook, GET /webhooks, PATCH /webhook, DELETE /delete-webhook, and n8n's four.

Whoever registers an address has to show that it is theirs: the address is sent a challenge and must send it back. That
happens before a connection is taken, since the other server may take its time.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.responses import Response

from rolecall.actions import webhooks
from rolecall.actions.webhooks import NewWebhook, change_webhook, hold_webhook
from rolecall.domain import errors as domain
from rolecall.domain.errors import Invalid, WebhookUnknown
from rolecall.domain.events import EventType
from rolecall.domain.webhooks import Webhook, check_url
from rolecall.ports.outbound import Outbound, OutboundError
from rolecall.store import webhooks as store
from rolecall.surfaces.hirempire.auth import TokenArrival, TokenCall, acting
from rolecall.surfaces.hirempire.errors import Refusal, says
from rolecall.surfaces.hirempire.parameters import id_or, no_query, only
from rolecall.surfaces.hirempire.webhooks import EVENTS, NAME
from rolecall.surfaces.hirempire.wire import time_text
from rolecall.web.errors import UnreadableBody
from rolecall.web.requests import parse_json, read_body
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_NO_URL = "Field 'request_url' is required and must be a string."
_NO_EVENTS = "Field 'events' is required and must be an array."
_NOT_RIGHT = "Input is incorrect."
_NOT_THEIRS = "Invalid request url"
_CHALLENGE_SECONDS = 10
_LONGEST_SHOWN = 100  # characters of a word that is refused


@dataclass(frozen=True, slots=True)
class _Change:
    """What a PATCH asks for; None stays."""

    webhook_id: str
    events: list[str] | None
    active: bool | None


async def _prepare_new(arrival: TokenArrival) -> NewWebhook:
    body = await _object(arrival)
    url = body.get("request_url")
    if not isinstance(url, str) or not url.strip():
        raise Refusal(_NO_URL)
    words = _words(body.get("events"))
    new = NewWebhook(surface=NAME, url=url.strip(), events=words, event_types=_types(words))
    if not await _is_theirs(arrival.services.outbound, new.url):
        raise Refusal(_NOT_THEIRS, status=401)
    return new


async def create(call: TokenCall) -> Response:
    webhook, _ = await webhooks.create_webhook(await acting(call), call.prepared, sealer=call.services.sealer)
    return json_response({"success": True, "data": {"id": str(webhook.id), "events": webhook.events}})


async def list_all(call: TokenCall) -> Response:
    found = await store.of_workspace(call.conn, call.principal.workspace_id, surface=NAME)
    return json_response({"success": True, "data": [_shape(webhook) for webhook in found]})


async def _prepare_change(arrival: TokenArrival) -> _Change:
    body = await _object(arrival)
    webhook_id = body.get("id")
    if "events" not in body and "active" not in body:
        raise Refusal(_NO_EVENTS)
    events = _words(body["events"]) if "events" in body else None
    active = body.get("active")
    if "active" in body and not isinstance(active, bool):
        raise Refusal(_NOT_RIGHT)
    change = _Change(webhook_id if isinstance(webhook_id, str) else "", events, active)
    if active:
        await _check_revived(arrival, change)
    return change


async def _check_revived(arrival: TokenArrival, change: _Change) -> None:
    """One that is switched on again has to show again that its address is theirs."""
    webhook_id = id_or(WebhookUnknown(), change.webhook_id)
    async with arrival.services.database.reading() as conn:
        webhook = await store.get(conn, arrival.principal.workspace_id, webhook_id)
    if webhook is None or webhook.surface != NAME:
        raise WebhookUnknown
    if not webhook.active and not await _is_theirs(arrival.services.outbound, webhook.url):
        raise Refusal(_NOT_THEIRS)


async def update(call: TokenCall) -> Response:
    change: _Change = call.prepared
    ctx = await acting(call)
    webhook = await hold_webhook(ctx, id_or(WebhookUnknown(), change.webhook_id), surface=NAME)
    words = webhook.events if change.events is None else change.events
    active = webhook.active if change.active is None else change.active
    changed = await change_webhook(ctx, webhook, events=words, event_types=_types(words), active=active)
    data = {"id": str(changed.id), "active": changed.active, "modified_at": time_text(changed.updated_at)}
    return json_response({"success": True, "data": data})


async def delete(call: TokenCall) -> Response:
    return await _deleted(call, only(call.request, "id"))


async def n8n_delete(call: TokenCall) -> Response:
    wanted = call.request.query_params.get("id")
    if not wanted:
        raise Refusal("Query parameter 'id' is required.")
    return await _deleted(call, wanted)


async def _deleted(call: TokenCall, wanted: str) -> Response:
    webhook_id, ctx = id_or(WebhookUnknown(), wanted), await acting(call)
    await webhooks.delete_webhook(ctx, webhook_id, surface=NAME)
    return json_response(
        {
            "success": True,
            "id": str(webhook_id),
            "message": "Webhook deleted successfully",
            "deleted": time_text(ctx.now),
        }
    )


async def _object(arrival: TokenArrival) -> dict[str, Any]:
    """The body as a JSON object, whatever its content type says."""
    body = parse_json(await read_body(arrival.request, at_most=arrival.services.largest_body))
    if not isinstance(body, dict):
        raise UnreadableBody
    return body


def _words(value: Any) -> list[str]:
    """The contract's words in a list, each once."""
    if not isinstance(value, list):
        raise Refusal(_NO_EVENTS)
    for word in value:
        if not isinstance(word, str) or word not in EVENTS:
            raise Refusal(f"Invalid event: {_shown(word)}.")
    return list(dict.fromkeys(value))


def _shown(word: Any) -> str:
    """What stands in the place of a word, on one line."""
    text = " ".join((word if isinstance(word, str) else msgspec.json.encode(word).decode()).split())
    return text[:_LONGEST_SHOWN] or '""'


def _types(words: Iterable[str]) -> list[EventType]:
    return sorted({type_ for word in words for type_ in EVENTS[word]})


async def _is_theirs(outbound: Outbound, url: str) -> bool:
    """Whether whoever answers at an address sends a challenge back."""
    challenge = secrets.token_urlsafe(24)
    body = msgspec.json.encode({"challenge": challenge, "type": "url_verification"})
    try:
        check_url(url)
        reply = await outbound.send(
            "POST", url, seconds=_CHALLENGE_SECONDS, headers={"Content-Type": "application/json"}, body=body
        )
        said = parse_json(reply.body)
    except (Invalid, OutboundError, UnreadableBody):
        return False
    return 200 <= reply.status < 300 and isinstance(said, dict) and said.get("challenge") == challenge


def _shape(webhook: Webhook) -> Mapping[str, Any]:
    return {
        "id": str(webhook.id),
        "request_url": webhook.url,
        "created_at": time_text(webhook.created_at),
        "updated_at": time_text(webhook.updated_at),
        "active": webhook.active,
        "events": webhook.events,
    }


# An unknown token is a 400 here, and an expired one is not.
_TOKENS = {
    domain.NotAuthenticated: says(400, "Invalid token"),
    domain.NotPermitted: says(400, "Invalid token"),
    domain.CredentialExpired: says(401, "Token is expired"),
}
_UPDATE_ERRORS = _TOKENS | {WebhookUnknown: says(401, "Invalid webhook id")}
_DELETE_ERRORS = {WebhookUnknown: says(404, "Webhook not found")}


def _operation(method: str, path: str, name: str, handle: Any, **more: Any) -> Operation:
    return Operation(method=method, path=path, name=name, handle=handle, writes=method != "GET", **more)


OPERATIONS = [
    _operation("POST", "/create-webhook", "createWebhook", create, prepare=_prepare_new, errors=_TOKENS),
    _operation("GET", "/webhooks", "listWebhooks", list_all, check=no_query(_NOT_RIGHT), errors=_TOKENS),
    _operation("PATCH", "/webhook", "updateWebhook", update, prepare=_prepare_change, errors=_UPDATE_ERRORS),
    _operation("DELETE", "/delete-webhook", "deleteWebhook", delete, errors=_DELETE_ERRORS),
    _operation("POST", "/n8n/webhook", "n8nCreateWebhook", create, prepare=_prepare_new, errors=_TOKENS),
    _operation("GET", "/n8n/webhook", "n8nListWebhooks", list_all, errors=_TOKENS),
    _operation("PATCH", "/n8n/webhook", "n8nUpdateWebhook", update, prepare=_prepare_change, errors=_UPDATE_ERRORS),
    _operation("DELETE", "/n8n/webhook", "n8nDeleteWebhook", n8n_delete, errors=_DELETE_ERRORS),
]
