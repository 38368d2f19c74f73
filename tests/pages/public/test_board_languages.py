"""Boards in the languages that a company publishes in, and job pages that name each other."""

from datetime import UTC, datetime, timedelta

import pytest

from rolecall.actions.jobs import hold_job
from rolecall.actions.publishing import NewPublication, publish_in_language
from rolecall.domain.jobs import Job
from rolecall.web.translation import preferred
from tests.world import World


async def in_dutch(acme: World, job: Job, title: str, **facts: object) -> str:
    """Publish a job in Dutch, too; the last word of its address."""
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        new = NewPublication(language="nl", title=title, **facts)  # type: ignore[arg-type]
        return (await publish_in_language(ctx, await hold_job(ctx, job.id), new)).slug


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("nl", ("nl",)),
        ("nl-BE,nl;q=0.9,en;q=0.8", ("nl", "en")),
        ("fr, en;q=0.3, nl;q=0.7", ("nl", "en")),
        ("en;q=0, nl;q=0", ()),
        ("*", ()),
        ("", ()),
        (";;q=x,,nl;q=high", ()),
    ],
)
def test_the_languages_that_a_browser_prefers(header: str, wanted: tuple[str, ...]) -> None:
    assert preferred(header, ("en", "nl")) == wanted


async def test_a_board_in_the_language_that_is_asked_for(acme: World) -> None:
    company = await acme.company()
    await in_dutch(acme, await acme.job(company=company), "Chef firmware")
    await acme.job("Planner", company=company)
    path = f"/jobs/{company.slug}"
    plain = await acme.client.get(path)
    by_browser = await acme.client.get(path, headers={"Accept-Language": "nl-NL, en;q=0.5"})
    by_address = await acme.client.get(f"{path}?lang=nl", headers={"Accept-Language": "en"})
    assert ('<html lang="en">' in plain.text, ">Firmware Lead<" in plain.text) == (True, True)
    for answer in (by_browser, by_address):
        assert answer.headers["content-language"] == "nl"
        for words in ('<html lang="nl">', "2 vacatures", ">Chef firmware<", '<h2 lang="en"><a', "Zoek in titels"):
            assert words in answer.text
    assert [answer.headers.get("vary") for answer in (plain, by_address)] == ["Accept-Language", None]


async def test_a_board_names_itself_in_its_languages(acme: World) -> None:
    company = await acme.company()
    await in_dutch(acme, await acme.job(company=company), "Chef firmware")
    address = f"http://rolecall.test/jobs/{company.slug}"
    dutch = (await acme.client.get(f"/jobs/{company.slug}?lang=nl")).text
    for line in (
        f'<link rel="canonical" href="{address}?lang=nl">',
        f'<link rel="alternate" hreflang="en" href="{address}">',
        f'<link rel="alternate" hreflang="nl" href="{address}?lang=nl">',
        f'<link rel="alternate" hreflang="x-default" href="{address}">',
        '<meta property="og:locale" content="nl">',
    ):
        assert line in dutch
    assert f'<link rel="canonical" href="{address}">' in (await acme.client.get(f"/jobs/{company.slug}")).text


async def test_a_board_is_in_the_one_language_that_is_published(acme: World) -> None:
    company = await acme.company()
    await acme.job("Monteur", company=company, languages=["nl"])
    answer = await acme.client.get(f"/jobs/{company.slug}", headers={"Accept-Language": "en"})
    assert ('<html lang="nl">' in answer.text, "1 vacature" in answer.text, "hreflang" in answer.text) == (
        True,
        True,
        False,
    )
    assert "vary" not in answer.headers


async def test_a_language_is_a_filter_where_there_are_several(acme: World) -> None:
    company = await acme.company()
    await acme.job("Monteur", company=company, languages=["nl"])
    await acme.job("Chef för firmware", company=company, languages=["sv"])
    page = (await acme.client.get(f"/jobs/{company.slug}?language=sv&lang=nl")).text
    assert ("Zweeds (1)" in page, "Nederlands (1)" in page) == (True, True)
    assert ("Chef för firmware" in page, ">Monteur<" in page) == (True, False)


async def test_pages_of_one_job_name_each_other(acme: World) -> None:
    job = await acme.job()
    slug = await in_dutch(acme, job, "Chef firmware")
    company, own = (job.public_path or "").split("/")
    address = f"http://rolecall.test/jobs/{company}"
    for path in (own, slug):
        page = (await acme.client.get(f"/jobs/{company}/{path}")).text
        assert f'<link rel="alternate" hreflang="en" href="{address}/{own}">' in page
        assert f'<link rel="alternate" hreflang="nl" href="{address}/{slug}">' in page
        assert f'<link rel="alternate" hreflang="x-default" href="{address}/{own}">' in page
    assert (
        f'<a href="/jobs/{company}/{slug}" hreflang="nl" lang="nl">Nederlands</a>'
        in (await acme.client.get(f"/jobs/{job.public_path}")).text
    )


async def test_a_page_that_is_kept_notices_a_new_language(acme: World) -> None:
    job = await acme.job()
    assert "hreflang" not in (await acme.client.get(f"/jobs/{job.public_path}")).text
    await in_dutch(acme, job, "Chef firmware")
    assert 'hreflang="nl"' in (await acme.client.get(f"/jobs/{job.public_path}")).text


async def test_a_language_that_has_not_begun_is_not_named(acme: World) -> None:
    job = await acme.job()
    await in_dutch(acme, job, "Chef firmware", starts_at=datetime.now(UTC) + timedelta(days=1))
    assert "hreflang" not in (await acme.client.get(f"/jobs/{job.public_path}")).text


@pytest.mark.parametrize("path", ["/jobs/nobody", "/jobs/nobody/nothing", "/jobs/nobody/nothing/apply", "/jobs"])
async def test_what_is_not_there_is_said_in_the_readers_language(acme: World, path: str) -> None:
    dutch = await acme.client.get(path, headers={"Accept-Language": "nl"})
    english = await acme.client.get(path)
    assert (dutch.status_code, "Pagina niet gevonden" in dutch.text, '<html lang="nl">' in dutch.text) == (
        404,
        True,
        True,
    )
    assert ("Page not found" in english.text, english.headers["vary"]) == (True, "Accept-Language")
