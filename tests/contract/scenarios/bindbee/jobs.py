"""How each documented answer of the served Bindbee operations comes about."""

import httpx

from tests.contract.stage import Stage

JOBS = "/api/ats/v1/jobs"


async def page(stage: Stage) -> httpx.Response:
    await stage.world.job(code="FW-1")
    await stage.world.job()
    return await stage.call("GET", f"{JOBS}?page_size=1", headers=await stage.bindbee())


async def unauthorized(stage: Stage) -> httpx.Response:
    return await stage.call("GET", JOBS)


async def forbidden(stage: Stage) -> httpx.Response:
    return await stage.call("GET", JOBS, headers={**await stage.bindbee(), "X-Connector-Token": "unknown"})


async def refused(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{JOBS}?page_size=500", headers=await stage.bindbee())


async def limited(stage: Stage) -> httpx.Response:
    settings = {"bindbee_requests_per_minute": 1}
    return await stage.call_limited("GET", JOBS, settings=settings, headers=await stage.bindbee())


_LIST = "get_jobs_api_ats_v1_jobs_get"
SCENARIOS = {
    (_LIST, "200"): page,
    (_LIST, "401"): unauthorized,
    (_LIST, "403"): forbidden,
    (_LIST, "422"): refused,
    (_LIST, "429"): limited,
}
