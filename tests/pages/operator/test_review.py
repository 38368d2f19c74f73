"""The pages on which an operator reviews what partners push."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from rolecall.actions.embedding.links import audience_of
from rolecall.actions.missions import REVIEW_AUDIENCE
from rolecall.domain.jobs import JobStatus
from rolecall.domain.screens import Screen
from tests.intake import Desk, desk_of, make_agencies, offered
from tests.partnership import words_of
from tests.surfaces.crosspath.conftest import Intake
from tests.world import World


@pytest.fixture
async def hunter(acme: World) -> Intake:
    _, key = await acme.partner()
    return Intake(acme, key)


@pytest.fixture
def desk(acme: World) -> Desk:
    return desk_of(acme)


async def rival_of(world: World) -> Intake:
    _, key = await world.partner("Rival")
    return Intake(world, key)


async def test_it_lists_what_each_account_owns(acme: World, desk: Desk, hunter: Intake) -> None:
    rival = await rival_of(acme)
    await hunter.mission()
    await rival.mission(title="Optics Lead")
    answer = await desk.open()
    assert answer.status_code == 200
    said = words_of(answer)
    assert "HunterOn 1 1 0 0 0 wait here" in said
    assert "Firmware Lead Waiting Norrvik Optics · HunterOn" in said
    assert "Optics Lead Waiting Norrvik Optics · Rival" in said
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_one_account_is_shown_without_the_others(acme: World, desk: Desk, hunter: Intake) -> None:
    rival, _ = await acme.partner("Rival")
    await hunter.mission()
    said = words_of(await desk.open(account=str(rival.id)))
    assert "Missions of Rival" in said
    assert "It owns no company." in said
    assert "Firmware Lead" not in said


async def test_the_list_is_narrowed_to_a_status(desk: Desk, hunter: Intake) -> None:
    await hunter.mission()
    assert "Firmware Lead" in words_of(await desk.open(status="draft"))
    assert "There is no such mission." in words_of(await desk.open(status="open"))
    assert "Firmware Lead" in words_of(await desk.open(status="archived"))  # no tab of ours: all of them


async def test_a_mission_is_published_to_chosen_agencies_at_a_fee(acme: World, desk: Desk, hunter: Intake) -> None:
    nordlys, _ = await make_agencies(acme, "Nordlys Talent", "Harbour")
    mission = await hunter.mission()
    shown = await desk.open(f"/missions/{mission['id']}")
    assert shown.text.count(" checked") == 2  # the defaults: all agencies
    assert 'value="20"' in shown.text
    done = await desk.submit(mission, "publish", fee="17,5", agency=str(nordlys.id))
    said = words_of(done)
    assert "The mission is Live." in said
    assert "Offered to agencies Open Nordlys Talent. 0 candidates so far." in said
    assert await offered(acme, mission) == ("open", Decimal("17.5"), ["Nordlys Talent"])
    assert [found["status"] for found in await hunter.missions()] == ["Live"]


async def test_a_mission_is_published_to_nobody(acme: World, desk: Desk, hunter: Intake) -> None:
    await make_agencies(acme, "Nordlys Talent")
    mission = await hunter.mission()
    await desk.submit(mission, "publish", fee="18")
    assert await offered(acme, mission) is None
    assert [found["status"] for found in await hunter.missions()] == ["Live"]


async def test_an_offer_is_widened_and_repriced_later(acme: World, desk: Desk, hunter: Intake) -> None:
    nordlys, harbour = await make_agencies(acme, "Nordlys Talent", "Harbour")
    mission = await hunter.mission()
    await desk.submit(mission, "publish", fee="18", agency=str(nordlys.id))
    shown = await desk.open(f"/missions/{mission['id']}")
    assert "Further agencies" in words_of(shown)
    assert str(nordlys.id) not in shown.text
    await desk.submit(mission, "publish", fee="19", agency=str(harbour.id))
    assert await offered(acme, mission) == ("open", Decimal(19), ["Harbour", "Nordlys Talent"])


async def test_a_mission_is_refused_with_a_reason(desk: Desk, hunter: Intake) -> None:
    mission = await hunter.mission()
    said = words_of(await desk.submit(mission, "refuse", reason="Filled elsewhere"))
    assert "Refused: Filled elsewhere" in said
    assert [found["status"] for found in await hunter.missions()] == ["Closed"]
    again = await desk.send(mission, "refuse", reason="Again")
    assert again.status_code == 409
    assert "Only a mission that waits can be refused" in words_of(again)


@pytest.mark.parametrize(
    ("form", "fields", "said"),
    [
        ("publish", {"fee": ""}, "Fill this in."),
        ("publish", {"fee": "much"}, "A number such as 18 or 17.5, with at most two decimals."),
        ("publish", {"fee": "180"}, "More than 0 and at most 100."),
        ("publish", {"fee": "18", "agency": "x"}, "There is no agency of that id."),
        ("publish", {"fee": "18", "agency": str(uuid4())}, "There is no agency"),
        ("refuse", {"reason": " "}, "Fill this in."),
        ("refuse", {"reason": "x" * 501}, "At most 500 characters"),
        ("refuse", {"reason": "a\x00b"}, "It holds characters that are no text."),
    ],
)
async def test_a_form_with_a_mistake_changes_nothing(
    acme: World, desk: Desk, hunter: Intake, form: str, fields: dict[str, str], said: str
) -> None:
    await make_agencies(acme, "Nordlys Talent")
    mission = await hunter.mission()
    answer = await desk.send(mission, form, **fields)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert [found["status"] for found in await hunter.missions()] == ["Private"]
    assert await offered(acme, mission) is None


async def test_what_a_partner_writes_is_shown_as_text_or_clean(desk: Desk, hunter: Intake) -> None:
    text = "<p>Lead</p><script>alert(1)</script><img src=x onerror=alert(1)>"
    mission = await hunter.mission(title="<b>Lead</b>", description=text)
    page = (await desk.open(f"/missions/{mission['id']}")).text
    assert "&lt;b&gt;Lead&lt;/b&gt;" in page
    assert "alert(1)" not in page.partition('class="prose"')[2]
    assert "<script" not in page


async def test_an_address_that_is_not_ours_opens_nothing(acme: World, desk: Desk, hunter: Intake) -> None:
    mission = await hunter.mission()
    services, claims = acme.services, {"workspace": str(acme.workspace.id)}
    other = services.signer.sign(
        claims, audience=audience_of(Screen.JOB), now=services.clock(), lives=timedelta(hours=1)
    )
    past = services.clock() - timedelta(hours=2)
    old = services.signer.sign(claims, audience=REVIEW_AUDIENCE, now=past, lives=timedelta(hours=1))
    for token, said in (("", "not valid"), (desk.token[:-2], "not valid"), (other, "not valid"), (old, "expired")):
        stranger = replace(desk, token=token)
        answers = [
            await stranger.open(),
            await stranger.open(f"/missions/{mission['id']}"),
            await stranger.send(mission, "publish", fee="18"),
            await stranger.send(mission, "refuse", reason="No"),
        ]
        for answer in answers:
            assert answer.status_code == 401
            assert said in words_of(answer)
            assert "Firmware" not in answer.text
    assert [found["status"] for found in await hunter.missions()] == ["Private"]


async def test_an_operator_of_another_workspace_finds_nothing(acme: World, globex: World, hunter: Intake) -> None:
    mission, job = await hunter.mission(), await globex.job()
    stranger = desk_of(globex)
    (agency,) = await make_agencies(acme, "Nordlys Talent")
    assert "HunterOn" not in (await stranger.open()).text
    for id_ in (mission["id"], str(job.id), "none"):
        for answer in (
            await stranger.open(f"/missions/{id_}"),
            await stranger.send({"id": id_}, "publish", fee="18"),
            await stranger.send({"id": id_}, "refuse", reason="No"),
        ):
            assert answer.status_code == 404
            assert "Firmware" not in answer.text
    own = await Intake(globex, (await globex.partner())[1]).mission()
    assert (await stranger.send(own, "publish", fee="18", agency=str(agency.id))).status_code == 422
    assert [found["status"] for found in await hunter.missions()] == ["Private"]


async def test_a_mission_that_was_archived_is_gone(acme: World, desk: Desk, hunter: Intake) -> None:
    mission = await hunter.mission()
    await acme.move(UUID(mission["id"]), JobStatus.ARCHIVED)
    assert (await desk.open(f"/missions/{mission['id']}")).status_code == 404


@pytest.mark.parametrize(("body", "status"), [(b"a=%FF", 400), (b"a" * 100_001, 413)])
async def test_a_form_that_cannot_be_read(desk: Desk, hunter: Intake, body: bytes, status: int) -> None:
    mission = await hunter.mission()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    path = f"/operator/missions/{mission['id']}/publish"
    answer = await desk.world.client.post(path, content=body, headers=headers)
    assert answer.status_code == status
