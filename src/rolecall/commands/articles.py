"""`rolecall article`: what a workspace tells on its career site."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from rolecall.actions.article_files import parse_article
from rolecall.actions.articles import NewArticle, publish_article, unpublish_article
from rolecall.commands.failures import Refused
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.pictures import picture_in, read_bytes
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.articles import Article
from rolecall.domain.images import HEADER
from rolecall.store import articles
from rolecall.store.articles import ArticleRow

app = typer.Typer(no_args_is_help=True, help="Articles: news, updates, events and posts on the career site.")
_KINDS = {".md": True, ".markdown": True, ".html": False, ".htm": False}


@app.command("publish")
def publish(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Markdown or HTML, below a head of YAML.")],
    workspace: WorkspaceSlug,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Publish articles from files, all or none. Publishing a slug again replaces what it said in that language.

    A file begins with a line of ---, then `title: Open day` and as far as wanted language, slug, type, excerpt, tags
    (a list; Main/Sub is a sub-tag), featured, author (an address), image (a path), published_at, expires_at, channel
    and reading_minutes, then a second line of ---, then the text.

    Example:  rolecall article publish open-day.md open-dag.md -w acme
    """
    read = [_read(path) for path in files]

    async def act(operator: Operator) -> list[Article]:
        return [await publish_article(operator.ctx, operator.services.files, new=new) for new in read]

    published = as_operator(data, workspace, act)
    if as_json:
        print_json([{"slug": article.slug, "published_at": article.published_at} for article in published])
        return
    for article, new in zip(published, read, strict=True):
        typer.echo(f"{new.title} is published as {article.slug}, in {new.language}.")


@app.command("list")
def list_all(workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """List a workspace's articles, newest first, those that are not published too."""

    async def act(operator: Operator) -> list[ArticleRow]:
        return await articles.of_workspace(operator.conn, operator.workspace_id)

    empty = f"There is none yet: rolecall article publish FILE --workspace {workspace}"
    print_rows([_row(article) for article in as_operator(data, workspace, act)], as_json=as_json, empty=empty)


@app.command("unpublish")
def unpublish(
    slug: Annotated[str, typer.Argument(help="The article's slug, as `rolecall article list` shows it.")],
    workspace: WorkspaceSlug,
    data: DataDir = None,
) -> None:
    """Take an article back. `publish` shows it again."""

    async def act(operator: Operator) -> Article:
        return await unpublish_article(operator.ctx, slug)

    typer.echo(f"{as_operator(data, workspace, act).slug} is published no longer.")


def _read(path: Path) -> NewArticle:
    markdown = _KINDS.get(path.suffix.lower())
    if markdown is None:
        raise Refused(f"{path} is neither Markdown (.md) nor HTML (.html).")
    try:
        text = read_bytes(path).decode()
    except UnicodeDecodeError as error:
        raise Refused(f"{path} is not in UTF-8.") from error
    found = parse_article(text, markdown=markdown)
    if found.image is None:
        return found.article
    return replace(found.article, picture=picture_in(path.parent / found.image, HEADER))


def _row(article: ArticleRow) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "type": article.type,
        "title": article.title,
        "languages": article.languages,
        "published_at": article.published_at,
        "expires_at": article.expires_at,
        "views": article.views,
    }
