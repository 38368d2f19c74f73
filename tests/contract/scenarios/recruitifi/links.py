"""How each documented answer of the served RecruitiFi operations and its job screen comes about."""

import httpx

from rolecall.domain.jobs import JobStatus
from tests.contract.stage import Stage

TOKEN, LINK = "/v1/auth/token", "/v1/links/job"


async def token(stage: Stage) -> httpx.Response:
    embedding = await stage.embedding()
    body = {"client_id": embedding.client_id, "client_secret": embedding.client_secret}
    return await stage.call("POST", TOKEN, json=body)


async def token_refused(stage: Stage) -> httpx.Response:
    embedding = await stage.embedding()
    return await stage.call("POST", TOKEN, json={"client_id": embedding.client_id, "client_secret": "wrong"})


async def token_unprocessable(stage: Stage) -> httpx.Response:
    return await stage.call("POST", TOKEN, json={"client_id": ""})


async def link(stage: Stage) -> httpx.Response:
    embedding, job = await stage.embedding(), await stage.world.job()
    return await stage.call("GET", LINK + embedding.query(job.id), headers=await stage.access_token(embedding))


async def link_without_token(stage: Stage) -> httpx.Response:
    return await stage.call("GET", LINK)


async def link_forbidden(stage: Stage) -> httpx.Response:
    embedding, other = await stage.embedding(), await stage.embedding()
    return await stage.call("GET", LINK + other.query("any"), headers=await stage.access_token(embedding))


async def link_to_nothing(stage: Stage) -> httpx.Response:
    embedding = await stage.embedding()
    return await stage.call("GET", LINK + embedding.query("any"), headers=await stage.access_token(embedding))


async def link_unprocessable(stage: Stage) -> httpx.Response:
    embedding = await stage.embedding()
    query = embedding.query("any").replace("userId", "user")
    return await stage.call("GET", LINK + query, headers=await stage.access_token(embedding))


async def screen(stage: Stage) -> httpx.Response:
    return await stage.call("GET", await stage.screen_url((await stage.world.job()).id))


async def screen_with_wrong_token(stage: Stage) -> httpx.Response:
    return await stage.call("GET", "/embed/job?token=wrong")


async def screen_of_lost_access(stage: Stage) -> httpx.Response:
    url = await stage.screen_url((await stage.world.job()).id)
    async with stage.world.services.database.writing() as conn:
        query = "update connector set disabled_at = now() where workspace_id = %s and category = 'EMBED'"
        await conn.execute(query, (stage.world.workspace.id,))
    return await stage.call("GET", url)


async def screen_of_gone_job(stage: Stage) -> httpx.Response:
    job = await stage.world.job()
    url = await stage.screen_url(job.id)
    await stage.world.move(job.id, JobStatus.ARCHIVED)
    return await stage.call("GET", url)


SCENARIOS = {
    ("createAccessToken", "200"): token,
    ("createAccessToken", "401"): token_refused,
    ("createAccessToken", "422"): token_unprocessable,
    ("getJobLink", "200"): link,
    ("getJobLink", "401"): link_without_token,
    ("getJobLink", "403"): link_forbidden,
    ("getJobLink", "404"): link_to_nothing,
    ("getJobLink", "422"): link_unprocessable,
    ("openEmbed", "200"): screen,
    ("openEmbed", "401"): screen_with_wrong_token,
    ("openEmbed", "403"): screen_of_lost_access,
    ("openEmbed", "404"): screen_of_gone_job,
}
