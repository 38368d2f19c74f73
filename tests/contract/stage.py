"""What the scenarios of the contracts act on: a workspace with a credential for every surface."""

from dataclasses import dataclass, replace
from typing import Any

import httpx

from rolecall.actions.workspaces import native_connector_id
from rolecall.app import create_app
from rolecall.domain.credentials import CredentialKind
from tests.world import World


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
        _, key = await self.world.partner()
        return {"Authorization": f"Apikey {key}"}

    async def all_headers(self) -> dict[str, dict[str, str]]:
        """Working headers by contract."""
        return {
            "bindbee": await self.bindbee(),
            "crosspath": await self.apikey(),
        }

    async def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        return await self.world.client.request(method, path, **options)

    async def call_limited(self, method: str, path: str, *, settings: dict[str, int], **options: Any) -> httpx.Response:
        """The second of two calls to an application with other limits."""
        services = replace(self.world.services, settings=self.world.services.settings.model_copy(update=settings))
        transport = httpx.ASGITransport(create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url=str(self.world.client.base_url)) as client:
            await client.request(method, path, **options)
            return await client.request(method, path, **options)
