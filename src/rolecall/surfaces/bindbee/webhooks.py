"""Webhooks of the unified API: an organization's receivers hear of syncs, and of which records have changed.

What one request has changed in a connector is one message, made at the first of its events; the others are silent.
Records of the workspace's own connector are not synced: what changes them counts as a sync of its own.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from rolecall.domain.events import EventType
from rolecall.domain.ids import parse_id
from rolecall.store import events, workspaces
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.webhook_queries import NAME, ConnectorTold, connector_told, owners
from rolecall.webhooks import Message, Occasion, Signing, WebhookSurface

_MODIFIED = "connector_data_modified"
# Which model's record an event is about.
_ABOUT = {
    EventType.ACTIVITY_CREATED: "activity",
    EventType.APPLICATION_CHANGED: "application",
    EventType.APPLICATION_CREATED: "application",
    EventType.APPLICATION_MOVED: "application",
    EventType.ATTACHMENT_CREATED: "attachment",
    EventType.ATTACHMENT_FETCHED: "attachment",
    EventType.CANDIDATE_CHANGED: "candidate",
    EventType.CANDIDATE_CREATED: "candidate",
    EventType.CANDIDATE_RESUME_READ: "candidate",
    EventType.DEPARTMENT_CREATED: "department",
    EventType.EEOC_CREATED: "eeoc",
    EventType.INTERVIEW_CREATED: "scheduled_interview",
    EventType.JOB_CHANGED: "job",
    EventType.JOB_CREATED: "job",
    EventType.JOB_MOVED: "job",
    EventType.JOB_PUBLISHED: "job",
    EventType.LOCATION_CREATED: "office",
    EventType.LOCATION_OFFICE_CREATED: "office",
    EventType.MEMBER_CHANGED: "remote_user",
    EventType.MEMBER_CREATED: "remote_user",
    EventType.MEMBER_DISABLED: "remote_user",
    EventType.OFFER_CREATED: "offer",
    EventType.REJECT_REASON_CREATED: "reject_reason",
    EventType.SCORECARD_CREATED: "scorecard",
    EventType.SCREENING_QUESTION_CREATED: "screening_question",
    EventType.STAGE_CREATED: "job_interview_stage",
    EventType.TAG_CREATED: "tag",
}
_OF_SYNCS = {
    EventType.CONNECTOR_SYNC_STARTED: ("connector_sync_started", "Syncing"),
    EventType.CONNECTOR_SYNC_FINISHED: ("connector_synced", "Done"),
    EventType.CONNECTOR_SYNC_FAILED: ("connector_sync_error", "Failed"),
}
# The contract's words, and the events that each may come from.
EVENTS = {word: (type_,) for type_, (word, _) in _OF_SYNCS.items()} | {
    _MODIFIED: (*_ABOUT, EventType.CONNECTOR_RECORDS_READ, EventType.JOB_IMPORTED)
}
_BY_TABLE = {model.table: slug for slug, model in MODELS.items()}

Changed = dict[str, list[UUID]]


async def _compose(occasion: Occasion) -> Message | None:
    if occasion.event.type in _OF_SYNCS:
        return await _about_sync(occasion)
    connector_id, changed = await _changes(occasion)
    connector = await _told(occasion, connector_id) if connector_id is not None else None
    if connector is None:
        return None
    data = {f"ats_{slug}": [str(found) for found in ids] for slug, ids in changed.items()}
    return _message(occasion, _MODIFIED, connector, data=data)


async def _changes(occasion: Occasion) -> tuple[UUID | None, Changed]:
    """The connector and its changed records by model; None when there are none, or another event tells of them."""
    event, conn = occasion.event, occasion.conn
    if event.type == EventType.CONNECTOR_RECORDS_READ:
        slug = _BY_TABLE.get(str(event.payload["table"]))
        return event.record_id, {slug: _ids(event.payload["ids"])} if slug is not None else {}
    if event.type == EventType.JOB_IMPORTED:
        return await _imported(occasion)
    together = [event] if event.cause is None else await events.of_cause(conn, event.workspace_id, event.cause)
    named = [(_ABOUT[one.type], one.record_id, one.id) for one in together if one.type in _ABOUT]
    owned = {
        (slug, record_id): owner
        for slug in dict.fromkeys(slug for slug, _, _ in named)
        for record_id, owner in (await _owners(occasion, slug, [found for of, found, _ in named if of == slug])).items()
    }
    mine = owned.get((_ABOUT[event.type], event.record_id))
    told = [(slug, record_id, by) for slug, record_id, by in named if owned.get((slug, record_id)) == mine]
    if mine is None or told[0][2] != event.id:
        return None, {}
    changed: Changed = {}
    for slug, record_id in dict.fromkeys((slug, record_id) for slug, record_id, _ in told):
        changed.setdefault(slug, []).append(record_id)
    return mine, changed


async def _imported(occasion: Occasion) -> tuple[UUID | None, Changed]:
    payload = occasion.event.payload
    found = await _owners(occasion, "job", _ids([*payload["created"], *payload["updated"]]))
    return (next(iter(found.values())), {"job": list(found)}) if found else (None, {})


async def _owners(occasion: Occasion, slug: str, ids: list[UUID]) -> dict[UUID, UUID]:
    return await owners(occasion.conn, occasion.event.workspace_id, MODELS[slug], ids)


def _ids(texts: list[str]) -> list[UUID]:
    return [found for found in map(parse_id, texts) if found is not None]


async def _about_sync(occasion: Occasion) -> Message | None:
    event = occasion.event
    connector = await _told(occasion, event.record_id)
    if connector is None:
        return None
    word, status = _OF_SYNCS[event.type]
    data = {
        "id": str(_sync_id(occasion, connector)),
        "integration_name": connector.integration,
        "category": connector.category,
        "display_status": status,
    }
    if event.type != EventType.CONNECTOR_SYNC_FAILED:
        data["last_sync_start_time"] = _time(connector.sync_started_at or event.occurred_at)
        return _message(occasion, word, connector, data=data)
    error = {"failed_at": _time(event.occurred_at), "message": str(event.payload.get("message", "")), "detail": {}}
    return _message(occasion, word, connector, data=data, error=error)


async def _told(occasion: Occasion, connector_id: UUID) -> ConnectorTold | None:
    """The connector, if the webhook is of its environment; the workspace's own is in both."""
    connector = await connector_told(occasion.conn, occasion.event.workspace_id, connector_id)
    if connector is None or connector.environment not in {None, occasion.webhook.environment}:
        return None
    return connector


