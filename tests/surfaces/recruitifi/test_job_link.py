"""GET /v1/links/job."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from rolecall.actions import clients as client_actions
from rolecall.actions import partners as partner_actions
from rolecall.domain.jobs import JobStatus
from rolecall.store import clients, connectors, events
from tests.partnership import Partnership, build_partnership
from tests.world import World

FORBIDDEN = {"error": "forbidden", "message": "You do not have permission to access this resource."}
NOT_FOUND = {"error": "not_found", "message": "The requested resource was not found."}
BAD_QUERY = {
    "error": "unprocessable_entity",
    "message": "One or more required query parameters are missing or invalid.",
}


async def users(oakline: Partnership) -> list[clients.ClientUser]:
    async with oakline.world.services.database.reading() as conn:
        return await clients.users(conn, oakline.world.workspace.id, oakline.client.id)


async def test_the_documented_answer(oakline: Partnership) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    answer = await oakline.ask(extra="ignored")
    assert answer.status_code == 200
    assert list(answer.json()) == ["url", "expiresAt"]
    assert re.fullmatch(r"http://rolecall\.test/embed/job\?token=[\w.-]+", answer.json()["url"])
    expires = datetime.strptime(answer.json()["expiresAt"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(0) <= expires - before - timedelta(minutes=30) < timedelta(seconds=30)


async def test_each_call_gives_a_fresh_url_that_opens_the_screen(oakline: Partnership) -> None:
    urls = {(await oakline.ask()).json()["url"] for _ in range(3)}
    assert len(urls) == 3
    for url in urls:
        assert (await oakline.world.client.get(url)).status_code == 200


@pytest.mark.parametrize("name", ["connectorId", "clientId", "userId", "jobId"])
@pytest.mark.parametrize(
    "value",
    [None, "", "+%20", "%00", "a%0Ab", "a%7F", "%C2%85", "a" * 256, "a&{name}=a", "&{name}=a", "%FF", "%ED%A0%80"],
)
async def test_a_bad_parameter_is_422(oakline: Partnership, name: str, value: str | None) -> None:
    given = {"connectorId": str(oakline.connector.id), "clientId": "c", "userId": "u", "jobId": "j"}
    given[name] = value.format(name=name) if value is not None else ""
    query = "&".join(f"{key}={text}" for key, text in given.items() if value is not None or key != name)
    headers = {"X-Auth-Token": await oakline.token()}
    answer = await oakline.world.client.get(f"/v1/links/job?{query}&x=%FF", headers=headers)
    assert (answer.status_code, answer.json()) == (422, BAD_QUERY)


async def test_the_checks_come_in_order(oakline: Partnership) -> None:
    unknown = str(uuid4())
    assert (await oakline.ask(token="x", connectorId="", jobId="none")).status_code == 401
    assert (await oakline.ask(connectorId=unknown, jobId="")).status_code == 422
    forbidden = await oakline.ask(connectorId=unknown, jobId="none")
    assert (forbidden.status_code, forbidden.json()) == (403, FORBIDDEN)
    missing = await oakline.ask(jobId="none")
    assert (missing.status_code, missing.json()) == (404, NOT_FOUND)


async def test_a_connector_that_is_no_open_one_of_the_partner(oakline: Partnership, globex: World) -> None:
    stranger = await build_partnership(globex)
    rival = await build_partnership(oakline.world, "Rival")
    ids = ["con_oak01", str(oakline.connector.id).upper(), str(stranger.connector.id), str(rival.connector.id)]
    for connector_id in ids:
        answer = await oakline.ask(connectorId=connector_id)
        assert (answer.status_code, answer.json()) == (403, FORBIDDEN), connector_id


async def test_a_disabled_connector(oakline: Partnership) -> None:
    async with oakline.world.services.database.writing() as conn:
        await connectors.set_disabled(conn, oakline.world.workspace.id, oakline.connector.id, at=datetime.now(UTC))
    assert (await oakline.ask()).json() == FORBIDDEN


async def test_a_deactivated_user_and_one_without_the_right(oakline: Partnership) -> None:
    await oakline.ask()
    await oakline.ask(userId="u-559")
    async with oakline.world.services.database.writing() as conn:
        await client_actions.set_user_active(oakline.world.context(conn), oakline.client, "u-558", active=False)
        second = (await clients.users(conn, oakline.world.workspace.id, oakline.client.id))[1]
        await clients.set_user_permissions(conn, oakline.world.workspace.id, second.id, permissions=["standard"])
    for user in ("u-558", "u-559"):
        answer = await oakline.ask(userId=user, jobId="none")
        assert (answer.status_code, answer.json()) == (403, FORBIDDEN)


async def test_the_first_user_gets_all_rights_and_later_ones_may_post(oakline: Partnership) -> None:
    for user in ("u-558", "U-558", "u-558"):
        assert (await oakline.ask(userId=user)).status_code == 200
    first, second = await users(oakline)
    assert (first.external_id, first.permissions) == (
        "u-558",
        ["standard", "posting_creator", "agency_manager", "finance_manager", "team_manager"],
    )
    assert (second.external_id, second.permissions) == ("U-558", ["standard", "posting_creator"])


async def test_concurrent_first_links_make_each_user_once_and_one_of_them_first(oakline: Partnership) -> None:
    token = await oakline.token()
    answers = await asyncio.gather(*(oakline.ask(token=token, userId=f"u-{n % 4}") for n in range(24)))
    assert {answer.status_code for answer in answers} == {200}
    found = await users(oakline)
    assert sorted(user.external_id for user in found) == ["u-0", "u-1", "u-2", "u-3"]
    assert sorted(len(user.permissions) for user in found) == [2, 2, 2, 5]


async def test_an_unknown_job_creates_nothing(oakline: Partnership) -> None:
    assert (await oakline.ask(clientId="cust-new", jobId="req-9031")).status_code == 404
    assert (await oakline.ask(userId="u-new", jobId="req-9032")).status_code == 404
    async with oakline.world.services.database.reading() as conn:
        workspace_id = oakline.world.workspace.id
        assert await clients.by_external_id(conn, workspace_id, oakline.connector.id, "cust-new") is None
    assert await users(oakline) == []


async def test_an_archived_job_is_gone_and_a_closed_one_is_not(oakline: Partnership) -> None:
    await oakline.world.move(oakline.job.id, JobStatus.CLOSED)
    assert (await oakline.ask()).status_code == 200
    await oakline.world.move(oakline.job.id, JobStatus.ARCHIVED)
    assert (await oakline.ask()).json() == NOT_FOUND


async def test_a_client_knows_its_own_ids_only(oakline: Partnership) -> None:
    assert (await oakline.ask(jobId=str(oakline.job.id))).status_code == 404
    assert (await oakline.ask(jobId="REQ-9031")).status_code == 404


async def test_a_client_that_acts_for_the_workspace_knows_every_job(oakline: Partnership, globex: World) -> None:
    world = oakline.world
    coded = await world.job("Optics Lead", code="OPT-1", external_id="ext-1")
    await world.job("Twin", code="TWIN")
    await world.job("Twin", code="TWIN")
    foreign = await globex.job("Elsewhere", code="FAR-1")
    async with world.services.database.writing() as conn:
        await client_actions.let_client_act_for_workspace(world.context(conn), oakline.connector.id, "cust-2207")
    for job in (str(coded.id), "OPT-1", "ext-1", "req-9031", str(oakline.job.id)):
        assert (await oakline.ask(jobId=job)).status_code == 200, job
    for job in ("TWIN", "FAR-1", str(foreign.id), str(coded.id).upper(), "opt-1"):
        assert (await oakline.ask(jobId=job)).status_code == 404, job


async def test_the_code_of_an_archived_job_is_free_again(oakline: Partnership) -> None:
    world = oakline.world
    old, _ = await world.job("Twin", code="TWIN"), await world.job("Twin", code="TWIN")
    async with world.services.database.writing() as conn:
        await client_actions.let_client_act_for_workspace(world.context(conn), oakline.connector.id, "cust-2207")
    await world.move(old.id, JobStatus.ARCHIVED)
    assert (await oakline.ask(jobId="TWIN")).status_code == 200


async def test_making_a_link_is_recorded_without_the_token(oakline: Partnership) -> None:
    token = await oakline.link_token()
    (user,) = await users(oakline)
    async with oakline.world.services.database.reading() as conn:
        event = (await events.of_record(conn, oakline.world.workspace.id, oakline.job.id))[-1]
    assert (event.type, event.actor) == ("job.link_made", f"credential:{oakline.credential.id}")
    assert event.payload == {
        "screen": "job",
        "connector": str(oakline.connector.id),
        "client": str(oakline.client.id),
        "user": str(user.id),
    }
    assert token not in str(event)


async def test_the_same_ids_under_two_connectors_are_two_clients(oakline: Partnership) -> None:
    async with oakline.world.services.database.writing() as conn:
        second = await partner_actions.create_embed_connector(
            oakline.world.context(conn), oakline.partner.id, name="Second"
        )
    assert (await oakline.ask(connectorId=str(second.id))).status_code == 404
