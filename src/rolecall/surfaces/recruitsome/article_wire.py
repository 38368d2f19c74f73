"""RecruitSome's shapes of articles."""

import msgspec
from msgspec import UNSET, UnsetType

from rolecall.surfaces.recruitsome.wire import ImageSizes, NamedRef, TagRef


class ArticleSummary(msgspec.Struct, kw_only=True):
    """An article in the list, in one language. What a caller has not switched on is absent."""

    id: int
    slug: str
    type: str
    title: str
    excerpt: str | None
    language: str
    published_at: str
    expires_at: str | None
    views_count: int
    is_featured: bool
    estimated_reading_time: int
    tags: list[TagRef]
    created_at: str
    featured_image: ImageSizes | UnsetType | None = UNSET


class ArticleDetail(ArticleSummary, kw_only=True):
    """An article with what it says, which is HTML."""

    content: str
    author: NamedRef | None


_decode_list = msgspec.json.Decoder(list[ArticleSummary]).decode
_decode = msgspec.json.Decoder(ArticleDetail).decode


def articles(rows: str, *, media: bool) -> list[ArticleSummary]:
    """The list from the rows that `article_queries.articles` answers."""
    found = _decode_list(rows)
    if not media:
        for article in found:
            article.featured_image = UNSET
    return found


def article(row: str, *, media: bool) -> ArticleDetail:
    """One article from what `article_queries.article` answers."""
    found = _decode(row)
    if not media:
        found.featured_image = UNSET
    return found
