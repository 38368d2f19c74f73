"""The path of a request through a surface, on a real socket."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from rolecall.app import create_app
from rolecall.assembly import open_services
from rolecall.domain.credentials import CredentialKind
from rolecall.services import Services
from rolecall.settings import Settings
from tests.contract.stage import Stage
from tests.live import free_port, live_server
from tests.world import World, build_world


@pytest.fixture(scope="module")
def live(settings: Settings, database_url: str) -> Iterator[Settings]:
    port = free_port()
    changed = settings.model_copy(update={"port": port, "base_url": f"http://127.0.0.1:{port}", "database_pool": 2})
    with live_server(changed, database_url):
        yield changed


async def _begin_upload(port: int, key: str) -> asyncio.StreamWriter:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /partners/v1/companies HTTP/1.1\r\nHost: x\r\n{key}\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}Content-Length: 900\r\n\r\n{{".encode())
    await writer.drain()
    return writer


async def test_slow_uploads_hold_nobody_up(services: Services, live: Settings) -> None:
    async with httpx.AsyncClient(base_url=live.public_url, timeout=5) as client:
        world: World = await build_world(services, client, "acme")
        headers = await Stage(world).apikey()
        key = f"Authorization: {headers['Authorization']}"
        slow = [await _begin_upload(live.port, key) for _ in range(6)]
        await asyncio.sleep(0.1)
        answer = await client.post("/partners/v1/companies", json={"name": "Quick"}, headers=headers)
        assert answer.status_code == 201
        for writer in slow:
            writer.close()


async def _begin_form(port: int, key: str) -> asyncio.StreamWriter:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /api/v1/applications HTTP/1.1\r\nHost: x\r\n{key}\r\nContent-Length: 9000000\r\n"
    writer.write(f"{head}Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n".encode())
    await writer.drain()
    return writer


async def test_slow_uploads_of_files_hold_nobody_up(services: Services, live: Settings) -> None:
    async with httpx.AsyncClient(base_url=live.public_url, timeout=5) as client:
        world: World = await build_world(services, client, "acme")
        slug = str((await world.job()).public_path).rpartition("/")[2]
        headers = await Stage(world).bearer(CredentialKind.RECRUITSOME, scopes=["applications:write"])
        slow = [await _begin_form(live.port, f"Authorization: {headers['Authorization']}") for _ in range(6)]
        await asyncio.sleep(0.1)
        person = {"first_name": "Mira", "last_name": "Okafor", "email": "mira@mail.example"}
        body = {"vacancy": slug, "candidate": person}
        answer = await client.post("/api/v1/applications", json=body, headers=headers)
        assert answer.status_code == 201
        for writer in slow:
            writer.close()


@pytest.mark.parametrize("address", ["redis://127.0.0.1:1"])
async def test_lost_counters_are_an_unavailable_service(settings: Settings, database_url: str, address: str) -> None:
    changed = settings.model_copy(update={"redis_url": address})
    async with open_services(changed, database_url=database_url) as services:
        transport = httpx.ASGITransport(create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://rolecall.test") as client:
            answer = await client.get("/api/v1/health")
    assert (answer.status_code, answer.json()) == (503, {"message": "Service Unavailable"})
