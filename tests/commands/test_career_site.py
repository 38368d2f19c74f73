"""Members, locations and articles on the command line."""

import asyncio
from pathlib import Path

import httpx

from rolecall.domain.credentials import CredentialKind
from tests.pictures import drawn
from tests.terminal import Terminal
from tests.world import World

SCOPES = ["team:read", "locations:read", "articles:read"]
DUTCH = """---
title: Open dag
slug: open-day
language: nl
tags: [Werken hier/Agenda]
image: hall.png
published_at: 2026-05-02
---
# Kom langs

*Iedereen* is welkom. <script>alert(1)</script>
"""
ENGLISH = "---\ntitle: Open day\n---\n<h2>Come and visit</h2>"


async def shown(world: World, path: str) -> httpx.Response:
    key = await world.secret(CredentialKind.RECRUITSOME, scopes=SCOPES)
    return await world.client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {key}"})


async def run(terminal: Terminal, world: World, *words: object, status: int = 0) -> str:
    return await asyncio.to_thread(terminal.run, *words, "-w", world.workspace.slug, status=status)


async def test_a_member_comes_and_goes(terminal: Terminal, acme: World, tmp_path: Path) -> None:
    names = ("--first-name", "Iris", "--last-name", "Terpstra", "--phone", "+31 38 123 4567")
    said = await run(terminal, acme, "member", "create", "Iris@acme.example", *names, "--role", "hr_manager")
    assert said.startswith("Iris Terpstra is there, number ")
    (tmp_path / "iris.png").write_bytes(drawn(50, 50))
    said = await run(terminal, acme, "member", "avatar", "iris@acme.example", tmp_path / "iris.png")
    assert said == "Iris Terpstra is shown with a picture.\n"
    (member,) = (await shown(acme, "/team?has_avatar=1&include_role=1")).json()["data"]
    assert (member["email"], member["role"]) == ("iris@acme.example", "HR manager")
    assert "without a picture" in await run(terminal, acme, "member", "avatar", "iris@acme.example", "--remove")
    assert await run(terminal, acme, "member", "disable", "iris@acme.example") == "Iris Terpstra has left.\n"
    assert (await shown(acme, "/team")).json()["data"] == []
    (row,) = await asyncio.to_thread(terminal.read, "member", "list", "-w", acme.workspace.slug)
    assert (row["name"], row["avatar"], row["disabled_at"] is None) == ("Iris Terpstra", False, False)


async def test_what_is_wrong_with_a_member_is_said(terminal: Terminal, acme: World, tmp_path: Path) -> None:
    names = ("--first-name", "Iris", "--last-name", "Terpstra")
    said = await run(terminal, acme, "member", "create", "iris", *names, status=3)
    assert said == 'rolecall: The field "email" is not valid: write it as in ada@acme.example.\n'
    said = await run(terminal, acme, "member", "create", "i@acme.example", *names, "--phone", "12", status=3)
    assert said == 'rolecall: The field "phone" is not valid: write it as in +31 38 123 4567.\n'
    said = await run(terminal, acme, "member", "disable", "iris@acme.example", status=3)
    assert said.startswith("rolecall: There is no member iris@acme.example. `rolecall member list")
    (tmp_path / "text.png").write_text("no picture")
    said = await run(terminal, acme, "member", "avatar", "i@acme.example", tmp_path / "text.png", status=3)
    assert said == 'rolecall: The field "image" is not valid: a picture in JPEG, PNG or WebP is needed.\n'
    assert "cannot be read" in await run(terminal, acme, "member", "avatar", "i@acme.example", tmp_path, status=3)
    assert "say --remove" in await run(terminal, acme, "member", "avatar", "i@acme.example", status=3)


