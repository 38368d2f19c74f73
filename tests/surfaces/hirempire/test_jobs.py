"""Reading jobs: the shape, and sensible words for what other contracts do not say."""

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from rolecall.domain.jobs import JobStatus
from tests.people import make_application, make_candidate
from tests.surfaces.hirempire.conftest import Tracker

SWITCHES = (
    "show_cover_letter",
    "show_photo",
    "show_experience_years",
    "show_languages",
    "show_nationality",
    "show_location",
    "show_salary_expectation",
)
FORM: dict[str, Any] = {
    "fields": {"show_cover_letter": True, "show_experience_years": True, "show_location": True, "show_photo": False},
    "custom": [
        {"label": "Which shift suits you?", "type": "single_select", "options": ["Day", "Night"], "required": True}
    ],
}
NO_JOB = {"success": False, "error": "Job not found"}


async def test_a_job_is_read_as_the_contract_shows_it(tracker: Tracker) -> None:
    job_id = await tracker.added(industry="Industrial Automation")
    job = await tracker.job(job_id)
    assert re.fullmatch(r"robotics-technician-[a-z0-9]{4}", job.pop("public_slug"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", job.pop("created_time"))
    assert job.pop("sources")["count"] == 2
    assert job.pop("questions") is None
    assert job == {
        "id": job_id,
        "job_title": "Robotics Technician",
        "company_name": "Larkspur Labs",
        "company_logo_url": "https://cdn.example.com/logos/larkspur.png",
        "department": "Engineering",
        "industry": "Industrial Automation",
        "career_level": "mid-level",
        "job_type": "full-time",
        "job_mode": "onsite",
        "job_location": "Porto, Portugal",
        "salary": "42000",
        "salary_type": "fixed",
        "salary_min": None,
        "salary_max": None,
        "salary_fixed": 42000,
        "currency": "EUR",
        "salary_period": "Per year",
        "is_salary_hidden": False,
        "job_description": "Keep the pilot line running and document every fix.",
        "status": "active",
        "applicants": 0,
    }


async def test_a_form_is_read_with_all_its_switches(tracker: Tracker) -> None:
    questions = (await tracker.job(await tracker.added(questions=FORM)))["questions"]
    on = {"show_cover_letter", "show_experience_years", "show_location"}
    assert questions["fields"] == {switch: switch in on for switch in SWITCHES}
    [question] = questions["custom"]
    assert question.pop("id")
    assert question == FORM["custom"][0]


async def test_keys_stand_in_the_contracts_order(tracker: Tracker) -> None:
    job = await tracker.job(await tracker.added(questions=FORM))
    assert list(job)[:5] == ["id", "created_time", "job_title", "public_slug", "company_name"]
    assert list(job)[-4:] == ["questions", "sources", "status", "applicants"]
    assert list(job["questions"]["custom"][0]) == ["id", "label", "type", "options", "required"]
    assert list(job["sources"]["items"][0]) == ["id", "source_name", "source_url", "visits", "created_at"]


async def test_embedded_links_are_the_jobs_links(tracker: Tracker) -> None:
    job_id = await tracker.added()
    listed = (await tracker.list(f"?job_id={job_id}")).json()["sources"]
    items = (await tracker.job(job_id))["sources"]
    assert items["count"] == 2
    assert items["items"] == [{key: value for key, value in source.items() if key != "code"} for source in listed]
    assert (await tracker.world.client.get(listed[0]["source_url"])).status_code == 200
    assert (await tracker.job(job_id))["sources"]["items"][0]["visits"] == 1


async def test_the_list_has_everything_but_archived_jobs_newest_first(tracker: Tracker) -> None:
    company = await tracker.world.company()
    jobs = [await tracker.world.job(status.title(), status=status, company=company) for status in JobStatus]
    answer = await tracker.call("GET", "jobs")
    assert (answer.status_code, list(answer.json())) == (200, ["success", "total_jobs", "jobs"])
    assert answer.json()["total_jobs"] == 4
    assert [job["status"] for job in answer.json()["jobs"]] == ["closed", "paused", "active", "draft"]
    assert answer.json()["jobs"][0]["id"] == str(jobs[3].id)


async def test_a_workspace_without_jobs(tracker: Tracker) -> None:
    assert (await tracker.call("GET", "jobs")).json() == {"success": True, "total_jobs": 0, "jobs": []}


async def test_a_job_of_another_contract_has_words_for_what_it_lacks(tracker: Tracker) -> None:
    job = await tracker.world.job(title="Firmware Lead", contract_type="permanent", sector="hardware")
    read = await tracker.job(job.id)
    assert (read["career_level"], read["job_type"], read["job_mode"]) == ("mid-level", "full-time", "onsite")
    assert (read["department"], read["industry"], read["job_location"]) == (None, "hardware", "")
    assert (read["salary"], read["salary_type"], read["currency"]) == (None, "confidential", None)
    assert (read["salary_period"], read["questions"], read["company_logo_url"]) == (None, None, None)
    assert read["sources"] == {"count": 0, "items": []}


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ((620_000, 740_000), ("620000 - 740000", "range", 620_000, 740_000, None)),
        (("21.50", "21.50"), ("21.5", "fixed", None, None, 21.5)),
        ((620_000, None), ("620000", "range", 620_000, None, None)),
        ((None, 740_000), ("740000", "range", None, 740_000, None)),
    ],
)
async def test_a_salary_of_two_bounds(tracker: Tracker, bounds: tuple[Any, Any], expected: tuple[Any, ...]) -> None:
    least, most = (Decimal(bound) if bound is not None else None for bound in bounds)
    job = await tracker.world.job(salary_min=least, salary_max=most, salary_currency="SEK")
    read = await tracker.job(job.id)
    names = ("salary", "salary_type", "salary_min", "salary_max", "salary_fixed")
    assert tuple(read[name] for name in names) == expected


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("permanent", "full-time"), ("fixed-term", "temporary"), ("Part_Time", "part-time"), ("apprentice", "full-time")],
)
async def test_kinds_of_contract_of_other_contracts(tracker: Tracker, stored: str, shown: str) -> None:
    job = await tracker.world.job(contract_type=stored)
    assert (await tracker.job(job.id))["job_type"] == shown


