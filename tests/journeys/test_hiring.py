"""A job added through the hiring contract is the same job in the others, and theirs are read through it."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from rolecall.actions.importing import import_postings
from rolecall.domain.credentials import CredentialKind
from tests.contract.stage import Stage
from tests.people import make_application, make_candidate
from tests.surfaces.hirempire.conftest import Tracker
from tests.world import World

POSTING = {
    "id": "77",
    "title": "Lab Technician",
    "company": "Norrvik",
    "department": "Research",
    "employment_type": "PART_TIME",
    "location": {"city": "Lund", "country": "SE"},
    "salary": {"min": 30000, "max": 36000, "currency": "SEK", "interval": "MONTH"},
    "screening_questions": [{"text": "Which shift?", "options": ["Day", "Night"]}, {"text": "Why here?"}],
}


@pytest.fixture
async def tracker(acme: World) -> Tracker:
    return Tracker(acme, await acme.secret(CredentialKind.HIREMPIRE))


class Others:
    """Reads the workspace's jobs through the other contracts."""

    def __init__(self, stage: Stage, headers: dict[str, dict[str, str]]) -> None:
        self._stage, self._headers = stage, headers

    async def _get(self, contract: str, path: str) -> dict[str, Any]:
        answer = await self._stage.call("GET", path, headers=self._headers[contract])
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def unified(self, job_id: str) -> dict[str, Any]:
        (item,) = (await self._get("bindbee", f"/api/ats/v1/jobs?ids={job_id}&expand=departments,offices"))["items"]
        return item

    async def question_types(self, job_id: str) -> dict[str, str]:
        items = (await self._get("bindbee", f"/api/ats/v1/screening-questions?job={job_id}"))["items"]
        return {item["title"]: item["type"] for item in items}

    async def stage_name(self, application_id: str) -> str:
        path = f"/api/ats/v1/applications?ids={application_id}&expand=current_stage"
        (item,) = (await self._get("bindbee", path))["items"]
        return item["current_stage"]["name"]

    async def vacancies(self) -> list[dict[str, Any]]:
        return (await self._get("recruitsome", "/api/v1/vacancies?include_compensation=1"))["data"]

    async def missions(self) -> list[dict[str, Any]]:
        return (await self._get("crosspath", "/partners/v1/missions"))["missions"]


@pytest.fixture
async def others(acme: World) -> Others:
    stage = Stage(acme)
    return Others(stage, await stage.all_headers())


async def test_a_job_added_here_is_read_by_the_others(tracker: Tracker, others: Others) -> None:
    job_id = await tracker.added(status="Pending")
    assert (await others.unified(job_id))["status"] == "DRAFT"
    assert await others.vacancies() == []
    await tracker.update(job_id, status="Active")
    item = await others.unified(job_id)
    assert (item["name"], item["status"]) == ("Robotics Technician", "OPEN")
    assert [found["name"] for found in item["departments"]] == ["Engineering"]
    assert [found["location"] for found in item["offices"]] == ["Porto, PT"]
    (vacancy,) = await others.vacancies()
    assert (vacancy["title"], vacancy["slug"]) == (item["name"], (await tracker.job(job_id))["public_slug"])
    assert [found["name"] for found in vacancy["job_types"]] == ["Full-time"]
    assert vacancy["compensation"] == {"min": 42000, "max": 42000, "currency": "EUR", "period": "year"}
    assert await others.missions() == []
    await tracker.call("DELETE", f"delete-job?job_id={job_id}")
    assert (await others.unified(job_id))["status"] == "ARCHIVED"
    assert await others.vacancies() == []


async def test_its_questions_have_the_others_words(tracker: Tracker, others: Others) -> None:
    kinds = ("text", "textarea", "number", "date", "url", "file", "single_select", "multi_select", "video", "audio")
    job_id = await tracker.added(questions={"custom": [{"label": kind, "type": kind} for kind in kinds]})
    assert await others.question_types(job_id) == {
        "text": "SINGLE_LINE_TEXT", "textarea": "MULTI_LINE_TEXT", "number": "NUMERIC", "date": "DATE",
        "url": "SINGLE_LINE_TEXT", "file": "FILE", "single_select": "SINGLE_SELECT", "multi_select": "MULTI_SELECT",
        "video": "FILE", "audio": "FILE",
    }  # fmt: skip


