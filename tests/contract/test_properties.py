"""Generated requests, good and bad, against every served operation: never a fault, only documented answers."""

import asyncio
import copy
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from rolecall.assembly import open_services
from rolecall.settings import Settings
from tests.contract.contracts import JOBS_PATHS, MOUNTS, contract
from tests.contract.not_yet_served import SERVED
from tests.contract.stage import Stage
from tests.live import free_port, live_server
from tests.world import World, build_world

PAGES = JOBS_PATHS | {"openEmbed", "embed_page"}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 60
MCP = "/v1/mcp"
TRANSPORT = {400, 406}  # what the MCP standard says to messages that are none; the contract refers to it
VACANCY = "maintenance-planner-zwolle"


@pytest.fixture(scope="module")
def live(settings: Settings, database_url: str) -> Iterator[Settings]:
    """A live server whose limits do not get in the way, and its settings."""
    port = free_port()
    wide = settings.model_copy(
        update={
            "port": port,
            "base_url": f"http://127.0.0.1:{port}",
            "jobs_base_url": f"http://127.0.0.1:{port}/jobs",
            "bindbee_requests_per_minute": 10**6,
            "recruitsome_requests_per_minute": 10**6,
            "anonymous_requests_per_minute": 10**6,
        }
    )
    with live_server(wide, database_url):
        yield wide


@pytest.fixture(scope="module")
def headers(live: Settings, database_url: str) -> dict[str, dict[str, str]]:
    """Working credentials for each contract, in one workspace with a job."""

    async def build() -> dict[str, dict[str, str]]:
        async with (
            open_services(live, database_url=database_url) as services,
            httpx.AsyncClient(base_url=live.public_url) as client,
        ):
            world: World = await build_world(services, client, "fuzzed")
            await _publish(world)
            stage = Stage(world)
            return await stage.all_headers() | {MCP: await stage.mcp()} | await _organization_headers(stage)

    return asyncio.run(build())


async def _organization_headers(stage: Stage) -> dict[str, dict[str, str]]:
    """The headers of the operations that have tokens of their own, by path."""
    embedding = await stage.embedding()
    developer, organization = await stage.developer_token(embedding), await stage.organization_token(embedding)
    return {
        "/v1/organizations": developer,
        "/v1/organizations/{organizationId}/token": developer,
        "/v1/agencies/{agencyId}": organization,
        "/v1/agency_invitations": organization,
    }


async def _publish(world: World) -> None:
    """A job whose vacancy has a slug that generated requests name now and then."""
    job = await world.job()
    async with world.services.database.writing() as conn:
        query = "update publication set slug = %s where workspace_id = %s and job_id = %s"
        await conn.execute(query, (VACANCY, world.workspace.id, job.id))


def _served_part(name: str) -> dict[str, Any]:
    """A contract cut down to the operations that are served, at their mount."""
    whole = contract(name)
    paths: dict[str, Any] = {}
    for path, item in whole["paths"].items():
        kept = {
            key: value
            for key, value in item.items()
            if not isinstance(value, dict) or value.get("operationId") in SERVED[name] - PAGES
        }
        if any(isinstance(value, dict) for value in kept.values()):
            paths[MOUNTS.get(name, "") + path] = kept
    return {**_with_known_slugs(whole), "paths": paths, "servers": [{"url": "/"}]}


def _with_known_slugs(whole: dict[str, Any]) -> dict[str, Any]:
    """Applications for the vacancy that there is, and for one that there is not: a random slug is never taken in."""
    whole = copy.deepcopy(whole)
    for shape in ("ApplicationRequest", "ApplicationMultipart"):
        if shape in whole["components"]["schemas"]:
            whole["components"]["schemas"][shape]["properties"]["vacancy"] = {"enum": [VACANCY, "none"]}
    return whole


def _case_test(name: str) -> Any:
    schema = schemathesis.openapi.from_dict(_served_part(name))

    @schema.parametrize()  # pyright: ignore[reportUntypedFunctionDecorator]
    @hypothesis_settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck])  # pyright: ignore[reportArgumentType]
    def test(case: schemathesis.Case, live: Settings, headers: dict[str, dict[str, str]]) -> None:
        response = case.call(base_url=live.public_url, headers=headers.get(case.path, headers[name]))
        by_transport = case.path == MCP and response.status_code in TRANSPORT
        case.validate_response(response, checks=[not_a_server_error] if by_transport else CHECKS)

    return test


test_bindbee = _case_test("bindbee")
test_crosspath = _case_test("crosspath")
test_hirempire = _case_test("hirempire")
test_recruitifi = _case_test("recruitifi")
test_recruitsome = _case_test("recruitsome")
