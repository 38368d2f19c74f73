"""Changing a candidate: the order of refusals, and what follows a status."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from rolecall.domain.applications import Application, ApplicationStatus
from rolecall.store import applications, candidates, events, stages
from tests.surfaces.hirempire.conftest import Tracker
from tests.surfaces.hirempire.test_candidates import apply, person, read

NO_ID = "candidate_id is required and must be a UUID"
STATUSES = (
    "status must be one of: applied, screening, phone_screen, interview, technical, offer, hired, rejected, withdrawn, "
    "on_hold, shortlisted, qualified, uploaded"
)
NO_TAGS = "tags must be an array of strings"
POOLS = "pool_stage must be one of: cold, warm, hot, not_interested"
NO_NOTE = "note_to_candidate must be a string"


async def update(tracker: Tracker, candidate_id: object, **changes: Any) -> httpx.Response:
    return await tracker.call("PATCH", "update-candidate", json={"candidate_id": str(candidate_id), **changes})


async def stored(tracker: Tracker, application_id: UUID) -> Application:
    async with tracker.world.services.database.reading() as conn:
        found = await applications.get(conn, tracker.world.workspace.id, application_id)
    assert found is not None
    return found


async def stage_of(tracker: Tracker, application: Application) -> str | None:
    """The name of the stage that an application is in."""
    async with tracker.world.services.database.reading() as conn:
        found = await stages.of_job(conn, tracker.world.workspace.id, application.job_id)
    return next((stage.name for stage in found if stage.id == application.stage_id), None)


async def types_of_events(tracker: Tracker, record_id: UUID) -> list[str]:
    async with tracker.world.services.database.reading() as conn:
        return [event.type for event in await events.of_record(conn, tracker.world.workspace.id, record_id)]


@pytest.mark.parametrize("candidate_id", [None, "", "7", 7, [str(uuid4())]])
async def test_an_id_is_required_first(tracker: Tracker, candidate_id: Any) -> None:
    answer = await tracker.call("PATCH", "update-candidate", json={"candidate_id": candidate_id, "status": "x"})
    assert (answer.status_code, answer.json()) == (400, {"success": False, "error": NO_ID})


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, "At least one updatable field must be provided"),
        ({"name": "Mira"}, "At least one updatable field must be provided"),
        ({"status": None, "tags": 5}, "status is required"),
        ({"status": " "}, "status is required"),
        ({"status": "Interview"}, STATUSES),
        ({"status": ["interview"], "tags": 5}, STATUSES),
        ({"tags": "plc", "pool_stage": "boiling"}, NO_TAGS),
        ({"tags": ["plc", 5]}, NO_TAGS),
        ({"tags": [""]}, NO_TAGS),
        ({"tags": ["a\x00"]}, NO_TAGS),
        ({"tags": None}, NO_TAGS),
        ({"pool_stage": "Warm", "note_to_candidate": 5}, POOLS),
        ({"pool_stage": ["warm"]}, POOLS),
        ({"note_to_candidate": 5}, NO_NOTE),
        ({"note_to_candidate": "a\x00"}, NO_NOTE),
        ({"status": "hired", "note_to_candidate": {}}, NO_NOTE),
    ],
)
async def test_what_is_refused_before_anybody_is_looked_up(
    tracker: Tracker, changes: dict[str, Any], error: str
) -> None:
    answer = await update(tracker, uuid4(), **changes)
    assert (answer.status_code, answer.json()) == (400, {"success": False, "error": error})


async def test_nobody_by_this_id_is_a_401(tracker: Tracker, strange_tracker: Tracker) -> None:
    foreign = await apply(strange_tracker)
    for candidate_id in (uuid4(), foreign.id, foreign.candidate_id):
        answer = await update(tracker, candidate_id, status="hired", pool_stage="hot", tags=["x"])
        assert (answer.status_code, answer.json()) == (401, {"success": False, "error": "Invalid candidate id"})
    assert (await read(strange_tracker, foreign.id))["status"] == "applied"


async def test_a_status_moves_the_application_and_its_stage(tracker: Tracker) -> None:
    application = await apply(tracker)
    answer = await update(tracker, application.id, status="interview")
    assert answer.json() == {"success": True, "id": str(application.id), "status": "interview"}
    moved = await stored(tracker, application.id)
    assert (moved.status, await stage_of(tracker, moved)) == ("interview", "Interview")
    assert moved.modified_at > application.modified_at
    async with tracker.world.services.database.reading() as conn:
        (event,) = await events.of_record(conn, tracker.world.workspace.id, application.id)
    assert (event.type, event.payload["old"], event.payload["new"]) == ("application.moved", "applied", "interview")
    assert event.payload["stage_id"] == str(moved.stage_id)


async def test_a_status_without_a_stage_leaves_the_stage(tracker: Tracker) -> None:
    application = await apply(tracker)
    await update(tracker, application.id, status="offer")
    await update(tracker, application.id, status="rejected")
    rejected = await stored(tracker, application.id)
    assert (rejected.status, await stage_of(tracker, rejected)) == ("rejected", "Offer")
    assert rejected.rejected_at is not None
    await update(tracker, application.id, status="on_hold")
    assert (await stored(tracker, application.id)).rejected_at is None


@pytest.mark.parametrize("status", ApplicationStatus)
async def test_every_status_is_kept(tracker: Tracker, status: str) -> None:
    application, prospect = await apply(tracker), await person(tracker, kind="prospect")
    for candidate_id in (application.id, prospect.id):
        assert (await update(tracker, candidate_id, status=status)).json()["status"] == status
        assert (await read(tracker, candidate_id))["status"] == status


async def test_the_same_again_writes_nothing(tracker: Tracker) -> None:
    application = await apply(tracker)
    changes = {"status": "offer", "tags": ["plc"], "pool_stage": "hot", "note_to_candidate": "Soon."}
    for _ in range(2):
        assert (await update(tracker, application.id, **changes)).status_code == 200
    assert await types_of_events(tracker, application.id) == ["application.moved", "application.changed"]
    assert await types_of_events(tracker, application.candidate_id) == ["candidate.changed"]


async def test_tags_are_the_whole_list(tracker: Tracker) -> None:
    application = await apply(tracker)
    answer = await update(tracker, application.id, tags=["plc", " night-shift ", "plc"])
    assert answer.json()["status"] == "applied"
    assert sorted((await read(tracker, application.id))["tags"]) == ["night-shift", "plc"]
    await update(tracker, application.id, tags=["night-shift"])
    assert (await read(tracker, application.id))["tags"] == ["night-shift"]
    await update(tracker, application.id, tags=[])
    assert (await read(tracker, application.id))["tags"] == []


async def test_a_pool_stage_is_the_persons_and_null_clears_it(tracker: Tracker) -> None:
    application = await apply(tracker)
    await update(tracker, application.id, pool_stage="warm")
    assert (await read(tracker, application.id))["pool_stage"] == "warm"
    assert (await read(tracker, application.candidate_id))["pool_stage"] == "warm"
    await update(tracker, application.id, pool_stage=None)
    assert (await read(tracker, application.id))["pool_stage"] is None


async def test_a_note_is_kept_and_never_read(tracker: Tracker) -> None:
    application, prospect = await apply(tracker), await person(tracker, kind="prospect")
    for candidate_id in (application.id, prospect.id):
        await update(tracker, candidate_id, note_to_candidate="Bring the\nportfolio.")
        assert "portfolio" not in str(await read(tracker, candidate_id))
    assert (await stored(tracker, application.id)).follow_up_note == "Bring the\nportfolio."
    async with tracker.world.services.database.reading() as conn:
        known = await candidates.get(conn, tracker.world.workspace.id, prospect.id)
    assert known is not None
    assert known.follow_up_note == "Bring the\nportfolio."
    await update(tracker, application.id, note_to_candidate=None)
    assert (await stored(tracker, application.id)).follow_up_note is None


async def test_an_id_of_a_person_stands_for_the_application_made_since(tracker: Tracker) -> None:
    prospect = await person(tracker, kind="prospect")
    await update(tracker, prospect.id, status="shortlisted")
    application = await apply(tracker, prospect)
    answer = await update(tracker, prospect.id, status="screening")
    assert answer.json() == {"success": True, "id": str(application.id), "status": "screening"}
    assert (await stored(tracker, application.id)).status == "screening"


async def test_changes_at_the_same_time_are_all_kept(tracker: Tracker) -> None:
    application = await apply(tracker)
    changes: list[dict[str, Any]] = [{"status": "offer"}, {"tags": ["plc"]}, {"pool_stage": "hot"}]
    answers = await asyncio.gather(*(update(tracker, application.id, **change) for change in changes * 3))
    assert {answer.status_code for answer in answers} == {200}
    candidate = await read(tracker, application.id)
    assert (candidate["status"], candidate["tags"], candidate["pool_stage"]) == ("offer", ["plc"], "hot")
    assert await types_of_events(tracker, application.id) == ["application.moved"]


async def test_a_body_that_is_no_object(tracker: Tracker) -> None:
    for content in (b"", b"[]", b"{", b'"x"'):
        answer = await tracker.call("PATCH", "update-candidate", content=content)
        assert answer.json() == {"success": False, "error": NO_ID}
