"""Missions: what the schemas cannot say."""

from typing import Any
from uuid import UUID

import pytest

from rolecall.domain.jobs import JobStatus
from tests.surfaces.crosspath.conftest import MISSION, Intake
from tests.world import World


async def test_a_new_mission_is_private_and_complete(intake: Intake) -> None:
    mission = await intake.mission()
    assert {name: mission[name] for name in MISSION} == MISSION
    assert (mission["status"], mission["publishedAt"]) == ("Private", None)


async def test_the_status_of_a_private_mission_is_locked(intake: Intake) -> None:
    mission = await intake.mission()
    answer = await intake.call("PATCH", f"/missions/{mission['id']}", json={"status": "Live", "title": "Changed"})
    assert answer.status_code == 403
    assert answer.json() == {"error": "You can't update the status of a JD that is not Live."}
    (stored,) = (await intake.call("GET", "/missions")).json()["missions"]
    assert stored["title"] == "Firmware Lead"


async def test_sending_the_stored_status_is_no_change(intake: Intake) -> None:
    mission = await intake.mission()
    answer = await intake.call("PATCH", f"/missions/{mission['id']}", json={"status": "private", "title": "Changed"})
    assert (answer.status_code, answer.json()["title"], answer.json()["status"]) == (200, "Changed", "Private")


@pytest.mark.parametrize("word", ["Paused", "closed"])
async def test_a_live_mission_may_stop(acme: World, intake: Intake, word: str) -> None:
    mission = await intake.mission()
    await acme.move(UUID(mission["id"]), JobStatus.OPEN)
    answer = await intake.call("PATCH", f"/missions/{mission['id']}", json={"status": word})
    assert (answer.status_code, answer.json()["status"]) == (200, word.title())
    again = await intake.call("PATCH", f"/missions/{mission['id']}", json={"status": "Live"})
    assert again.status_code == 403


async def test_private_is_never_a_target(acme: World, intake: Intake) -> None:
    mission = await intake.mission()
    await acme.move(UUID(mission["id"]), JobStatus.OPEN)
    answer = await intake.call("PATCH", f"/missions/{mission['id']}", json={"status": "Private"})
    assert (answer.status_code, answer.json()) == (400, {"error": 'The field "status" is not valid.'})


async def test_another_account_sees_nothing(acme: World, intake: Intake) -> None:
    mission = await intake.mission()
    _, key = await acme.partner("Rival")
    rival = Intake(acme, key)
    patch = await rival.call("PATCH", f"/missions/{mission['id']}", json={"title": "Mine"})
    assert patch.status_code == 404
    assert patch.json()["error"] == ("This mission does not exist or you don't have the permission to update it.")
    create = await rival.call("POST", "/missions", json={**MISSION, "companyId": mission["companyId"]})
    assert (create.status_code, create.json()) == (
        400,
        {"error": "This company does not exist or you don't have the permission to use it."},
    )
    assert (await rival.call("GET", "/missions")).json() == {"missions": []}


async def test_a_repeated_external_id_returns_the_stored_mission(intake: Intake) -> None:
    mission = await intake.mission()
    body = {**MISSION, "companyId": mission["companyId"], "title": "Other"}
    answer = await intake.call("POST", "/missions", json=body)
    assert (answer.status_code, answer.json()) == (200, mission)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": None}, 'The field "title" is required.'),
        ({"title": ""}, 'The field "title" is not valid.'),
        ({"title": "\u200b"}, 'The field "title" is not valid.'),
        ({"title": "Lead\r\nBcc: all"}, 'The field "title" is not valid.'),
        ({"externalId": "a\x07"}, 'The field "externalId" is not valid.'),
        ({"description": 5}, 'The field "description" is not valid.'),
        ({"description": " \u200b"}, 'The field "description" is not valid.'),
        ({"position": "astronaut"}, 'The field "position" has a value that is not in the reference list.'),
        ({"locations": ["XX-nowhere"]}, 'The field "locations" has a value that is not in the reference list.'),
        ({"languages": "en"}, 'The field "languages" is not valid.'),
        ({"headcount": 0}, 'The field "headcount" is not valid.'),
        ({"headcount": True}, 'The field "headcount" is not valid.'),
        ({"salaryMax": 1}, 'The field "salaryMax" is not valid.'),
        ({"currency": None}, 'The field "currency" is required.'),
        ({"currency": "sek"}, 'The field "currency" is not valid.'),
        ({"currency": "ZZZ"}, 'The field "currency" is not valid.'),
        ({"companyId": 7}, 'The field "companyId" is not valid.'),
        ({"locations": ["SE-" + "a" * 10_000]}, 'The field "locations" has a value that is not in the reference list.'),
        ({"locations": ["EU"]}, 'The field "locations" has a value that is not in the reference list.'),
        ({"salaryMin": 10**400}, 'The field "salaryMin" is not valid.'),
        ({"salaryMax": 2**64}, 'The field "salaryMax" is not valid.'),
        ({"salaryMax": 1e308}, 'The field "salaryMax" is not valid.'),
        ({"salaryMax": 10**15 + 1}, 'The field "salaryMax" is not valid.'),
        ({"salaryMin": -0.01}, 'The field "salaryMin" is not valid.'),
        ({"headcount": 10**400}, 'The field "headcount" is not valid.'),
    ],
)
async def test_a_wrong_field_is_named(intake: Intake, changes: dict[str, Any], error: str) -> None:
    company_id = await intake.company()
    answer = await intake.call("POST", "/missions", json={**MISSION, "companyId": company_id, **changes})
    assert (answer.status_code, answer.json()) == (400, {"error": error})


