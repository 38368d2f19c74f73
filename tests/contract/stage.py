"""What the scenarios of the contracts act on: a workspace with a credential for every surface."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from rolecall.actions.issuing import Issued, issue_developer, issue_embedding_client, issue_mcp_client
from rolecall.actions.workspaces import native_connector_id
from rolecall.app import create_app
from rolecall.domain.credentials import VACANCY_SCOPES, CredentialKind
from rolecall.store import connectors
from tests.world import World


@dataclass(frozen=True, slots=True)
class Embedding:
    """A partner that embeds screens: its credentials, its connector and a client that acts for the workspace."""

    client_id: str
    client_secret: str
    connector_id: str
    partner: str
    client: str = "cust-2207"
    user: str = "u-558"

    def query(self, job_id: object = None) -> str:
        """The query of a link, for a job if it has one."""
        who = f"?connectorId={self.connector_id}&clientId={self.client}&userId={self.user}"
        return who if job_id is None else f"{who}&jobId={job_id}"


@dataclass(frozen=True, slots=True)
class Stage:
    """Calls one surface after the other as an integrator would."""

    world: World

    async def bindbee(self) -> dict[str, str]:
        """The two headers of a unified API call."""
        async with self.world.services.database.reading() as conn:
            connector_id = await native_connector_id(conn, self.world.workspace.id)
        key = await self.world.secret(CredentialKind.BINDBEE, environment="production")
        token = await self.world.secret(CredentialKind.BINDBEE_CONNECTOR, subject_id=connector_id)
        return {"Authorization": f"Bearer {key}", "X-Connector-Token": token}

    async def bearer(self, kind: CredentialKind, **facts: object) -> dict[str, str]:
        """The Authorization header of a new credential."""
        return {"Authorization": f"Bearer {await self.world.secret(kind, **facts)}"}

    async def apikey(self) -> dict[str, str]:
        """The header of a new partner account."""
        _, key = await self.world.partner(f"Partner {uuid4().hex[:6]}")
        return {"Authorization": f"Apikey {key}"}

    async def embedding(self, *, origins: Sequence[str] = ()) -> Embedding:
        """A partner that embeds screens, with a client that knows every job of the workspace."""
        async with self.world.services.database.writing() as conn:
            ctx = self.world.context(conn)
            name = f"Embedder {uuid4().hex[:6]}"
            issued = await issue_embedding_client(
                ctx, self.world.workspace, partner_name=name, origins=origins, client="cust-2207"
            )
            partner_id = issued.credential.subject_id
            assert partner_id is not None
            (connector,) = await connectors.of_partner(conn, self.world.workspace.id, partner_id)
        return Embedding(str(issued.credential.public_id), issued.secret, str(connector.id), name)

    async def access_token(self, embedding: Embedding) -> dict[str, str]:
        """The header of the calls for links."""
        body = {"client_id": embedding.client_id, "client_secret": embedding.client_secret}
        answer = await self.call("POST", "/v1/auth/token", json=body)
        return {"X-Auth-Token": answer.json()["access_token"]}

    async def developer(self, embedding: Embedding) -> Issued:
        """A new developer of the organization API, for the account of a partner."""
        async with self.world.services.database.writing() as conn:
            ctx = self.world.context(conn)
            return await issue_developer(ctx, self.world.workspace, partner_name=embedding.partner)

    async def developer_token(self, embedding: Embedding) -> dict[str, str]:
        """The header of the calls of a new developer."""
        issued = await self.developer(embedding)
        form = {"client_id": str(issued.credential.public_id), "client_secret": issued.secret}
        answer = await self.call("POST", "/oauth/token", data={"grant_type": "client_credentials", **form})
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    async def organization_token(self, embedding: Embedding) -> dict[str, str]:
        """The header of the calls for the first organization of a new developer."""
        headers = await self.developer_token(embedding)
        (first, *_) = (await self.call("GET", "/v1/organizations", headers=headers)).json()
        answer = await self.call("POST", f"/v1/organizations/{first['id']}/token", headers=headers)
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    async def mcp_client(self, *, lives: timedelta | None = None) -> Issued:
        """A new client of the MCP endpoint: its id is the credential's `public_id`."""
        async with self.world.services.database.writing() as conn:
            ctx = self.world.context(conn)
            return await issue_mcp_client(ctx, self.world.workspace, name="Assistant", lives=lives)

    async def mcp(self) -> dict[str, str]:
        """The header of a new MCP client's messages."""
        issued = await self.mcp_client()
        account = (str(issued.credential.public_id), issued.secret)
        answer = await self.call("POST", "/v1/oauth/token", data={"grant_type": "client_credentials"}, auth=account)
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    async def screen_url(
        self, job_id: object, *, origins: Sequence[str] = (), embedding: Embedding | None = None
    ) -> str:
        """The address of a job's agency screen, of a new partner unless one is given."""
        embedding = embedding or await self.embedding(origins=origins)
        path = "/v1/links/job" + embedding.query(job_id)
        answer = await self.call("GET", path, headers=await self.access_token(embedding))
        assert answer.status_code == 200, answer.text
        return answer.json()["url"]

    async def open_tasks(self, embedding: Embedding) -> None:
        """Open the tasks screen, as a page that frames it does."""
        path = "/v1/links/tasks" + embedding.query()
        link = await self.call("GET", path, headers=await self.access_token(embedding))
        assert (await self.call("GET", link.json()["url"])).status_code == 200

    async def all_headers(self) -> dict[str, dict[str, str]]:
        """Working headers by contract."""
        return {
            "bindbee": await self.bindbee(),
            "crosspath": await self.apikey(),
            "hirempire": await self.bearer(CredentialKind.HIREMPIRE),
            "recruitifi": await self.access_token(await self.embedding()),
            "recruitsome": await self.bearer(CredentialKind.RECRUITSOME, scopes=VACANCY_SCOPES),
        }

    async def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        return await self.world.client.request(method, path, **options)

    async def call_limited(self, method: str, path: str, *, settings: dict[str, Any], **options: Any) -> httpx.Response:
        """The second of two calls to an application with other limits."""
        services = replace(self.world.services, settings=self.world.services.settings.model_copy(update=settings))
        transport = httpx.ASGITransport(create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url=str(self.world.client.base_url)) as client:
            await client.request(method, path, **options)
            return await client.request(method, path, **options)
