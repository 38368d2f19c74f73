"""A linked sandbox: all sixteen lists fill through its token, later syncs write what is different, a delete removes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rolecall.store.db import fetch_value, fetch_values
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.tasks.queue import Work, make_queue
from rolecall.tasks.syncing import start_due
from rolecall.worker import all_tasks
from tests.background import work_off
from tests.contract.stage import Stage
from tests.linking import Linked, link_of
from tests.world import World

COUNTS = {
    "departments": 12,
    "offices": 8,
    "tags": 20,
    "reject-reasons": 10,
    "remote-users": 2_000,
    "jobs": 300,
    "job-interview-stages": 1_800,
}


async def stored(world: World, linked: Linked, table: str) -> int:
    query = f"select count(*) from {table} where workspace_id = %s and connector_id = %s"
    async with world.services.database.reading() as conn:
        return await fetch_value(conn, query, (world.workspace.id, linked.id))


async def test_a_sync_fills_all_sixteen_lists_and_a_delete_empties_them(acme: World, database_url: str) -> None:
    linked = await (await (await link_of(acme)).linked("sandbox-blue")).synced(database_url)
    shown = await linked.shown()
    assert (shown["sync_status"], shown["status"]) == ("Done", "COMPLETE")
    assert shown["next_sync_start_time"] is not None
    for model in MODELS.values():
        answer = await linked.call("GET", f"/api/ats/v1/{model.path}?page_size=5&include_raw_data=true")
        items = answer.json()["items"]
        assert len(items) == 5, model.path
        assert all(item["remote_id"] and item["raw_data"]["id"] == item["remote_id"] for item in items), model.path
    for path, count in COUNTS.items():
        table = next(model.table for model in MODELS.values() if model.path == path)
        assert await stored(acme, linked, table) == count
    expand = "expand=candidate[last_name],job,credited_to,current_stage"
    (item, *_) = (await linked.call("GET", f"/api/ats/v1/applications?{expand}")).json()["items"]
    assert item["candidate"]["last_name"]
    assert item["job"]["departments"]
    assert item["job"]["recruiters"]
    assert item["credited_to"]["email"]
    assert item["current_stage"]["job"] == item["job"]["id"]
    await _second_sync(acme, linked, database_url)
    await _deletion(acme, linked, database_url)


async def _second_sync(world: World, linked: Linked, database_url: str) -> None:
    """The same remote ids keep their ids; what is the same is not written again; a day has passed."""
    query = "select max(modified_at) from {} where workspace_id = %s and connector_id = %s"
    before = {name: await stored(world, linked, name) for name in ("candidate", "application", "member", "job")}
    async with world.services.database.reading() as conn:
        members = await fetch_value(conn, query.format("member"), (world.workspace.id, linked.id))
        ids = set(await fetch_values(conn, "select id from candidate where connector_id = %s", (linked.id,)))
    answer = await linked.call("POST", "/api/embedded/v1/connectors/resync")
    assert (answer.status_code, answer.json()) == (200, "Resync started")
    assert (await linked.call("POST", "/api/embedded/v1/connectors/resync")).json() == "Resync started"
    await linked.synced(database_url)
    async with world.services.database.reading() as conn:
        assert await fetch_value(conn, query.format("member"), (world.workspace.id, linked.id)) == members
        later = await fetch_values(conn, "select id from candidate where connector_id = %s", (linked.id,))
        kinds = "select payload ->> 'sync_type' from event where workspace_id = %s and type = 'connector.sync_started'"
        assert await fetch_values(conn, kinds + " order by id", (world.workspace.id,)) == ["INITIAL", "MANUAL"]
    assert ids < set(later)
    after = {name: await stored(world, linked, name) for name in before}
    assert {name: after[name] - before[name] for name in before} == {
        "candidate": 5,
        "application": 5,
        "member": 0,
        "job": 0,
    }


async def _deletion(world: World, linked: Linked, database_url: str) -> None:
    answer = await linked.call("DELETE", f"/api/ats/v1/connectors/{linked.id}/delete")
    assert (answer.status_code, answer.json()) == (200, {"message": "Connector deleted successfully"})
    refused = await linked.call("GET", "/api/ats/v1/jobs")
    assert (refused.status_code, refused.json()) == (403, {"detail": "Invalid connector token"})
    path = f"/api/ats/v1/connectors?origin_id={linked.link.origin_id}"
    assert (await linked.call("GET", path)).json()["items"] == []
    assert (await linked.call("DELETE", f"/api/ats/v1/connectors/{linked.id}/delete")).status_code == 404
    await linked.synced(database_url)
    for table in {model.table for model in MODELS.values()}:
        assert await stored(world, linked, table) == 0
    async with world.services.database.reading() as conn:
        for rows in ("connector where integration = 'sandbox' and", "company where"):
            left = await fetch_value(conn, f"select count(*) from {rows} workspace_id = %s", (world.workspace.id,))
            assert left == 0


async def test_a_customer_whose_system_lets_nobody_in_any_more_links_again(acme: World, database_url: str) -> None:
    link = await link_of(acme)
    linked = await (await link.linked("sandbox-blue-revoked")).synced(database_url)
    shown = await linked.shown()
    assert (shown["status"], shown["is_active"], shown["sync_status"]) == ("RELINK_NEEDED", False, "Failed")
    assert shown["relink_needed_at"] is not None
    refused = await linked.call("POST", "/api/embedded/v1/connectors/resync")
    assert (refused.status_code, refused.json()) == (403, {"detail": "The connector has to be linked again."})
    assert (await linked.call("GET", "/api/ats/v1/jobs")).status_code == 200
    await link.temporary("sandbox-small")
    shown = await linked.shown()
    assert (shown["status"], shown["relink_needed_at"], shown["sync_status"]) == ("COMPLETE", None, "Syncing")


async def test_the_workspaces_own_records_are_never_out_of_date(acme: World) -> None:
    headers = await Stage(acme).bindbee()
    answer = await acme.client.post("/api/embedded/v1/connectors/resync", headers=headers)
    assert (answer.status_code, answer.json()) == (200, "Resync started")


async def test_the_workspaces_own_connector_stays(acme: World) -> None:
    link = await link_of(acme)
    (native,) = (await acme.client.get("/api/ats/v1/connectors", headers=link.key)).json()["items"]
    answer = await acme.client.delete(f"/api/ats/v1/connectors/{native['id']}/delete", headers=link.key)
    assert answer.status_code == 403


@pytest.mark.parametrize(("environment", "started"), [("production", 1), ("development", 0)])
async def test_a_day_later_production_is_read_again(
    acme: World, database_url: str, environment: str, started: int
) -> None:
    linked = await (await (await link_of(acme, environment)).linked("sandbox-a-revoked")).synced(database_url)
    query = "update connector set status = 'COMPLETE', sync_status = 'done', sync_due_at = %s where id = %s"
    now = acme.services.clock()
    async with acme.services.database.writing() as conn:
        await conn.execute(query, (now if environment == "production" else None, linked.id))
    later = replace(acme.services, clock=lambda: now + timedelta(hours=24))
    await start_due(Work(later, make_queue(database_url, all_tasks())))
    events = "select count(*) from event where record_id = %s and payload ->> 'sync_type' = 'SCHEDULED'"
    async with acme.services.database.reading() as conn:
        assert await fetch_value(conn, events, (linked.id,)) == started
    await work_off(acme, database_url)
