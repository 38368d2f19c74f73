"""Webhooks of the unified API: what is told of changes and syncs, how it is signed, and its log."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from rolecall.actions.context import record
from rolecall.actions.webhooks import NewWebhook, create_webhook, organization_key
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.jobs import JobStatus
from rolecall.store.db import fetch_value
from rolecall.surfaces.bindbee.webhooks import EVENTS, WEBHOOKS
from tests.background import work_off
from tests.contract.contracts import problems
from tests.contract.scenarios.bindbee.webhooks import PATH, sent
from tests.contract.scenarios.bindbee.writing import BODIES
from tests.furnished import furnish
from tests.linking import Link
from tests.receiver import Receiver, answer, receiver
from tests.surfaces.bindbee.conftest import Organization
from tests.world import World

SCHEMAS = {
    "connector_sync_started": "ConnectorSyncEvent",
    "connector_synced": "ConnectorSyncEvent",
    "connector_sync_error": "ConnectorSyncErrorEvent",
    "connector_data_modified": "ConnectorDataModifiedEvent",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """An organization that listens, and the worker."""

    ats: Organization
    database_url: str

    async def listen(self, url: str, *, environment: str = "production") -> str:
        """A webhook for everything; the organization's key."""
        types = sorted({type_ for types in EVENTS.values() for type_ in types})
        new = NewWebhook(
            surface="bindbee", url=url, events=list(EVENTS), event_types=types, name="all", environment=environment
        )
        world = self.ats.world
        async with world.services.database.writing() as conn:
            ctx, sealer = world.context(conn), world.services.sealer
            await create_webhook(ctx, new, sealer=sealer)
            return await organization_key(ctx, sealer=sealer)

    async def happen(self, connector_id: UUID, verb: str, **payload: Any) -> None:
        world = self.ats.world
        async with world.services.database.writing() as conn:
            await record(world.context(conn), "connector", verb, record_id=connector_id, **payload)

    async def post(self, path: str, body: Any) -> Any:
        made = await self.ats.world.client.post(f"/api/ats/v1/{path}", json=body, headers=self.ats.headers)
        assert made.is_success, made.text
        return made.json()

    async def told(self, there: Receiver) -> list[Any]:
        """What has been told since the last time; every body fits the contract."""
        before = len(there.received)
        await work_off(self.ats.world, self.database_url)
        bodies = [received.json() for received in there.received[before:]]
        for body in bodies:
            schema = f"#/components/schemas/{SCHEMAS[body['webhook']['event']]}"
            assert problems("bindbee", {"$ref": schema}, body) == []
        return bodies

    async def asked(self, path: str) -> Any:
        found = await self.ats.world.client.get(path, headers={"Authorization": f"Bearer {self.ats.api_key}"})
        assert found.status_code == 200, found.text
        return found.json()


@pytest.fixture
def scene(acme_ats: Organization, database_url: str) -> Scene:
    return Scene(acme_ats, database_url)


async def native(world: World) -> UUID:
    async with world.services.database.reading() as conn:
        return await native_connector_id(conn, world.workspace.id)


async def set_linked(world: World, facts: str) -> UUID:
    """Set columns of the linked connector; its id."""
    query = f"update connector set {facts} where workspace_id = %s and integration = 'greenhouse' returning id"
    async with world.services.database.writing() as conn:
        return await fetch_value(conn, query, [world.workspace.id])


async def test_what_one_request_has_changed_is_one_message(scene: Scene) -> None:
    made = await furnish(scene.ats.world)
    async with receiver() as there:
        key = await scene.listen(there.url)
        candidate = await scene.post("candidates", BODIES["candidate"](made))
        (body,) = await scene.told(there)
    assert body["webhook"]["event"] == "connector_data_modified"
    assert body["data"]["ats_candidate"] == [candidate["id"]]
    assert body["data"]["ats_application"] == candidate["applications"]
    assert body["data"]["ats_attachment"] == candidate["attachments"]
    assert (body["connector"]["id"], body["connector"]["integration_slug"]) == (
        str(await native(scene.ats.world)),
        "native",
    )
    (received,) = there.received
    signed = base64.urlsafe_b64encode(hmac.new(key.encode(), received.body, hashlib.sha256).digest()).decode()
    assert received.headers["x-bindbee-webhook-signature"] == signed


async def test_changes_through_other_contracts_are_told(scene: Scene) -> None:
    world = scene.ats.world
    async with receiver() as there:
        await scene.listen(there.url)
        job = await world.job()
        bodies = await scene.told(there)
        assert {found for body in bodies for found in body["data"].get("ats_job", [])} == {str(job.id)}
        await world.move(job.id, JobStatus.PAUSED)
        (body,) = await scene.told(there)
        assert body["data"] == {"ats_job": [str(job.id)]}


async def test_what_is_no_record_of_the_api_is_not_told(scene: Scene) -> None:
    async with receiver() as there:
        await scene.listen(there.url)
        await scene.ats.world.company("Norrvik")
        assert await scene.told(there) == []


