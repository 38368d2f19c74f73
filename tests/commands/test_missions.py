"""The operator reviews what partner accounts pushed."""

import asyncio
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest

from rolecall.actions.missions import REVIEW_AUDIENCE
from rolecall.store import events
from tests.intake import make_agencies, offered
from tests.surfaces.crosspath.conftest import Intake
from tests.terminal import Terminal
from tests.world import World


async def account(world: World, name: str) -> Intake:
    _, key = await world.partner(name)
    return Intake(world, key)


@pytest.fixture
async def hunter(acme: World) -> Intake:
    return await account(acme, "HunterOn")


async def run(terminal: Terminal, *words: str, **options: Any) -> str:
    return await asyncio.to_thread(terminal.run, *words, **options)


async def test_a_mission_is_read_and_published(terminal: Terminal, acme: World, hunter: Intake):
    mission, where = await hunter.mission(), ("-w", acme.workspace.slug)
    (waiting,) = await asyncio.to_thread(terminal.read, "mission", "list", *where, "--status", "draft")
    assert (waiting["id"], waiting["partner"], waiting["title"]) == (mission["id"], "HunterOn", "Firmware Lead")
    shown = await run(terminal, "mission", "show", mission["id"], *where)
    assert "Norrvik Optics" in shown
    assert "ho-jd-77" in shown
    assert shown.endswith("\nOwn the firmware of a lidar module.\n")
    said = await run(terminal, "mission", "publish", mission["id"], *where)
    assert said == "Firmware Lead: is Live.\n"
    assert [found["status"] for found in await hunter.missions()] == ["Live"]
    assert await run(terminal, "mission", "list", *where, "--status", "draft") == "There is no such mission.\n"


async def test_a_refused_mission_is_closed_for_its_partner_with_a_reason_for_us(
    terminal: Terminal, acme: World, hunter: Intake
):
    mission, where = await hunter.mission(), ("-w", acme.workspace.slug)
    said = await run(terminal, "mission", "refuse", mission["id"], *where, "--reason", " Filled elsewhere ")
    assert said == "Firmware Lead: refused, and closed.\n"
    (found,) = await hunter.missions()
    assert found["status"] == "Closed"
    assert "Filled" not in str(found)
    shown = await asyncio.to_thread(terminal.read, "mission", "show", mission["id"], *where)
    assert (shown["status"], shown["refused_because"]) == ("closed", "Filled elsewhere")
    published = await asyncio.to_thread(terminal.read, "mission", "publish", mission["id"], *where)
    assert published == [{"id": mission["id"], "status": "open", "title": "Firmware Lead"}]
    shown = await asyncio.to_thread(terminal.read, "mission", "show", mission["id"], *where)
    assert (shown["status"], shown["refused_because"]) == ("open", None)
    said = await run(terminal, "mission", "refuse", mission["id"], *where, "--reason", "Late", status=3)
    assert said.startswith("rolecall: Only a mission that waits can be refused, and this one is open.")


async def test_several_are_published_together_or_not_at_all(terminal: Terminal, acme: World, hunter: Intake):
    where = ("-w", acme.workspace.slug)
    first, second = await hunter.mission(), await hunter.mission(externalId="ho-jd-78", title="Optics Lead")
    said = await run(terminal, "mission", "publish", first["id"], str(uuid4()), *where, status=3)
    assert said.startswith("rolecall: There is no mission")
    assert {found["status"] for found in await hunter.missions()} == {"Private"}
    said = await run(terminal, "mission", "publish", first["id"], second["id"], *where)
    assert said == "Firmware Lead: is Live.\nOptics Lead: is Live.\n"


async def test_a_mission_is_published_to_named_agencies_at_a_fee(terminal: Terminal, acme: World, hunter: Intake):
    await make_agencies(acme, "Nordlys Talent", "Harbour")
    mission, where = await hunter.mission(), ("-w", acme.workspace.slug)
    publish = ("mission", "publish", mission["id"], *where)
    said = await run(terminal, *publish, "--agency", "Nobody", status=3)
    assert said.startswith("rolecall: There is no agency Nobody.")
    said = await run(terminal, *publish, "--fee", "much", status=3)
    assert "a number such as 18 or 17.5" in said
    await run(terminal, *publish, "--agency", "Harbour", "--fee", "18.5")
    assert await offered(acme, mission) == ("open", Decimal("18.5"), ["Harbour"])
    await run(terminal, *publish, "--to", "all")
    assert await offered(acme, mission) == ("open", Decimal("18.5"), ["Harbour", "Nordlys Talent"])


