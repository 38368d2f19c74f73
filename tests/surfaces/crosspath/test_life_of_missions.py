"""Missions that are published at once, archived, sent twice, and refused for one of several reasons."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from rolecall.domain.jobs import JobStatus
from rolecall.store import events
from rolecall.store.db import fetch_value
from tests.surfaces.crosspath.conftest import MISSION, Intake
from tests.world import World

NO_MISSION = {"error": "This mission does not exist or you don't have the permission to update it."}
NOT_LIVE = {"error": "You can't update the status of a JD that is not Live."}
UNREADABLE = {"error": "The request body must be a JSON object."}


async def test_an_account_that_publishes_immediately(acme: World) -> None:
    _, key = await acme.partner(publish_immediately=True)
    intake = Intake(acme, key)
    mission = await intake.mission(status="Private")
    assert mission["status"] == "Live"
    assert mission["publishedAt"] == mission["createdAt"]
    closed = await intake.call("PATCH", f"/missions/{mission['id']}", json={"status": "Closed"})
    again = await intake.call("POST", "/missions", json={**MISSION, "companyId": mission["companyId"]})
    assert (again.status_code, again.json()) == (200, closed.json())


async def test_an_archived_mission_is_gone(acme: World, intake: Intake) -> None:
    mission = await intake.mission()
    await acme.move(UUID(mission["id"]), JobStatus.ARCHIVED)
    answer = await intake.call("PATCH", f"/missions/{mission['id']}", json={"title": "Changed"})
    assert (answer.status_code, answer.json()) == (404, NO_MISSION)
    assert await intake.missions() == []


async def test_an_archived_mission_leaves_its_external_id_free(acme: World, intake: Intake) -> None:
    first = await intake.mission()
    await acme.move(UUID(first["id"]), JobStatus.ARCHIVED)
    body = {**MISSION, "companyId": first["companyId"], "title": "Second"}
    answer = await intake.call("POST", "/missions", json=body)
    assert (answer.status_code, answer.json()["title"]) == (201, "Second")
    assert answer.json()["id"] != first["id"]
    again = await intake.call("POST", "/missions", json=body)
    assert (again.status_code, again.json()) == (200, answer.json())


async def test_an_external_id_of_another_mission_is_refused(intake: Intake) -> None:
    await intake.mission()
    other = await intake.mission(externalId="ho-jd-78")
    answer = await intake.call("PATCH", f"/missions/{other['id']}", json={"externalId": "ho-jd-77"})
    assert (answer.status_code, answer.json()) == (400, {"error": 'The field "externalId" is not valid.'})


async def test_the_order_of_checks(acme: World, intake: Intake) -> None:
    mission = await intake.mission()
    stranger = Intake(acme, "Recruitment-wrong")
    nobodys, own = f"/missions/{uuid4()}", f"/missions/{mission['id']}"
    wrong: dict[str, Any] = {"status": "Live", "title": 7}
    answers = [
        await stranger.call("PATCH", nobodys, content=b"{"),
        await intake.call("PATCH", nobodys, content=b"{", headers={"Content-Type": "application/json"}),
        await intake.call("PATCH", nobodys, json=wrong),
        await intake.call("PATCH", own, json=wrong),
        await intake.call("PATCH", own, json={**wrong, "status": "Private"}),
    ]
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (401, {"error": "Please provide your API key."}),
        (400, UNREADABLE),
        (404, NO_MISSION),
        (403, NOT_LIVE),
        (400, {"error": 'The field "title" is not valid.'}),
    ]


async def test_one_external_id_sent_many_times_at_once_is_one_mission(intake: Intake) -> None:
    company_id = await intake.company()
    body = {**MISSION, "companyId": company_id}
    answers = await asyncio.gather(*(intake.call("POST", "/missions", json=body) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert [answer.json() for answer in answers] == await intake.missions() * 8


async def test_one_external_id_sent_many_times_at_once_is_one_company(intake: Intake) -> None:
    body = {"name": "Norrvik Optics", "externalId": "ho-118"}
    answers = await asyncio.gather(*(intake.call("POST", "/companies", json=body) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    listed = (await intake.call("GET", "/companies")).json()["companies"]
    assert [answer.json() for answer in answers] == listed * 8


async def test_the_same_places_in_either_order_at_once(intake: Intake) -> None:
    places = [f"SE-town-{number}" for number in range(40)]
    company_id = await intake.company()
    bodies = [
        {**MISSION, "companyId": company_id, "externalId": str(number), "locations": places[:: 1 - 2 * (number % 2)]}
        for number in range(8)
    ]
    answers = await asyncio.gather(*(intake.call("POST", "/missions", json=body) for body in bodies))
    assert [answer.status_code for answer in answers] == [201] * 8
    assert [answer.json()["locations"] for answer in answers] == [body["locations"] for body in bodies]


async def test_a_failure_before_the_event_leaves_nothing(
    acme: World, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    company_id = await intake.company()

    async def fail(*_: object) -> None:
        raise RuntimeError("a fault between the record and its event")

    with monkeypatch.context() as patched:
        patched.setattr(events, "insert", fail)
        mission = await intake.call("POST", "/missions", json={**MISSION, "companyId": company_id})
        company = await intake.call("POST", "/companies", json={"name": "Lost"})
    assert (mission.status_code, list(mission.json())) == (500, ["error"])
    assert (company.status_code, company.json()) == (500, mission.json())
    assert await intake.missions() == []
    async with acme.services.database.reading() as conn:
        for table in ("job", "job_location", "location"):
            query = f"select count(*) from {table} where workspace_id = %s"
            assert await fetch_value(conn, query, [acme.workspace.id]) == 0, table
        assert await fetch_value(conn, "select count(*) from company where name = 'Lost'") == 0
        assert await fetch_value(conn, "select count(*) from company_slug where slug like 'lost%%'") == 0
