"""Jobs that are over: their own page is gone, a source link still opens, and the form is shut."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from rolecall.actions.jobs import hold_job
from rolecall.actions.publishing import NewPublication, publish_in_language
from rolecall.app import create_app
from rolecall.domain.jobs import Job, JobStatus
from tests.conftest import BASE_URL
from tests.pages.public.conftest import Door

ENDED = "The time to apply for this job is over."


async def end_at(door: Door, job: Job, time: datetime) -> None:
    async with door.world.services.database.writing() as conn:
        query = "update publication set ends_at = %s, updated_at = now() where workspace_id = %s and job_id = %s"
        await conn.execute(query, (time, job.workspace_id, job.id))


@pytest.mark.parametrize(("status", "code"), [(JobStatus.CLOSED, 410), (JobStatus.PAUSED, 200)])
async def test_the_own_page_of_a_closed_job_is_gone(door: Door, status: JobStatus, code: int) -> None:
    job = await door.world.job()
    await door.world.move(job.id, status)
    answer = await door.world.client.get(f"/jobs/{job.public_path}")
    assert (answer.status_code, "/apply" in answer.text, "ld+json" in answer.text) == (code, False, False)
    assert '<meta name="robots" content="noindex">' in answer.text


async def test_after_its_end_a_page_is_gone_and_the_link_opens(door: Door) -> None:
    job = await door.world.job()
    link, path = await door.link(job)
    await end_at(door, job, datetime.now(UTC) - timedelta(minutes=1))
    own, behind = [await door.world.client.get(found) for found in (f"/jobs/{job.public_path}", path)]
    assert (own.status_code, ENDED in own.text) == (410, True)
    assert (behind.status_code, ENDED in behind.text, await door.visits(link.id)) == (200, True, 1)
    form = await door.world.client.get(f"{path}/apply")
    assert (form.status_code, ENDED in form.text) == (410, True)


async def test_a_page_that_is_kept_notices_its_end(door: Door) -> None:
    job = await door.world.job()
    end = datetime.now(UTC) + timedelta(days=1)
    await end_at(door, job, end)
    now = [end - timedelta(hours=1)]
    app = create_app(replace(door.world.services, clock=lambda: now[0]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client:
        assert (await client.get(f"/jobs/{job.public_path}")).status_code == 200
        now[0] = end
        assert (await client.get(f"/jobs/{job.public_path}")).status_code == 410


async def test_a_link_opens_a_publication_that_has_not_ended(door: Door) -> None:
    job = await door.world.job()
    _, path = await door.link(job)
    await end_at(door, job, datetime.now(UTC) - timedelta(minutes=1))
    async with door.world.services.database.writing() as conn:
        ctx = door.world.context(conn)
        dutch = NewPublication(language="nl", title="Chef firmware")
        await publish_in_language(ctx, await hold_job(ctx, job.id), dutch)
    page = (await door.world.client.get(path)).text
    assert ("<h1>Chef firmware</h1>" in page, f"{path}/apply" in page) == (True, True)
