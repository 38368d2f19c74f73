"""Jobs of a linked system that somebody publishes here: their pages follow the system, and go with the connector."""

from dataclasses import replace

from rolecall.actions.jobs import hold_job, move_job
from rolecall.actions.synced import store_records
from rolecall.actions.unlinking import remove_records
from rolecall.domain.credentials import CredentialKind
from rolecall.domain.jobs import JobStatus
from rolecall.ports.remote_records import RemoteJob
from rolecall.store.db import fetch_value
from tests.contract.stage import Stage
from tests.linking import Linked, link_of
from tests.world import World

JOB = RemoteJob(remote_id="job-1", raw={"id": "job-1"}, title="Test Engineer", status="draft", description="Test it.")


async def published(world: World) -> tuple[Linked, str]:
    """A job of a linked system, opened here; the path of its page."""
    linked = await (await (await link_of(world)).linked()).unread()
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        assert await store_records(ctx, linked.id, [JOB]) == 1
        job_id = await fetch_value(conn, "select id from job where connector_id = %s", (linked.id,))
        opened = await move_job(ctx, await hold_job(ctx, job_id), JobStatus.OPEN)
    return linked, f"/jobs/{opened.public_path}"


async def vacancies(world: World) -> int:
    headers = await Stage(world).bearer(CredentialKind.RECRUITSOME, scopes=["vacancies:read"])
    return (await world.client.get("/api/v1/vacancies", headers=headers)).json()["meta"]["total"]


async def test_the_page_follows_the_system(acme: World) -> None:
    linked, page = await published(acme)
    assert (await acme.client.get(page)).status_code == 200
    assert await vacancies(acme) == 1
    changed = replace(JOB, title="Test Lead", status="closed", raw={"id": "job-1", "title": "Test Lead"})
    async with acme.services.database.writing() as conn:
        assert await store_records(acme.context(conn), linked.id, [changed]) == 1
    (shown,) = (await linked.call("GET", "/api/ats/v1/jobs")).json()["items"]
    assert (shown["name"], shown["status"]) == ("Test Lead", "CLOSED")
    assert await vacancies(acme) == 0


async def test_the_same_payload_is_not_written_again(acme: World) -> None:
    linked, _ = await published(acme)
    async with acme.services.database.writing() as conn:
        assert await store_records(acme.context(conn), linked.id, [JOB]) == 0
    (shown,) = (await linked.call("GET", "/api/ats/v1/jobs")).json()["items"]
    assert shown["status"] == "OPEN"  # what was changed here stays until the system changes it


async def test_the_page_goes_with_the_connector(acme: World) -> None:
    linked, page = await published(acme)
    await linked.call("DELETE", f"/api/ats/v1/connectors/{linked.id}/delete")
    left = True
    while left:
        async with acme.services.database.writing() as conn:
            left = await remove_records(acme.context(conn), linked.id)
    assert (await acme.client.get(page)).status_code == 404
    assert await vacancies(acme) == 0
