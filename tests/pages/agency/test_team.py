"""The agency's team, as its team managers look after it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rolecall.actions import agency_team
from rolecall.actions.agencies import NewRecruiter
from rolecall.domain.recruiters import Role
from rolecall.store import agencies
from rolecall.store.agencies import Recruiter
from tests.agency_desk import Desk, enter, words
from tests.background import work_off
from tests.inviting import Postbox
from tests.marketplace import Marketplace
from tests.world import World

OLE = {"first_name": "Ole", "last_name": "Lind", "email": "ole@northwind.example", "role": "finance_manager"}


@pytest.fixture
async def nora(acme: World, market: Marketplace) -> Recruiter:
    """A team manager."""
    recruiter = market.recruiters["Northwind Search"]
    async with acme.services.database.writing() as conn:
        await agency_team.change_role(acme.context(conn), market.northwind.id, recruiter.id, Role.TEAM_MANAGER)
    return recruiter


async def team_of(acme: World, market: Marketplace) -> list[Recruiter]:
    async with acme.services.database.reading() as conn:
        return await agencies.recruiters(conn, acme.workspace.id, market.northwind.id)


async def test_a_colleague_is_invited_and_told_where_to_sign_in(
    acme: World, market: Marketplace, nora: Recruiter, browser: Callable[[], Desk], database_url: str
) -> None:
    desk = await enter(browser(), nora)
    told = words(await desk.send("/team/invite", **OLE))
    assert "Your colleague gets a message" in told
    postbox = Postbox()
    await work_off(replace(acme, services=replace(acme.services, mail=postbox)), database_url)
    (message,) = postbox.messages
    assert (message.to, f"http://rolecall.test{desk.home}/sign-in" in message.text) == (OLE["email"], True)
    assert [(one.name, one.role) for one in await team_of(acme, market)] == [
        ("Nora Berg", Role.TEAM_MANAGER),
        ("Ole Lind", Role.FINANCE_MANAGER),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first_name": " "}, "Fill this in."),
        ({"email": "ole"}, "An e-mail address."),
        ({"email": "NORA@northwind.example"}, "works here, or for another agency, already"),
        ({"email": "sam@southgate.example"}, "works here, or for another agency, already"),
    ],
)
async def test_a_mistake_is_named_at_its_field(
    acme: World,
    market: Marketplace,
    nora: Recruiter,
    browser: Callable[[], Desk],
    changes: dict[str, str],
    said: str,
) -> None:
    answer = await (await enter(browser(), nora)).post("/team/invite", **OLE | changes)
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert 'value="Lind"' in answer.text
    assert len(await team_of(acme, market)) == 1


async def test_a_colleague_changes_leaves_and_comes_back(
    acme: World, market: Marketplace, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    desk = await enter(browser(), nora)
    await desk.send("/team/invite", **OLE)
    ole = (await team_of(acme, market))[1]
    oles = await enter(browser(), ole)
    assert "The role is changed." in words(await desk.send(f"/team/{ole.id}", do="role", role="recruiter"))
    assert "can no longer sign in" in words(await desk.send(f"/team/{ole.id}", do="disable"))
    assert (await oles.get()).status_code == 303
    assert "can sign in again" in words(await desk.send(f"/team/{ole.id}", do="enable"))
    assert (await oles.get()).status_code == 303  # the old session stays over
    assert (await team_of(acme, market))[1].role == Role.RECRUITER


async def test_whose_address_is_somebody_elses_by_now_does_not_come_back(
    acme: World, market: Marketplace, nora: Recruiter, browser: Callable[[], Desk]
) -> None:
    desk = await enter(browser(), nora)
    await desk.send("/team/invite", **OLE)
    ole = (await team_of(acme, market))[1]
    await desk.send(f"/team/{ole.id}", do="disable")
    async with acme.services.database.writing() as conn:
        new = NewRecruiter(first_name="Ole", last_name="Lind", email=OLE["email"])
        await agency_team.invite_colleague(acme.context(conn), market.southgate.id, new)
    assert (await desk.post(f"/team/{ole.id}", do="enable")).status_code == 409


async def test_the_last_team_manager_stays(nora: Recruiter, browser: Callable[[], Desk]) -> None:
    desk = await enter(browser(), nora)
    for fields in ({"do": "disable"}, {"do": "role", "role": "recruiter"}):
        answer = await desk.post(f"/team/{nora.id}", **fields)
        assert answer.status_code == 409
        assert "An agency needs a team manager" in words(answer)


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.FINANCE_MANAGER])
async def test_others_do_not_see_the_team(
    acme: World, market: Marketplace, browser: Callable[[], Desk], role: Role
) -> None:
    sam = market.recruiters["Southgate Talent"]
    async with acme.services.database.writing() as conn:
        await agency_team.change_role(acme.context(conn), market.southgate.id, sam.id, role)
    desk = await enter(browser(), sam)
    answers = [await desk.get("/team"), await desk.post("/team/invite", **OLE)]
    answers.append(await desk.post(f"/team/{sam.id}", do="role", role="team_manager"))
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert ">Team<" not in (await desk.get()).text
