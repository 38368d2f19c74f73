"""How the documented answers about webhooks and their log come about."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rolecall.actions.ids import new_id
from rolecall.actions.webhooks import NewWebhook, create_webhook
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.events import EventType
from rolecall.domain.webhooks import DeliveryStatus
from rolecall.store import deliveries
from rolecall.store.deliveries import Delivery
from tests.contract.scenarios.bindbee.custom_fields import Asked, Case, Good
from tests.contract.scenarios.bindbee.reading import UNKNOWN
from tests.contract.stage import Stage
from tests.world import World

PATH = "/api/v1/webhooks"


async def sent(world: World, *, answer: int = 200, environment: str = "production") -> tuple[UUID, UUID]:
    """A webhook and a message that was sent to it; their ids."""
    new = NewWebhook(
        surface="bindbee",
        url="https://hooks.example.org/bb",
        events=["connector_synced"],
        event_types=[EventType.CONNECTOR_SYNC_FINISHED],
        name="ats events",
        environment=environment,
    )
    async with world.services.database.writing() as conn:
        webhook, _ = await create_webhook(world.context(conn), new, sealer=world.services.sealer)
        message = Delivery(
            workspace_id=world.workspace.id,
            id=new_id(),
            webhook_id=webhook.id,
            event_id=new_id(),
            event="connector_synced",
            body=b'{"data":{}}',
            status=DeliveryStatus.WAITING,
            created_at=webhook.created_at,
            connector_id=await native_connector_id(conn, world.workspace.id),
        )
        await deliveries.add(conn, message)
        facts: dict[str, Any] = {"tried_at": webhook.created_at, "tries": 1, "answer": answer, "answer_body": "said"}
        await deliveries.note_try(conn, replace(message, status=DeliveryStatus.DELIVERED, **facts))
    return webhook.id, message.id


def after_one(path: str) -> Good:
    async def good(stage: Stage, _headers: dict[str, str]) -> Asked:
        _, log_id = await sent(stage.world)
        return Asked(path.format(log_id=log_id))

    return good


CASES = [
    Case(
        name="list_webhooks_api_v1_webhooks_get",
        method="GET",
        status="200",
        good=after_one(f"{PATH}?is_active=true"),
        wrong=Asked(f"{PATH}?page_size=101"),
    ),
    Case(
        name="list_webhook_logs_api_v1_webhooks_logs_get",
        method="GET",
        status="200",
        good=after_one(f"{PATH}/logs?webhook_action=connector_synced&response_code=200,204"),
        wrong=Asked(f"{PATH}/logs?page_size=51"),
    ),
    Case(
        name="get_webhook_log_detail_api_v1_webhooks_logs__log_id__get",
        method="GET",
        status="200",
        good=after_one(f"{PATH}/logs/{{log_id}}"),
        wrong=Asked(f"{PATH}/logs/xyz"),
        missing=Asked(f"{PATH}/logs/{UNKNOWN}"),
    ),
]
SCENARIOS = {found: scenario for case in CASES for found, scenario in case.scenarios()}
# The contract shows sentences about other parameters, and about tokens and jobs.
SHOWS_ANOTHER_FIELD = {(name, status) for name, status in SCENARIOS if status in {"403", "404", "422"}}
