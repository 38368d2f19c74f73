"""How each documented answer of POST /applications comes about."""

from typing import Any

import httpx

from rolecall.domain.credentials import CredentialKind
from rolecall.store import publications
from tests.contract.contracts import contract
from tests.contract.stage import Stage

APPLICATIONS = "/api/v1/applications"


async def _key(stage: Stage, scope: str = "applications:write") -> dict[str, str]:
    return await stage.bearer(CredentialKind.RECRUITSOME, scopes=[scope])


async def _body(stage: Stage) -> dict[str, Any]:
    """The contract's own example, for a vacancy of the workspace."""
    content = contract("recruitsome")["paths"]["/applications"]["post"]["requestBody"]["content"]
    return content["application/json"]["example"] | {"vacancy": await _slug(stage)}


async def _slug(stage: Stage) -> str:
    job = await stage.world.job()
    async with stage.world.services.database.reading() as conn:
        (publication,) = await publications.of_job(conn, job.workspace_id, job.id)
    return publication.slug


async def submitted(stage: Stage) -> httpx.Response:
    return await stage.call("POST", APPLICATIONS, json=await _body(stage), headers=await _key(stage))


async def without_key(stage: Stage) -> httpx.Response:
    return await stage.call("POST", APPLICATIONS, json=await _body(stage))


async def without_scope(stage: Stage) -> httpx.Response:
    return await stage.call("POST", APPLICATIONS, json=await _body(stage), headers=await _key(stage, "team:read"))


async def refused(stage: Stage) -> httpx.Response:
    body = {"vacancy": "none", "candidate": {"first_name": "Milan", "last_name": "de Wit", "email": "milan"}}
    return await stage.call("POST", APPLICATIONS, json=body, headers=await _key(stage))


async def limited(stage: Stage) -> httpx.Response:
    settings = {"recruitsome_requests_per_minute": 1}
    body, headers = await _body(stage), await _key(stage)
    return await stage.call_limited("POST", APPLICATIONS, settings=settings, json=body, headers=headers)


SCENARIOS = {
    ("submitApplication", "201"): submitted,
    ("submitApplication", "401"): without_key,
    ("submitApplication", "403"): without_scope,
    ("submitApplication", "422"): refused,
    ("submitApplication", "429"): limited,
}
SHOWS_ANOTHER_FIELD = [("submitApplication", "403")]
