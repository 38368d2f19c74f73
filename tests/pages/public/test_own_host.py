"""Job pages on a host of their own, where their paths begin with the company."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from rolecall.app import create_app
from rolecall.services import Services
from tests.pages.public.conftest import Door


@pytest.fixture
async def jobs_host(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    settings = services.settings.model_copy(update={"jobs_base_url": "https://jobs.rolecall.test"})
    transport = httpx.ASGITransport(create_app(replace(services, settings=settings)))
    async with httpx.AsyncClient(transport=transport, base_url="https://jobs.rolecall.test") as client:
        yield client


async def test_links_pages_and_boards_open_at_the_top(jobs_host: httpx.AsyncClient, door: Door) -> None:
    job = await door.world.job()
    link, path = await door.link(job)
    link_path = path.removeprefix("/jobs")
    page = await jobs_host.get(link_path)
    assert f'href="https://jobs.rolecall.test/{job.public_path}"' in page.text
    assert await door.visits(link.id) == 1
    assert (await jobs_host.get(f"/{job.public_path}")).status_code == 200
    board = await jobs_host.get(link_path.rpartition("/")[0])
    assert f'href="/{job.public_path}"' in board.text


async def test_everything_else_stays_where_it_is(jobs_host: httpx.AsyncClient) -> None:
    assert (await jobs_host.get("/healthz")).text == "ok"
    assert (await jobs_host.get("/v1/nothing")).json() == {"success": False, "error": "Not found"}
    assert (await jobs_host.get("/nothing")).status_code == 404
    assert (await jobs_host.get("/nothing/at/all")).status_code == 404