def _message(occasion: Occasion, word: str, connector: ConnectorTold, **parts: Any) -> Message:
    webhook = occasion.webhook
    integration = occasion.services.integrations.get(connector.integration)
    body = {
        "webhook": {"webhook_id": str(webhook.id), "url": webhook.url, "event": word},
        "connector": {
            "id": str(connector.id),
            "display_name": integration.name if integration is not None else connector.integration,
            "integration_slug": connector.integration,
            "categories": [connector.category],
            "org_name": connector.organization,
            "origin_id": connector.origin_id,
            "connector_status": connector.status,
            "end_user_name": connector.name,
            "end_user_email": connector.end_user_email,
        },
        "sync": {
            "sync_id": str(_sync_id(occasion, connector)),
            "sync_type": "MANUAL" if occasion.event.payload.get("sync_type") == "MANUAL" else "AUTOMATED",
            "sync_name": f"#{connector.sync}",
        },
        **parts,
    }
    return Message(word, body, connector_id=connector.id)


def _sync_id(occasion: Occasion, connector: ConnectorTold) -> UUID:
    """The id of the sync that a connector is in, or was last; of the own connector, of what has caused the event."""
    if connector.sync_started_at is not None:
        return uuid5(connector.id, connector.sync_started_at.isoformat())
    return occasion.event.cause or occasion.event.id


def _time(time: datetime) -> str:
    return time.isoformat(timespec="microseconds")


async def _headers(signing: Signing) -> Mapping[str, str]:
    sealed = await workspaces.webhook_key(signing.conn, signing.webhook.workspace_id)
    if sealed is None:
        return {}
    key = signing.services.sealer.open(sealed).encode()
    return {"X-Bindbee-Webhook-Signature": signature(key, signing.delivery.body)}


def signature(key: bytes, body: bytes) -> str:
    """The padded base64url of an HMAC-SHA256 over the body."""
    return base64.urlsafe_b64encode(hmac.new(key, body, hashlib.sha256).digest()).decode()


WEBHOOKS = WebhookSurface(
    name=NAME,
    compose=_compose,
    waits=tuple(timedelta(seconds=seconds) for seconds in (1, 4, 10, 20)),
    within=timedelta(seconds=60),
    headers=_headers,
)
