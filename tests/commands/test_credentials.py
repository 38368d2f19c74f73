"""Credentials of every kind, and that they work."""

import asyncio
import re
from typing import Any

import pytest

from rolecall.store import connectors, partners
from tests.terminal import Terminal
from tests.world import World

CREATE = ("credential", "create")


async def create(terminal: Terminal, world: World, kind: str, *options: str) -> dict[str, Any]:
    return await asyncio.to_thread(terminal.read, *CREATE, kind, "-w", world.workspace.slug, *options)


async def in_use(world: World, secret: str) -> bool:
    (found,) = await world.services.credentials.find(secret)
    return found is not None


async def test_a_unified_key_of_an_environment_replaces_the_one_before(terminal: Terminal, acme: World):
    first = await create(terminal, acme, "bindbee")
    other = await create(terminal, acme, "bindbee", "--environment", "development")
    second = await create(terminal, acme, "bindbee")
    assert first["kind"] == "bindbee"
    assert (first["environment"], other["environment"]) == ("production", "development")
    assert first["api_key"].startswith("bb_")
    assert [await in_use(acme, made["api_key"]) for made in (first, other, second)] == [False, True, True]


async def test_a_connector_token_is_kept_sealed_and_replaced(terminal: Terminal, acme: World):
    first = await create(terminal, acme, "bindbee-connector")
    second = await create(terminal, acme, "bindbee-connector")
    async with acme.services.database.reading() as conn:
        native = await connectors.native(conn, acme.workspace.id)
    assert native is not None
    assert native.token_sealed is not None
    assert acme.services.sealer.open(native.token_sealed) == second["connector_token"]
    assert [await in_use(acme, made["connector_token"]) for made in (first, second)] == [False, True]


async def test_the_two_unified_secrets_open_the_job_list(terminal: Terminal, acme: World):
    key = await create(terminal, acme, "bindbee")
    token = await create(terminal, acme, "bindbee-connector")
    headers = {"Authorization": f"Bearer {key['api_key']}", "x-connector-token": token["connector_token"]}
    answer = await acme.client.get("/api/ats/v1/jobs", headers=headers)
    assert (answer.status_code, answer.json()["items"]) == (200, [])


async def test_a_vacancies_key_has_the_scopes_of_a_website_unless_told(terminal: Terminal, acme: World):
    website = await create(terminal, acme, "recruitsome")
    chosen = await create(terminal, acme, "recruitsome", "--scope", "team:read", "--scope", "vacancies:read")
    plugin = await create(terminal, acme, "recruitsome", "--preset", "chrome-plugin")
    assert website["scopes"] == [
        "vacancies:read",
        "applications:write",
        "team:read",
        "locations:read",
        "articles:read",
    ]
    assert chosen["scopes"] == ["vacancies:read", "team:read"]
    assert plugin["scopes"] == ["candidates:read", "candidates:write", "team:read"]


def test_scopes_are_checked(terminal: Terminal):
    said = terminal.run(*CREATE, "recruitsome", "-w", "any", "--scope", "jobs:read", status=3)
    assert said.startswith("rolecall: There is no scope jobs:read. There are: vacancies:read, ")
    both = ("--scope", "team:read", "--preset", "chrome-plugin")
    said = terminal.run(*CREATE, "recruitsome", "-w", "any", *both, status=3)
    assert said == "rolecall: Give either --preset or --scope, not both.\n"


@pytest.mark.parametrize(("option", "days"), [("30d", 30), ("90d", 90), ("never", None)])
async def test_a_sources_token_lives_as_long_as_asked(terminal: Terminal, acme: World, option: str, days: int | None):
    made = await create(terminal, acme, "hirempire", "--expires", option)
    (found,) = await acme.services.credentials.find(made["token"])
    assert found is not None
    lives = found.expires_at - found.created_at if found.expires_at else None
    assert (lives.days if lives else None) == days
    assert made["token"].startswith("sk-")


async def test_an_mcp_client_gets_tokens_until_it_is_revoked(terminal: Terminal, acme: World):
    made = await create(terminal, acme, "hirempire-mcp", "--name", "Assistant", "--expires", "90d")
    assert (made["kind"], made["name"]) == ("hirempire-mcp", "Assistant")
    account = (made["client_id"], made["client_secret"])

    async def ask() -> int:
        form = {"grant_type": "client_credentials"}
        return (await acme.client.post("/v1/oauth/token", data=form, auth=account)).status_code

    assert await ask() == 200
    await asyncio.to_thread(terminal.run, "credential", "revoke", made["id"], "-w", acme.workspace.slug)
    assert await ask() == 401