async def test_a_sync_is_told_from_its_start_to_its_end(scene: Scene, linked: Organization) -> None:
    world = linked.world
    connector_id = await set_linked(world, "syncs = 13, sync_started_at = now(), sync_status = 'done'")
    made = await furnish(world)
    async with receiver() as there:
        await scene.listen(there.url)
        await scene.happen(connector_id, "sync_started", sync_type="MANUAL")
        (started,) = await scene.told(there)
        await scene.happen(connector_id, "records_read", table="location", ids=[str(made["office"])])
        (modified,) = await scene.told(there)
        await scene.happen(connector_id, "sync_finished", sync_type="SCHEDULED")
        (done,) = await scene.told(there)
        await scene.happen(connector_id, "sync_failed", sync_type="MANUAL", message="Upstream refused.")
        (failed,) = await scene.told(there)
    assert modified["data"] == {"ats_office": [str(made["office"])]}
    assert [body["data"]["display_status"] for body in (started, done, failed)] == ["Syncing", "Done", "Failed"]
    assert [body["sync"]["sync_type"] for body in (started, done)] == ["MANUAL", "AUTOMATED"]
    assert {body["sync"]["sync_name"] for body in (started, modified, done, failed)} == {"#13"}
    assert len({body["sync"]["sync_id"] for body in (started, modified, done, failed)}) == 1
    assert (failed["error"]["message"], "last_sync_start_time" in failed["data"]) == ("Upstream refused.", False)


async def test_a_linked_system_that_lets_nobody_in_is_told(scene: Scene) -> None:
    link = Link(scene.ats.world, {"Authorization": f"Bearer {scene.ats.api_key}"}, "tenant-0042")
    async with receiver() as there:
        await scene.listen(there.url)
        linked = await link.linked()
        told = {body["webhook"]["event"]: body for body in await scene.told(there)}
    started, failed = told.pop("connector_sync_started"), told.pop("connector_sync_error")
    assert told == {}
    for body in (started, failed):
        about, sync = body["connector"], body["sync"]
        assert (about["id"], about["integration_slug"], about["origin_id"]) == (
            str(linked.id),
            "sandbox",
            "tenant-0042",
        )
        assert (about["end_user_name"], about["end_user_email"]) == ("Tallpine Labs", "hr@tallpine.example.org")
        assert (sync["sync_name"], sync["sync_type"]) == ("#1", "AUTOMATED")
    assert started["sync"]["sync_id"] == failed["sync"]["sync_id"] == failed["data"]["id"]
    assert failed["error"]["message"] == "The system no longer lets us in."


async def test_a_webhook_hears_of_its_environment(scene: Scene, linked: Organization) -> None:
    world = linked.world
    connector_id = await set_linked(world, "environment = 'development'")
    async with receiver() as there:
        await scene.listen(f"{there.url}production")
        await scene.listen(f"{there.url}development", environment="development")
        await scene.happen(connector_id, "sync_started", sync_type="MANUAL")
        (body,) = await scene.told(there)
    assert body["webhook"]["url"].endswith("development")


async def test_every_try_is_in_the_log(scene: Scene) -> None:
    said = iter([answer(503, "busy"), answer(204)])
    quick = replace(WEBHOOKS, waits=(timedelta(0),))
    async with receiver(lambda _received: next(said)) as there:
        await scene.listen(there.url)
        job = await scene.ats.world.job()
        await work_off(scene.ats.world, scene.database_url, webhooks={"bindbee": quick})
    (entry,) = [found for found in (await scene.asked(f"{PATH}/logs"))["items"] if found["response_code"] == 204]
    assert (entry["webhook_action"], entry["webhook_name"], entry["method"]) == (
        "connector_data_modified",
        "all",
        "POST",
    )
    detail = await scene.asked(f"{PATH}/logs/{entry['id']}")
    assert detail["response"] == [{"status_code": 503, "body": "busy"}, {"status_code": 204, "body": ""}]
    assert [one["body"]["data"] for one in detail["request"]] == [{"ats_job": [str(job.id)]}] * 2


async def test_nothing_is_tried_after_a_minute(scene: Scene) -> None:
    slow = replace(WEBHOOKS, waits=(timedelta(seconds=61),))
    async with receiver(lambda _received: answer(503)) as there:
        await scene.listen(there.url)
        await scene.ats.world.job()
        await work_off(scene.ats.world, scene.database_url, webhooks={"bindbee": slow})
    async with scene.ats.world.services.database.reading() as conn:
        query = "select distinct status, tries from webhook_delivery where workspace_id = %s"
        rows = await conn.execute(query, [scene.ats.world.workspace.id])
        assert await rows.fetchall() == [("failed", 1)]
    assert len(WEBHOOKS.waits) == 4
    assert WEBHOOKS.within == timedelta(seconds=60)


async def test_webhooks_and_logs_are_found(scene: Scene) -> None:
    world = scene.ats.world
    first, good = await sent(world)
    second, bad = await sent(world, answer=503)
    await sent(world, environment="development")
    listed = await scene.asked(f"{PATH}?page_size=1")
    assert ([item["webhook_id"] for item in listed["items"]], listed["page_size"]) == ([str(first)], 1)
    rest = await scene.asked(f"{PATH}?cursor={listed['cursor']}")
    assert ([item["webhook_id"] for item in rest["items"]], rest["cursor"]) == ([str(second)], None)
    assert rest["items"][0]["last_triggered_at"] is not None
    assert (await scene.asked(f"{PATH}?is_active=false"))["items"] == []
    everything = {
        "": [good, bad],
        "errors_only=true": [bad],
        "response_code=200,201": [good],
        "response_code=abc": [],
        "webhook_action=connector_synced,x": [good, bad],
        "webhook_action=connector_sync_error": [],
        f"webhook_id={second}": [bad],
        f"connector_id={await native(world)}": [good, bad],
        f"connector_id={first}": [],
        "created_at_from=2026-01-01T00:00:00": [good, bad],
        "created_at_to=2020-01-01T00:00:00": [],
        "page_size=1": [good],
    }
    for query, ids in everything.items():
        found = await scene.asked(f"{PATH}/logs?{query}")
        assert [item["id"] for item in found["items"]] == [str(id_) for id_ in ids], query
