"""Sitemaps and robots.txt, by the rules of sitemaps.org."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it comes without types

from rolecall.actions.jobs import hold_job
from rolecall.actions.publishing import NewPublication, publish_in_language
from rolecall.app import create_app
from rolecall.domain.jobs import Job, JobStatus
from rolecall.pages.public import feed_queries, sitemap
from tests.conftest import BASE_URL
from tests.world import World

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


async def read(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    return etree.fromstring(answer.content)


def addresses(root: Any) -> list[str]:
    return root.xpath("//s:loc/text()", namespaces=NAMESPACE)


def board(job: Job) -> str:
    return f"/jobs/{(job.public_path or '').partition('/')[0]}"


@pytest.fixture
async def fresh(acme: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that keeps no index yet."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(acme.services)), base_url=BASE_URL) as client:
        yield client


async def test_a_sitemap_has_the_board_and_all_open_pages(acme: World) -> None:
    company = await acme.company()
    job = await acme.job(company=company)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        dutch = await publish_in_language(ctx, await hold_job(ctx, job.id), NewPublication(language="nl", title="Chef"))
    gone = await acme.job("Gone", company=company)
    await acme.move(gone.id, JobStatus.CLOSED)
    ended = await acme.job("Ended", company=company)
    async with acme.services.database.writing() as conn:
        end = datetime.now(UTC) - timedelta(days=1)
        await conn.execute("update publication set ends_at = %s where job_id = %s", (end, ended.id))
    root = await read(acme.client, f"{board(job)}/sitemap-1.xml")
    base = f"http://rolecall.test{board(job)}"
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    assert addresses(root) == [base, f"http://rolecall.test/jobs/{job.public_path}", f"{base}/{dutch.slug}"]
    days = root.xpath("//s:lastmod/text()", namespaces=NAMESPACE)
    assert [datetime.fromisoformat(day).date() for day in days] == [datetime.now(UTC).date()] * 3


async def test_the_indexes_name_the_parts(acme: World, fresh: httpx.AsyncClient) -> None:
    job = await acme.job()
    empty = await acme.job(status=JobStatus.PAUSED)
    part = f"http://rolecall.test{board(job)}/sitemap-1.xml"
    own, whole = await read(acme.client, f"{board(job)}/sitemap.xml"), await read(fresh, "/jobs/sitemap.xml")
    assert own.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"
    assert addresses(own) == [part]
    assert (part in addresses(whole), board(empty) in "".join(addresses(whole))) == (True, False)


async def test_a_long_sitemap_has_parts(acme: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (feed_queries, sitemap):
        monkeypatch.setattr(module, "MOST_ADDRESSES", 2)
    company = await acme.company()
    jobs = [await acme.job(f"Job {number}", company=company) for number in range(3)]
    index = addresses(await read(acme.client, f"{board(jobs[0])}/sitemap.xml"))
    assert [address.rpartition("/")[2] for address in index] == ["sitemap-1.xml", "sitemap-2.xml"]
    last = addresses(await read(acme.client, f"{board(jobs[0])}/sitemap-2.xml"))
    assert last == [f"http://rolecall.test/jobs/{jobs[2].public_path}"]
    assert (await acme.client.get(f"{board(jobs[0])}/sitemap-3.xml")).status_code == 404


async def test_robots_leave_forms_alone_and_find_the_sitemap(acme: World) -> None:
    answer = await acme.client.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "User-agent: *",
        "Disallow: /jobs/*/*/apply",
        "Disallow: /jobs/*/*/applied",
        "",
        "Sitemap: http://rolecall.test/jobs/sitemap.xml",
    ]


async def test_an_operator_need_not_list_companies(acme: World) -> None:
    job = await acme.job()
    settings = acme.services.settings.model_copy(update={"list_companies": False})
    transport = httpx.ASGITransport(create_app(replace(acme.services, settings=settings)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        assert (await client.get("/jobs/sitemap.xml")).status_code == 404
        assert "Sitemap" not in (await client.get("/robots.txt")).text
        assert (await client.get(f"{board(job)}/sitemap.xml")).status_code == 200


async def test_on_a_host_of_their_own_both_stand_at_the_top(acme: World) -> None:
    settings = acme.services.settings.model_copy(update={"jobs_base_url": "https://jobs.rolecall.test"})
    transport = httpx.ASGITransport(create_app(replace(acme.services, settings=settings)))
    async with httpx.AsyncClient(transport=transport, base_url="https://jobs.rolecall.test") as client:
        assert "Sitemap: https://jobs.rolecall.test/sitemap.xml" in (await client.get("/robots.txt")).text
        assert (await client.get("/sitemap.xml")).status_code == 200
