"""What the six tools do, and what they say when they do not."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest

from rolecall.app import create_app
from rolecall.domain.jobs import JobStatus
from rolecall.store import events
from rolecall.surfaces.hirempire.mcp.endpoint import TOOLS
from tests.contract.contracts import contract, resolve
from tests.people import make_application, make_candidate
from tests.surfaces.hirempire.conftest import Tracker
from tests.surfaces.hirempire.mcp.conftest import COMPANY, JOB, Assistant
from tests.world import World

UNKNOWN = "5b0f7c1e-3a84-4d0b-9c35-7d1e0a9b6f21"
NO_COMPANY = "Invalid company_id. There is no such company in this workspace."
NO_JOB = "Invalid job_id. There is no such job in this workspace."
NO_CANDIDATE = "Invalid candidate_id. There is no such candidate in this workspace."


async def company(assistant: Assistant) -> str:
    return (await assistant.use("create_company", **COMPANY))["company_id"]


async def applicant(world: World) -> tuple[str, str]:
    """The ids of an application and of its job."""
    job = await world.job()
    async with world.services.database.writing() as conn:
        person = await make_candidate(conn, world.workspace.id)
        application = await make_application(conn, person, job.id, source="LinkedIn")
    return str(application.id), str(job.id)


def on_plan(assistant: Assistant, plan: str) -> Assistant:
    world = assistant.world
    settings = world.services.settings.model_copy(update={"hirempire_plan": plan})
    transport = httpx.ASGITransport(create_app(replace(world.services, settings=settings)))
    client = httpx.AsyncClient(transport=transport, base_url=str(world.client.base_url))
    return Assistant(replace(world, client=client), assistant.headers)


def test_the_tools_are_the_contracts() -> None:
    documented = contract("hirempire")["paths"]["/mcp"]["post"]["x-mcp-tools"]
    assert [tool.name for tool in TOOLS] == [tool["name"] for tool in documented]
    for ours, theirs in zip(TOOLS, documented, strict=True):
        schema = theirs["inputSchema"]
        assert ours.writes != theirs["readOnly"]
        assert list(ours.schema.get("required", ())) == schema.get("required", [])
        assert list(ours.properties) == list(schema["properties"])
        for name, told in ours.properties.items():
            known = resolve("hirempire", schema["properties"][name])
            assert [told.get(key) for key in ("type", "enum", "format")] == [
                known.get(key) for key in ("type", "enum", "format")
            ]


async def test_a_company_is_added_and_listed(assistant: Assistant) -> None:
    more = {"linkedin_url": "https://linkedin.com/company/larkspur", "location": "Porto, Portugal", "size": "11-50"}
    added = await assistant.use("create_company", **COMPANY | more)
    (listed,) = (await assistant.use("get_companies"))["companies"]
    assert listed["id"] == added["company_id"]
    assert listed["board_url"] == added["board_url"] == f"http://rolecall.test/jobs/{added['slug']}"
    assert {name: listed[name] for name in COMPANY | more} == COMPANY | more


@pytest.mark.parametrize(
    ("location", "shown"), [("Portugal", "Portugal"), ("Porto, PT", "Porto, Portugal"), ("Everywhere", "Everywhere")]
)
async def test_a_location_is_read_and_shown(assistant: Assistant, location: str, shown: str) -> None:
    await assistant.use("create_company", **COMPANY | {"location": location})
    (listed,) = (await assistant.use("get_companies"))["companies"]
    assert listed["location"] == shown


async def test_without_a_plan_there_are_no_limits(assistant: Assistant) -> None:
    await assistant.world.job()
    assert (await assistant.use("get_companies"))["plan_limits"] == {
        "plan": None,
        "active_jobs": 1,
        "active_jobs_limit": None,
        "active_jobs_remaining": None,
        "can_activate_job": True,
        "companies": 1,
        "companies_limit": None,
        "companies_remaining": None,
        "can_create_company": True,
        "requests_per_hour": None,
    }


async def test_a_plan_is_told_and_kept(assistant: Assistant) -> None:
    free = on_plan(assistant, "free")
    company_id = await company(free)
    limits = (await free.use("get_companies"))["plan_limits"]
    assert (limits["active_jobs_remaining"], limits["can_activate_job"]) == (1, True)
    assert (limits["companies_remaining"], limits["can_create_company"]) == (0, False)
    first = await free.use("create_job", **JOB | {"company_id": company_id})
    second = await free.use("create_job", **JOB | {"company_id": company_id})
    assert [made["job_status"] for made in (first, second)] == ["active", "draft"]
    assert first["note"] is None
    assert second["note"].startswith("Saved as a draft. Active jobs limit reached.")
    limits = (await free.use("get_companies"))["plan_limits"]
    assert (limits["active_jobs_remaining"], limits["can_activate_job"]) == (0, False)
    assert await free.refused("create_company", **COMPANY) == "Companies limit reached. Upgrade to add more."


async def test_a_job_is_the_one_that_the_rest_api_reads(assistant: Assistant, tracker: Tracker) -> None:
    questions = {"fields": {"show_photo": True}, "custom": [{"label": "Which shift?", "type": "text"}]}
    asked = JOB | {"company_id": await company(assistant), "industry": "Robotics", "questions": questions}
    made = await assistant.use("create_job", **asked, post_on_linkedin=True)
    assert (made["job_status"], made["posted_on_linkedin"]) == ("active", False)
    assert [link["source_name"] for link in made["sources"]] == ["LinkedIn", "Campus fair"]
    job = await tracker.job(made["job_id"])
    assert (await assistant.use("get_jobs"))["jobs"] == [job]
    assert (job["job_title"], job["department"], job["industry"]) == ("Robotics Technician", "Engineering", "Robotics")
    assert (job["job_mode"], job["job_type"], job["career_level"]) == ("onsite", "full-time", "mid-level")
    assert (job["job_location"], job["status"]) == ("Porto, Portugal", "active")
    assert (job["salary_type"], job["salary_fixed"], job["salary_period"]) == ("fixed", 42000, "Per year")
    assert job["questions"]["custom"][0]["label"] == "Which shift?"


async def test_words_may_be_in_display_case(assistant: Assistant) -> None:
    words = {"location_type": "On-site", "employment_type": "FULL-TIME", "career_level": "Team Leader"}
    company_id = await company(assistant)
    await assistant.use("create_job", **JOB | words | {"company_id": company_id, "status": "Draft"})
    (job,) = (await assistant.use("get_jobs", status="Draft"))["jobs"]
    assert (job["job_mode"], job["job_type"], job["career_level"]) == ("onsite", "full-time", "team-leader")


@pytest.mark.parametrize(
    ("salary", "shown"),
    [
        ({"salary_type": "range", "salary_min": 100, "salary_max": 200.5}, ("range", None, 100, 200.5)),
        ({"salary_type": "range", "salary_min": 100, "salary_max": 100}, ("fixed", 100, None, None)),
        ({"salary_type": "confidential"}, ("confidential", None, None, None)),
    ],
)
async def test_a_salary_has_three_forms(assistant: Assistant, salary: dict[str, Any], shown: tuple[Any, ...]) -> None:
    await assistant.use("create_job", **JOB | salary | {"company_id": await company(assistant), "hide_salary": True})
    (job,) = (await assistant.use("get_jobs"))["jobs"]
    told = (job["salary_type"], job["salary_fixed"], job["salary_min"], job["salary_max"])
    assert told == shown
    assert job["is_salary_hidden"] is True


async def test_jobs_of_one_status(assistant: Assistant) -> None:
    world, shown = assistant.world, ("draft", "active", "paused", "closed", "archived")
    for status in (JobStatus.DRAFT, JobStatus.OPEN, JobStatus.PAUSED, JobStatus.CLOSED, JobStatus.ARCHIVED):
        await world.job(status=status)
    assert (await assistant.use("get_jobs"))["total_jobs"] == 4
    for word in shown:
        assert [job["status"] for job in (await assistant.use("get_jobs", status=word))["jobs"]] == [word]
    said = await assistant.refused("get_jobs", status="lost")
    assert said == "Invalid status. Allowed values: draft, active, paused, closed, archived"


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("uploaded", "uploaded"),
        ("applied", "applied"),
        ("reviewed", "screening"),
        ("accepted", "shortlisted"),
        ("scheduled", "interview"),
        ("met", "interview"),
        ("hired", "hired"),
        ("rejected", "rejected"),
    ],
)
async def test_a_candidate_moves(assistant: Assistant, stage: str, status: str) -> None:
    application, job = await applicant(assistant.world)
    moved = await assistant.use("update_candidate_stage", candidate_id=application, stage=stage)
    assert moved == {"success": True, "candidate_id": application, "stage": stage, "status": status}
    (listed,) = (await assistant.use("get_candidates", job_id=job))["candidates"]
    assert (listed["id"], listed["status"], listed["source"]) == (application, status, "LinkedIn")


@pytest.mark.parametrize(
    ("tool", "wrong", "said"),
    [
        ("create_company", {"name": " "}, "Missing required field: name"),
        ("create_company", {"industry": None}, "Missing required field: industry"),
        ("create_company", {"name": 7}, "Invalid name. Use a text of at most 200 characters."),
        ("create_company", {"logo": "ftp://x"}, "Invalid logo. Use an address such as https://acme.example."),
        ("create_company", {"location": "x" * 81}, "Invalid location. Use a text of at most 80 characters."),
        ("create_job", {"description": ""}, "Missing required field: description"),
        ("create_job", {"company_id": UNKNOWN}, NO_COMPANY),
        ("create_job", {"company_id": 12}, NO_COMPANY),
        ("create_job", {"title": "a\x00b"}, "Invalid title. Use a text of at most 300 characters."),
        ("create_job", {"location_type": "Moon"}, "Invalid location_type. Allowed values: onsite, remote, hybrid"),
        ("create_job", {"salary_type": "secret"}, "Invalid salary_type. Allowed values: fixed, range, confidential"),
        ("create_job", {"salary_fixed": None}, "Missing required field: salary_fixed (salary_type is fixed)"),
        ("create_job", {"salary_fixed": "much"}, "Field 'salary_fixed' must be a number."),
        (
            "create_job",
            {"salary_type": "range", "salary_min": 2, "salary_max": 1},
            "Invalid salary_max. It is less than salary_min.",
        ),
        ("create_job", {"currency": "Euro"}, "Invalid currency. Use a three-letter code."),
        ("create_job", {"sources": "LinkedIn"}, "Field 'sources' must be an array."),
        ("create_job", {"status": "paused"}, "Invalid status. Allowed values: active, draft"),
        ("create_job", {"hide_salary": "no"}, "Invalid hide_salary. Use true or false."),
        ("create_job", {"post_on_linkedin": 1}, "Invalid post_on_linkedin. Use true or false."),
        ("get_candidates", {}, "Missing required field: job_id"),
        ("get_candidates", {"job_id": UNKNOWN}, NO_JOB),
        ("get_candidates", {"job_id": "7"}, NO_JOB),
        ("update_candidate_stage", {"candidate_id": UNKNOWN}, "Missing required field: stage"),
        ("update_candidate_stage", {"candidate_id": UNKNOWN, "stage": "met"}, NO_CANDIDATE),
        (
            "update_candidate_stage",
            {"candidate_id": UNKNOWN, "stage": "loved"},
            "Invalid stage. Allowed values: uploaded, applied, reviewed, accepted, scheduled, met, hired, rejected",
        ),
    ],
)
async def test_a_wrong_argument_is_named(assistant: Assistant, tool: str, wrong: dict[str, Any], said: str) -> None:
    good = {"create_company": COMPANY, "create_job": JOB}.get(tool, {})
    if tool == "create_job":
        good = good | {"company_id": await company(assistant)}
    assert await assistant.refused(tool, **good | wrong) == said


async def test_a_bad_source_is_named(assistant: Assistant) -> None:
    said = await assistant.refused("create_job", **JOB | {"company_id": await company(assistant), "sources": [" "]})
    assert said.startswith('Invalid sources: " ".')


async def test_others_records_are_unknown(assistant: Assistant, strange_assistant: Assistant) -> None:
    application, job = await applicant(assistant.world)
    company_id = await company(assistant)
    stranger = strange_assistant
    assert await stranger.refused("get_candidates", job_id=job) == NO_JOB
    assert await stranger.refused("create_job", **JOB | {"company_id": company_id}) == NO_COMPANY
    moving = {"candidate_id": application, "stage": "hired"}
    assert await stranger.refused("update_candidate_stage", **moving) == NO_CANDIDATE
    assert (await stranger.use("get_companies"))["companies"] == []
    assert (await stranger.use("get_jobs"))["jobs"] == []


async def test_nothing_of_a_refused_tool_stays(assistant: Assistant) -> None:
    """The department of a job is stored before the job is."""
    company_id = await company(assistant)
    said = await assistant.refused("create_job", **JOB | {"company_id": company_id, "description": "<p></p>"})
    assert "description" in said
    async with assistant.world.services.database.reading() as conn:
        query = "select count(*) from department where workspace_id = %s"
        cursor = await conn.execute(query, [assistant.world.workspace.id])
        assert await cursor.fetchone() == (0,)


async def test_the_event_names_the_client(assistant: Assistant) -> None:
    company_id = await company(assistant)
    world = assistant.world
    async with world.services.database.reading() as conn:
        (event,) = await events.of_record(conn, world.workspace.id, UUID(company_id))
    assert event.type == "company.created"
    assert event.actor.startswith("credential:")