async def test_an_office_comes_and_goes(terminal: Terminal, acme: World) -> None:
    place = ("--country", "nl", "--city", "Zwolle", "--address", "Stationsweg 8", "--address", "3rd floor")
    said = await run(terminal, acme, "location", "create", "Hub Zwolle", *place)
    assert said == "Hub Zwolle is listed as hub-zwolle-zwolle-nl.\n"
    address = (await shown(acme, "/locations/hub-zwolle-zwolle-nl")).json()["data"]["address"]
    assert (address["address_line_1"], address["address_line_2"]) == ("Stationsweg 8", "3rd floor")
    said = await run(terminal, acme, "location", "create", "Hub Zwolle", *place, status=3)
    assert said == "rolecall: The office name NL-zwolle/stationsweg-8 is taken.\n"
    said = await run(terminal, acme, "location", "create", "Hub", "--code", "NL-none", status=3)
    assert said.startswith("rolecall: There is no office NL-none.")
    for bad in (("--country", "Holland"), ("--country", "NL", "--latitude", "91", "--longitude", "0")):
        assert "is not valid" in await run(terminal, acme, "location", "create", "Hub", *bad, status=3)
    assert (
        await run(terminal, acme, "location", "remove", "hub-zwolle-zwolle-nl") == "Hub Zwolle is listed no longer.\n"
    )
    assert await asyncio.to_thread(terminal.read, "location", "list", "-w", acme.workspace.slug) == []


async def test_articles_are_published_from_files(terminal: Terminal, acme: World, tmp_path: Path) -> None:
    (tmp_path / "open-dag.md").write_text(DUTCH)
    (tmp_path / "open-day.html").write_text(ENGLISH)
    (tmp_path / "hall.png").write_bytes(drawn(320, 180))
    files = (tmp_path / "open-day.html", tmp_path / "open-dag.md")
    said = await run(terminal, acme, "article", "publish", *files)
    assert said.splitlines() == [
        "Open day is published as open-day, in en.",
        "Open dag is published as open-day, in nl.",
    ]
    article = (await shown(acme, "/articles/open-day?language=nl")).json()["data"]
    assert article["content"] == "<h1>Kom langs</h1>\n<p><em>Iedereen</em> is welkom. </p>\n"
    assert [tag["name"] for tag in article["tags"]] == ["Agenda"]
    assert article["featured_image"]["small"].endswith("/default-small.webp")
    assert article["published_at"] == "2026-05-02T00:00:00+00:00"
    (row,) = await asyncio.to_thread(terminal.read, "article", "list", "-w", acme.workspace.slug)
    assert (row["title"], row["languages"], row["views"]) == ("Open day", ["en", "nl"], 1)
    assert await run(terminal, acme, "article", "unpublish", "open-day") == "open-day is published no longer.\n"
    assert (await shown(acme, "/articles/open-day")).status_code == 404


async def test_what_is_wrong_with_an_article_is_said(terminal: Terminal, acme: World, tmp_path: Path) -> None:
    file = tmp_path / "news.md"
    for text, said in [
        ("# News", "the file begins with a line of ---"),
        ("---\ntitle: News", "a second line of --- ends it"),
        ("---\ntype: news\n---\nNews.", 'The field "title" is required.'),
        ("---\ntitle: News\nheadline: yes\n---\nNews.", "unknown field `headline`"),
        ("---\ntitle: [News\n---\nNews.", "while parsing"),
        ("---\ntitle: News\ntype: story\n---\nNews.", "one of news, company_update, event, blog_post"),
        ("---\ntitle: News\nlanguage: eng\n---\nNews.", "two letters, as in en"),
        ("---\ntitle: News\nslug: My News\n---\nNews.", "use lowercase letters, digits and hyphens"),
        ("---\ntitle: News\ntags: [a/b/c]\n---\nNews.", "a main tag and a sub-tag with a slash between"),
        ("---\ntitle: News\nauthor: a@b.example\n---\nNews.", "There is no member a@b.example."),
        ("---\ntitle: News\nexpires_at: 2001-01-01\n---\nNews.", "it must be later than published_at"),
        ("---\ntitle: News\nimage: none.png\n---\nNews.", "none.png cannot be read"),
        ("---\ntitle: News\n---\n", 'The field "content" is required.'),
    ]:
        file.write_text(text)
        assert said in await run(terminal, acme, "article", "publish", file, status=3)
    assert "neither Markdown" in await run(terminal, acme, "article", "publish", tmp_path / "news.txt", status=3)
