"""How each documented answer of the served HirEmpire operations and pages comes about."""

from typing import Any

import httpx

from rolecall.domain.credentials import CredentialKind
from tests.contract.stage import Stage

LIST, CREATE = "/v1/job-sources", "/v1/create-source"
ONE_AN_HOUR = {"hirempire_requests_per_hour": 1}
UNKNOWN = "5b0f7c1e-3a84-4d0b-9c35-7d1e0a9b6f21"


async def _token(stage: Stage) -> dict[str, str]:
    return await stage.bearer(CredentialKind.HIREMPIRE)


async def _create(stage: Stage, job_id: object, headers: dict[str, str]) -> httpx.Response:
    body = {"job_id": str(job_id), "source_name": "  LinkedIn "}
    return await stage.call("POST", CREATE, json=body, headers=headers)


async def _source(stage: Stage) -> dict[str, Any]:
    job = await stage.world.job()
    return (await _create(stage, job.id, await _token(stage))).json()["source"]


async def sources(stage: Stage) -> httpx.Response:
    headers = await _token(stage)
    job = await stage.world.job()
    await _create(stage, job.id, headers)
    return await stage.call("GET", f"{LIST}?job_id={job.id}", headers=headers)


async def sources_of_nothing(stage: Stage) -> httpx.Response:
    return await stage.call("GET", LIST, headers=await _token(stage))


async def sources_without_token(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{LIST}?job_id={UNKNOWN}")


async def sources_of_unknown_job(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{LIST}?job_id={UNKNOWN}", headers=await _token(stage))


async def sources_limited(stage: Stage) -> httpx.Response:
    headers = await _token(stage)
    return await stage.call_limited("GET", f"{LIST}?job_id={UNKNOWN}", settings=ONE_AN_HOUR, headers=headers)


async def created(stage: Stage) -> httpx.Response:
    job = await stage.world.job()
    return await _create(stage, job.id, await _token(stage))


async def create_refused(stage: Stage) -> httpx.Response:
    return await _create(stage, "not a UUID", await _token(stage))


async def create_without_token(stage: Stage) -> httpx.Response:
    return await _create(stage, UNKNOWN, {})


async def create_for_unknown_job(stage: Stage) -> httpx.Response:
    return await _create(stage, UNKNOWN, await _token(stage))


async def create_limited(stage: Stage) -> httpx.Response:
    headers, body = await _token(stage), {"job_id": UNKNOWN, "source_name": "x"}
    return await stage.call_limited("POST", CREATE, settings=ONE_AN_HOUR, headers=headers, json=body)


async def board(stage: Stage) -> httpx.Response:
    source = await _source(stage)
    return await stage.call("GET", source["source_url"].rsplit("/", 1)[0])


async def unknown_board(stage: Stage) -> httpx.Response:
    return await stage.call("GET", "/jobs/no-such-company")


async def link_opened(stage: Stage) -> httpx.Response:
    return await stage.call("GET", (await _source(stage))["source_url"])


async def unknown_link(stage: Stage) -> httpx.Response:
    source = await _source(stage)
    return await stage.call("GET", source["source_url"].replace(source["id"], UNKNOWN))


SCENARIOS = {
    ("listJobSources", "200"): sources,
    ("listJobSources", "400"): sources_of_nothing,
    ("listJobSources", "401"): sources_without_token,
    ("listJobSources", "404"): sources_of_unknown_job,
    ("listJobSources", "429"): sources_limited,
    ("createSource", "200"): created,
    ("createSource", "400"): create_refused,
    ("createSource", "401"): create_without_token,
    ("createSource", "404"): create_for_unknown_job,
    ("createSource", "429"): create_limited,
    ("publicJobBoard", "200"): board,
    ("publicJobBoard", "404"): unknown_board,
    ("openSourceLink", "200"): link_opened,
    ("openSourceLink", "404"): unknown_link,
}