async def test_the_operator_says_how_missions_are_offered(terminal: Terminal, acme: World, hunter: Intake):
    await make_agencies(acme, "Nordlys Talent", "Harbour")
    where = ("-w", acme.workspace.slug)
    said = await run(terminal, "mission", "defaults", *where)
    assert (
        said == "Missions are offered to all agencies, for 20 % of a year's pay.\nThey are those of the client house.\n"
    )
    found = await asyncio.to_thread(terminal.read, "mission", "defaults", *where, "--fee", "17,5", "--to", "preferred")
    assert found == {"fee_percent": "17.5", "to": "preferred", "client": "house"}
    await run(terminal, "agency", "prefer", "Harbour", *where, "--client", "house")
    mission = await hunter.mission()
    await run(terminal, "mission", "publish", mission["id"], *where)
    assert await offered(acme, mission) == ("open", Decimal("17.5"), ["Harbour"])
    said = await run(terminal, "mission", "defaults", *where, "--to", "none")
    assert said.startswith("Missions are offered to no agency unless `publish` names some, for 17.5 % of a year's pay.")


async def test_a_review_address_opens_the_page_for_an_hour(terminal: Terminal, acme: World, hunter: Intake):
    await hunter.mission()
    address = (await run(terminal, "mission", "review", "-w", acme.workspace.slug, "--port", "9000")).strip()
    url = httpx.URL(address)
    assert address.startswith("http://127.0.0.1:9000/operator?token=")
    answer = await acme.client.get("/operator", params=url.params)
    assert (answer.status_code, "Firmware Lead" in answer.text) == (200, True)
    claims = acme.services.signer.read(url.params["token"], audience=REVIEW_AUDIENCE, now=acme.services.clock())
    assert claims["exp"] - claims["iat"] == 3600
    async with acme.services.database.reading() as conn:
        told = await events.of_record(conn, acme.workspace.id, acme.workspace.id)
    assert told[-1].type == "workspace.review_link_made"
    assert "token" not in told[-1].payload


async def test_it_is_seen_what_each_account_owns(terminal: Terminal, acme: World, globex: World, hunter: Intake):
    rival, where = await account(acme, "Rival"), ("-w", acme.workspace.slug)
    live = await hunter.mission()
    await hunter.mission(externalId="ho-jd-78")
    theirs = await rival.mission(title="Optics Lead")
    await (await account(globex, "HunterOn")).mission(title="Elsewhere")
    await run(terminal, "mission", "publish", live["id"], *where)
    counted = await asyncio.to_thread(terminal.read, "partner", "list", *where)
    assert [(row["name"], row["companies"], row["waiting"], row["live"]) for row in counted] == [
        ("HunterOn", 2, 1, 1),
        ("Rival", 1, 1, 0),
    ]
    rows = await asyncio.to_thread(terminal.read, "mission", "list", *where, "--partner", "Rival")
    assert [row["id"] for row in rows] == [theirs["id"]]
    said = await run(terminal, "mission", "list", *where, "--partner", "Nobody", status=3)
    assert said.startswith("rolecall: There is no partner account Nobody. `rolecall partner list ")


async def test_only_missions_of_the_workspace_are_known(terminal: Terminal, acme: World, globex: World):
    job, where = await acme.job(), ("-w", acme.workspace.slug)
    foreign = await (await account(globex, "HunterOn")).mission()
    for id_ in (str(job.id), foreign["id"], "none"):
        for words in (("show", id_), ("publish", id_), ("refuse", id_, "--reason", "No")):
            said = await run(terminal, "mission", *words, *where, status=3)
            assert said.startswith(f"rolecall: There is no mission {id_} of a partner.")
    assert await run(terminal, "mission", "list", *where) == "No partner has pushed a mission yet.\n"
