"""An article in a file: lines of YAML between two lines of `---`, then Markdown or HTML."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

import msgspec
import yaml
from markdown_it import MarkdownIt

from rolecall.actions.articles import NewArticle
from rolecall.domain.articles import WEBSITE, ArticleType
from rolecall.domain.errors import FieldInvalid, FieldMissing

_FENCE = "---"
_markdown = MarkdownIt("commonmark").enable("table")


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may stand between the lines; `image` is the path of a picture, seen from the file."""

    title: str
    language: str = "en"
    slug: str | None = None
    type: str = ArticleType.NEWS
    channel: str = WEBSITE
    excerpt: str | None = None
    tags: list[str] = []
    featured: bool = False
    author: str | None = None
    image: str | None = None
    published_at: datetime | None = None
    expires_at: datetime | None = None
    reading_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article that can be published, and the path of its picture as the file has it."""

    article: NewArticle
    image: str | None


def parse_article(text: str, *, markdown: bool) -> ArticleFile:
    """What a file's text says. Raises FieldMissing without a title, FieldInvalid for a head that cannot be read."""
    head, body = _parts(text)
    if "title" not in head:
        raise FieldMissing(field="title")
    try:
        known = msgspec.convert(head, _Head)
    except msgspec.ValidationError as error:
        raise FieldInvalid(field="front matter", hint=str(error)) from error
    article = NewArticle(
        title=known.title,
        content="",
        language=known.language,
        slug=known.slug,
        type=known.type,
        channel=known.channel,
        excerpt=known.excerpt,
        tags=known.tags,
        is_featured=known.featured,
        author=known.author,
        published_at=known.published_at,
        expires_at=known.expires_at,
        reading_minutes=known.reading_minutes,
    )
    return ArticleFile(replace(article, content=_markdown.render(body) if markdown else body), known.image)


def _parts(text: str) -> tuple[dict[str, Any], str]:
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].rstrip() != _FENCE:
        raise FieldInvalid(field="front matter", hint="the file begins with a line of ---, then title and the rest")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise FieldInvalid(field="front matter", hint="a second line of --- ends it")
    try:
        head = yaml.safe_load("\n".join(lines[1:end]))
    except yaml.YAMLError as error:
        raise FieldInvalid(field="front matter", hint=" ".join(str(error).split())) from error
    if not isinstance(head, dict):
        raise FieldInvalid(field="front matter", hint="names with values are needed, as in title: Open day")
    return {str(name): _in_utc(value) for name, value in head.items()}, "\n".join(lines[end + 1 :])


def _in_utc(value: Any) -> Any:
    """A day is its beginning, and a time without a zone is UTC."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    return value
