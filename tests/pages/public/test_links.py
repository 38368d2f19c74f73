"""Source links: what counts as a visit, and what does not."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest

from rolecall.actions.visitors import VisitorHashes
from rolecall.actions.visits import VisitCounter
from rolecall.app import create_app
from rolecall.domain.jobs import JobStatus
from rolecall.ports.clock import system_clock
from rolecall.services import Services
from rolecall.store.db import Database
from tests.conftest import BASE_URL
from tests.pages.public.conftest import Door
from tests.world import World

GONE = "postgresql://127.0.0.1:1/nothing"  # never opened


async def test_every_opening_counts_repeats_too(door: Door) -> None:
    link, path = await door.link(await door.world.job())
    answers = [await door.world.client.get(path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert "Firmware Lead" in answers[0].text
    assert await door.visits(link.id) == 3


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
async def test_other_methods_count_nothing(door: Door, method: str) -> None:
    link, path = await door.link(await door.world.job())
    answer = await door.world.client.request(method, path)
    assert answer.status_code == (200 if method == "HEAD" else 405)
    assert await door.visits(link.id) == 0


async def test_other_addresses_count_nothing(door: Door, globex: World) -> None:
    job = await door.world.job()
    link, path = await door.link(job)
    slug, strange_slug = path.split("/")[2], (await globex.company()).slug
    for wrong in (
        f"/jobs/{strange_slug}/{link.id}",
        f"/jobs/unknown/{link.id}",
        f"/jobs/{slug}/{uuid4()}",
        f"/jobs/{slug.upper()}/{link.id}",
        f"/jobs/{slug}%00/{link.id}",
        f"/jobs/%ED%A0%80/{link.id}",
        f"/jobs/{slug}/{link.code}",
    ):
        answer = await door.world.client.get(wrong)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert await door.visits(link.id) == 0


async def test_the_page_and_the_board_count_nothing(door: Door) -> None:
    job = await door.world.job()
    link, path = await door.link(job)
    for uncounted in (f"/jobs/{job.public_path}", path.rpartition("/")[0]):
        assert (await door.world.client.get(uncounted)).status_code == 200
    assert await door.visits(link.id) == 0


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        (JobStatus.DRAFT, "This job is being prepared. It takes no applications yet."),
        (JobStatus.PAUSED, "This job is on hold. It takes no applications at the moment."),
        (JobStatus.CLOSED, "This job is closed. It takes no applications any more."),
    ],
)
async def test_a_job_that_is_not_open_opens_counts_and_says_so(door: Door, status: JobStatus, notice: str) -> None:
    link, path = await door.link(await door.world.job(status=status))
    answer = await door.world.client.get(path)
    assert (answer.status_code, notice in answer.text) == (200, True)
    assert "application/ld+json" not in answer.text
    assert await door.visits(link.id) == 1


async def test_an_archived_job_is_gone(door: Door) -> None:
    job = await door.world.job()
    link, path = await door.link(job)
    assert (await door.world.client.get(path)).status_code == 200
    await door.world.move(job.id, JobStatus.ARCHIVED)
    assert (await door.world.client.get(path)).status_code == 404
    assert (await door.world.client.get(f"/jobs/{job.public_path}")).status_code == 404
    assert await door.visits(link.id) == 1


async def test_visits_at_the_same_time_are_counted_exactly(door: Door) -> None:
    job = await door.world.job()
    (first, first_path), (second, second_path) = [await door.link(job, name) for name in ("LinkedIn", "Fair")]
    paths = [first_path] * 200 + [second_path] * 100
    answers = await asyncio.gather(*(door.world.client.get(path) for path in paths))
    assert {answer.status_code for answer in answers} == {200}
    assert (await door.visits(first.id), await door.visits(second.id)) == (200, 100)


async def test_a_wrong_link_among_many_spoils_none(door: Door) -> None:
    link, path = await door.link(await door.world.job())
    wrong = [f"/jobs/a%00b/{link.id}", f"/jobs/unknown/{link.id}", path.replace(str(link.id), str(uuid4()))]
    answers = await asyncio.gather(*(door.world.client.get(each) for each in [path, *wrong] * 10))
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404] * 10
    assert await door.visits(link.id) == 10


async def test_no_page_leaves_uncounted(services: Services, door: Door) -> None:
    link, path = await door.link(await door.world.job())
    app = create_app(replace(services, visits=VisitCounter(Database(GONE), VisitorHashes(b""), clock=system_clock)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client:
        answers = await asyncio.gather(*(client.get(path) for _ in range(5)))
        head = await client.head(path)
    assert {answer.status_code for answer in answers} == {503}
    assert {"Firmware Lead" in answer.text for answer in answers} == {False}
    assert (answers[0].headers["Content-Type"], answers[0].headers["Retry-After"]) == ("text/html; charset=utf-8", "10")
    assert (head.status_code, await door.visits(link.id)) == (200, 0)


async def test_without_a_database_every_page_says_so(services: Services, door: Door) -> None:
    job = await door.world.job()
    _, path = await door.link(job)
    app = create_app(replace(services, database=Database(GONE)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client:
        answers = [await client.get(p) for p in (path, f"/jobs/{job.public_path}", path.rpartition("/")[0])]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert all("Not available at the moment" in answer.text for answer in answers)


async def test_a_change_shows_at_once(door: Door) -> None:
    job = await door.world.job()
    _, path = await door.link(job)
    assert "takes no applications" not in (await door.world.client.get(path)).text
    await door.world.move(job.id, JobStatus.CLOSED)
    assert "takes no applications" in (await door.world.client.get(path)).text
