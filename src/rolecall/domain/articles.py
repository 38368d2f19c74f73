"""Articles: news of a workspace, in one language or several."""

import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from rolecall.domain.errors import FieldInvalid

WORDS_A_MINUTE = 200
WEBSITE = "website"
CHANNELS = (WEBSITE, "internal")


class ArticleType(StrEnum):
    """What an article is."""

    NEWS = "news"
    COMPANY_UPDATE = "company_update"
    EVENT = "event"
    BLOG_POST = "blog_post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an article is in every language; `language` is the one it is shown in unless asked otherwise.

    It is published while `published_at` is past and `expires_at` is not; None says never. The database gives `number`.
    """

    workspace_id: UUID
    id: UUID
    slug: str
    type: ArticleType
    channel: str
    language: str
    created_at: datetime
    updated_at: datetime
    is_featured: bool = False
    author_id: UUID | None = None
    featured_image_id: UUID | None = None
    published_at: datetime | None = None
    expires_at: datetime | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """What an article says in one language; `content` is HTML, `excerpt` plain text."""

    workspace_id: UUID
    article_id: UUID
    language: str
    title: str
    content: str
    excerpt: str | None
    reading_minutes: int


def reading_minutes(words: int) -> int:
    """How long so many words take, in whole minutes begun."""
    return math.ceil(words / WORDS_A_MINUTE)


def check_window(published_at: datetime, expires_at: datetime | None) -> None:
    """Raise FieldInvalid unless the end comes after the beginning."""
    if expires_at is not None and expires_at <= published_at:
        raise FieldInvalid(field="expires_at", hint="it must be later than published_at")
