"""What a career site shows besides vacancies, for a workspace that has one of everything."""

from rolecall.actions.articles import NewArticle, publish_article
from rolecall.actions.offices import NewOffice, create_office
from rolecall.store.articles import add_views
from rolecall.store.db import Connection
from tests.world import World


async def make_career_site(world: World, conn: Connection, *, mark: str) -> None:
    """An office and an article with everything, with `mark` in their texts; the author is the estate's member."""
    ctx = world.context(conn)
    await create_office(ctx, NewOffice(name=f"Hub {mark}", country_code="NL", city=f"City {mark}"))
    new = NewArticle(title=f"News {mark}", content=f"Of {mark}.", tags=[f"Tag {mark}"], author=f"{mark}@example.com")
    article = await publish_article(ctx, world.services.files, new=new)
    await add_views(conn, {(article.workspace_id, article.id): 1})
