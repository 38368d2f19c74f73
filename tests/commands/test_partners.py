"""Partner accounts that the operator shuts out and lets in again."""

import asyncio
from typing import Any

from rolecall.store import events, partners
from tests.partnership import build_partnership
from tests.surfaces.crosspath.conftest import Intake
from tests.terminal import Terminal
from tests.world import World


async def run(terminal: Terminal, *words: str, **options: Any) -> str:
    return await asyncio.to_thread(terminal.run, *words, **options)


async def test_an_account_that_is_shut_out_reaches_nothing_until_it_is_let_in(
    terminal: Terminal, acme: World, globex: World
):
    oakline, where = await build_partnership(acme), ("-w", acme.workspace.slug)
    stranger = await build_partnership(globex)
    screen, token = await oakline.screen("settings"), await oakline.token()
    said = await run(terminal, "partner", "disable", "Oakline", *where)
    assert said == "Oakline is shut out. `rolecall partner enable` lets it in again.\n"
    assert (await oakline.ask("settings", token=token)).status_code == 401
    assert (await screen.reload()).status_code == 403
    assert (await stranger.ask("settings")).status_code == 200
    (row,) = await asyncio.to_thread(terminal.read, "partner", "list", *where)
    assert row["disabled_at"] is not None
    await run(terminal, "partner", "disable", "Oakline", *where)  # again: nothing happens
    assert await run(terminal, "partner", "enable", "Oakline", *where) == "Oakline is let in.\n"
    assert (await oakline.ask("settings", token=token)).status_code == 200
    assert (await screen.reload()).status_code == 200
    async with acme.services.database.reading() as conn:
        told = await events.of_record(conn, acme.workspace.id, oakline.partner.id)
    assert [event.payload.get("active") for event in told if event.type == "partner.changed"] == [False, True]


async def test_a_key_of_an_account_that_is_shut_out_is_refused(terminal: Terminal, acme: World):
    partner, key = await acme.partner("HunterOn")
    hunter, where = Intake(acme, key), ("-w", acme.workspace.slug)
    mission = await hunter.mission()
    await run(terminal, "partner", "disable", "HunterOn", *where)
    answer = await acme.client.get("/partners/v1/missions", headers={"Authorization": f"Apikey {key}"})
    assert (answer.status_code, answer.json()) == (401, {"error": "Please provide your API key."})
    async with acme.services.database.reading() as conn:
        stored = await partners.get(conn, acme.workspace.id, partner.id)
    assert stored is not None
    assert stored.disabled_at is not None
    await run(terminal, "partner", "enable", "HunterOn", *where)
    assert [found["id"] for found in await hunter.missions()] == [mission["id"]]


async def test_an_unknown_account_is_named_with_the_way_out(terminal: Terminal, acme: World):
    said = await run(terminal, "partner", "disable", "Nobody", "-w", acme.workspace.slug, status=3)
    assert "There is no partner account Nobody." in said
    assert "rolecall partner list" in said
