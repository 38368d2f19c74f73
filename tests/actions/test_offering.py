"""Missions offered to agencies: as the workspace says, and in step with what the partner says."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from rolecall.actions.agencies import prefer_agency
from rolecall.actions.clients import let_client_act_for_workspace
from rolecall.actions.missions import publish_mission
from rolecall.actions.offering import mission_client, set_mission_defaults
from rolecall.actions.postings import move_posting, save_posting
from rolecall.domain.errors import AgencyUnknown
from rolecall.domain.fees import CustomFee
from rolecall.domain.jobs import JobStatus
from rolecall.domain.missions import HOUSE, Audience, Offer
from rolecall.domain.postings import PostingState, Terms, shown_state
from rolecall.store import agencies, agency_fees, jobs, postings
from rolecall.store.agencies import Agency
from tests.intake import make_agencies, offered, posting_of
from tests.partnership import build_partnership
from tests.surfaces.crosspath.conftest import Intake
from tests.world import World


@pytest.fixture
async def hunter(acme: World) -> Intake:
    await make_agencies(acme, "Nordlys Talent", "Harbour")
    return Intake(acme, (await acme.partner())[1])


async def publish(world: World, mission: dict[str, Any], offer: Offer | None = None) -> None:
    async with world.services.database.writing() as conn:
        await publish_mission(world.context(conn), UUID(mission["id"]), offer=offer)


async def test_the_terms_are_the_missions(acme: World, hunter: Intake) -> None:
    text = "<p>Own the firmware.</p><ul><li>C</li><li>Rust</li></ul>"
    mission = await hunter.mission(description=text)
    await publish(acme, mission)
    posting, names = await posting_of(acme, mission)
    assert posting is not None
    assert (posting.state, posting.fee_percent, names) == ("open", Decimal(20), ["Harbour", "Nordlys Talent"])
    assert (posting.title, posting.description) == ("Firmware Lead", "Own the firmware.\n\n- C\n- Rust")


@pytest.mark.parametrize(
    ("sent", "offered"),
    [
        ("Own the firmware.\r\n\r\nAnd the boards.", "Own the firmware.\n\nAnd the boards."),
        ("Ring the \x07 bell\x0bor not\ufffe", "Ring the  bell\nor not\ufffe"),
        ("<p>Ring the \x07 bell</p>\r\n<p>Or not</p>", "Ring the  bell\n\nOr not"),
    ],
)
async def test_any_text_that_a_partner_can_push_can_be_offered(
    acme: World, hunter: Intake, sent: str, offered: str
) -> None:
    mission = await hunter.mission(description=sent)
    await publish(acme, mission)
    posting, _ = await posting_of(acme, mission)
    assert posting is not None
    assert posting.description == offered


async def test_whoever_opens_a_mission_offers_it(acme: World, hunter: Intake) -> None:
    mission = await hunter.mission()
    await acme.move(UUID(mission["id"]), JobStatus.OPEN)
    assert await offered(acme, mission) == ("open", Decimal(20), ["Harbour", "Nordlys Talent"])


async def test_a_partner_that_publishes_at_once_reaches_agencies_at_once(acme: World, hunter: Intake) -> None:
    _, key = await acme.partner("Fast", publish_immediately=True)
    mission = await Intake(acme, key).mission()
    assert mission["status"] == "Live"
    assert await offered(acme, mission) == ("open", Decimal(20), ["Harbour", "Nordlys Talent"])


async def test_a_job_of_our_own_is_offered_by_nobody(acme: World, hunter: Intake) -> None:
    job = await acme.job()
    assert await offered(acme, {"id": str(job.id)}) is None


async def test_the_operator_sets_what_is_usual(acme: World, hunter: Intake) -> None:
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        await set_mission_defaults(ctx, fee_percent=Decimal("17.5"), to=Audience.PREFERRED)
        nordlys = await _agency(acme, "Nordlys Talent")
        await prefer_agency(ctx, (await mission_client(ctx)).id, nordlys.id)
    mission = await hunter.mission()
    await publish(acme, mission)
    assert await offered(acme, mission) == ("open", Decimal("17.5"), ["Nordlys Talent"])


async def _agency(world: World, name: str) -> Agency:
    async with world.services.database.reading() as conn:
        found = await agencies.by_name(conn, world.workspace.id, name)
    assert found is not None
    return found


async def test_none_is_offered_where_the_operator_says_so(acme: World, hunter: Intake) -> None:
    async with acme.services.database.writing() as conn:
        await set_mission_defaults(acme.context(conn), to=Audience.NONE)
    mission, other = await hunter.mission(), await hunter.mission(externalId="ho-jd-78")
    await publish(acme, mission)
    assert await offered(acme, mission) is None
    nordlys = await _agency(acme, "Nordlys Talent")
    await publish(acme, other, Offer(agency_ids=[nordlys.id]))
    assert await offered(acme, other) == ("open", Decimal(20), ["Nordlys Talent"])


async def test_an_agency_of_another_workspace_stops_all_of_it(acme: World, globex: World, hunter: Intake) -> None:
    (foreign,) = await make_agencies(globex, "Elsewhere")
    mission = await hunter.mission()
    with pytest.raises(AgencyUnknown):
        await publish(acme, mission, Offer(agency_ids=[foreign.id]))
    assert await offered(acme, mission) is None
    assert [found["status"] for found in await hunter.missions()] == ["Private"]


@pytest.mark.parametrize("status", ["Paused", "Closed"])
async def test_a_posting_is_shown_closed_while_its_mission_is_not_live(
    acme: World, hunter: Intake, status: str
) -> None:
    mission = await hunter.mission()
    await publish(acme, mission)
    await hunter.call("PATCH", f"/missions/{mission['id']}", json={"status": status})
    posting, names = await posting_of(acme, mission)
    assert posting is not None
    async with acme.services.database.reading() as conn:
        job = await jobs.get(conn, acme.workspace.id, UUID(mission["id"]))
    assert job is not None
    assert shown_state(posting.state, job.status) == PostingState.CLOSED
    await publish(acme, mission)
    assert await offered(acme, mission) == ("open", Decimal(20), names)


async def test_a_posting_stays_in_step_with_its_mission(acme: World, hunter: Intake) -> None:
    mission = await hunter.mission()
    await publish(acme, mission)
    changes = {"title": "Head of Firmware", "description": "<p>Own more.</p>"}
    await hunter.call("PATCH", f"/missions/{mission['id']}", json=changes)
    posting, _ = await posting_of(acme, mission)
    assert posting is not None
    assert (posting.title, posting.description, posting.version) == ("Head of Firmware", "Own more.", 2)


async def test_words_of_our_own_stay(acme: World, hunter: Intake) -> None:
    mission = await hunter.mission()
    await publish(acme, mission)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        job = await jobs.get(conn, acme.workspace.id, UUID(mission["id"]))
        posting = await postings.of_job(conn, acme.workspace.id, UUID(mission["id"]))
        assert job is not None
        assert posting is not None
        ours = Terms(
            title="Firmware, Lund",
            description=posting.description,
            fee_percent=posting.fee_percent,
            must_haves=["C"],
            questions=[],
        )
        await save_posting(ctx, job, posting.client_id, terms=ours, version=posting.version)
    await hunter.call("PATCH", f"/missions/{mission['id']}", json={"title": "Lead", "description": "Own more."})
    posting, _ = await posting_of(acme, mission)
    assert posting is not None
    assert (posting.title, posting.description, posting.must_haves) == ("Firmware, Lund", "Own more.", ["C"])


async def test_publishing_opens_what_was_prepared_and_leaves_what_is_yielded(acme: World, hunter: Intake) -> None:
    mission = await hunter.mission()
    await publish(acme, mission)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        job = await jobs.get(conn, acme.workspace.id, UUID(mission["id"]))
        assert job is not None
        await move_posting(ctx, job, PostingState.YIELDED, reason="Enough for now")
    await publish(acme, mission)
    assert (await offered(acme, mission) or ("",))[0] == "yielded"
    async with acme.services.database.writing() as conn:
        await move_posting(acme.context(conn), job, PostingState.CLOSED)
    await publish(acme, mission)
    assert (await offered(acme, mission) or ("",))[0] == "open"


async def test_a_long_text_of_a_mission_is_shortened(acme: World, hunter: Intake) -> None:
    mission = await hunter.mission(description="y" * 30_000)
    await publish(acme, mission)
    posting, _ = await posting_of(acme, mission)
    assert posting is not None
    assert len(posting.description) == 20_000
    assert posting.description.endswith("y…")


async def test_the_house_knows_every_job_but_nobody_opens_screens_as_it(acme: World, hunter: Intake) -> None:
    mission, oakline = await hunter.mission(), await build_partnership(acme)
    await publish(acme, mission)
    async with acme.services.database.writing() as conn:
        house = await mission_client(acme.context(conn))
        posting = await postings.of_job(conn, acme.workspace.id, UUID(mission["id"]))
    assert posting is not None
    assert (posting.client_id, house.acts_for_workspace) == (house.id, True)
    answer = await oakline.ask(connectorId=str(house.connector_id), clientId=HOUSE, jobId=mission["id"])
    assert answer.status_code == 403


async def test_a_client_of_another_account_does_not_know_the_mission(acme: World, hunter: Intake) -> None:
    mission, oakline = await hunter.mission(), await build_partnership(acme)
    await publish(acme, mission)
    for name in (mission["id"], mission["externalId"]):
        assert (await oakline.ask(jobId=name)).status_code == 404


async def test_missions_are_of_the_client_that_acts_for_the_workspace(acme: World, hunter: Intake) -> None:
    mission, oakline = await hunter.mission(), await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        await let_client_act_for_workspace(acme.context(conn), oakline.connector.id, "cust-2207")
    await publish(acme, mission)
    posting, _ = await posting_of(acme, mission)
    assert posting is not None
    assert posting.client_id == oakline.client.id
    assert (await oakline.ask(jobId=mission["id"])).status_code == 200


async def test_a_client_that_comes_to_act_for_the_workspace_takes_over(acme: World, hunter: Intake) -> None:
    mission, oakline = await hunter.mission(), await build_partnership(acme)
    nordlys, fee = await _agency(acme, "Nordlys Talent"), [CustomFee(percentage=Decimal("18.5"))]
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        await prefer_agency(ctx, (await mission_client(ctx)).id, nordlys.id, fees=fee)
    await publish(acme, mission)
    async with acme.services.database.writing() as conn:
        await let_client_act_for_workspace(acme.context(conn), oakline.connector.id, "cust-2207")
        preferred = await agencies.preferred_ids(conn, acme.workspace.id, oakline.client.id)
        fees = await agency_fees.agreed(conn, acme.workspace.id, oakline.client.id, nordlys.id)
    posting, names = await posting_of(acme, mission)
    assert posting is not None
    assert (posting.client_id, names) == (oakline.client.id, ["Harbour", "Nordlys Talent"])
    assert (preferred, fees) == ([nordlys.id], fee)
