"""The organization's connectors and what it can link."""

from uuid import uuid4

import pytest

from rolecall.actions.ids import new_id
from rolecall.actions.issuing import issue_connector_token
from rolecall.domain.credentials import CredentialKind
from rolecall.store import connectors
from rolecall.store.connectors import Connector
from tests.world import World

CONNECTORS, INTEGRATIONS = "/api/ats/v1/connectors", "/api/ats/v1/integrations"


async def key(world: World, environment: str = "production") -> dict[str, str]:
    return {"Authorization": f"Bearer {await world.secret(CredentialKind.BINDBEE, environment=environment)}"}


async def native_token(world: World) -> str:
    async with world.services.database.writing() as conn:
        issued = await issue_connector_token(world.context(conn), world.workspace, sealer=world.services.sealer)
    return issued.secret


async def linked(world: World, **facts: object) -> Connector:
    """A connector of the production environment that is linked, with a token."""
    given = {"environment": "production", "status": "COMPLETE", "origin_id": f"tenant-{uuid4().hex[:6]}", **facts}
    connector = Connector(
        workspace_id=world.workspace.id,
        id=new_id(),
        category="ATS",
        integration="sandbox",
        name="Tallpine Labs",
        token_sealed=world.services.sealer.seal("t" * 64),
        origins=[],
        created_at=world.services.clock(),
        **given,  # type: ignore[arg-type]
    )
    async with world.services.database.writing() as conn:
        await connectors.insert(conn, connector)
    return connector


async def test_the_list_shows_a_connector_with_its_token(acme: World) -> None:
    token = await native_token(acme)
    answer = await acme.client.get(CONNECTORS, headers=await key(acme))
    (native,) = answer.json()["items"]
    assert native.pop("id")
    assert native.pop("completed_at") == native.pop("created_at")
    assert native == {
        "is_active": True,
        "status": "COMPLETE",
        "integration_slug": "native",
        "end_user": "Rolecall",
        "origin_id": None,
        "sync_status": None,
        "last_sync_start_time": None,
        "next_sync_start_time": None,
        "connector_token": token,
        "category": "ATS",
        "relink_needed_at": None,
        "is_test_connector": False,
    }


@pytest.mark.parametrize(("query", "expected"), [("is_active=true", 2), ("is_active=false", 1), ("", 3)])
async def test_the_list_tells_active_ones_from_others(acme: World, query: str, expected: int) -> None:
    await linked(acme)
    await linked(acme, status="INCOMPLETE")
    answer = await acme.client.get(f"{CONNECTORS}?{query}", headers=await key(acme))
    assert answer.json()["page_size"] == expected


async def test_the_list_finds_by_the_callers_own_id_and_by_token(acme: World) -> None:
    made, token = await linked(acme), await native_token(acme)
    headers = await key(acme)
    found = await acme.client.get(f"{CONNECTORS}?origin_id={made.origin_id}", headers=headers)
    assert [item["id"] for item in found.json()["items"]] == [str(made.id)]
    found = await acme.client.get(f"{CONNECTORS}?connector_token={token}", headers=headers)
    assert [item["integration_slug"] for item in found.json()["items"]] == ["native"]
    assert (await acme.client.get(f"{CONNECTORS}?connector_token=none", headers=headers)).json()["items"] == []


async def test_an_environment_sees_its_own_connectors(acme: World) -> None:
    await linked(acme)
    answer = await acme.client.get(CONNECTORS, headers=await key(acme, "development"))
    assert [item["integration_slug"] for item in answer.json()["items"]] == ["native"]


async def test_the_list_is_paged(acme: World) -> None:
    await linked(acme)
    headers = await key(acme)
    first = (await acme.client.get(f"{CONNECTORS}?page_size=1", headers=headers)).json()
    second = (await acme.client.get(f"{CONNECTORS}?page_size=1&cursor={first['cursor']}", headers=headers)).json()
    slugs = [item["integration_slug"] for page in (first, second) for item in page["items"]]
    assert (slugs, second["cursor"]) == (["native", "sandbox"], None)


async def test_a_token_sealed_under_another_key_is_shown_empty(acme: World) -> None:
    await linked(acme, origin_id="other-key")
    async with acme.services.database.writing() as conn:
        await conn.execute("update connector set token_sealed = %s where origin_id = 'other-key'", (b"x" * 60,))
    answer = await acme.client.get(f"{CONNECTORS}?origin_id=other-key", headers=await key(acme))
    assert answer.json()["items"][0]["connector_token"] == ""


async def test_integrations_have_ids_of_their_own_in_each_organization(acme: World, globex: World) -> None:
    ours, theirs = [
        (await world.client.get(INTEGRATIONS, headers=await key(world))).json()["items"] for world in (acme, globex)
    ]
    assert {one["integration_id"] for one in ours} == {one["integration_id"] for one in theirs}
    assert not {one["id"] for one in ours} & {one["id"] for one in theirs}


async def test_an_icon_can_be_fetched(acme: World) -> None:
    items = (await acme.client.get(INTEGRATIONS, headers=await key(acme))).json()["items"]
    for item in items:
        assert (await acme.client.get(item["icon_url"])).headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(("category", "slugs"), [("ATS", ["native", "sandbox"]), ("HRIS", [])])
async def test_the_lookup_has_those_of_a_category(acme: World, category: str, slugs: list[str]) -> None:
    answer = await acme.client.get(f"/api/v1/lookup/integrations?category={category}", headers=await key(acme))
    assert [found["slug"] for found in answer.json()["integrations"]] == slugs


async def test_a_good_key_is_told_so(acme: World) -> None:
    answer = await acme.client.post("/api/v1/org-check", headers=await key(acme))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