async def test_a_candidate_moved_here_stands_there_for_the_others(
    tracker: Tracker, others: Others, acme: World
) -> None:
    job_id = await tracker.added()
    async with acme.services.database.writing() as conn:
        person = await make_candidate(conn, acme.workspace.id)
        application = await make_application(conn, person, UUID(job_id))
    body = {"candidate_id": str(application.id), "status": "interview", "tags": ["plc"]}
    assert (await tracker.call("PATCH", "update-candidate", json=body)).status_code == 200
    assert await others.stage_name(str(application.id)) == "Interview"


async def test_pay_of_two_weeks_is_pay_of_a_week_and_hidden_pay_is_nobodys(tracker: Tracker, others: Others) -> None:
    job_id = await tracker.added(salary=1500, salary_period="Bi-weekly")
    (vacancy,) = await others.vacancies()
    assert vacancy["compensation"] == {"min": 750, "max": 750, "currency": "EUR", "period": "week"}
    url = (await tracker.job(job_id))["sources"]["items"][0]["source_url"]
    page = await tracker.world.client.get(url)
    assert "1,500 EUR every two weeks" in page.text
    assert '"minValue": 750, "maxValue": 750, "unitText": "WEEK"' in page.text
    await tracker.update(job_id, hide_salary=True)
    (vacancy,) = await others.vacancies()
    assert vacancy["compensation"] is None
    page = await tracker.world.client.get(url)
    assert "1,500" not in page.text
    assert "baseSalary" not in page.text
    assert (await tracker.job(job_id))["salary"] == "1500"


async def test_a_mission_is_read_and_changed_here(tracker: Tracker, acme: World) -> None:
    partner = {"Authorization": f"Apikey {(await acme.partner())[1]}"}
    company = await acme.client.post("/partners/v1/companies", json={"name": "Norrvik"}, headers=partner)
    body = {
        "companyId": company.json()["id"],
        "title": "Firmware Lead",
        "description": "Own it.",
        "sector": "hardware",
        "locations": ["SE-lund", "PT"],
        "contractType": "fixed-term",
        "salaryMin": 620000,
        "salaryMax": 740000,
        "currency": "SEK",
    }
    mission = (await acme.client.post("/partners/v1/missions", json=body, headers=partner)).json()
    job = await tracker.job(mission["id"])
    assert (job["company_name"], job["job_location"], job["status"]) == ("Norrvik", "Lund, Sweden", "draft")
    assert (job["salary"], job["salary_period"], job["job_type"]) == ("620000 - 740000", "Per year", "temporary")
    await tracker.update(mission["id"], status="Active", city="Malmö")
    (seen,) = (await acme.client.get("/partners/v1/missions", headers=partner)).json()["missions"]
    assert (seen["status"], seen["locations"], seen["contractType"]) == ("Live", ["SE-malmo", "PT"], "fixed-term")


async def test_an_imported_posting_is_read_here(tracker: Tracker, acme: World, tmp_path: Path) -> None:
    source = tmp_path / "postings.ndjson"
    source.write_text(json.dumps(POSTING))
    services = acme.services
    await import_postings(
        services.database,
        services.job_body,
        clock=services.clock,
        source=source,
        workspace=acme.workspace.slug,
        rejects=tmp_path / "rejects",
    )
    (job,) = (await tracker.call("GET", "jobs")).json()["jobs"]
    assert (job["job_title"], job["department"], job["status"]) == ("Lab Technician", "Research", "active")
    assert (job["job_location"], job["job_type"]) == ("Lund, Sweden", "part-time")
    assert (job["salary"], job["salary_type"], job["salary_period"]) == ("30000 - 36000", "range", "Per month")
    assert job["public_slug"].startswith("lab-technician-")
    kinds = [(question["type"], question["options"]) for question in job["questions"]["custom"]]
    assert kinds == [("single_select", ["Day", "Night"]), ("textarea", None)]
    await tracker.update(job["id"], career_level="Junior")
    assert (await tracker.job(job["id"])) == job | {"career_level": "junior"}
