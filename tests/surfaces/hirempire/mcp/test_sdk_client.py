"""The official SDK's own client over a real socket: it finds the token endpoint, signs in and uses every tool."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from typing import Any, Literal
from uuid import UUID

import httpx2
import pytest
from mcp.client import Client
from mcp.client.auth import OAuthFlowError, OAuthTokenError
from mcp.client.auth.extensions.client_credentials import ClientCredentialsOAuthProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientInformationFull, OAuthToken

from rolecall.actions.issuing import Issued
from rolecall.settings import Settings
from tests.contract.stage import Stage
from tests.live import free_port, live_server
from tests.people import make_application, make_candidate
from tests.surfaces.hirempire.mcp.conftest import COMPANY, JOB
from tests.world import World

Method = Literal["client_secret_basic", "client_secret_post"]


class Memory:
    """Where the client keeps its token."""

    def __init__(self) -> None:
        self.tokens: OAuthToken | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return None

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:  # noqa: ARG002 - the SDK's name
        raise AssertionError("clients are made by an operator")


@pytest.fixture(scope="module")
def live(settings: Settings, database_url: str) -> Iterator[str]:
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    changes = {"port": port, "base_url": base_url, "jobs_base_url": f"{base_url}/jobs"}
    with live_server(settings.model_copy(update=changes), database_url) as url:
        yield url


@asynccontextmanager
async def connected(
    base_url: str, issued: Issued, *, method: Method = "client_secret_basic", secret: str | None = None, **options: Any
) -> AsyncGenerator[Client]:
    provider = ClientCredentialsOAuthProvider(
        server_url=f"{base_url}/v1/mcp",
        storage=Memory(),
        client_id=str(issued.credential.public_id),
        client_secret=secret or issued.secret,
        token_endpoint_auth_method=method,
        issuer=base_url,
    )
    async with (
        httpx2.AsyncClient(auth=provider) as http,
        Client(streamable_http_client(f"{base_url}/v1/mcp", http_client=http), **options) as client,
    ):
        yield client


async def use(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result
    assert isinstance(result.structured_content, dict)
    return result.structured_content


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
async def test_every_tool_is_used(live: str, acme: World, mode: str, method: Method) -> None:
    issued = await Stage(acme).mcp_client()
    async with connected(live, issued, method=method, mode=mode) as client:
        tools = (await client.list_tools()).tools
        assert len(tools) == 6
        company_id = (await use(client, "create_company", **COMPANY))["company_id"]
        listed = await use(client, "get_companies")
        assert [company["id"] for company in listed["companies"]] == [company_id]
        made = await use(client, "create_job", **JOB | {"company_id": company_id})
        assert made["sources"][0]["source_url"].startswith(f"{live}/jobs/")
        (job,) = (await use(client, "get_jobs", status="active"))["jobs"]
        assert job["id"] == made["job_id"]
        application = await apply(acme, job["id"])
        (candidate,) = (await use(client, "get_candidates", job_id=job["id"]))["candidates"]
        assert candidate["id"] == application
        moved = await use(client, "update_candidate_stage", candidate_id=application, stage="met")
        assert moved["status"] == "interview"


async def apply(world: World, job_id: str) -> str:
    async with world.services.database.writing() as conn:
        person = await make_candidate(conn, world.workspace.id)
        return str((await make_application(conn, person, UUID(job_id))).id)


async def test_wrong_arguments_are_told(live: str, acme: World) -> None:
    async with connected(live, await Stage(acme).mcp_client()) as client:
        result = await client.call_tool("get_jobs", {"status": "lost"})
        assert result.is_error
        assert result.content[0].text.startswith("Invalid status.")  # type: ignore[union-attr]


def leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for part in error.exceptions for leaf in leaves(part)]
    return [error]


async def test_a_wrong_secret_is_refused(live: str, acme: World) -> None:
    issued = await Stage(acme).mcp_client()
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - the SDK's task groups decide on the class
        async with connected(live, issued, secret="mcps_guessed"):
            pass
    (error, *_) = leaves(caught.value)
    assert isinstance(error, OAuthTokenError | OAuthFlowError)
    assert "invalid_client" in str(error)
