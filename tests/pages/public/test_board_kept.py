"""Boards are kept as bytes, and never older than what is stored."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from rolecall.actions.companies import archive_company
from rolecall.actions.jobs import JobChanges, change_job, hold_job
from rolecall.actions.offices import NewOffice, create_office
from rolecall.actions.places import parse_place
from rolecall.app import create_app
from rolecall.domain.jobs import Job, JobStatus
from tests.conftest import BASE_URL
from tests.world import World


async def page(acme: World, job: Job) -> httpx.Response:
    return await acme.client.get(f"/jobs/{(job.public_path or '').partition('/')[0]}")


async def test_a_board_that_is_kept_notices_every_change(acme: World) -> None:
    job = await acme.job(places=[parse_place("SE-lund")])
    assert ">Firmware Lead<" in (await page(acme, job)).text
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        changes = JobChanges(title="Firmware Head", workplace="remote", contract_type="part-time")
        await change_job(ctx, await hold_job(ctx, job.id), changes)
    changed = (await page(acme, job)).text
    assert [text in changed for text in (">Firmware Head<", ">Remote<", ">Part time<")] == [True, True, True]
    async with acme.services.database.writing() as conn:
        office = NewOffice(name="Optics Lab", code="SE-lund", city="Lund", country_code="SE")
        await create_office(acme.context(conn), office)
    assert "Lund, Sweden" in (await page(acme, job)).text
    await acme.move(job.id, JobStatus.CLOSED)
    assert "has no open jobs at the moment" in (await page(acme, job)).text


async def test_a_browser_that_has_the_page_is_told_so(acme: World) -> None:
    job = await acme.job()
    tag = (await page(acme, job)).headers["etag"]
    path = f"/jobs/{(job.public_path or '').partition('/')[0]}"
    again = await acme.client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    await acme.move(job.id, JobStatus.PAUSED)
    assert (await acme.client.get(path, headers={"If-None-Match": tag})).status_code == 200


@pytest.mark.parametrize("begins", [True, False])
async def test_time_alone_changes_a_board(acme: World, *, begins: bool) -> None:
    job = await acme.job()
    moment = datetime.now(UTC) + timedelta(hours=2)
    column = "published_at" if begins else "ends_at"
    async with acme.services.database.writing() as conn:
        await conn.execute(f"update publication set {column} = %s where job_id = %s", (moment, job.id))
    now = [moment - timedelta(seconds=1)]
    app = create_app(replace(acme.services, clock=lambda: now[0]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client:
        world = replace(acme, client=client)
        assert (">Firmware Lead<" in (await page(world, job)).text) is not begins
        now[0] = moment
        assert (">Firmware Lead<" in (await page(world, job)).text) is begins


async def test_an_archived_company_has_no_board(acme: World) -> None:
    job = await acme.job()
    assert (await page(acme, job)).status_code == 200
    async with acme.services.database.writing() as conn:
        await archive_company(acme.context(conn), job.company_id)
    assert (await page(acme, job)).status_code == 404
