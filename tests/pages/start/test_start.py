"""The start page: what runs here, and no tenant's companies unless it is the demo."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from rolecall.actions.workspaces import create_workspace
from rolecall.app import create_app
from rolecall.assembly import open_services
from rolecall.services import Services
from rolecall.settings import Settings
from rolecall.store import workspaces
from tests.world import World


@pytest.fixture
async def demo_client(settings: Settings, database_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application whose setting `demo` is on."""
    async with open_services(settings.model_copy(update={"demo": True}), database_url=database_url) as services:
        transport = httpx.ASGITransport(create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url=settings.public_url) as client:
            yield client


async def demo_world(services: Services, client: httpx.AsyncClient) -> World:
    async with services.database.writing() as conn:
        found = await workspaces.by_slug(conn, "demo")
        workspace = found or await create_workspace(conn, "demo", name="Demo", now=services.clock())
    return World(services, workspace, client)


async def test_it_leads_to_every_reference_and_to_what_an_operator_needs(client: httpx.AsyncClient):
    page = await client.get("/")
    assert page.status_code == 200
    links = set(re.findall(r'href="(/[^"]*)"', page.text))
    references = {f"/docs/{name}" for name in ("bindbee", "crosspath", "hirempire", "recruitifi", "recruitsome")}
    assert references | {"/docs", "/healthz", "/readyz", "/metrics"} <= links
    assert "script" not in page.text
    assert page.headers["x-frame-options"] == "DENY"


async def test_every_link_on_it_works(client: httpx.AsyncClient):
    page = await client.get("/")
    for link in set(re.findall(r'href="(/[^"]*)"', page.text)):
        assert (await client.get(link)).status_code == 200, link


async def test_no_company_is_named_in_production(client: httpx.AsyncClient, services: Services):
    world = await demo_world(services, client)
    company = await world.company("Quillon Instruments")
    await world.job(company=company)
    page = (await client.get("/")).text
    assert "Quillon" not in page
    assert "demo" not in page


async def test_the_demo_shows_its_own_job_boards_only(demo_client: httpx.AsyncClient, services: Services, acme: World):
    world = await demo_world(services, demo_client)
    company = await world.company("Brightwater Mills & Co")
    await world.job(company=company)
    await acme.job(company=await acme.company("Secret Tenant"))
    page = (await demo_client.get("/")).text
    assert "This is the demo." in page
    assert "Brightwater Mills &amp; Co" in page
    assert f'href="http://rolecall.test/jobs/{company.slug}"' in page
    assert "Secret Tenant" not in page


async def test_only_reading_is_offered(client: httpx.AsyncClient):
    assert (await client.head("/")).status_code == 200
    assert (await client.post("/")).status_code in {404, 405}
