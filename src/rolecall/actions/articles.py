"""Articles: published in one language after the other, and taken back."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.images import Picture, create_image, delete_image
from rolecall.actions.members import folded_address
from rolecall.actions.slugs import article_slug
from rolecall.actions.text import clean_field, is_html, plain_text
from rolecall.domain.articles import (
    CHANNELS,
    WEBSITE,
    Article,
    ArticleText,
    ArticleType,
    check_window,
    reading_minutes,
)
from rolecall.domain.errors import ArticleUnknown, FieldInvalid, FieldMissing, MemberUnknown, NameTaken
from rolecall.domain.texts import check_text
from rolecall.ports.files import FileStore
from rolecall.store import articles, members, terms
from rolecall.store.db import UniqueViolation
from rolecall.store.terms import TAG, Term

LONGEST_TITLE = 200
LONGEST_EXCERPT = 500
LONGEST_CONTENT = 200_000
LONGEST_TAG = 100
MOST_MINUTES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article as it is published in one language.

    `slug` names it in all languages; without one it is made of the title. `content` is HTML or plain text. A tag is a
    main tag, or a main tag and a sub-tag with a slash between. `author` is a member's address. `reading_minutes` is
    reckoned when it is not given. Without a `picture` the one it has stays.
    """

    title: str
    content: str
    language: str = "en"
    slug: str | None = None
    type: str = ArticleType.NEWS
    channel: str = WEBSITE
    excerpt: str | None = None
    tags: Sequence[str] = ()
    is_featured: bool = False
    author: str | None = None
    published_at: datetime | None = None
    expires_at: datetime | None = None
    reading_minutes: int | None = None
    picture: Picture | None = None


async def publish_article(ctx: Context, files_store: FileStore, *, new: NewArticle) -> Article:
    """Publish an article, at once or when `published_at` says.

    The slug of an article that is there publishes it anew: what it says in this language gives way, other languages
    stay, and so does the language it is shown in unless asked otherwise. Raises FieldMissing, FieldInvalid,
    MemberUnknown, or NameTaken when somebody else publishes the slug at the same time.
    """
    slug = _checked_slug(new)
    stored = await articles.lock_by_slug(ctx.conn, ctx.workspace_id, slug)
    before = stored or _empty(ctx, new, slug)
    _check(new)
    article = replace(
        before,
        type=ArticleType(new.type),
        channel=new.channel,
        is_featured=new.is_featured,
        author_id=await _author_id(ctx, new.author),
        published_at=new.published_at or before.published_at or ctx.now,
        expires_at=new.expires_at,
        updated_at=ctx.now,
    )
    assert article.published_at is not None
    check_window(article.published_at, article.expires_at)
    text = await _text(ctx, new, article.id)
    if new.picture is not None:
        article = replace(article, featured_image_id=await create_image(ctx, files_store, picture=new.picture))
    await _put(ctx, article)
    await articles.put_text(ctx.conn, text)
    await articles.set_terms(ctx.conn, ctx.workspace_id, article.id, await _tag_ids(ctx, new.tags))
    if before.featured_image_id not in {None, article.featured_image_id}:
        assert before.featured_image_id is not None
        await delete_image(ctx, before.featured_image_id)
    await record(ctx, "article", "published", record_id=article.id, language=text.language)
    return article


async def unpublish_article(ctx: Context, slug: str) -> Article:
    """Take an article back: nobody can read it until it is published again. Raises ArticleUnknown."""
    article = await articles.lock_by_slug(ctx.conn, ctx.workspace_id, slug)
    if article is None:
        raise ArticleUnknown(article=slug)
    if article.published_at is None:
        return article
    article = replace(article, published_at=None, updated_at=ctx.now)
    await articles.put(ctx.conn, article)
    await record(ctx, "article", "unpublished", record_id=article.id)
    return article


async def _put(ctx: Context, article: Article) -> None:
    try:
        async with ctx.conn.transaction():
            await articles.put(ctx.conn, article)
    except UniqueViolation as error:  # somebody else has published it at the same time
        raise NameTaken(kind="article", name=article.slug) from error


def _empty(ctx: Context, new: NewArticle, slug: str) -> Article:
    return Article(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        slug=slug,
        type=ArticleType.NEWS,
        channel=WEBSITE,
        language=new.language,
        created_at=ctx.now,
        updated_at=ctx.now,
    )


def _checked_slug(new: NewArticle) -> str:
    check_text(new.title, field="title", longest=LONGEST_TITLE)
    if new.slug is None:
        return article_slug(new.title)
    if article_slug(new.slug) != new.slug:
        raise FieldInvalid(field="slug", hint="use lowercase letters, digits and hyphens, 80 at most")
    return new.slug


def _check(new: NewArticle) -> None:
    if new.type not in set(ArticleType):
        raise FieldInvalid(field="type", hint=f"one of {', '.join(ArticleType)}")
    if new.channel not in CHANNELS:
        raise FieldInvalid(field="channel", hint=f"one of {', '.join(CHANNELS)}")
    if not (len(new.language) == 2 and new.language.isascii() and new.language.isalpha() and new.language.islower()):
        raise FieldInvalid(field="language", hint="two letters, as in en")
    if new.reading_minutes is not None and not 0 <= new.reading_minutes <= MOST_MINUTES:
        raise FieldInvalid(field="reading_minutes", hint=f"from 0 to {MOST_MINUTES:,}")


async def _text(ctx: Context, new: NewArticle, article_id: UUID) -> ArticleText:
    content = await clean_field(new.content, field="content", longest=LONGEST_CONTENT)
    if not content.strip():
        raise FieldMissing(field="content")
    if not is_html(content):
        paragraphs = (html.escape(part, quote=False).strip() for part in content.split("\n\n"))
        content = "".join(f"<p>{part}</p>" for part in paragraphs if part)
    check_text(content, field="content", longest=LONGEST_CONTENT, lines=True)
    excerpt = plain_text(new.excerpt or "")
    check_text(excerpt, field="excerpt", longest=LONGEST_EXCERPT, required=False)
    minutes = new.reading_minutes
    if minutes is None:
        minutes = reading_minutes(len(plain_text(content).split()))
    return ArticleText(
        workspace_id=ctx.workspace_id,
        article_id=article_id,
        language=new.language,
        title=new.title.strip(),
        content=content,
        excerpt=excerpt or None,
        reading_minutes=minutes,
    )


async def _author_id(ctx: Context, email: str | None) -> UUID | None:
    if email is None:
        return None
    member = await members.by_email(ctx.conn, ctx.workspace_id, folded_address(email))
    if member is None:
        raise MemberUnknown(member=email)
    return member.id


async def _tag_ids(ctx: Context, tags: Sequence[str]) -> list[UUID]:
    """The terms of tags, stored first where they are new; main tags before sub-tags, and each in one order."""
    parts = [[part.strip() for part in tag.split("/")] for tag in sorted(set(tags))]
    for words in parts:
        if len(words) > 2:
            raise FieldInvalid(field="tags", hint="a main tag, or a main tag and a sub-tag with a slash between")
        for word in words:
            check_text(word, field="tags", longest=LONGEST_TAG)
    main = {word: await _put_tag(ctx, word, None) for word in sorted({words[0] for words in parts})}
    return [main[words[0]] if len(words) == 1 else await _put_tag(ctx, words[1], main[words[0]]) for words in parts]


async def _put_tag(ctx: Context, name: str, parent_id: UUID | None) -> UUID:
    term = Term(workspace_id=ctx.workspace_id, id=new_id(), kind=TAG, name=name, parent_id=parent_id)
    return await terms.put(ctx.conn, term)
