"""What the demo's career site shows besides vacancies: faces, offices and articles in two languages."""

import asyncio
from dataclasses import replace
from importlib import resources

from rolecall.actions.article_files import parse_article
from rolecall.actions.articles import NewArticle, publish_article
from rolecall.actions.context import Context
from rolecall.actions.images import Picture, read_picture
from rolecall.actions.members import set_avatar
from rolecall.actions.offices import create_office
from rolecall.demo import cast, drawing
from rolecall.domain.images import AVATAR, HEADER
from rolecall.services import Services
from rolecall.store import articles, locations, members
from rolecall.store.workspaces import Workspace


async def fill_career_site(services: Services, workspace: Workspace) -> None:
    """Fill it, unless it has an office or an article already: what somebody took away stays away."""
    async with services.database.reading() as conn:
        if await locations.offices(conn, workspace.id) or await articles.of_workspace(conn, workspace.id):
            return
    pictures, texts = await asyncio.gather(
        asyncio.gather(*(_face(new.first_name, new.last_name) for new in cast.MEMBERS)), _texts()
    )
    faces = {new.email: picture for new, picture in zip(cast.MEMBERS, pictures, strict=True)}
    async with services.database.writing() as conn:
        ctx = await services.context(conn, workspace.id, actor="operator")
        for email, picture in faces.items():
            await _show_face(ctx, services, email, picture)
        for office in cast.OFFICES:
            await create_office(ctx, office)
        for new in texts:
            await publish_article(ctx, services.files, new=new)


async def _show_face(ctx: Context, services: Services, email: str, picture: Picture) -> None:
    member = await members.by_email(ctx.conn, ctx.workspace_id, email)
    if member is not None and member.avatar_image_id is None:
        await set_avatar(ctx, services.files, email=email, picture=picture)


async def _face(first_name: str, last_name: str) -> Picture:
    content = await asyncio.to_thread(drawing.initials, first_name, last_name)
    return await read_picture(content, name=f"{first_name}.png", crops=AVATAR)


async def _texts() -> list[NewArticle]:
    """The articles that ship with the package, English first; each has one picture for its languages."""
    folder = resources.files("rolecall.demo").joinpath("articles")
    files = sorted((found for found in folder.iterdir() if found.name.endswith(".md")), key=lambda found: found.name)
    texts = [parse_article(file.read_text("utf-8"), markdown=True).article for file in files]
    first = {new.slug: number for number, new in reversed(list(enumerate(texts)))}
    pictures = await asyncio.gather(*(_header(texts[number]) for number in first.values()))
    for number, picture in zip(first.values(), pictures, strict=True):
        texts[number] = replace(texts[number], picture=picture)
    return texts


async def _header(new: NewArticle) -> Picture:
    content = await asyncio.to_thread(drawing.shapes, new.slug or new.title)
    return await read_picture(content, name=f"{new.slug}.png", crops=HEADER)
