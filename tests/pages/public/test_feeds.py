"""What programs read of a company's jobs: RSS, and the XML of Indeed and LinkedIn."""

from decimal import Decimal
from typing import Any

import feedparser
import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it comes without types

from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.jobs import hold_job
from rolecall.actions.places import parse_place
from rolecall.actions.publishing import NewPublication, publish_in_language
from rolecall.actions.source_links import create_source_link
from rolecall.domain.jobs import Job, JobStatus
from rolecall.pages.public import feeds
from tests.world import World

FEEDS = ["jobs.rss", "indeed.xml", "linkedin.xml"]
LUND = parse_place("SE-lund")
HOSTILE = "<p>Tea &amp; cake ]]&gt; &lt;script&gt;</p><p>5 &gt; 3</p>"


def path_of(job: Job, feed: str) -> str:
    return f"/jobs/{(job.public_path or '').partition('/')[0]}/{feed}"


async def read(acme: World, job: Job, feed: str) -> Any:
    """A feed's root element."""
    answer = await acme.client.get(path_of(job, feed))
    assert answer.status_code == 200, answer.text
    return etree.fromstring(answer.content)


def facts(element: Any) -> dict[str, str]:
    return {child.tag: child.text for child in element if not len(child)}


@pytest.fixture
async def job(acme: World) -> Job:
    return await acme.job(
        "Firmware & Optics Lead",
        description=HOSTILE,
        places=[LUND, parse_place("NL-zwolle")],
        department_ids=[await acme.department("Engineering")],
        contract_type="full-time",
        workplace="hybrid",
        career_level="senior",
        code="R-7",
        salary_min=Decimal(620000),
        salary_max=Decimal("740000.5"),
        salary_currency="SEK",
        salary_period="year",
    )


async def test_rss_is_what_readers_expect(acme: World, job: Job) -> None:
    await acme.job("Elsewhere")
    path = path_of(job, "jobs.rss")
    answer = await acme.client.get(path)
    assert answer.headers["content-type"] == "application/rss+xml"
    found = feedparser.parse(answer.content)
    assert (found.bozo, found.version) == (False, "rss20")
    assert found.feed.title == "Jobs at Norrvik Optics"
    assert [link.href for link in found.feed.links if link.rel == "self"] == [f"http://rolecall.test{path}"]
    (entry,) = found.entries
    assert (entry.title, entry.id) == ("Firmware & Optics Lead", str(job.id))
    assert entry.link == f"http://rolecall.test/jobs/{job.public_path}"
    assert [tag.term for tag in entry.tags] == ["Engineering"]
    assert job.published_at is not None
    assert entry.published_parsed[:5] == job.published_at.timetuple()[:5]


async def test_a_board_names_its_feed(acme: World, job: Job) -> None:
    path = path_of(job, "jobs.rss")
    board = (await acme.client.get(path.removesuffix("/jobs.rss"))).text
    title = "New jobs at Norrvik Optics (RSS)"
    assert f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">' in board


async def test_rss_in_a_language(acme: World, job: Job) -> None:
    async with acme.services.database.writing() as conn:
        new = NewPublication(language="nl", title="Chef firmware")
        await publish_in_language(acme.context(conn), await hold_job(acme.context(conn), job.id), new)
    found = feedparser.parse((await acme.client.get(path_of(job, "jobs.rss?lang=nl"))).content)
    assert (found.feed.title, found.feed.language) == ("Vacatures bij Norrvik Optics", "nl")
    assert [entry.title for entry in found.entries] == ["Chef firmware"]


async def test_indeed_has_each_place_of_a_job(acme: World, job: Job) -> None:
    root = await read(acme, job, "indeed.xml")
    assert root.tag == "source"
    assert [child.tag for child in root] == ["publisher", "publisherurl", "lastBuildDate", "job", "job"]
    first, second = (facts(found) for found in root.iter("job"))
    assert job.published_at is not None
    assert first == {
        "title": "Firmware & Optics Lead",
        "date": job.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "referencenumber": first["referencenumber"],
        "requisitionid": "R-7",
        "url": f"http://rolecall.test/jobs/{job.public_path}",
        "company": "Norrvik Optics",
        "sourcename": "Norrvik Optics",
        "city": "Lund",
        "country": "SE",
        "description": "<p>Tea & cake ]]&gt; &lt;script&gt;</p><p>5 &gt; 3</p>",
        "salary": "620,000 to 740,000.50 SEK per year",
        "jobtype": "fulltime",
        "category": "Engineering",
        "remotetype": "Hybrid remote",
    }
    assert (second["city"], second["country"], second["requisitionid"]) == ("Zwolle", "NL", "R-7")
    assert first["referencenumber"] != second["referencenumber"]


async def test_linkedin_has_all_that_it_asks_for(acme: World, job: Job) -> None:
    root = await read(acme, job, "linkedin.xml?company_id=4711&poster_email=jobs@norrvik.example")
    assert (root.findtext("expectedJobCount"), root.findtext("publisherUrl")) == ("1", "http://rolecall.test")
    (entry,) = root.iter("job")
    assert job.published_at is not None
    day = job.published_at
    assert facts(entry) == {
        "partnerJobId": str(job.id),
        "company": "Norrvik Optics",
        "title": "Firmware & Optics Lead",
        "description": HOSTILE,
        "applyUrl": f"http://rolecall.test/jobs/{job.public_path}",
        "companyId": "4711",
        "location": "Lund, Sweden",
        "city": "Lund",
        "country": "SE",
        "workplaceTypes": "Hybrid",
        "jobtype": "FULL_TIME",
        "experienceLevel": "MID_SENIOR_LEVEL",
        "listDate": f"{day.month}/{day.day}/{day.year}",
        "posterEmail": "jobs@norrvik.example",
    }
    assert [found.text for found in entry.iterfind("alternateLocations/location")] == ["Zwolle, Netherlands"]
    salary = entry.find("salaries/salary")
    assert facts(salary) == {"period": "YEARLY", "type": "BASE_SALARY"}
    assert facts(salary.find("highEnd")) == {"amount": "740000.5", "currencyCode": "SEK"}
    assert facts(salary.find("lowEnd")) == {"amount": "620000", "currencyCode": "SEK"}


