"""Articles, what they say in each language, and how often they were read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.domain.articles import Article, ArticleText
from rolecall.domain.texts import folded_lines
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_rows

_COLUMNS = columns(Article)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article as lists for the operator show it."""

    slug: str
    type: str
    title: str
    languages: list[str]
    published_at: datetime | None
    expires_at: datetime | None
    views: int


async def lock_by_slug(conn: Connection, workspace_id: UUID, slug: str) -> Article | None:
    """An article by slug, held against other writers until the transaction ends."""
    query = f"select {_COLUMNS} from article where workspace_id = %s and slug = %s for no key update"
    return await fetch_one(conn, Article, query, (workspace_id, slug))


async def put(conn: Connection, article: Article) -> None:
    """Store an article, in place of the one with its id. Raises UniqueViolation when another has the slug."""
    await conn.execute(
        """
        insert into article (workspace_id, id, slug, type, channel, language, is_featured, author_id,
                             featured_image_id, published_at, expires_at, created_at, updated_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, id) do update set
            type = excluded.type, channel = excluded.channel, language = excluded.language,
            is_featured = excluded.is_featured, author_id = excluded.author_id,
            featured_image_id = excluded.featured_image_id, published_at = excluded.published_at,
            expires_at = excluded.expires_at, updated_at = excluded.updated_at
        """,
        (
            article.workspace_id,
            article.id,
            article.slug,
            article.type,
            article.channel,
            article.language,
            article.is_featured,
            article.author_id,
            article.featured_image_id,
            article.published_at,
            article.expires_at,
            article.created_at,
            article.updated_at,
        ),
    )


async def put_text(conn: Connection, text: ArticleText) -> None:
    """Store what an article says in a language, in place of what it said before."""
    await conn.execute(
        """
        insert into article_text (workspace_id, article_id, language, title, excerpt, content, reading_minutes,
                                  search_text)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, article_id, language) do update set
            title = excluded.title, excerpt = excluded.excerpt, content = excluded.content,
            reading_minutes = excluded.reading_minutes, search_text = excluded.search_text
        """,
        (
            text.workspace_id,
            text.article_id,
            text.language,
            text.title,
            text.excerpt,
            text.content,
            text.reading_minutes,
            folded_lines(text.title, text.excerpt),
        ),
    )


async def set_terms(conn: Connection, workspace_id: UUID, article_id: UUID, term_ids: Sequence[UUID]) -> None:
    """Make these the article's tags."""
    await conn.execute(
        """
        with gone as (
            delete from article_term
            where workspace_id = %(workspace)s and article_id = %(article)s and term_id <> all(%(terms)s::uuid[])
        )
        insert into article_term (workspace_id, article_id, term_id)
        select %(workspace)s, %(article)s, term_id from unnest(%(terms)s::uuid[]) as new (term_id)
        on conflict do nothing
        """,
        {"workspace": workspace_id, "article": article_id, "terms": list(term_ids)},
    )


async def of_workspace(conn: Connection, workspace_id: UUID) -> list[ArticleRow]:
    """A workspace's articles, newest first, those that are not published too."""
    query = """
        select a.slug, a.type, t.title, a.published_at, a.expires_at, coalesce(v.views, 0) as views,
               array(select o.language from article_text o
                     where o.workspace_id = a.workspace_id and o.article_id = a.id order by o.language) as languages
        from article a
        join article_text t on t.workspace_id = a.workspace_id and t.article_id = a.id and t.language = a.language
        left join article_view v on v.workspace_id = a.workspace_id and v.article_id = a.id
        where a.workspace_id = %s order by a.created_at desc, a.number desc
    """
    return await fetch_all(conn, ArticleRow, query, (workspace_id,))


async def add_views(conn: Connection, views: Mapping[tuple[UUID, UUID], int]) -> dict[tuple[UUID, UUID], int]:
    """Add to the counters of articles, named by workspace and id; what they then say. One that is gone is left out.

    They are taken in one order, so that two processes cannot lock each other out.
    """
    keys = sorted(views)
    rows = await fetch_rows(
        conn,
        """
        insert into article_view (workspace_id, article_id, views)
        select a.workspace_id, a.id, new.views
        from unnest(%s::uuid[], %s::uuid[], %s::bigint[]) as new (workspace_id, article_id, views)
        join article a on a.workspace_id = new.workspace_id and a.id = new.article_id
        order by a.workspace_id, a.id
        on conflict (workspace_id, article_id) do update set views = article_view.views + excluded.views
        returning workspace_id, article_id, views
        """,
        ([key[0] for key in keys], [key[1] for key in keys], [views[key] for key in keys]),
    )
    return {(workspace_id, article_id): total for workspace_id, article_id, total in rows}
