"""Publishing articles: what is stored, and what a second publication replaces."""

from typing import Any

from rolecall.actions.articles import NewArticle, publish_article, unpublish_article
from rolecall.actions.images import read_picture
from rolecall.domain.articles import Article, reading_minutes
from rolecall.domain.images import HEADER
from rolecall.store import images
from rolecall.store.db import fetch_dicts
from tests.pictures import drawn
from tests.world import World


async def publish(world: World, title: str = "News", **facts: Any) -> Article:
    content = facts.pop("content", "Some news.")
    new = NewArticle(title=title, content=content, **facts)
    async with world.services.database.writing() as conn:
        return await publish_article(world.context(conn), world.services.files, new=new)


async def texts(world: World) -> list[dict[str, Any]]:
    async with world.services.database.reading() as conn:
        query = "select language, title, content, reading_minutes from article_text where workspace_id = %s order by 1"
        return await fetch_dicts(conn, query, [world.workspace.id])


async def test_content_is_clean_html(acme: World) -> None:
    await publish(acme, content="Tea & cake.\n\n1 < 2")
    await publish(acme, language="nl", content='<p onclick="x()">Thee</p><script>y()</script><img src="z">')
    assert [text["content"] for text in await texts(acme)] == ["<p>Tea &amp; cake.</p><p>1 &lt; 2</p>", "<p>Thee</p>"]


async def test_the_reading_time_is_reckoned_in_minutes_begun(acme: World) -> None:
    await publish(acme, content="<p>" + "word " * 201 + "</p>")
    await publish(acme, language="nl", reading_minutes=7)
    assert [text["reading_minutes"] for text in await texts(acme)] == [2, 7]
    assert [reading_minutes(words) for words in (0, 1, 200, 201)] == [0, 1, 1, 2]


async def test_a_second_publication_replaces_one_language(acme: World) -> None:
    first = await publish(acme, "News", tags=["Press"])
    await publish(acme, "Nieuws", slug="news", language="nl")
    again = await publish(acme, "Newer", slug="news")
    assert (again.id, again.published_at, again.language) == (first.id, first.published_at, "en")
    assert [(text["language"], text["title"]) for text in await texts(acme)] == [("en", "Newer"), ("nl", "Nieuws")]
    async with acme.services.database.reading() as conn:
        query = "select count(*) as tags from article_term where workspace_id = %s"
        assert await fetch_dicts(conn, query, [acme.workspace.id]) == [{"tags": 0}]


async def test_what_was_taken_back_is_published_from_then_on(acme: World) -> None:
    first = await publish(acme)
    async with acme.services.database.writing() as conn:
        taken = await unpublish_article(acme.context(conn), "news")
        assert (await unpublish_article(acme.context(conn), "news")).published_at is None
    again = await publish(acme)
    assert first.published_at is not None
    assert again.published_at is not None
    assert taken.published_at is None
    assert again.published_at > first.published_at


async def test_a_new_picture_takes_the_place_of_the_old_one(acme: World) -> None:
    picture = await read_picture(drawn(160, 90), name="a.png", crops=HEADER)
    first = await publish(acme, picture=picture)
    kept = await publish(acme)
    second = await publish(acme, picture=picture)
    assert first.featured_image_id is not None
    assert kept.featured_image_id == first.featured_image_id != second.featured_image_id
    async with acme.services.database.reading() as conn:
        assert await images.exists(conn, acme.workspace.id, first.featured_image_id) is False