async def test_applicants_are_counted(tracker: Tracker) -> None:
    job = await tracker.world.job()
    async with tracker.world.services.database.writing() as conn:
        candidate = await make_candidate(conn, tracker.world.workspace.id)
        await make_application(conn, candidate, job.id)
    assert (await tracker.job(job.id))["applicants"] == 1


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("jobs?page=1", "Query parameters are not allowed."),
        ("jobs?job_id=", "Query parameters are not allowed."),
        ("get-job", "Query parameter 'job_id' is required."),
        ("get-job?job_id=", "Query parameter 'job_id' is required."),
        ("get-job?page=1", "Query parameter 'job_id' is required."),
        ("get-job?job_id=7&page=1", "Only 'job_id' query parameter is allowed."),
        ("get-job?job_id=7&job_id=7", "Only 'job_id' query parameter is allowed."),
    ],
)
async def test_queries_are_checked_first(tracker: Tracker, path: str, error: str) -> None:
    answer = await tracker.call("GET", path)
    assert (answer.status_code, answer.json()) == (400, {"success": False, "error": error})


async def test_an_unknown_job_a_malformed_a_foreign_and_an_archived_one(
    tracker: Tracker, strange_tracker: Tracker
) -> None:
    foreign = await strange_tracker.world.job()
    archived = await tracker.world.job(status=JobStatus.ARCHIVED)
    for job_id in (uuid4(), "7", "%00", foreign.id, archived.id):
        answer = await tracker.call("GET", f"get-job?job_id={job_id}")
        assert (answer.status_code, answer.json()) == (404, NO_JOB)
    assert (await tracker.call("GET", "jobs")).json()["jobs"] == []
