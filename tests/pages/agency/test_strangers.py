"""Every page and form that names a record, asked for by another agency and another workspace: as if it were not there.

The walk finds the paths by itself; one that names a new kind of record fails until `owned` has one.
"""

import re
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from starlette.routing import Route
from starlette.types import ASGIApp

from rolecall.actions import agency_team, chat
from rolecall.actions import submissions as client_side
from rolecall.domain.recruiters import Role
from rolecall.domain.submissions import PersonFacts, Side
from rolecall.pages.agency.candidate_queries import messages
from rolecall.pages.agency.routes import PAGES
from rolecall.store import submissions
from rolecall.store.db import fetch_value
from tests.agency_desk import Desk, Upload, enter, open_desk, words
from tests.conftest import BASE_URL
from tests.contracting import build_contracting
from tests.marketplace import Marketplace, build_marketplace
from tests.pages.agency.test_submitting import FORM
from tests.partnership import build_partnership
from tests.world import World

SECRET = "Ada"
GRACE = PersonFacts(first_name="Ada-Grace", last_name="Hopper", email="grace@example.org")
SHEET: dict[str, str | Upload] = {"from_day": "2026-06-08", "to_day": "2026-06-14", "quantity": "1"}
OWN_WAY = {"/enter/{token}"}  # a token is no record: test_sign_in has it


def walk() -> Iterator[tuple[str, str]]:
    for route in PAGES.routes(None):
        assert isinstance(route, Route)
        path = route.path.removeprefix("/agency/{workspace}")
        if path != route.path and "{" in path and path not in OWN_WAY:
            yield next(iter((route.methods or set()) - {"HEAD"})), path


async def owned(market: Marketplace) -> dict[str, str]:
    """A record of Northwind's for each name in a path; its posting goes to Northwind alone."""
    world = market.partnership.world
    posting = await market.offer(await world.job("Secret job for Ada"))
    made = await market.confirmed(market.northwind)
    async with market.acting() as ctx:
        await ctx.conn.execute(
            "delete from distribution where workspace_id = %s and posting_id = %s and agency_id = %s",
            (world.workspace.id, posting.id, market.southgate.id),
        )
        await client_side.advance(ctx, made.id, feedback="Ada: on.")
        await chat.say(ctx, made.id, side=Side.CLIENT, author_id=None, text="Ada?")
    nora = market.recruiters["Northwind Search"]
    working = await build_contracting(market, person=GRACE)
    sheet = await working.submit()
    return {
        "posting": str(posting.id),
        "submission": str(made.id),
        "recruiter": str(nora.id),
        "hire": str(working.hire.id),
        "timesheet": str(sheet.id),
    }


async def manager(market: Marketplace, desk: Desk, agency: str) -> Desk:
    """A browser of an agency's team manager."""
    recruiter = market.recruiters[agency]
    async with market.acting() as ctx:
        await agency_team.change_role(ctx, recruiter.agency_id, recruiter.id, Role.TEAM_MANAGER)
    return await enter(desk, recruiter)


@pytest.mark.parametrize("whose", ["another agency", "another workspace"])
@pytest.mark.parametrize(("method", "path"), sorted(walk()))
async def test_a_stranger_is_answered_as_for_nothing(
    acme: World, globex: World, market: Marketplace, app: ASGIApp, method: str, path: str, whose: str
) -> None:
    records = await owned(market)
    if whose == "another agency":
        desk = await manager(market, open_desk(acme, app), "Southgate Talent")
    else:
        others = await build_marketplace(await build_partnership(globex))
        desk = await manager(others, open_desk(globex, app), "Northwind Search")
    events = "select count(*) from event where workspace_id = %s"
    async with acme.services.database.reading() as conn:
        before = await fetch_value(conn, events, (acme.workspace.id,))
    form = FORM if path.endswith("/submit") else {"reason": "No.", "text": "No.", "question": "No?", "do": "disable"}
    form = form | SHEET if path.startswith("/timesheets") else form
    answers = []
    for ids in (records, {name: str(uuid4()) for name in records}, dict.fromkeys(records, "x")):
        filled = re.sub(r"{(\w+)}", lambda found, ids=ids: ids[found[1]], path)
        answers.append(await (desk.get(filled) if method == "GET" else desk.post(filled, origin=BASE_URL, **form)))
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({words(answer) for answer in answers}) == 1
    assert SECRET not in answers[0].text
    async with acme.services.database.reading() as conn:
        assert await fetch_value(conn, events, (acme.workspace.id,)) == before


async def test_lists_hold_what_is_the_agencys_own(
    acme: World, globex: World, market: Marketplace, app: ASGIApp, browser: Callable[[], Desk]
) -> None:
    await owned(market)
    others = await build_marketplace(await build_partnership(globex))
    mine = await manager(market, browser(), "Northwind Search")
    desks = [
        await manager(market, browser(), "Southgate Talent"),
        await manager(others, open_desk(globex, app), "Northwind Search"),
    ]
    assert SECRET in words(await mine.get("/candidates"))
    for desk in desks:
        for path in ("", "?closed=1", "/candidates", "/candidates?over=1", "/timesheets", "/fees"):
            assert SECRET not in words(await desk.get(path))
    for path, name in (("/team", "nora@northwind.example"),):
        assert name not in words(await desks[0].get(path))
    async with acme.services.database.reading() as conn:
        assert await submissions.of_agency(conn, acme.workspace.id, market.southgate.id) == []


async def test_a_chat_is_read_by_the_agency_that_has_it(acme: World) -> None:
    market = await build_marketplace(await build_partnership(acme))
    ids = await owned(market)
    async with acme.services.database.reading() as conn:
        read = [
            await messages(conn, acme.workspace.id, agency.id, UUID(ids["submission"]))
            for agency in (market.northwind, market.southgate)
        ]
    assert [len(found) for found in read] == [1, 0]
