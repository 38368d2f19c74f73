"""The partner's page is the demo's alone."""

import httpx
import pytest

from rolecall.app import create_app
from rolecall.assembly import open_services
from rolecall.settings import Settings


@pytest.mark.parametrize("changes", [{}, {"demo": True}], ids=["serve", "the setting alone"])
async def test_what_serves_otherwise_has_no_partner_page(
    settings: Settings, database_url: str, changes: dict[str, bool]
) -> None:
    async with open_services(settings.model_copy(update=changes), database_url=database_url) as services:
        transport = httpx.ASGITransport(create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url=settings.public_url) as client:
            answer = await client.get("/demo/partner")
            assert answer.status_code == 404
            assert "/demo/partner" not in (await client.get("/")).text
