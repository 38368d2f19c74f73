"""Link tokens, temporary tokens and connector tokens: what each is good for, and for how long."""

from asyncio import gather
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from rolecall.app import create_app
from rolecall.domain.credentials import CredentialKind
from rolecall.store.db import fetch_row, fetch_value
from tests.linking import EXCHANGE, LINK_TOKEN, link_of
from tests.world import World


async def test_a_customer_links_a_system_and_the_organization_gets_its_token(acme: World) -> None:
    link = await link_of(acme)
    token = await link.token()
    assert len(token) == 64
    made = await link.linked()
    assert len(made.token) == 64
    shown = await made.shown()
    assert (shown["id"], shown["status"], shown["end_user"]) == (str(made.id), "COMPLETE", "Tallpine Labs")
    assert (shown["origin_id"], shown["sync_status"], shown["is_test_connector"]) == (link.origin_id, "Syncing", True)
    assert (await made.call("GET", "/api/ats/v1/jobs")).json()["items"] == []


async def test_before_the_customer_has_been_there_the_connector_is_incomplete(acme: World) -> None:
    link = await link_of(acme)
    await link.token()
    path = f"/api/ats/v1/connectors?origin_id={link.origin_id}"
    (shown,) = (await acme.client.get(path, headers=link.key)).json()["items"]
    assert (shown["is_active"], shown["status"], shown["completed_at"]) == (False, "INCOMPLETE", None)
    assert (shown["sync_status"], shown["last_sync_start_time"]) == (None, None)
    assert (await acme.client.get(f"{path}&is_active=true", headers=link.key)).json()["items"] == []


async def test_a_temporary_token_is_traded_once(acme: World) -> None:
    link = await link_of(acme)
    temporary = await link.temporary()
    assert (await link.trade(temporary)).status_code == 200
    again = await link.trade(temporary)
    assert (again.status_code, again.json()) == (404, {"detail": "Temporary token not found"})


async def test_a_temporary_token_lives_for_ten_minutes(acme: World) -> None:
    link = await link_of(acme)
    temporary = await link.temporary()
    later = replace(acme.services, clock=lambda: acme.services.clock() + timedelta(minutes=10, seconds=1))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(later)), base_url="http://later") as client:
        assert (await client.get(f"{EXCHANGE}/{temporary}", headers=link.key)).status_code == 404
    assert (await link.trade(temporary)).status_code == 200


async def test_a_temporary_token_is_of_one_environment_and_organization(acme: World, globex: World) -> None:
    temporary = await (await link_of(acme)).temporary()
    for other in (await link_of(acme, "development"), await link_of(globex)):
        assert (await other.trade(temporary)).status_code == 404


async def test_a_customer_who_links_again_keeps_token_and_connector(acme: World) -> None:
    link = await link_of(acme)
    first, second = await link.linked(), await link.linked()
    assert (first.id, first.token) == (second.id, second.token)


async def test_environments_have_connectors_of_their_own(acme: World) -> None:
    production = await link_of(acme)
    development = replace(await link_of(acme, "development"), origin_id=production.origin_id)
    assert (await production.linked()).id != (await development.linked()).id


async def test_a_key_of_the_other_environment_cannot_use_the_connector(acme: World) -> None:
    made = await (await link_of(acme)).linked()
    key = await acme.secret(CredentialKind.BINDBEE, environment="development")
    headers = {"Authorization": f"Bearer {key}", "X-Connector-Token": made.token}
    assert (await acme.client.get("/api/ats/v1/jobs", headers=headers)).status_code == 401


async def test_secrets_are_not_stored_as_they_are(acme: World) -> None:
    made = await (await link_of(acme)).linked("sandbox-very-secret")
    query = "select secrets_sealed, token_sealed, c::text from connector c where workspace_id = %s and id = %s"
    async with acme.services.database.reading() as conn:
        row = await fetch_row(conn, query, (acme.workspace.id, made.id))
        events = await fetch_value(
            conn, "select string_agg(e::text, '') from event e where workspace_id = %s", (acme.workspace.id,)
        )
    assert row is not None
    assert b"sandbox-very-secret" not in row[0]
    assert acme.services.sealer.open(row[0]) == '{"api_key":"sandbox-very-secret"}'
    assert acme.services.sealer.open(row[1]) == made.token
    assert "sandbox-very-secret" not in row[2] + events
    assert made.token not in row[2] + events


REFUSED = {
    "unknown system": ({"integration": "lever"}, ["body", "integration"], "value_error"),
    "other category": ({"category": "HRIS"}, ["body", "integration"], "value_error"),
    "unknown category": ({"category": "CRM"}, ["body", "category"], "literal_error"),
    "short name": ({"end_user_data": {"org_name": "T", "origin_id": "t-1"}}, ["body", "end_user_data", "org_name"],
                   "string_too_short"),
    "no address": ({"end_user_data": {"org_name": "Tt", "origin_id": "t-1", "email": "hr"}},
                   ["body", "end_user_data", "email"], "value_error"),
    "nobody": ({"end_user_data": {"org_name": "Tallpine"}}, ["body", "end_user_data", "origin_id"], "missing"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
async def test_what_is_wrong_with_a_link_is_named(acme: World, case: str) -> None:
    changes, loc, kind = REFUSED[case]
    link = await link_of(acme)
    answer = await acme.client.post(LINK_TOKEN, json=link.body(**changes), headers=link.key)
    assert answer.status_code == 422
    (problem,) = answer.json()["detail"]
    assert (problem["loc"], problem["type"]) == (loc, kind)


@pytest.mark.parametrize("slug", ["native", "sandbox"])
async def test_what_is_built_in_or_closed_cannot_be_linked(acme: World, slug: str) -> None:
    closed = acme.services.settings.model_copy(update={"bindbee_closed_integrations": "sandbox"})
    transport = httpx.ASGITransport(create_app(replace(acme.services, settings=closed)))
    link = await link_of(acme)
    async with httpx.AsyncClient(transport=transport, base_url="http://closed") as client:
        answer = await client.post(LINK_TOKEN, json=link.body(integration=slug), headers=link.key)
    assert (answer.status_code, answer.json()) == (403, {"detail": f"The integration {slug} is not enabled."})


async def test_an_organization_has_a_customer_once_also_when_asked_at_once(acme: World) -> None:
    link = await link_of(acme)
    await gather(*(link.token() for _ in range(4)))
    query = "select count(*) from connector where workspace_id = %s and origin_id = %s"
    async with acme.services.database.reading() as conn:
        assert await fetch_value(conn, query, (acme.workspace.id, link.origin_id)) == 1


async def test_an_unknown_temporary_token_is_not_found(acme: World) -> None:
    assert (await (await link_of(acme)).trade(f"tmp_{uuid4().hex}")).status_code == 404
