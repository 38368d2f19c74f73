"""Changing and deleting a job: order of refusals, what stays, and who sees the change."""

from typing import Any
from uuid import uuid4

import pytest

from rolecall.domain.jobs import JobStatus
from rolecall.store import events
from tests.surfaces.hirempire.conftest import Tracker

NO_ID = "Job ID is required and cannot be empty."
NOTHING = "At least one updatable field must be provided"
STATUSES = "status must be one of: Pending, Active, Paused, Hired, Closed"
QUESTION = {"label": "Which shift?", "type": "single_select", "options": ["Day", "Night"], "required": True}


def _error(text: str) -> dict[str, Any]:
    return {"success": False, "error": text}


@pytest.mark.parametrize("job_id", [None, "", " ", 7, ["x"]])
async def test_an_id_is_required_first(tracker: Tracker, job_id: Any) -> None:
    answer = await tracker.call("PATCH", "update-job", json={"job_id": job_id, "status": None})
    assert (answer.status_code, answer.json()) == (400, _error(NO_ID))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, NOTHING),
        ({"company_id": "x", "job_sources": [], "public_slug": "x"}, NOTHING),
        ({"job_title": None, "hide_salary": None}, NOTHING),
        ({"status": None}, "Job status is required and cannot be empty."),
        ({"status": " "}, "Job status is required and cannot be empty."),
        ({"status": 5}, STATUSES),
        ({"status": "Archived", "salary": "x"}, STATUSES),
        ({"salary": "45000", "salary_period": "x"}, "Field 'salary' must be a number."),
        ({"salary": None}, "Field 'salary' must be a number."),
        ({"currency": "EURO"}, "Invalid currency. Use a three-letter code."),
        ({"workplace": None}, "Invalid workplace. Allowed values: On-site, Remote, Hybrid"),
        ({"job_title": ""}, NOTHING),
        ({"job_title": "x" * 301, "salary": 5}, NOTHING),
        ({"job_description": 5}, NOTHING),
        ({"job_description": "<script>x</script>"}, NOTHING),
        ({"questions": []}, NOTHING),
    ],
)
async def test_what_is_refused(tracker: Tracker, changes: dict[str, Any], error: str) -> None:
    job_id = await tracker.added()
    before = await tracker.job(job_id)
    answer = await tracker.update(job_id, **changes)
    assert (answer.status_code, answer.json()) == (400, _error(error))
    assert await tracker.job(job_id) == before


async def test_an_unknown_a_foreign_and_an_archived_job_are_401(tracker: Tracker, strange_tracker: Tracker) -> None:
    foreign = await strange_tracker.world.job()
    archived = await tracker.world.job(status=JobStatus.ARCHIVED)
    for job_id in (uuid4(), "7", foreign.id, archived.id):
        answer = await tracker.update(job_id, status="Paused")
        assert (answer.status_code, answer.json()) == (401, _error("Invalid job id"))
    assert (await strange_tracker.job(foreign.id))["status"] == "active"


async def test_only_what_is_sent_changes(tracker: Tracker) -> None:
    job_id = await tracker.added(industry="Robotics", questions={"custom": [QUESTION]})
    before = await tracker.job(job_id)
    answer = await tracker.update(job_id, city=None, workplace="Remote", salary=45000)
    assert answer.json() == {"success": True, "id": job_id, "status": "active"}
    changed = {"job_location": "Portugal", "job_mode": "remote", "salary": "45000", "salary_fixed": 45000}
    assert await tracker.job(job_id) == before | changed


async def test_every_field_can_change(tracker: Tracker) -> None:
    job_id = await tracker.added()
    changes = {
        "status": "paused", "job_title": "Robot Tamer", "department": "Science", "job_country": "Spain", "city": "Vigo",
        "salary": 21.5, "currency": "GBP", "salary_period": "Per hour", "hide_salary": True, "job_type": "Freelance",
        "workplace": "Hybrid", "career_level": "C-level", "job_description": "Tame them.", "industry": "Circus",
        "questions": {"fields": {"show_photo": True}, "custom": []},
    }  # fmt: skip
    assert (await tracker.update(job_id, **changes)).json()["status"] == "paused"
    job = await tracker.job(job_id)
    assert (job["job_title"], job["department"], job["job_location"]) == ("Robot Tamer", "Science", "Vigo, Spain")
    assert (job["salary"], job["currency"], job["salary_period"]) == ("21.5", "GBP", "Per hour")
    assert (job["is_salary_hidden"], job["job_type"], job["job_mode"]) == (True, "freelance", "hybrid")
    assert (job["career_level"], job["industry"], job["status"]) == ("c-level", "Circus", "paused")
    assert job["job_description"] == "Tame them."
    assert [switch for switch, on in job["questions"]["fields"].items() if on] == ["show_photo"]


