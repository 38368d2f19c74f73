"""How the documented answers about linking, resyncs and the end of a connector come about."""

from collections.abc import Awaitable, Callable

import httpx

from tests.contract.scenarios.bindbee.organization import refusals
from tests.contract.scenarios.bindbee.reading import UNKNOWN
from tests.contract.stage import Stage
from tests.linking import EXCHANGE, LINK_TOKEN, link_of

Scenario = Callable[[Stage], Awaitable[httpx.Response]]

RESYNC = "/api/embedded/v1/connectors/resync"
PASSTHROUGH = "/api/v1/passthrough"
REQUEST = {"method": "GET", "path": "/jobs/job-7", "headers": {}}
BODY = {
    "end_user_data": {"org_name": "Tallpine Labs", "origin_id": "tenant-0042", "email": "hr@tallpine.example.org"},
    "category": "ATS",
    "integration": "sandbox",
}


async def started(stage: Stage) -> httpx.Response:
    link = await link_of(stage.world)
    return await stage.call("POST", LINK_TOKEN, json=BODY, headers=link.key)


async def of_no_system(stage: Stage) -> httpx.Response:
    link = await link_of(stage.world)
    return await stage.call("POST", LINK_TOKEN, json=BODY | {"integration": "none"}, headers=link.key)


async def traded(stage: Stage) -> httpx.Response:
    link = await link_of(stage.world)
    return await link.trade(await link.temporary())


async def traded_unknown(stage: Stage) -> httpx.Response:
    return await (await link_of(stage.world)).trade("tmp_unknown")


async def traded_no_text(stage: Stage) -> httpx.Response:
    return await (await link_of(stage.world)).trade("%00")


async def deleted(stage: Stage) -> httpx.Response:
    linked = await (await link_of(stage.world)).linked()
    return await linked.call("DELETE", f"/api/ats/v1/connectors/{linked.id}/delete")


async def deleted_unknown(stage: Stage) -> httpx.Response:
    link = await link_of(stage.world)
    return await stage.call("DELETE", f"/api/ats/v1/connectors/{UNKNOWN}/delete", headers=link.key)


async def deleted_no_id(stage: Stage) -> httpx.Response:
    link = await link_of(stage.world)
    return await stage.call("DELETE", "/api/ats/v1/connectors/xyz/delete", headers=link.key)


async def resynced(stage: Stage) -> httpx.Response:
    """One that has been read: its first sync is over."""
    linked = await (await link_of(stage.world)).linked()
    async with stage.world.services.database.writing() as conn:
        await conn.execute("update connector set sync_status = 'done' where id = %s", (linked.id,))
    return await linked.call("POST", RESYNC)


async def resynced_without_token(stage: Stage) -> httpx.Response:
    return await stage.call("POST", RESYNC, headers=(await link_of(stage.world)).key)


async def resynced_by_another(stage: Stage) -> httpx.Response:
    headers = {**(await link_of(stage.world)).key, "X-Connector-Token": "unknown"}
    return await stage.call("POST", RESYNC, headers=headers)


async def passed_through(stage: Stage) -> httpx.Response:
    linked = await (await (await link_of(stage.world)).linked("sandbox-blue")).unread()
    return await linked.call("POST", PASSTHROUGH, json=REQUEST)


async def passed_through_by_another(stage: Stage) -> httpx.Response:
    headers = {**(await link_of(stage.world)).key, "X-Connector-Token": "unknown"}
    return await stage.call("POST", PASSTHROUGH, json=REQUEST, headers=headers)


async def passed_through_without_token(stage: Stage) -> httpx.Response:
    return await stage.call("POST", PASSTHROUGH, json=REQUEST, headers=(await link_of(stage.world)).key)


async def shown(stage: Stage) -> httpx.Response:
    token = await (await link_of(stage.world)).token()
    return await stage.call("GET", "/embed", params={"link_token": token, "instanceId": "4f1a-09bc-77de-a3c0"})


_BY_NAME: dict[str, dict[str, Scenario]] = {
    "create_link_token_api_embedded_v1_link_create_link_token_post": {
        "200": started,
        "422": of_no_system,
        **refusals("POST", LINK_TOKEN, json=BODY),
    },
    "get_connector_token_api_embedded_v1_connectors_connector_token__temporary_token__get": {
        "200": traded,
        "404": traded_unknown,
        "422": traded_no_text,
        **refusals("GET", f"{EXCHANGE}/tmp_unknown"),
    },
    "delete_ats_connector_api_ats_v1_connectors__connector_id__delete_delete": {
        "200": deleted,
        "404": deleted_unknown,
        "422": deleted_no_id,
        **refusals("DELETE", f"/api/ats/v1/connectors/{UNKNOWN}/delete"),
    },
    "force_resync_connector_api_embedded_v1_connectors_resync_post": {
        **refusals("POST", RESYNC),
        "200": resynced,
        "403": resynced_by_another,
        "422": resynced_without_token,
    },
    "make_passthrough_request_api_v1_passthrough_post": {
        **refusals("POST", PASSTHROUGH, json=REQUEST),
        "200": passed_through,
        "403": passed_through_by_another,
        "422": passed_through_without_token,
    },
    "embed_page": {"200": shown},
}
SCENARIOS = {(name, status): scenario for name, found in _BY_NAME.items() for status, scenario in found.items()}
# The contract shows other reasons than these have.
SHOWS_ANOTHER_FIELD = {
    (name, status)
    for name, status in SCENARIOS
    if status in {"403", "404", "422"} and not name.startswith(("force_resync", "make_passthrough"))
}
