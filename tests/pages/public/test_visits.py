"""The row of each visit: written with the counter, without anything that names a person."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx

from rolecall.app import create_app
from rolecall.services import Services
from rolecall.store.db import fetch_dicts
from tests.conftest import BASE_URL
from tests.pages.public.conftest import Door

PHONE = "Mozilla/5.0 (Android 16; Mobile; rv:149.0) Gecko/149.0 Firefox/149.0"
COLUMNS = {"workspace_id", "source_link_id", "visited_at", "id", "referrer_host", "device", "bot", "visitor"}


async def rows_of(services: Services, link_id: UUID) -> list[dict[str, Any]]:
    async with services.database.reading() as conn:
        return await fetch_dicts(conn, "select * from visit where source_link_id = %s order by id", (link_id,))


async def test_a_visit_is_kept_without_its_visitor(services: Services, door: Door) -> None:
    link, path = await door.link(await door.world.job())
    headers = {"User-Agent": PHONE, "Referer": "https://www.linkedin.com/feed/?me=1"}
    before = datetime.now(UTC)
    for sent in (headers, headers, {"User-Agent": "curl/8.5.0"}):
        assert (await door.world.client.get(path, headers=sent)).status_code == 200
    first, second, bot = await rows_of(services, link.id)
    assert set(first) == COLUMNS
    assert before <= first["visited_at"] <= second["visited_at"] <= datetime.now(UTC)
    assert (first["workspace_id"], first["device"], first["bot"]) == (door.world.workspace.id, "phone", False)
    assert (first["referrer_host"], bot["referrer_host"]) == ("www.linkedin.com", None)
    assert (bot["device"], bot["bot"]) == ("bot", True)
    assert first["visitor"] == second["visitor"] != bot["visitor"]


async def test_the_address_makes_the_visitor(services: Services, door: Door) -> None:
    link, path = await door.link(await door.world.job())
    app = create_app(services)
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1"):
        transport = httpx.ASGITransport(app, client=(address, 1234))
        async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
            await client.get(path, headers={"User-Agent": PHONE})
    one, two, again = [row["visitor"] for row in await rows_of(services, link.id)]
    assert one == again != two


async def test_odd_headers_spoil_no_visit(services: Services, door: Door) -> None:
    link, path = await door.link(await door.world.job())
    odd = [b"\xff\xfe", b"", b"http://[", b"https://a\x7fb/", b"x" * 10_000, "https://ü.example/".encode()]
    answers = await asyncio.gather(
        *(door.world.client.get(path, headers={b"User-Agent": value, b"Referer": value}) for value in odd)
    )
    assert {answer.status_code for answer in answers} == {200}
    rows = await rows_of(services, link.id)
    assert (len(rows), await door.visits(link.id)) == (6, 6)
    assert {row["referrer_host"] for row in rows} == {None}


async def test_visits_at_the_same_time_have_their_own_rows(services: Services, door: Door) -> None:
    link, path = await door.link(await door.world.job())
    await asyncio.gather(*(door.world.client.get(path, headers={"User-Agent": PHONE}) for _ in range(100)))
    rows = await rows_of(services, link.id)
    assert (len({row["id"] for row in rows}), len({row["visitor"] for row in rows})) == (100, 1)


async def test_a_request_that_is_no_visit_has_no_row(services: Services, door: Door) -> None:
    link, path = await door.link(await door.world.job())
    await door.world.client.head(path)
    await door.world.client.get(path.replace("/jobs/", "/jobs/not-"))
    assert await rows_of(services, link.id) == []


async def test_a_new_day_begins_new_hashes(services: Services, door: Door) -> None:
    link, path = await door.link(await door.world.job())
    for day in (datetime(2031, 3, 1, 23, 59, tzinfo=UTC), datetime(2031, 3, 2, 0, 1, tzinfo=UTC)):
        counter = services.visits
        counter = type(counter)(services.database, counter._hashes, clock=lambda day=day: day)
        transport = httpx.ASGITransport(create_app(replace(services, visits=counter)))
        async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
            await client.get(path, headers={"User-Agent": PHONE})
    first, second = await rows_of(services, link.id)
    assert first["visitor"] != second["visitor"]
    async with services.database.writing() as conn:
        await conn.execute("delete from visit where source_link_id = %s", (link.id,))
        await conn.execute("delete from visit_salt where day > '2031-01-01'")
