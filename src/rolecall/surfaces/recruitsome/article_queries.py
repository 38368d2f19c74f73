"""RecruitSome's reads of articles: those of the website, while they are published, in one language each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rolecall.store.db import Connection, fetch_row
from rolecall.store.images import sizes_of
from rolecall.surfaces.recruitsome.sql import page_of, patterns, utc

FoundArticle = tuple[UUID, str]

# Titles sort without letter case, by code point: they are the first line of search_text.
SORTS = {
    "published_at": "a.published_at",
    "title": "split_part(t.search_text, E'\\n', 1) collate \"C\"",
    "created_at": "a.created_at",
    "views_count": "coalesce(w.views, 0)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Articles match all of these, and any one of the tags; empty ones do not filter. `words` are folded."""

    words: Sequence[str] = ()
    type: str | None = None
    tags: Sequence[int] = ()
    is_featured: bool | None = None


# In the language that is asked for, else in the article's own: what an article does not say, it does not show.
_PUBLISHED = """
    article a
    join article_text t on t.workspace_id = a.workspace_id and t.article_id = a.id
        and t.language = coalesce(%(language)s::text, a.language)
    left join article_view w on w.workspace_id = a.workspace_id and w.article_id = a.id
    where a.workspace_id = %(workspace)s and a.channel = 'website'
      and a.published_at <= %(now)s and (a.expires_at is null or a.expires_at > %(now)s)
"""
_FILTERS = {
    "words": "t.search_text like all(%(words)s::text[])",
    "type": "a.type = %(type)s",
    # A main tag stands for its sub-tags too; there are two levels.
    "tags": """
        a.id in (
            select at.article_id from term main
            join term g on g.workspace_id = main.workspace_id and (g.id = main.id or g.parent_id = main.id)
            join article_term at on at.workspace_id = g.workspace_id and at.term_id = g.id
            where main.workspace_id = %(workspace)s and main.kind = 'tag' and main.number = any(%(tags)s::bigint[]))
    """,
    "is_featured": "a.is_featured = %(is_featured)s",
}
_SHOWN = f"""
    a.number as id, a.slug, a.type, t.title, t.excerpt, t.language, a.is_featured,
    {utc("a.published_at")} as published_at, {utc("a.expires_at")} as expires_at, {utc("a.created_at")} as created_at,
    coalesce(w.views, 0) as views_count, t.reading_minutes as estimated_reading_time,
    coalesce((
        select json_agg(json_build_object('id', g.number, 'name', g.name, 'parent_id', main.number) order by g.number)
        from article_term at
        join term g on g.workspace_id = at.workspace_id and g.id = at.term_id
        left join term main on main.workspace_id = g.workspace_id and main.id = g.parent_id
        where at.workspace_id = a.workspace_id and at.article_id = a.id
    ), '[]') as tags,
    case when a.featured_image_id is not null then {sizes_of("a.featured_image_id")} end as featured_image
"""
_DETAIL = """
    , t.content,
    (select json_build_object('id', m.number, 'name', m.first_name || ' ' || m.last_name)
     from member m where m.workspace_id = a.workspace_id and m.id = a.author_id) as author
"""


async def articles(
    conn: Connection,
    wanted: ArticleFilter,
    *,
    workspace_id: UUID,
    language: str | None,
    media: str,
    now: datetime,
    sort: str,
    descending: bool,
    offset: int,
    limit: int,
) -> tuple[int, str]:
    """How many articles match, and one page of them as a JSON array for `article_wire`. `sort` is a key of SORTS."""
    used = [name for name in _FILTERS if getattr(wanted, name) not in (None, (), [])]
    filters = "".join(f" and {_FILTERS[name]}" for name in used)
    found = f"select a.id, a.number, {SORTS[sort]} as sort_key from {_PUBLISHED}{filters}"
    rows = f"select {_SHOWN}, page.sort_key from page, {_PUBLISHED} and a.id = page.id"
    params: dict[str, Any] = {
        "workspace": workspace_id,
        "language": language,
        "media": media,
        "now": now,
        "words": patterns(wanted.words),
        "type": wanted.type,
        "tags": list(wanted.tags),
        "is_featured": wanted.is_featured,
        "offset": offset,
        "limit": limit,
    }
    row = await fetch_row(conn, page_of(found, rows, descending=descending), params)
    assert row is not None, "a select of two expressions has a row"
    return row[0], row[1]


async def article(
    conn: Connection, slug: str, *, workspace_id: UUID, language: str | None, media: str, now: datetime
) -> FoundArticle | None:
    """One article by slug: its id, and what it shows as JSON for `article_wire`."""
    shown = f"select {_SHOWN}{_DETAIL} from {_PUBLISHED} and a.slug = %(slug)s"
    query = f"""
        select a.id, (select to_json(v)::text from ({shown}) v) from {_PUBLISHED} and a.slug = %(slug)s
    """
    params = {"workspace": workspace_id, "language": language, "media": media, "now": now, "slug": slug}
    row = await fetch_row(conn, query, params)
    return None if row is None else (row[0], row[1])