async def test_an_mcp_client_is_shown_with_its_use(terminal: Terminal, acme: World):
    said = await asyncio.to_thread(terminal.run, *CREATE, "hirempire-mcp", "-w", acme.workspace.slug)
    assert re.search(r"client_id +mcp_\w+\n +client_secret +mcps_\w+\n", said)
    assert "MCP clients connect to /v1/mcp" in said
    assert "It works until it is revoked." in said


async def test_an_embedding_partner_keeps_its_connector(terminal: Terminal, acme: World):
    options = ("--partner", "Oakline", "--client", "globex")
    first = await create(terminal, acme, "recruitifi", *options, "--origin", "https://app.oakline.example")
    second = await create(terminal, acme, "recruitifi", *options, "--origin", "https://two.oakline.example")
    assert {"client_id", "client_secret", "connector_id"} < set(first)
    assert first["connector_id"] == second["connector_id"]
    assert first["client_id"] != second["client_id"]
    async with acme.services.database.reading() as conn:
        partner = await partners.by_name(conn, acme.workspace.id, "Oakline")
        assert partner is not None
        (connector,) = await connectors.of_partner(conn, acme.workspace.id, partner.id)
    assert connector.origins == ["https://two.oakline.example"]


async def test_an_embedding_client_gets_a_link_to_any_job(terminal: Terminal, acme: World):
    made = await create(terminal, acme, "recruitifi", "--client", "acme-hr")
    job = await acme.job()
    account = {"client_id": made["client_id"], "client_secret": made["client_secret"]}
    token = (await acme.client.post("/v1/auth/token", json=account)).json()["access_token"]
    query = {"connectorId": made["connector_id"], "clientId": "acme-hr", "userId": "u1", "jobId": str(job.id)}
    answer = await acme.client.get("/v1/links/job", params=query, headers={"X-Auth-Token": token})
    assert answer.status_code == 200, answer.text


async def test_an_origin_must_be_one(terminal: Terminal, acme: World):
    arguments = (*CREATE, "recruitifi", "-w", acme.workspace.slug, "--origin", "https://oakline.example/path")
    said = await asyncio.to_thread(terminal.run, *arguments, status=3)
    assert "is no origin such as https://app.example.com" in said


async def test_an_intake_key_makes_its_partner_once(terminal: Terminal, acme: World):
    first = await create(terminal, acme, "crosspath", "--partner", "HunterOn")
    await create(terminal, acme, "crosspath", "--partner", "HunterOn", "--publish-immediately")
    async with acme.services.database.reading() as conn:
        partner = await partners.by_name(conn, acme.workspace.id, "HunterOn")
    assert partner is not None
    assert partner.publish_immediately is True
    headers = {"Authorization": f"Apikey {first['api_key']}"}
    answer = await acme.client.get("/partners/v1/companies", headers=headers)
    assert (answer.status_code, answer.json()) == (200, {"companies": []})


async def test_a_secret_is_shown_once_with_its_use(terminal: Terminal, acme: World):
    slug = acme.workspace.slug
    said = await asyncio.to_thread(terminal.run, *CREATE, "hirempire", "-w", slug)
    assert "The secret is shown this once, keep it now:" in said
    assert "Authorization: Bearer sk-" in said
    secret = said.split("token  ")[1].split()[0]
    listed = await asyncio.to_thread(terminal.run, "credential", "list", "-w", slug)
    assert secret[:9] in listed
    assert secret not in listed


async def test_a_revoked_credential_is_refused_at_once(terminal: Terminal, acme: World, globex: World):
    made = await create(terminal, acme, "crosspath")
    foreign = ("credential", "revoke", made["id"], "-w", globex.workspace.slug)
    assert "There is no credential" in await asyncio.to_thread(terminal.run, *foreign, status=3)
    await asyncio.to_thread(terminal.run, "credential", "revoke", made["id"], "-w", acme.workspace.slug)
    assert not await in_use(acme, made["api_key"])
    listing = ("credential", "list", "-w", acme.workspace.slug)
    assert await asyncio.to_thread(terminal.read, *listing) == []
    (row,) = await asyncio.to_thread(terminal.read, *listing, "--all")
    assert row["revoked_at"] is not None