async def test_a_country_or_a_city_alone_leaves_the_other(tracker: Tracker) -> None:
    job_id = await tracker.added()
    await tracker.update(job_id, job_country="Atlantis")
    assert (await tracker.job(job_id))["job_location"] == "Porto, Atlantis"
    await tracker.update(job_id, city="Braga")
    assert (await tracker.job(job_id))["job_location"] == "Braga, Atlantis"
    await tracker.update(job_id, city=None)
    assert (await tracker.job(job_id))["job_location"] == "Atlantis"


async def test_null_clears_what_may_be_empty(tracker: Tracker) -> None:
    job_id = await tracker.added(industry="Robotics", questions={"custom": [QUESTION]})
    await tracker.update(job_id, industry=None, questions=None)
    job = await tracker.job(job_id)
    assert (job["industry"], job["questions"]) == (None, None)


async def test_a_form_is_replaced_and_a_question_that_stays_keeps_its_id(tracker: Tracker) -> None:
    other = {"label": "When could you start?", "type": "date"}
    job_id = await tracker.added(questions={"fields": {"show_photo": True}, "custom": [other, QUESTION]})
    before = (await tracker.job(job_id))["questions"]["custom"]
    await tracker.update(job_id, questions={"custom": [QUESTION | {"options": ["Day"]}, other | {"type": "text"}]})
    after = (await tracker.job(job_id))["questions"]
    assert set(after["fields"].values()) == {False}
    assert (after["custom"][0]["id"], after["custom"][0]["options"]) == (before[1]["id"], ["Day"])
    assert after["custom"][1]["id"] != before[0]["id"]


@pytest.mark.parametrize("start", ["Pending", "Active", "Paused", "Closed"])
@pytest.mark.parametrize(
    ("word", "status"), [("pending", "draft"), ("ACTIVE", "active"), ("Paused", "paused"), ("Hired", "closed")]
)
async def test_a_status_may_become_any_other(tracker: Tracker, start: str, word: str, status: str) -> None:
    job_id = await tracker.added(status=start)
    assert (await tracker.update(job_id, status=word)).json()["status"] == status
    assert (await tracker.job(job_id))["status"] == status


async def test_a_salary_may_come_before_its_currency(tracker: Tracker) -> None:
    job = await tracker.world.job()
    assert (await tracker.update(job.id, salary=5)).status_code == 200
    read = await tracker.job(job.id)
    assert (read["salary"], read["currency"]) == ("5", None)


async def test_a_change_that_changes_nothing_leaves_no_event(tracker: Tracker) -> None:
    job_id = await tracker.added()
    await tracker.update(job_id, job_title="Robotics Technician", status="Active", salary=42000)
    async with tracker.world.services.database.reading() as conn:
        found = await events.of_record(conn, tracker.world.workspace.id, job_id)  # type: ignore[arg-type]
    assert [event.type for event in found] == ["job.created", "job.moved"]


async def test_a_deleted_job_is_gone_and_its_id_stays_taken(tracker: Tracker) -> None:
    job_id = await tracker.added()
    answer = await tracker.call("DELETE", f"delete-job?job_id={job_id}")
    body = answer.json()
    assert (answer.status_code, list(body)) == (200, ["success", "job_id", "message", "deleted"])
    assert (body["job_id"], body["message"], body["deleted"][-1]) == (job_id, "Job deleted successfully", "Z")
    for method, path in (("GET", "get-job"), ("GET", "job-sources"), ("DELETE", "delete-job")):
        again = await tracker.call(method, f"{path}?job_id={job_id}")
        assert (again.status_code, again.json()) == (404, _error("Job not found"))
    assert (await tracker.call("GET", "jobs")).json()["jobs"] == []


@pytest.mark.parametrize(
    ("query", "content", "error"),
    [
        ("", b"{}", "Request body is not allowed."),
        ("?job_id=7", b"{}", "Request body is not allowed."),
        ("", b"", "Missing required query parameter 'job_id'."),
        ("?x=1", b" ", "Missing required query parameter 'job_id'."),
        ("?job_id=7&x=1", b"", "Only 'job_id' query parameter is allowed."),
    ],
)
async def test_how_a_job_is_not_deleted(tracker: Tracker, query: str, content: bytes, error: str) -> None:
    answer = await tracker.call("DELETE", f"delete-job{query}", content=content)
    assert (answer.status_code, answer.json()) == (400, _error(error))


async def test_a_foreign_job_is_not_deleted(tracker: Tracker, strange_tracker: Tracker) -> None:
    foreign = await strange_tracker.world.job()
    for job_id in (foreign.id, uuid4(), "7"):
        answer = await tracker.call("DELETE", f"delete-job?job_id={job_id}")
        assert (answer.status_code, answer.json()) == (404, _error("Job not found"))
    assert (await strange_tracker.job(foreign.id))["status"] == "active"
