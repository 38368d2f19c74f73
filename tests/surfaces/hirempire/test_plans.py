"""Plans: off unless the operator names one; then exact, also for requests at the same time."""

import asyncio

import pytest

from rolecall.settings import Settings
from rolecall.surfaces.hirempire.plans import PLANS, requests_per_hour
from tests.surfaces.hirempire.conftest import COMPANY, JOB, Tracker

ACTIVE_JOBS = {
    "success": False,
    "error": "Active jobs limit reached. Upgrade to add more, or close one of your jobs.",
}
COMPANIES = {"success": False, "error": "Companies limit reached. Upgrade to add more."}


def test_the_vendors_plans() -> None:
    numbers = {name: (plan.requests_per_hour, plan.active_jobs, plan.companies) for name, plan in PLANS.items()}
    assert numbers == {"free": (100, 1, 1), "starter": (500, 5, 2), "pro": (1000, 10, 5), "premium": (5000, 30, 10)}


def test_the_operators_own_number_of_requests_goes_first() -> None:
    assert requests_per_hour(Settings()) is None
    assert requests_per_hour(Settings(hirempire_plan="pro")) == 1000
    assert requests_per_hour(Settings(hirempire_plan="pro", hirempire_requests_per_hour=7)) == 7


async def test_without_a_plan_nothing_is_counted(tracker: Tracker) -> None:
    company_id = await tracker.company()
    answers = [await tracker.add(company_id=company_id) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}


async def test_drafts_are_free_and_closing_makes_room(tracker: Tracker) -> None:
    free, company_id = tracker.on_plan("free"), await tracker.company()
    active = await free.added(company_id=company_id)
    refused = await free.add(company_id=company_id)
    assert (refused.status_code, refused.json()) == (402, ACTIVE_JOBS)
    draft = await free.added(company_id=company_id, status="Pending")
    assert (await free.update(draft, status="Active", job_title="Other")).status_code == 402
    assert (await free.job(draft))["job_title"] == "Robotics Technician"
    assert (await free.update(active, status="Active", salary=1)).status_code == 200
    await free.update(active, status="Paused")
    assert (await free.update(draft, status="Active")).status_code == 200
    assert (await free.call("GET", "jobs")).json()["total_jobs"] == 2


async def test_the_last_place_is_given_away_once(tracker: Tracker) -> None:
    starter, company_id = tracker.on_plan("starter"), await tracker.company()
    drafts = [await starter.added(company_id=company_id, status="Pending") for _ in range(6)]
    opening = [starter.update(draft, status="Active") for draft in drafts]
    adding = [starter.add(company_id=company_id) for _ in range(6)]
    answers = await asyncio.gather(*opening, *adding)
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [402] * 7
    jobs = (await starter.call("GET", "jobs")).json()["jobs"]
    assert [job["status"] for job in jobs].count("active") == 5


async def test_companies_are_counted_without_the_archived_and_the_partners(tracker: Tracker) -> None:
    _, key = await tracker.world.partner()
    await tracker.world.client.post(
        "/partners/v1/companies", json={"name": "Client"}, headers={"Authorization": f"Apikey {key}"}
    )
    starter = tracker.on_plan("starter")
    answers = await asyncio.gather(*(starter.call("POST", "create-company", json=COMPANY) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] * 2 + [402] * 4
    assert [answer.json() for answer in answers if answer.status_code == 402] == [COMPANIES] * 4
    [gone, _] = [answer.json()["company_id"] for answer in answers if answer.status_code == 200]
    await starter.call("DELETE", f"delete-company?company_id={gone}")
    assert (await starter.call("POST", "create-company", json=COMPANY)).status_code == 200


async def test_ownership_comes_before_the_plan(tracker: Tracker) -> None:
    free = tracker.on_plan("free")
    await free.added()
    answer = await free.call("POST", "add-job", json=JOB | {"company_id": "7"})
    assert (answer.status_code, answer.json()["error"]) == (401, "Invalid company id")


@pytest.mark.parametrize(("plan", "requests"), [("free", 100)])
async def test_a_plan_limits_the_requests_of_an_hour(tracker: Tracker, plan: str, requests: int) -> None:
    free = tracker.on_plan(plan)
    answers = [await free.call("GET", "jobs") for _ in range(requests + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 3600
