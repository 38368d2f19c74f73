"""Webhooks of an organization and their log: by id, by cursor, and by whom they are for or about."""

from rolecall.surfaces.bindbee.parameters import encode_cursor
from tests.architecture.calls import Call, Calls, id_of
from tests.architecture.ids import Ids


def _logs(theirs: Ids, _own: Ids) -> list[Call]:
    return [
        Call(query={"cursor": encode_cursor(id_of(theirs.webhook_log))}),
        Call(query={"webhook_id": theirs.unified_webhook}),
        Call(query={"connector_id": theirs.linked_connector}),
    ]


CALLS: dict[str, Calls] = {
    "list_webhooks_api_v1_webhooks_get": lambda theirs, _own: [
        Call(query={"cursor": encode_cursor(id_of(theirs.unified_webhook))})
    ],
    "list_webhook_logs_api_v1_webhooks_logs_get": _logs,
    "get_webhook_log_detail_api_v1_webhooks_logs__log_id__get": lambda theirs, _own: [
        Call(path={"log_id": theirs.webhook_log})
    ],
}
