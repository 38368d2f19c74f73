"""A partner's mission that the operator publishes is on the agencies' pages at once, until its partner closes it."""

from starlette.types import ASGIApp

from rolecall.actions.agencies import NewRecruiter, add_recruiter
from rolecall.store.agencies import Agency
from tests.agency_desk import Desk, enter, open_desk, words
from tests.intake import desk_of, make_agencies
from tests.surfaces.crosspath.conftest import Intake
from tests.world import World


async def office(world: World, app: ASGIApp, agency: Agency) -> Desk:
    """The browser of somebody who is signed in for an agency."""
    async with world.services.database.writing() as conn:
        new = NewRecruiter(first_name="Nora", last_name="Berg", email=f"nora.{agency.email}")
        recruiter = await add_recruiter(world.context(conn), agency.id, new)
    return await enter(open_desk(world, app), recruiter)


async def test_a_mission_reaches_the_chosen_agency_until_its_partner_closes_it(acme: World, app: ASGIApp) -> None:
    chosen, other = await make_agencies(acme, "Nordlys Talent", "Harbour")
    nordlys, harbour = await office(acme, app, chosen), await office(acme, app, other)
    hunter, rival = [Intake(acme, (await acme.partner(name))[1]) for name in ("HunterOn", "Rival")]
    mission = await hunter.mission()
    assert "Firmware Lead" not in words(await nordlys.get())

    await desk_of(acme).submit(mission, "publish", fee="17.5", agency=str(chosen.id))
    assert "Firmware Lead Open" in words(await nordlys.get())
    assert "Firmware Lead" not in words(await harbour.get())
    assert (await rival.missions(), [one["status"] for one in await hunter.missions()]) == ([], ["Live"])

    await hunter.call("PATCH", f"/missions/{mission['id']}", json={"title": "Head of Firmware"})
    assert "Head of Firmware Open" in words(await nordlys.get())
    await hunter.call("PATCH", f"/missions/{mission['id']}", json={"status": "Paused"})
    assert "Head of Firmware" not in words(await nordlys.get())
    assert "Head of Firmware Closed" in words(await nordlys.get("?closed=1"))

    await desk_of(acme).submit(mission, "publish", fee="17.5")
    assert "Head of Firmware Open" in words(await nordlys.get())
