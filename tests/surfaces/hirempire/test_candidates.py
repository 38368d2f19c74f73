"""Candidates: applications, and people who have none, in one shape."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from rolecall.actions.ids import new_id
from rolecall.actions.source_links import create_source_link
from rolecall.domain.applications import Application
from rolecall.domain.candidates import Candidate
from rolecall.domain.jobs import JobStatus
from rolecall.store import applications, attachments, files
from rolecall.store.files import File
from tests.people import NOW, answer_of, attachment_of, make_application, make_candidate
from tests.surfaces.hirempire.conftest import Tracker

NULLS = (
    "ai_summary", "ai_score", "ai_decision", "ai_match_percentage", "ai_skills_match", "ai_experience_match",
    "ai_location_match", "linkedin_matching", "linkedin_data", "github_data", "github_evaluation",
)  # fmt: skip
PROFILE: dict[str, Any] = {
    "linkedin_url": "https://www.linkedin.com/in/mira",
    "nationality": "Portugal",
    "city": "Braga",
    "country_code": "PT",
    "experience_years": Decimal(4),
    "salary_expectation": Decimal("40000.50"),
    "pool_stage": "warm",
    "urls": [{"value": "https://mira.example", "url_type": "PORTFOLIO"}, {"value": "https://github.com/mira"}],
}
NOBODY = {"success": False, "error": "Candidate not found"}


async def person(tracker: Tracker, **facts: Any) -> Candidate:
    async with tracker.world.services.database.writing() as conn:
        return await make_candidate(conn, tracker.world.workspace.id, **facts)


async def apply(tracker: Tracker, candidate: Candidate | None = None, **facts: Any) -> Application:
    """An application for a new job, unless one is named."""
    candidate = candidate or await person(tracker)
    job_id = facts.pop("job_id", None) or (await tracker.world.job()).id
    async with tracker.world.services.database.writing() as conn:
        return await make_application(conn, candidate, job_id, **facts)


async def read(tracker: Tracker, candidate_id: object) -> dict[str, Any]:
    answer = await tracker.call("GET", f"get-candidate?candidate_id={candidate_id}")
    assert answer.status_code == 200, answer.text
    return answer.json()["candidate"]


async def listed(tracker: Tracker, query: str = "") -> list[str]:
    body = (await tracker.call("GET", f"candidates{query}")).json()
    assert body["total_candidates"] == len(body["candidates"])
    return [candidate["id"] for candidate in body["candidates"]]


async def test_an_application_is_read_as_the_contract_shows_it(tracker: Tracker) -> None:
    job = await tracker.world.job("Robotics Technician")
    who = await person(tracker, **PROFILE)
    application = await apply(
        tracker, who, job_id=job.id, source="LinkedIn", motivation="Hello.", applied_at=NOW, status="screening"
    )
    async with tracker.world.services.database.writing() as conn:
        await attachments.insert(conn, attachment_of(application))
    candidate = await read(tracker, application.id)
    assert [candidate.pop(name) for name in NULLS] == [None] * len(NULLS)
    assert candidate == {
        "id": str(application.id),
        "applied_at": "2026-03-02T09:00:00.000Z",
        "type": "applicant",
        "name": "Mira Okafor",
        "email": "Mira.Okafor@example.org",
        "phone_number": "+351910000112",
        "linkedin_url": "https://www.linkedin.com/in/mira",
        "cv_url": "https://files.example.org/cv.pdf",
        "photo_url": None,
        "source": "LinkedIn",
        "status": "screening",
        "nationality": "Portugal",
        "location": "Braga",
        "experience_years": 4,
        "salary_expectation": 40000.5,
        "job_id": str(job.id),
        "job_title": "Robotics Technician",
        "github_url": "https://github.com/mira",
        "cover_letter": "Hello.",
        "languages": [{"language": "Portuguese", "fluency": "native"}],
        "custom_answers": [],
        "tags": [],
        "pool_stage": "warm",
        "location_country": "Portugal",
    }


async def test_only_one_candidate_has_the_three_raw_fields(tracker: Tracker) -> None:
    application = await apply(tracker)
    (candidate,) = (await tracker.call("GET", "candidates")).json()["candidates"]
    detail = await read(tracker, application.id)
    assert list(detail)[:-3] == list(candidate)
    assert list(detail)[-3:] == ["linkedin_data", "github_data", "github_evaluation"]


async def test_people_without_an_application_are_listed_too(tracker: Tracker) -> None:
    kinds = {kind: await person(tracker, kind=kind) for kind in ("applicant", "prospect", "upload")}
    shown = [await read(tracker, found.id) for found in kinds.values()]
    assert [(each["type"], each["status"]) for each in shown] == [
        ("applicant", "applied"), ("prospect", "qualified"), ("upload", "uploaded"),
    ]  # fmt: skip
    assert {(each["job_id"], each["job_title"], each["cover_letter"], each["source"]) for each in shown} == {
        (None,) * 4
    }
    assert sorted(await listed(tracker)) == sorted(str(found.id) for found in kinds.values())


async def test_the_list_is_newest_first_and_can_be_of_one_type(tracker: Tracker) -> None:
    first = await apply(tracker, applied_at=NOW - timedelta(days=2))
    prospect = await person(tracker, kind="prospect", created_at=NOW - timedelta(days=1))
    last = await apply(tracker, applied_at=NOW)
    assert await listed(tracker) == [str(last.id), str(prospect.id), str(first.id)]
    assert await listed(tracker, "?type=prospect") == [str(prospect.id)]
    assert await listed(tracker, "?type=applicant") == [str(last.id), str(first.id)]
    assert await listed(tracker, "?type=upload") == []


async def test_a_person_with_two_applications_is_two_candidates(tracker: Tracker) -> None:
    who = await person(tracker)
    older = await apply(tracker, who, applied_at=NOW)
    newer = await apply(tracker, who, applied_at=NOW + timedelta(days=1))
    assert await listed(tracker) == [str(newer.id), str(older.id)]
    assert (await read(tracker, who.id))["id"] == str(newer.id)


async def test_the_candidates_of_a_job(tracker: Tracker, strange_tracker: Tracker) -> None:
    job, gone = await tracker.world.job(), await tracker.world.job(status=JobStatus.ARCHIVED)
    application = await apply(tracker, job_id=job.id)
    await apply(tracker)
    answer = (await tracker.call("GET", f"job-candidates?job_id={job.id}")).json()
    assert (answer["success"], answer["total_candidates"]) == (True, 1)
    assert answer["candidates"][0]["id"] == str(application.id)
    for job_id in (gone.id, uuid4(), "7", (await strange_tracker.world.job()).id):
        answer = await tracker.call("GET", f"job-candidates?job_id={job_id}")
        assert (answer.status_code, answer.json()) == (404, {"success": False, "error": "Job not found"})


async def test_the_source_is_the_links_name(tracker: Tracker) -> None:
    job = await tracker.world.job()
    async with tracker.world.services.database.writing() as conn:
        link, _ = await create_source_link(tracker.world.context(conn), job.id, name="Campus fair")
    who = await person(tracker, kind="prospect")
    application = await apply(tracker, who, job_id=job.id, source_link_id=link.id, source="old name")
    candidate = await read(tracker, application.id)
    assert (candidate["source"], candidate["type"]) == ("Campus fair", "applicant")


async def test_files_have_signed_addresses(tracker: Tracker) -> None:
    file_id, key = new_id(), f"{tracker.world.workspace.id}/{new_id()}"
    services = tracker.world.services
    await services.files.put(key, b"%PDF-1.7 a resume")
    async with services.database.writing() as conn:
        file = File(
            workspace_id=tracker.world.workspace.id,
            id=file_id,
            key=key,
            name="mira.pdf",
            media_type="application/pdf",
            size=17,
            sha256=b"",
            created_at=NOW,
        )
        await files.insert(conn, file)
        who = await make_candidate(conn, tracker.world.workspace.id, photo_id=file_id)
        application = await make_application(conn, who, (await tracker.world.job()).id)
        await attachments.insert(conn, attachment_of(application, url=None, file_id=file_id))
        answer = answer_of(application, question="Show us.", kind="video", answer=None, file_id=file_id)
        await applications.insert_answers(conn, [answer_of(application, position=0), answer])
    candidate = await read(tracker, application.id)
    assert (await tracker.world.client.get(candidate["cv_url"])).content == b"%PDF-1.7 a resume"
    tools, video = candidate["custom_answers"]
    assert tools == {"question_id": None, "question": "Which tools?", "answer": ["dbt", "Airflow"]}
    for address in (candidate["photo_url"], video["answer"]):
        assert (await tracker.world.client.get(address)).status_code == 200


async def test_the_resume_of_the_application_goes_before_a_newer_one(tracker: Tracker) -> None:
    who = await person(tracker)
    older, newer = await apply(tracker, who), await apply(tracker, who)
    async with tracker.world.services.database.writing() as conn:
        for application, name in ((older, "older"), (newer, "newer")):
            await attachments.insert(conn, attachment_of(application, url=f"https://files.example/{name}.pdf"))
    assert (await read(tracker, older.id))["cv_url"] == "https://files.example/older.pdf"


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("candidates?page=1", "Only 'type' query parameter is allowed."),
        ("candidates?type=upload&page=1", "Only 'type' query parameter is allowed."),
        ("candidates?type=upload&type=upload", "Only 'type' query parameter is allowed."),
        ("candidates?type=", "type must be one of: applicant, prospect, upload"),
        ("candidates?type=Applicant", "type must be one of: applicant, prospect, upload"),
        ("get-candidate", "Query parameter 'candidate_id' is required."),
        ("get-candidate?id=7", "Query parameter 'candidate_id' is required."),
        ("get-candidate?candidate_id=7&x=1", "Only 'candidate_id' query parameter is allowed."),
        ("job-candidates?page=1", "Query parameter 'job_id' is required."),
        ("job-candidates?job_id=7&page=1", "Only 'job_id' query parameter is allowed."),
    ],
)
async def test_queries_are_checked_first(tracker: Tracker, path: str, error: str) -> None:
    answer = await tracker.call("GET", path)
    assert (answer.status_code, answer.json()) == (400, {"success": False, "error": error})


async def test_nobody_by_this_id(tracker: Tracker, strange_tracker: Tracker) -> None:
    foreign = await apply(strange_tracker)
    for candidate_id in (uuid4(), "7", "%00", foreign.id, foreign.candidate_id):
        answer = await tracker.call("GET", f"get-candidate?candidate_id={candidate_id}")
        assert (answer.status_code, answer.json()) == (404, NOBODY)
    assert await listed(tracker) == []


async def test_an_address_is_one_by_which_the_person_is_known(tracker: Tracker) -> None:
    """Through the unified contract anything may be among the addresses."""
    known = await person(tracker, email="mira@silva.example", email_addresses=["on paper", "Mira@Silva.example"])
    nowhere = await person(tracker, email=None, email_addresses=["on paper"])
    assert (await read(tracker, known.id))["email"] == "Mira@Silva.example"
    assert (await read(tracker, nowhere.id))["email"] is None
