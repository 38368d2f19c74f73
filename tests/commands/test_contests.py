"""The operator settles who owns a candidate."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from rolecall.actions import ownership
from rolecall.domain.submissions import Submission
from tests.marketplace import Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.terminal import Terminal
from tests.world import World


async def contested(market: Marketplace) -> Submission:
    """A submission whose client says that it knew the person."""
    known = await market.confirmed(market.northwind)
    assert known.confirmed_at is not None
    day = known.confirmed_at.date() - timedelta(days=30)
    async with market.acting() as ctx:
        await ownership.contest(ctx, known.id, contacted_on=day, evidence="We met at a fair.")
    return known


async def test_a_contest_is_read_and_upheld(terminal: Terminal, acme: World):
    market, where = await build_marketplace(await build_partnership(acme)), ("-w", acme.workspace.slug)
    assert await asyncio.to_thread(terminal.run, "contest", "list", *where) == "No contest waits.\n"
    known = await contested(market)
    (waiting,) = await asyncio.to_thread(terminal.read, "contest", "list", *where)
    assert (waiting["candidate"], waiting["agency"], waiting["posting"], waiting["evidence"]) == (
        "Ada Lovelace",
        "Northwind Search",
        "Firmware Lead",
        "We met at a fair.",
    )
    said = await asyncio.to_thread(terminal.run, "contest", "settle", waiting["id"], *where, "--uphold")
    assert said == "The contest is upheld.\n"
    until = (await market.stored(known)).owned_until
    assert until is not None
    assert until <= acme.services.clock()
    assert await asyncio.to_thread(terminal.read, "contest", "list", *where) == []
    (settled,) = await asyncio.to_thread(terminal.read, "contest", "list", *where, "--settled")
    assert settled["outcome"] == "upheld"


async def test_a_contest_is_settled_once_and_in_its_workspace(terminal: Terminal, acme: World, globex: World):
    market = await build_marketplace(await build_partnership(acme))
    known, where = await contested(market), ("-w", acme.workspace.slug)
    (waiting,) = await asyncio.to_thread(terminal.read, "contest", "list", *where)
    for id_, place in (("none", where), (uuid4(), where), (waiting["id"], ("-w", globex.workspace.slug))):
        said = await asyncio.to_thread(terminal.run, "contest", "settle", id_, *place, "--refuse", status=3)
        assert said.startswith("rolecall: There is no such contest of ownership. `rolecall contest list ")
    await asyncio.to_thread(terminal.run, "contest", "settle", waiting["id"], *where, "--refuse")
    assert (await market.stored(known)).owned_until == known.owned_until
    said = await asyncio.to_thread(terminal.run, "contest", "settle", waiting["id"], *where, "--uphold", status=3)
    assert "settled already: refused" in said
