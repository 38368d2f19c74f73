"""Articles: which are listed, in which language, search, filters, sorting, and how readings are counted."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from rolecall.actions.articles import NewArticle, publish_article, unpublish_article
from rolecall.actions.images import read_picture
from rolecall.actions.members import NewMember, create_member
from rolecall.app import create_app
from rolecall.domain.articles import Article
from rolecall.domain.images import HEADER
from rolecall.store.db import fetch_value
from tests.pictures import drawn
from tests.surfaces.recruitsome.conftest import CareerSite, career_site
from tests.world import World

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


async def article(world: World, title: str = "Open day in June", **facts: Any) -> Article:
    content = facts.pop("content", "<p>Come and visit.</p>")
    new = NewArticle(title=title, content=content, **facts)
    async with world.services.database.writing() as conn:
        return await publish_article(world.context(conn), world.services.files, new=new)


async def number(world: World, slug: str) -> int:
    async with world.services.database.reading() as conn:
        query = "select number from article where workspace_id = %s and slug = %s"
        return await fetch_value(conn, query, [world.workspace.id, slug])


async def page(site: CareerSite, query: str = "") -> dict[str, Any]:
    answer = await site.get(f"/articles{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def titles(site: CareerSite, query: str = "") -> list[str]:
    return [found["title"] for found in (await page(site, query))["data"]]


async def detail(site: CareerSite, path: str) -> dict[str, Any]:
    answer = await site.get(f"/articles/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


@pytest.fixture
async def in_may(site: CareerSite) -> AsyncIterator[httpx.AsyncClient]:
    """The application as it was in May 2026."""
    services = replace(site.world.services, clock=lambda: datetime(2026, 5, 20, tzinfo=UTC))
    transport = httpx.ASGITransport(create_app(services))
    async with httpx.AsyncClient(transport=transport, base_url="http://rolecall.test") as client:
        yield client


async def test_the_contracts_example(site: CareerSite, in_may: httpx.AsyncClient) -> None:
    iris = NewMember(email="iris@agency.example", first_name="Iris", last_name="Terpstra")
    async with site.world.services.database.writing() as conn:
        author = await create_member(site.world.context(conn), iris)
    stored = await article(site.world, type="event", is_featured=True, author="Iris@agency.example", reading_minutes=2)
    async with site.world.services.database.writing() as conn:
        times = ("2026-05-02 08:00+00", "2026-06-20 22:00:00.9+00", "2026-05-01 08:00+00", stored.id)
        await conn.execute(
            "update article set published_at = %s, expires_at = %s, created_at = %s where id = %s", times
        )
        await conn.execute("insert into article_view values (%s, %s, 11)", [stored.workspace_id, stored.id])
    expected = {
        "id": await number(site.world, "open-day-in-june"),
        "slug": "open-day-in-june",
        "type": "event",
        "title": "Open day in June",
        "excerpt": None,
        "language": "en",
        "published_at": "2026-05-02T08:00:00+00:00",
        "expires_at": "2026-06-20T22:00:00+00:00",
        "views_count": 12,
        "is_featured": True,
        "estimated_reading_time": 2,
        "tags": [],
        "created_at": "2026-05-01T08:00:00+00:00",
    }
    more = {"content": "<p>Come and visit.</p>", "author": {"id": author.number, "name": "Iris Terpstra"}}
    shown = await site.get("/articles/open-day-in-june?include_media=0", client=in_may)
    assert shown.json() == {"data": expected | more}
    assert (await site.get("/articles", client=in_may)).json()["data"] == [expected]


async def test_an_article_is_listed_while_it_is_published_on_the_website(site: CareerSite) -> None:
    await article(site.world, "Shown", published_at=NOW - DAY, expires_at=NOW + DAY)
    await article(site.world, "Later", published_at=NOW + DAY)
    await article(site.world, "Over", published_at=NOW - 2 * DAY, expires_at=NOW - DAY)
    await article(site.world, "Inside", channel="internal")
    await article(site.world, "Taken back")
    async with site.world.services.database.writing() as conn:
        await unpublish_article(site.world.context(conn), "taken-back")
    assert await titles(site) == ["Shown"]
    for slug in ("later", "over", "inside", "taken-back", "never", "%00", "Shown"):
        answer = await site.get(f"/articles/{slug}")
        assert (answer.status_code, answer.json()) == (404, {"message": "Resource not found."})


async def test_a_stranger_reads_nothing(site: CareerSite, strange_site: CareerSite) -> None:
    await article(site.world, "Shown", tags=["News"])
    assert await titles(strange_site) == []
    assert await titles(strange_site, f"?tags[]={await site.number('term', 'News')}") == []
    assert (await strange_site.get("/articles/shown")).status_code == 404


async def test_the_language_chooses_what_an_article_says(site: CareerSite) -> None:
    await article(site.world, "Open day", slug="open-day", excerpt="Come in.")
    await article(site.world, "Open dag", slug="open-day", language="nl", content="Kom binnen.\n\nHij & zij.")
    await article(site.world, "Only English")
    assert await titles(site, "?sort=title&sort_direction=asc") == ["Only English", "Open day"]
    assert await titles(site, "?language=nl") == ["Open dag"]
    assert await titles(site, "?language=NL&search=dag") == ["Open dag"]
    assert await titles(site, "?search=dag") == []
    assert await titles(site, "?language=xx") == []
    dutch = await detail(site, "open-day?language=nl")
    assert (dutch["language"], dutch["title"], dutch["excerpt"]) == ("nl", "Open dag", None)
    assert dutch["content"] == "<p>Kom binnen.</p><p>Hij &amp; zij.</p>"
    assert (await detail(site, "open-day"))["language"] == "en"
    assert (await site.get("/articles/only-english?language=nl")).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ärlig talat", "brand new", "Anniversary"]),
        ("?sort_direction=asc", ["Anniversary", "brand new", "Ärlig talat"]),
        ("?sort=title&sort_direction=asc", ["Anniversary", "brand new", "Ärlig talat"]),
        ("?sort=created_at", ["Ärlig talat", "brand new", "Anniversary"]),
        ("?sort=views_count", ["brand new", "Ärlig talat", "Anniversary"]),
        ("?per_page=1&page=3", ["Anniversary"]),
        ("?type=event", ["brand new"]),
        ("?type=blog_post", []),
        ("?search=ÄRLIG", ["Ärlig talat"]),
        ("?search=ten+years", ["Anniversary"]),
        ("?search=visit", []),
        ("?search=100%25", []),
        ("?is_featured=true", ["Anniversary"]),
        ("?is_featured=0", ["Ärlig talat", "brand new"]),
        ("?is_featured=maybe&search=brand", ["brand new"]),
    ],
)
async def test_search_filters_and_sorting(site: CareerSite, query: str, found: list[str]) -> None:
    await article(site.world, "Anniversary", excerpt="<b>Ten</b> years", is_featured=True, published_at=NOW - 3 * DAY)
    await article(site.world, "brand new", type="event", published_at=NOW - 2 * DAY)
    await article(site.world, "Ärlig talat", published_at=NOW - DAY)
    await detail(site, "brand-new")
    assert await titles(site, query) == found


async def test_a_main_tag_stands_for_its_sub_tags(site: CareerSite) -> None:
    await article(site.world, "Main", tags=["Working here"])
    await article(site.world, "Sub", tags=["Working here/Benefits", "Press"])
    await article(site.world, "Other", tags=["Press"])
    main, sub, press = [await site.number("term", name) for name in ("Working here", "Benefits", "Press")]
    by = "sort=title&sort_direction=asc"
    assert await titles(site, f"?tags[]={main}&{by}") == ["Main", "Sub"]
    assert await titles(site, f"?tags[]={sub}") == ["Sub"]
    assert await titles(site, f"?tags[0]={sub}&tags[1]={press}&{by}") == ["Other", "Sub"]
    assert await titles(site, "?tags[]=999999999") == []
    (tagged,) = (await page(site, f"?tags[]={sub}"))["data"]
    assert {(tag["name"], tag["parent_id"]) for tag in tagged["tags"]} == {("Benefits", main), ("Press", None)}


async def test_a_featured_image_is_shown_on_request(site: CareerSite) -> None:
    picture = await read_picture(drawn(1800, 1200), name="day.png", crops=HEADER)
    stored = await article(site.world, "Pictured", picture=picture)
    await article(site.world, "Plain")
    images = [found["featured_image"] for found in (await page(site, "?include_media=1"))["data"]]
    base = f"http://rolecall.test/media/{stored.workspace_id}/{stored.featured_image_id}/default"
    assert images == [None, {size: f"{base}-{size}.webp" for size in ("small", "medium", "large")}]
    assert (await detail(site, "pictured"))["featured_image"] == images[1]
    assert "featured_image" not in await detail(site, "pictured?include_media=false")
    assert "featured_image" not in (await page(site))["data"][0]


async def test_every_reading_is_counted_for_good(site: CareerSite) -> None:
    await article(site.world, "Read")
    counts = await asyncio.gather(*(detail(site, "read") for _ in range(20)))
    assert max(found["views_count"] for found in counts) == 20
    assert [found["views_count"] for found in (await page(site))["data"]] == [20]
    await site.world.client.head("/api/v1/articles/read", headers={"Authorization": f"Bearer {site.key}"})
    assert (await detail(site, "read"))["views_count"] == 21


@pytest.mark.parametrize(
    ("path", "problems"),
    [
        ("/articles?per_page=101", {"per_page": ["The per page must not be greater than 100."]}),
        ("/articles?language=eng", {"language": ["The language must be 2 characters."]}),
        ("/articles?type=story", {"type": ["The selected type is invalid."]}),
        ("/articles?tags=1", {"tags": ["The tags must be an array."]}),
        ("/articles?tags[]=x", {"tags.0": ["The tags.0 must be an integer."]}),
        ("/articles?sort=views", {"sort": ["The selected sort is invalid."]}),
        ("/articles/any?language=e", {"language": ["The language must be 2 characters."]}),
    ],
)
async def test_what_is_wrong_is_named(site: CareerSite, path: str, problems: dict[str, list[str]]) -> None:
    answer = await site.get(path)
    assert (answer.status_code, answer.json()) == (422, {"message": "The given data was invalid.", "errors": problems})


@pytest.mark.parametrize("path", ["/articles", "/articles/any"])
async def test_the_scope_is_checked_first(acme: World, path: str) -> None:
    site = await career_site(acme, scopes=["team:read"])
    answer = await site.get(path)
    assert (answer.status_code, answer.json()["required_scope"]) == (403, "articles:read")
