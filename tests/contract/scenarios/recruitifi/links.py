"""How each documented answer of the RecruitiFi operations of partners, and of their screens, comes about."""

from collections.abc import Awaitable, Callable

import httpx

from rolecall.domain.jobs import JobStatus
from tests.contract.stage import Stage
from tests.marketplace import build_marketplace
from tests.partnership import build_partnership

TOKEN = "/v1/auth/token"
Scenario = Callable[[Stage], Awaitable[httpx.Response]]


async def token(stage: Stage) -> httpx.Response:
    embedding = await stage.embedding()
    body = {"client_id": embedding.client_id, "client_secret": embedding.client_secret}
    return await stage.call("POST", TOKEN, json=body)


async def token_refused(stage: Stage) -> httpx.Response:
    embedding = await stage.embedding()
    return await stage.call("POST", TOKEN, json={"client_id": embedding.client_id, "client_secret": "wrong"})


async def token_unprocessable(stage: Stage) -> httpx.Response:
    return await stage.call("POST", TOKEN, json={"client_id": ""})


async def link_of_job(stage: Stage) -> httpx.Response:
    embedding, job = await stage.embedding(), await stage.world.job()
    return await stage.call(
        "GET", "/v1/links/job" + embedding.query(job.id), headers=await stage.access_token(embedding)
    )


async def link_of_application(stage: Stage) -> httpx.Response:
    partnership = await build_partnership(stage.world)
    market = await build_marketplace(partnership)
    submission = await market.confirmed(market.northwind)
    return await partnership.ask("application", applicationId=str(submission.id))


def link_of_client(screen: str) -> Scenario:
    async def link(stage: Stage) -> httpx.Response:
        embedding = await stage.embedding()
        path = f"/v1/links/{screen}{embedding.query()}"
        return await stage.call("GET", path, headers=await stage.access_token(embedding))

    return link


def link_without_token(screen: str) -> Scenario:
    return lambda stage: stage.call("GET", f"/v1/links/{screen}")


def link_forbidden(screen: str) -> Scenario:
    async def link(stage: Stage) -> httpx.Response:
        embedding, other = await stage.embedding(), await stage.embedding()
        path = f"/v1/links/{screen}{other.query('any')}&applicationId=any"
        return await stage.call("GET", path, headers=await stage.access_token(embedding))

    return link


def link_unprocessable(screen: str) -> Scenario:
    async def link(stage: Stage) -> httpx.Response:
        embedding = await stage.embedding()
        path = f"/v1/links/{screen}{embedding.query('any').replace('userId', 'user')}&applicationId=any"
        return await stage.call("GET", path, headers=await stage.access_token(embedding))

    return link


async def link_to_no_job(stage: Stage) -> httpx.Response:
    embedding = await stage.embedding()
    return await stage.call(
        "GET", "/v1/links/job" + embedding.query("any"), headers=await stage.access_token(embedding)
    )


async def link_to_no_application(stage: Stage) -> httpx.Response:
    embedding, job = await stage.embedding(), await stage.world.job()
    path = f"/v1/links/application{embedding.query(job.id)}&applicationId=any"
    return await stage.call("GET", path, headers=await stage.access_token(embedding))


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


LINKS = {
    "getSettingsLink": ("settings", link_of_client("settings"), None),
    "getTasksLink": ("tasks", link_of_client("tasks"), None),
    "getJobLink": ("job", link_of_job, link_to_no_job),
    "getApplicationLink": ("application", link_of_application, link_to_no_application),
}
SCENARIOS: dict[tuple[str, str], Scenario] = {
    ("createAccessToken", "200"): token,
    ("createAccessToken", "401"): token_refused,
    ("createAccessToken", "422"): token_unprocessable,
    **{(name, "200"): good for name, (_, good, _) in LINKS.items()},
    **{(name, "401"): link_without_token(of) for name, (of, _, _) in LINKS.items()},
    **{(name, "403"): link_forbidden(of) for name, (of, _, _) in LINKS.items()},
    **{(name, "404"): missing for name, (_, _, missing) in LINKS.items() if missing is not None},
    **{(name, "422"): link_unprocessable(of) for name, (of, _, _) in LINKS.items()},
    ("openEmbed", "200"): screen,
    ("openEmbed", "401"): screen_with_wrong_token,
    ("openEmbed", "403"): screen_of_lost_access,
    ("openEmbed", "404"): screen_of_gone_job,
}
