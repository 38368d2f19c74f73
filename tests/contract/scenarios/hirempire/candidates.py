"""How each documented answer about HirEmpire's candidates comes about."""

from typing import Any

import httpx

from rolecall.domain.credentials import CredentialKind
from rolecall.store import applications as applications_store
from rolecall.store import attachments as attachments_store
from tests.contract.scenarios.hirempire.jobs import UNKNOWN, limited, unknown_token, with_token
from tests.contract.stage import Stage
from tests.people import answer_of, attachment_of, make_application, make_candidate


async def _applicant(stage: Stage) -> tuple[dict[str, str], str, str]:
    """A token, and the ids of an application with everything and of its job."""
    job = await stage.world.job()
    async with stage.world.services.database.writing() as conn:
        facts: dict[str, Any] = {"city": "Lisbon", "country_code": "PT", "linkedin_url": "https://linkedin.com/in/mira"}
        person = await make_candidate(conn, stage.world.workspace.id, **facts)
        application = await make_application(
            conn, person, job.id, source="LinkedIn", motivation="I would like to join."
        )
        await applications_store.insert_answers(conn, [answer_of(application)])
        await attachments_store.insert(conn, attachment_of(application))
        await make_candidate(conn, stage.world.workspace.id, kind="prospect")
    headers = await stage.bearer(CredentialKind.HIREMPIRE)
    return headers, str(application.id), str(job.id)


async def listed(stage: Stage) -> httpx.Response:
    headers, _, _ = await _applicant(stage)
    return await stage.call("GET", "/v1/candidates", headers=headers)


async def listed_of_a_job(stage: Stage) -> httpx.Response:
    headers, _, job_id = await _applicant(stage)
    return await stage.call("GET", f"/v1/job-candidates?job_id={job_id}", headers=headers)


async def read(stage: Stage) -> httpx.Response:
    headers, candidate_id, _ = await _applicant(stage)
    return await stage.call("GET", f"/v1/get-candidate?candidate_id={candidate_id}", headers=headers)


async def updated(stage: Stage) -> httpx.Response:
    headers, candidate_id, _ = await _applicant(stage)
    body = {"candidate_id": candidate_id, "status": "interview"}
    return await stage.call("PATCH", "/v1/update-candidate", headers=headers, json=body)


SCENARIOS = {
    ("listCandidates", "200"): listed,
    ("listCandidates", "400"): with_token("GET", "/v1/candidates?type=spy"),
    ("listCandidates", "401"): unknown_token("GET", "/v1/candidates"),
    ("listCandidates", "429"): limited("GET", "/v1/candidates"),
    ("getCandidate", "200"): read,
    ("getCandidate", "400"): with_token("GET", "/v1/get-candidate"),
    ("getCandidate", "401"): unknown_token("GET", "/v1/get-candidate"),
    ("getCandidate", "404"): with_token("GET", f"/v1/get-candidate?candidate_id={UNKNOWN}"),
    ("getCandidate", "429"): limited("GET", "/v1/get-candidate"),
    ("listJobCandidates", "200"): listed_of_a_job,
    ("listJobCandidates", "400"): with_token("GET", "/v1/job-candidates"),
    ("listJobCandidates", "401"): unknown_token("GET", "/v1/job-candidates"),
    ("listJobCandidates", "404"): with_token("GET", f"/v1/job-candidates?job_id={UNKNOWN}"),
    ("listJobCandidates", "429"): limited("GET", "/v1/job-candidates"),
    ("updateCandidate", "200"): updated,
    ("updateCandidate", "400"): with_token("PATCH", "/v1/update-candidate", json={"candidate_id": "7"}),
    ("updateCandidate", "401"): with_token(
        "PATCH", "/v1/update-candidate", json={"candidate_id": UNKNOWN, "status": "hired"}
    ),
    ("updateCandidate", "429"): limited("PATCH", "/v1/update-candidate"),
}
