"""A company's board."""

import pytest

from rolecall.domain.jobs import JobStatus
from tests.world import World


async def test_the_board_lists_open_jobs_newest_first(acme: World) -> None:
    company = await acme.company()
    jobs = [await acme.job(title, company=company) for title in ("First", "Second")]
    for status in (JobStatus.DRAFT, JobStatus.PAUSED, JobStatus.CLOSED, JobStatus.ARCHIVED):
        await acme.job("Hidden", company=company, status=status)
    await acme.job("Elsewhere")
    page = (await acme.client.get(f"/jobs/{company.slug}")).text
    assert "2 open jobs" in page
    assert page.index(f'href="/jobs/{jobs[1].public_path}">Second') < page.index(f'/jobs/{jobs[0].public_path}">First')
    assert ("Hidden" in page, "Elsewhere" in page) == (False, False)


async def test_a_board_without_jobs(acme: World) -> None:
    company = await acme.company()
    answer = await acme.client.get(f"/jobs/{company.slug}")
    assert (answer.status_code, "has no open jobs at the moment" in answer.text) == (200, True)


async def test_long_boards_have_pages(acme: World) -> None:
    company = await acme.company()
    for number in range(26):
        await acme.job(f"Job {number:02}", company=company)
    first = (await acme.client.get(f"/jobs/{company.slug}")).text
    second = (await acme.client.get(f"/jobs/{company.slug}?page=2")).text
    assert (first.count("<li "), second.count("<li ")) == (25, 1)
    assert (f'href="/jobs/{company.slug}?page=2"' in first, "page 1 of 2" in first) == (True, True)
    assert ("Job 00" in first, "Job 00" in second) == (False, True)
    assert f'rel="prev" href="/jobs/{company.slug}"' in second


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1000000", "\u0663", "%00", "1.0"])
async def test_a_page_that_is_not_there(acme: World, page: str) -> None:
    company = await acme.company()
    answer = await acme.client.get(f"/jobs/{company.slug}?page={page}")
    assert answer.status_code == 404
