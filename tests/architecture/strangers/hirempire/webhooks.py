"""Webhooks."""

from tests.architecture.calls import Call, Calls
from tests.architecture.ids import Ids
from tests.receiver import standing_receiver


def changes(theirs: Ids, _own: Ids) -> list[Call]:
    asked = ({"active": False}, {"active": True}, {"events": []})
    return [Call(json={"id": theirs.webhook} | change) for change in asked]


def by_query(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(query={"id": theirs.webhook})]


def nothing(_theirs: Ids, _own: Ids) -> list[Call]:
    return [Call()]


def additions(_theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(json={"request_url": standing_receiver(), "events": ["job_added"]})]


CALLS: dict[str, Calls] = {
    "createWebhook": additions,
    "listWebhooks": nothing,
    "updateWebhook": changes,
    "deleteWebhook": by_query,
    "n8nCreateWebhook": additions,
    "n8nListWebhooks": nothing,
    "n8nUpdateWebhook": changes,
    "n8nDeleteWebhook": by_query,
}
