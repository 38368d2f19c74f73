"""Webhooks of the organization and what was sent to them: GET /webhooks, /webhooks/logs and /webhooks/logs/{log_id}.

An entry of the log is a message to one receiver; all tries of it are in its detail.
"""

from typing import Any

import msgspec
from starlette.responses import Response

from rolecall.surfaces.bindbee import webhook_queries as queries
from rolecall.surfaces.bindbee import wire
from rolecall.surfaces.bindbee.auth import BindbeeCall
from rolecall.surfaces.bindbee.errors import RecordUnknown
from rolecall.surfaces.bindbee.parameters import Parameters, encode_cursor
from rolecall.surfaces.bindbee.platform import platform_operation
from rolecall.surfaces.bindbee.webhook_queries import Listed, Logged
from rolecall.web.responses import json_response, raw_json

_LARGEST_CODE = 9  # digits


async def list_webhooks(call: BindbeeCall) -> Response:
    """Answer a page of the webhooks of the key's environment."""
    parameters = Parameters(call.request)
    active, after = parameters.maybe_flag("is_active"), parameters.cursor()
    size = parameters.whole_number("page_size", default=20, least=1, most=100)
    parameters.check(of_connector=False)
    found = await queries.webhooks(call.conn, call.principal.key, active=active, after=after, limit=size + 1)
    items = [wire.encode(_webhook(webhook)) for webhook in found[:size]]
    cursor = encode_cursor(found[size - 1].id) if len(found) > size else None
    return raw_json(wire.page_body(items, cursor=cursor))


async def list_logs(call: BindbeeCall) -> Response:
    """Answer a page of the messages that were sent, or wait."""
    parameters = Parameters(call.request)
    actions, codes = parameters.text("webhook_action"), parameters.text("response_code")
    filters = {
        "after": parameters.cursor(),
        "webhook_id": parameters.one_id("webhook_id"),
        "connector_id": parameters.one_id("connector_id"),
        "events": actions.split(",") if actions is not None else None,
        "codes": _codes(codes) if codes is not None else None,
        "since": parameters.time("created_at_from"),
        "until": parameters.time("created_at_to"),
    }
    errors_only = parameters.flag("errors_only")
    size = parameters.whole_number("page_size", default=25, least=1, most=50)
    parameters.check(of_connector=False)
    given = {name: value for name, value in filters.items() if value is not None}
    found = await queries.log(call.conn, call.principal.key, given=given, errors_only=errors_only, limit=size + 1)
    items = [wire.encode(_entry(logged)) for logged in found[:size]]
    cursor = encode_cursor(found[size - 1].id) if len(found) > size else None
    return raw_json(wire.page_body(items, cursor=cursor))


async def get_log(call: BindbeeCall) -> Response:
    """Answer one message with every try of it."""
    parameters = Parameters(call.request)
    log_id = parameters.path_id("log_id")
    parameters.check(of_connector=False)
    found = await queries.log(call.conn, call.principal.key, given={"log_id": log_id})
    if not found:
        raise RecordUnknown("Webhook Log")
    return json_response(_entry(found[0]) | _tries(found[0]))


def _codes(text: str) -> list[int]:
    """The numbers of a comma list. What is none matches nothing, so it is left out."""
    parts = (part.strip() for part in text.split(","))
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) <= _LARGEST_CODE]


def _webhook(webhook: Listed) -> dict[str, Any]:
    return {
        "webhook_id": str(webhook.id),
        "name": webhook.name,
        "url": webhook.url,
        "is_enabled": webhook.active,
        "for_test_connector": webhook.environment == "development",
        "created_at": wire.utc(webhook.created_at),
        "last_triggered_at": wire.utc(webhook.triggered_at) if webhook.triggered_at is not None else None,
    }


def _entry(logged: Logged) -> dict[str, Any]:
    return {
        "id": str(logged.id),
        "connector_id": str(logged.connector_id),
        "method": "POST",
        "url": logged.url,
        "response_code": logged.answer,
        "created_at": wire.utc(logged.created_at),
        "integration_name": logged.integration,
        "end_user_name": logged.end_user,
        "origin_id": logged.origin_id,
        "webhook_action": logged.event,
        "webhook_name": logged.webhook_name,
    }


def _tries(logged: Logged) -> dict[str, Any]:
    """What was sent each time, and what came back; an `error` says why nothing did."""
    headers = {"Content-Type": "application/json", "webhook-id": str(logged.id)}
    sent = {"headers": headers, "body": msgspec.json.decode(logged.body)}
    answers = [
        {"status_code": one["answer"], "body": one["answer_body"] or ""} | _problem(one) for one in logged.attempts
    ]
    return {"request": [sent] * len(answers), "response": answers}


def _problem(attempt: dict[str, Any]) -> dict[str, Any]:
    return {"error": attempt["problem"]} if attempt["problem"] is not None else {}


_PATH, _NAME = "/api/v1/webhooks", "api_v1_webhooks"
OPERATIONS = [
    platform_operation("GET", _PATH, f"list_webhooks_{_NAME}_get", list_webhooks),
    platform_operation("GET", f"{_PATH}/logs", f"list_webhook_logs_{_NAME}_logs_get", list_logs),
    platform_operation("GET", f"{_PATH}/logs/{{log_id}}", f"get_webhook_log_detail_{_NAME}_logs__log_id__get", get_log),
]
