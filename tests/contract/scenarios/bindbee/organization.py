"""How the documented answers of what belongs to the organization, and to no single connector, come about."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from rolecall.actions.issuing import issue_connector_token
from tests.contract.stage import Stage

Scenario = Callable[[Stage], Awaitable[httpx.Response]]

CONNECTORS = "/api/ats/v1/connectors"
INTEGRATIONS = "/api/ats/v1/integrations"
LOOKUP = "/api/v1/lookup/integrations"
ORG_CHECK = "/api/v1/org-check"
TOO_LARGE = b" " * 1_000_001


def answers(method: str, path: str, *, wrong: str | None = None, content: bytes | None = None) -> dict[str, Scenario]:
    """What all of them answer; `wrong` is a path, `content` a body with something wrong."""

    async def good(stage: Stage) -> httpx.Response:
        return await stage.call(method, path, headers=await key_of(stage))

    async def refused(stage: Stage) -> httpx.Response:
        return await stage.call(method, wrong or path, content=content, headers=await key_of(stage))

    return {"200": good, "422": refused, **refusals(method, path)}


def refusals(method: str, path: str, **options: Any) -> dict[str, Scenario]:
    """What they answer who may not ask, or not now."""

    async def unauthorized(stage: Stage) -> httpx.Response:
        return await stage.call(method, path, **options)

    async def forbidden(stage: Stage) -> httpx.Response:
        headers = await key_of(stage)
        await stage.world.switch_api_off()
        return await stage.call(method, path, headers=headers, **options)

    async def limited(stage: Stage) -> httpx.Response:
        settings = {"bindbee_requests_per_minute": 1}
        return await stage.call_limited(method, path, settings=settings, headers=await key_of(stage), **options)

    return {"401": unauthorized, "403": forbidden, "429": limited}


async def key_of(stage: Stage) -> dict[str, str]:
    """The header of a call that needs no connector."""
    return {"Authorization": (await stage.bindbee())["Authorization"]}


async def connectors(stage: Stage) -> httpx.Response:
    async with stage.world.services.database.writing() as conn:
        ctx = stage.world.context(conn)
        await issue_connector_token(ctx, stage.world.workspace, sealer=stage.world.services.sealer)
    return await stage.call("GET", CONNECTORS, headers=await key_of(stage))


_BY_NAME = {
    "get_ats_connectors_api_ats_v1_connectors_get": answers("GET", CONNECTORS, wrong=f"{CONNECTORS}?page_size=500")
    | {"200": connectors},
    "get_org_integrations_api_ats_v1_integrations_get": answers(
        "GET", INTEGRATIONS, wrong=f"{INTEGRATIONS}?page_size=500"
    ),
    "list_integrations_api_v1_lookup_integrations_get": answers("GET", LOOKUP, wrong=f"{LOOKUP}?category=CRM"),
    "org_health_check_api_v1_org_check_post": answers("POST", ORG_CHECK, content=TOO_LARGE),
}
SCENARIOS = {(name, status): scenario for name, found in _BY_NAME.items() for status, scenario in found.items()}
# The contract shows what may be wrong with a connector token or with other parameters.
SHOWS_ANOTHER_FIELD = {
    (name, status)
    for name, status in SCENARIOS
    if status == "403" or (status == "422" and ("lookup" in name or "org_check" in name))
}
