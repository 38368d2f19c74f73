"""What a posting becomes."""

from datetime import UTC, datetime
from decimal import Decimal

from rolecall.store import jobs
from tests.actions.importing.conftest import NOW, POSTING, Importer, counts, posting


async def test_a_job_with_all_its_facts(importer: Importer):
    assert counts(await importer.lines(POSTING)) == (1, 0, 0, 0, 0)
    job = await importer.one("job")
    assert {name: job[name] for name in ("remote_id", "code", "title", "status", "workplace", "headcount")} == {
        "remote_id": "p-1",
        "code": "R-77",
        "title": "Bridge Engineer",
        "status": "open",
        "workplace": "onsite",
        "headcount": 2,
    }
    assert job["description"] == "Keep the bridges up.\n\nRequirements\nA licence."
    assert (job["salary_min"], job["salary_max"]) == (Decimal(61950), Decimal("81801.5"))
    assert (job["salary_currency"], job["salary_period"], job["confidential"]) == ("USD", "year", False)
    posted = datetime(2026, 2, 1, tzinfo=UTC)
    assert (job["remote_created_at"], job["remote_updated_at"], job["published_at"]) == (posted, posted, posted)
    assert (job["created_at"], job["modified_at"], job["raw"]) == (NOW, NOW, POSTING)


async def test_the_stored_body_is_the_one_that_any_other_write_would_make(importer: Importer):
    await importer.lines(POSTING, posting(id="p-2", visibility="internal"), posting(id="p-3", location=None))
    services = importer.world.services
    async with services.database.reading() as conn:
        for row in await importer.rows("job", "id, unified"):
            job = await jobs.get(conn, importer.world.workspace.id, row["id"])
            assert job is not None
            assert services.job_body(job) == bytes(row["unified"])


async def test_the_publication(importer: Importer):
    await importer.lines(POSTING)
    page = await importer.one("publication")
    assert (page["language"], page["channel"], page["title"], page["active"]) == (
        "en",
        "website",
        "Bridge Engineer",
        True,
    )
    assert page["slug"].startswith("bridge-engineer-")
    assert page["summary"] == "<p>Keep the bridges up. Requirements A licence.</p>"
    assert page["search_text"] == "bridge engineer\nkeep the bridges up. requirements a licence."
    assert page["ends_at"] == datetime(2026, 6, 30, 23, 59, 59, 999999, tzinfo=UTC)
    assert await importer.rows("publication_count", "language, active") == [
        {"language": "", "active": 1},
        {"language": "en", "active": 1},
    ]


async def test_the_questions(importer: Importer):
    await importer.lines(POSTING)
    assert await importer.rows("screening_question", "position, section, text, kind, options") == [
        {
            "position": 0,
            "section": "Licences",
            "text": "Do you have a licence?",
            "kind": "SINGLE_SELECT",
            "options": ["Yes", "No"],
        },
        {"position": 1, "section": None, "text": "Why bridges?", "kind": "MULTI_LINE_TEXT", "options": []},
    ]


async def test_company_department_location_and_terms(importer: Importer):
    await importer.lines(POSTING, posting(id="p-2", department="Tunnels", employment_type="INTERN"))
    assert [row["name"] for row in await importer.rows("company", "name")] == ["City of Harbours"]
    assert [row["name"] for row in await importer.rows("department", "name")] == ["Bridges", "Tunnels"]
    location = await importer.one("location", "code, name, address, city, region, country_code")
    assert location == {
        "code": "US-new-york/1-centre-st",
        "name": "1 Centre St, New York",
        "address": "1 Centre St",
        "city": "New York",
        "region": "NY",
        "country_code": "US",
    }
    terms = await importer.rows("term", "kind, name, parent_id, id", "kind, name")
    main = next(term["id"] for term in terms if term["name"] == "Engineering")
    assert [(term["kind"], term["name"], term["parent_id"]) for term in terms] == [
        ("job_type", "Full-time", None),
        ("job_type", "Internship", None),
        ("tag", "CIVIL ENGINEER", main),
        ("tag", "Engineering", None),
    ]
    links = [await importer.count(table) for table in ("job_department", "job_location", "job_term")]
    assert links == [2, 2, 6]


async def test_a_posting_of_an_id_a_title_and_a_company(importer: Importer):
    await importer.lines({"id": "a", "title": " Cook \n of the day ", "company": "Mess"})
    job = await importer.one("job", "title, description, salary_min, remote_created_at, published_at, headcount")
    assert job == {
        "title": "Cook of the day",
        "description": None,
        "salary_min": None,
        "remote_created_at": None,
        "published_at": NOW,
        "headcount": 1,
    }
    assert [await importer.count(table) for table in ("location", "department", "term")] == [0, 0, 0]


async def test_a_posting_that_is_over_is_closed_and_not_listed(importer: Importer):
    await importer.lines(posting(id="a", valid_through="2026-03-01"), posting(id="b", valid_through="2026-03-02"))
    assert [job["status"] for job in await importer.rows("job", "status", "remote_id")] == ["closed", "open"]
    assert [page["active"] for page in await importer.rows("publication", "active", "number")] == [False, True]


async def test_an_internal_posting_has_no_public_page(importer: Importer):
    await importer.lines(posting(visibility="internal"))
    assert (await importer.one("publication", "channel"))["channel"] == "internal"
    assert b'"job_posting_urls":[]' in bytes((await importer.one("job", "unified"))["unified"])
    assert await importer.count("facet_group") == 0


async def test_markup_makes_the_whole_text_html(importer: Importer):
    await importer.lines(posting(description="<p onclick=x>Build.</p><script>no</script>", requirements="A & B\nC"))
    description = (await importer.one("job", "description"))["description"]
    assert description == "<p>Build.</p>\n<h2>Requirements</h2>\n<p>A &amp; B<br>C</p>"


async def test_companies_that_sound_alike_get_numbers(importer: Importer, stranger: Importer):
    names = ("Straße & Söhne", "Strasse Sohne")
    await importer.lines(*(posting(id=name, company=name) for name in names))
    slugs = [row["slug"] for row in await importer.rows("company", "slug", "number")]
    assert len(set(slugs)) == 2
    assert all(slug.startswith("strasse-sohne") for slug in slugs)
    await stranger.lines(posting(company=names[1]))
    assert (await stranger.one("company", "slug"))["slug"] not in slugs
