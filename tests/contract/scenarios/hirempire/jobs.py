"""How each documented answer about HirEmpire's jobs and companies comes about."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from rolecall.domain.credentials import CredentialKind
from rolecall.domain.jobs import JobStatus
from tests.contract.stage import Stage
from tests.surfaces.hirempire.conftest import COMPANY, JOB

UNKNOWN = "5b0f7c1e-3a84-4d0b-9c35-7d1e0a9b6f21"
ONE_AN_HOUR = {"hirempire_requests_per_hour": 1}
FREE: dict[str, Any] = {"hirempire_plan": "free"}
FORM = {
    "fields": {"show_location": True},
    "custom": [{"label": "Which shift suits you?", "type": "single_select", "options": ["Day", "Night"]}],
}

Scenario = Callable[[Stage], Awaitable[httpx.Response]]


async def _token(stage: Stage) -> dict[str, str]:
    return await stage.bearer(CredentialKind.HIREMPIRE)


async def _job(stage: Stage, **changes: Any) -> dict[str, Any]:
    company = await stage.world.company()
    return JOB | {"company_id": str(company.id), "questions": FORM} | changes


def without_token(method: str, path: str) -> Scenario:
    return lambda stage: stage.call(method, path)


def unknown_token(method: str, path: str) -> Scenario:
    return lambda stage: stage.call(method, path, headers={"Authorization": "Bearer sk-unknown"})


def with_token(method: str, path: str, **options: Any) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        return await stage.call(method, path, headers=await _token(stage), **options)

    return scenario


def limited(method: str, path: str) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        return await stage.call_limited(method, path, settings=ONE_AN_HOUR, headers=await _token(stage))

    return scenario


def for_a_job(method: str, path: str, **body: Any) -> Scenario:
    """A call about the contract's own example of a job; its id goes where {id} stands, or into the body."""

    async def scenario(stage: Stage) -> httpx.Response:
        headers = await _token(stage)
        added = await stage.call("POST", "/v1/add-job", json=await _job(stage), headers=headers)
        job_id = added.json()["job_id"]
        options = {"json": {"job_id": job_id} | body} if body else {}
        return await stage.call(method, path.format(id=job_id), headers=headers, **options)

    return scenario


async def added(stage: Stage) -> httpx.Response:
    return await stage.call("POST", "/v1/add-job", json=await _job(stage), headers=await _token(stage))


async def added_beyond_the_plan(stage: Stage) -> httpx.Response:
    body, headers = await _job(stage), await _token(stage)
    return await stage.call_limited("POST", "/v1/add-job", settings=FREE, json=body, headers=headers)


async def activated_beyond_the_plan(stage: Stage) -> httpx.Response:
    await stage.world.job()
    job = await stage.world.job(status=JobStatus.DRAFT)
    body, headers = {"job_id": str(job.id), "status": "Active"}, await _token(stage)
    return await stage.call_limited("PATCH", "/v1/update-job", settings=FREE, json=body, headers=headers)


async def company_deleted(stage: Stage) -> httpx.Response:
    company = await stage.world.company()
    return await stage.call("DELETE", f"/v1/delete-company?company_id={company.id}", headers=await _token(stage))


async def company_beyond_the_plan(stage: Stage) -> httpx.Response:
    headers = await _token(stage)
    return await stage.call_limited("POST", "/v1/create-company", settings=FREE, json=COMPANY, headers=headers)


def _answers(name: str, method: str, path: str, **by_status: Scenario) -> dict[tuple[str, str], Scenario]:
    """The scenarios of an operation; those that all have are made here."""
    usual = {"s401": unknown_token(method, path), "s429": limited(method, path)}
    return {(name, status.removeprefix("s")): scenario for status, scenario in (usual | by_status).items()}


SCENARIOS = (
    _answers(
        "listJobs",
        "GET",
        "/v1/jobs",
        s200=for_a_job("GET", "/v1/jobs"),
        s400=with_token("GET", "/v1/jobs?page=1"),
    )
    | _answers(
        "getJob",
        "GET",
        "/v1/get-job",
        s200=for_a_job("GET", "/v1/get-job?job_id={id}"),
        s400=with_token("GET", "/v1/get-job"),
        s404=with_token("GET", f"/v1/get-job?job_id={UNKNOWN}"),
    )
    | _answers(
        "addJob",
        "POST",
        "/v1/add-job",
        s200=added,
        s400=without_token("POST", "/v1/add-job"),
        s402=added_beyond_the_plan,
    )
    | _answers(
        "updateJob",
        "PATCH",
        "/v1/update-job",
        s200=for_a_job("PATCH", "/v1/update-job", status="Paused"),
        s400=without_token("PATCH", "/v1/update-job"),
        s401=with_token("PATCH", "/v1/update-job", json={"job_id": UNKNOWN, "status": "Paused"}),
        s402=activated_beyond_the_plan,
    )
    | _answers(
        "deleteJob",
        "DELETE",
        "/v1/delete-job",
        s200=for_a_job("DELETE", "/v1/delete-job?job_id={id}"),
        s400=with_token("DELETE", "/v1/delete-job"),
        s404=with_token("DELETE", f"/v1/delete-job?job_id={UNKNOWN}"),
    )
    | _answers(
        "createCompany",
        "POST",
        "/v1/create-company",
        s200=with_token("POST", "/v1/create-company", json=COMPANY),
        s400=with_token("POST", "/v1/create-company", json={}),
        s402=company_beyond_the_plan,
    )
    | _answers(
        "deleteCompany",
        "DELETE",
        "/v1/delete-company",
        s200=company_deleted,
        s400=with_token("DELETE", "/v1/delete-company"),
        s404=with_token("DELETE", f"/v1/delete-company?company_id={UNKNOWN}"),
    )
    | {
        ("n8nVerifyCredentials", "200"): with_token("GET", "/v1/n8n/verify-credentials"),
        ("n8nVerifyCredentials", "429"): limited("GET", "/v1/n8n/verify-credentials"),
    }
)