@pytest.mark.parametrize("option", ["company_id=x", "company_id=1;2", "poster_email=nobody", "poster_email=<b>@x.nl"])
async def test_what_linkedin_could_not_read_is_refused(acme: World, job: Job, option: str) -> None:
    assert (await acme.client.get(path_of(job, f"linkedin.xml?{option}"))).status_code == 404


@pytest.mark.parametrize(("feed", "element"), [("indeed.xml", "url"), ("linkedin.xml", "applyUrl")])
async def test_a_job_boards_readers_come_by_its_link(acme: World, job: Job, feed: str, element: str) -> None:
    tag = (await acme.client.get(path_of(job, feed))).headers["etag"]
    async with acme.services.database.writing() as conn:
        name = "Indeed" if feed == "indeed.xml" else "LinkedIn"
        link, _ = await create_source_link(acme.context(conn), job.id, name=name)
    answer = await acme.client.get(path_of(job, feed), headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert f"/{link.id}" in next(etree.fromstring(answer.content).iter(element)).text


async def test_a_job_without_a_place_stands_at_its_companys(acme: World) -> None:
    async with acme.services.database.writing() as conn:
        new = NewCompany(name="Norrvik Optics", place=LUND)
        company, _ = await create_company(acme.context(conn), new)
    placed, nowhere = await acme.job(company=company), await acme.job()
    for feed in ("indeed.xml", "linkedin.xml"):
        assert [found.findtext("country") for found in (await read(acme, placed, feed)).iter("job")] == ["SE"]
        assert list((await read(acme, nowhere, feed)).iter("job")) == []


@pytest.mark.parametrize("feed", FEEDS)
async def test_only_open_jobs_are_in_a_feed(acme: World, feed: str) -> None:
    company = await acme.company()
    jobs = [await acme.job(company=company, places=[LUND]) for _ in range(2)]
    entry = "item" if feed == "jobs.rss" else "job"
    assert len(list((await read(acme, jobs[0], feed)).iter(entry))) == 2
    await acme.move(jobs[0].id, JobStatus.CLOSED)
    assert len(list((await read(acme, jobs[0], feed)).iter(entry))) == 1


@pytest.mark.parametrize("feed", FEEDS)
async def test_who_has_a_feed_is_told_so(acme: World, job: Job, feed: str) -> None:
    path = path_of(job, feed)
    first = await acme.client.get(path)
    assert first.headers["cache-control"] == "public, max-age=300"
    for asked in ({"If-None-Match": first.headers["etag"]}, {"If-Modified-Since": first.headers["last-modified"]}):
        again = await acme.client.get(path, headers=asked)
        assert (again.status_code, again.content) == (304, b"")
    for asked in ({"If-None-Match": '"other"'}, {"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"}):
        assert (await acme.client.get(path, headers=asked)).status_code == 200
    assert (await acme.client.get(path, headers={"If-Modified-Since": "yesterday"})).status_code == 200
    await acme.move(job.id, JobStatus.PAUSED)
    assert (await acme.client.get(path, headers={"If-None-Match": first.headers["etag"]})).status_code == 200
    head = await acme.client.head(path)
    assert (head.status_code, head.content, "etag" in head.headers) == (200, b"", True)


async def test_a_long_feed_comes_in_pieces(acme: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_BATCH", 2)
    company = await acme.company()
    jobs = [await acme.job(f"Job {number}", company=company, places=[LUND]) for number in range(5)]
    root = await read(acme, jobs[0], "indeed.xml")
    assert [found.text for found in root.iter("title")] == [f"Job {number}" for number in (4, 3, 2, 1, 0)]


async def test_what_xml_cannot_say_is_left_out(acme: World, job: Job) -> None:
    async with acme.services.database.writing() as conn:
        text = "A\x0bB\x1f \ufffe]]>"
        query = "update publication set title = %s, description = %s where job_id = %s"
        await conn.execute(query, (text, text, job.id))
    for feed in FEEDS:
        root = await read(acme, job, feed)
        assert [found.text for found in root.iter("title")][-1] == "AB ]]>"


@pytest.mark.parametrize("feed", ["jobs.xml", "indeed.rss", "sitemap-0.xml", "sitemap-x.xml", "x.y.z", "jobs.rss.xml"])
async def test_nothing_else_stands_beside_a_board(acme: World, job: Job, feed: str) -> None:
    assert (await acme.client.get(path_of(job, feed))).status_code == 404


@pytest.mark.parametrize("feed", [*FEEDS, "sitemap.xml", "sitemap-1.xml"])
async def test_a_company_that_is_not_there_has_no_feeds(acme: World, feed: str) -> None:
    assert [(await acme.client.get(f"/jobs/{slug}/{feed}")).status_code for slug in ("nobody", "No_Body")] == [404, 404]