@pytest.mark.parametrize("name", ["Norrvik\x07", "Norrvik\nOptics", "\u200b\u2060"])
async def test_a_company_has_a_name_that_can_be_read(intake: Intake, name: str) -> None:
    answer = await intake.call("POST", "/companies", json={"name": name})
    assert (answer.status_code, answer.json()) == (400, {"error": 'The field "name" is not valid.'})


@pytest.mark.parametrize("amount", [0, 0.5, 41_999.99, 10**15])
async def test_amounts_come_back_as_they_were(intake: Intake, amount: float) -> None:
    mission = await intake.mission(salaryMin=amount, salaryMax=10**15)
    assert (mission["salaryMin"], mission["salaryMax"]) == (amount, 10**15)


async def test_labels_are_read_and_codes_answered(intake: Intake) -> None:
    mission = await intake.mission(locations=["Sweden", "se-LUND"], languages=["Swedish"], position="Supply chain")
    assert mission["locations"] == ["SE", "SE-lund"]
    assert (mission["languages"], mission["position"]) == (["sv"], "supply-chain")


@pytest.mark.parametrize("empty", ["", "  ", None])
async def test_an_empty_external_id_is_none(intake: Intake, empty: str | None) -> None:
    first, second = await intake.mission(externalId=empty), await intake.mission(externalId=empty)
    assert (first["externalId"], second["externalId"]) == (None, None)
    assert first["id"] != second["id"]
    assert await intake.company(externalId=empty) != await intake.company(externalId=empty)


async def test_the_company_of_a_mission_is_fixed(intake: Intake) -> None:
    mission = await intake.mission()
    other = await intake.company(name="Other")
    answer = await intake.call("PATCH", f"/missions/{mission['id']}", json={"companyId": other})
    assert (answer.status_code, answer.json()) == (400, {"error": 'The field "companyId" cannot be changed.'})
    same = await intake.call("PATCH", f"/missions/{mission['id']}", json={"companyId": mission["companyId"]})
    assert same.status_code == 200


async def test_unsafe_markup_is_removed(intake: Intake) -> None:
    mission = await intake.mission(description="<p onclick='x()'>Lead <script>alert(1)</script>us</p>")
    assert mission["description"] == "<p>Lead us</p>"


@pytest.mark.parametrize(
    "description",
    ["<script>x</script>", "<p> </p>", "<font>" + "&" * 40_000 + "</font>x<b>y</b>", "<ul><li>" * 6_250],
    ids=["nothing left", "no words", "longer by escaping", "longer by closing"],
)
async def test_a_description_that_cannot_be_stored_is_refused(intake: Intake, description: str) -> None:
    mission = await intake.mission()
    change = await intake.call("PATCH", f"/missions/{mission['id']}", json={"description": description})
    assert (change.status_code, change.json()) == (400, {"error": 'The field "description" is not valid.'})
    body = {**MISSION, "companyId": mission["companyId"], "externalId": None, "description": description}
    create = await intake.call("POST", "/missions", json=body)
    assert (create.status_code, create.json()) == (400, {"error": 'The field "description" is not valid.'})
    assert await intake.missions() == [mission]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("<font>R & D</font>", "R & D"),
        ("<p>R & D</p>", "<p>R &amp; D</p>"),
        ("<font>&lt;b&gt;</font>", "<p>&lt;b&gt;</p>"),
        ("R &amp; D, 3 < 4", "R &amp; D, 3 < 4"),
    ],
)
async def test_a_record_that_is_sent_back_stays_as_it_is(intake: Intake, sent: str, stored: str) -> None:
    mission = await intake.mission(description=sent)
    assert mission["description"] == stored
    answer = await intake.call("PATCH", f"/missions/{mission['id']}", json=mission)
    assert (answer.status_code, answer.json()) == (200, mission)


async def test_a_company_may_have_an_empty_description(intake: Intake) -> None:
    await intake.company(description="<p><br></p>")
    (company,) = (await intake.call("GET", "/companies")).json()["companies"]
    assert company["description"] == ""


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"title": "\\u0000"}', b'{"title": "\\ud800"}', b"", b"null"])
async def test_a_body_that_is_no_readable_object(acme: World, body: bytes) -> None:
    _, key = await acme.partner()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    answer = await acme.client.post("/partners/v1/missions", content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (400, {"error": "The request body must be a JSON object."})


async def test_lists_filter_by_company_and_status(acme: World, intake: Intake) -> None:
    first = await intake.mission(externalId="1")
    second = await intake.mission(externalId="2")
    await acme.move(UUID(second["id"]), JobStatus.OPEN)

    async def ids(query: str) -> list[str]:
        return [mission["id"] for mission in (await intake.call("GET", f"/missions{query}")).json()["missions"]]

    assert await ids("") == [second["id"], first["id"]]
    assert await ids("?status=live") == [second["id"]]
    assert await ids(f"?companyId={first['companyId']}") == [first["id"]]
    assert await ids("?companyId=unknown") == []
    wrong = await intake.call("GET", "/missions?status=open")
    assert (wrong.status_code, wrong.json()) == (400, {"error": 'The field "status" is not valid.'})
