"""RecruitSome's articles on the website: GET /articles, GET /articles/{slug}."""

from starlette.responses import Response

from rolecall.domain.articles import ArticleType
from rolecall.domain.errors import ArticleUnknown
from rolecall.domain.images import media_base
from rolecall.domain.texts import folded
from rolecall.surfaces.recruitsome import article_queries, article_wire
from rolecall.surfaces.recruitsome.article_queries import SORTS, ArticleFilter
from rolecall.surfaces.recruitsome.auth import KeyCall, admitted
from rolecall.surfaces.recruitsome.paging import page_of, read_page
from rolecall.surfaces.recruitsome.parameters import Parameters, is_slug
from rolecall.surfaces.recruitsome.wire import Item
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_PATH = "/api/v1/articles"
_LONGEST_SEARCH = 255


async def list_articles(call: KeyCall) -> Response:
    query = call.request.query_params.multi_items()
    parameters = Parameters(query)
    number = read_page(parameters)
    wanted = ArticleFilter(
        words=folded(parameters.text("search", longest=_LONGEST_SEARCH) or "").split(),
        type=parameters.choice("type", list(ArticleType)),
        tags=parameters.listed_ids("tags"),
        is_featured=parameters.given_flag("is_featured"),
    )
    language = parameters.language("language")
    sort = parameters.choice("sort", list(SORTS)) or "published_at"
    descending = parameters.choice("sort_direction", ["asc", "desc"]) != "asc"
    media = parameters.flag("include_media")
    parameters.check()
    total, rows = await article_queries.articles(
        call.conn,
        wanted,
        workspace_id=call.principal.workspace_id,
        language=language,
        media=_media(call),
        now=call.services.clock(),
        sort=sort,
        descending=descending,
        offset=number.offset,
        limit=number.per_page,
    )
    data = article_wire.articles(rows, media=media)
    path = call.services.settings.public_url + _PATH
    return json_response(page_of(number, data, total=total, path=path, query=query))


async def get_article(call: KeyCall) -> Response:
    """Every answer counts as a reading, and tells the count with itself in it."""
    parameters = Parameters(call.request.query_params.multi_items())
    language = parameters.language("language")
    media = parameters.given_flag("include_media")
    parameters.check()
    slug = call.request.path_params["slug"]
    found = await _read(call, slug, language) if is_slug(slug) else None
    if found is None:
        raise ArticleUnknown(article=slug)
    article = article_wire.article(found[1], media=media is not False)
    if call.request.method == "GET":  # not HEAD
        article.views_count = await call.services.article_views.count(call.principal.workspace_id, found[0])
    return json_response(Item(article))


async def _read(call: KeyCall, slug: str, language: str | None) -> article_queries.FoundArticle | None:
    return await article_queries.article(
        call.conn,
        slug,
        workspace_id=call.principal.workspace_id,
        language=language,
        media=_media(call),
        now=call.services.clock(),
    )


def _media(call: KeyCall) -> str:
    return media_base(call.services.settings.public_url, call.principal.workspace_id)


OPERATIONS = [
    Operation(method="GET", path=_PATH, name="listArticles", handle=admitted(list_articles, scope="articles:read")),
    Operation(
        method="GET", path=f"{_PATH}/{{slug}}", name="getArticle", handle=admitted(get_article, scope="articles:read")
    ),
]
