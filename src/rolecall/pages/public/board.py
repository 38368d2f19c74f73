"""A company's board: its open jobs, newest first."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from rolecall.pages.public import answers
from rolecall.pages.public.queries import SLUG, BoardRow, board
from rolecall.pages.public.rendering import TEMPLATES
from rolecall.pages.public.wording import WORKPLACES, date_text, names_text, safe_image, safe_link, word_text
from rolecall.services import Services
from rolecall.store import companies

PAGE_SIZE = 25
_LONGEST_NUMBER = 6


class Board:
    """Shows boards; `?page=` numbers their pages from 1."""

    def __init__(self, services: Services) -> None:
        self._database = services.database
        self._settings = services.settings
        self._template = TEMPLATES.get_template("board.html")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["rolecall.route"] = "public board"
        try:
            answer = await self._show(Request(scope, receive))
        except Exception as error:  # noqa: BLE001 - every error becomes a page
            answer = answers.failed(error)
        await answer(scope, receive, send)

    async def _show(self, request: Request) -> Response:
        slug = request.path_params["company"]
        number = _page_number(request.query_params.get("page", "1"))
        if SLUG.fullmatch(slug) is None or number is None:
            return answers.not_found()
        async with self._database.reading() as conn:
            company = await companies.by_slug(conn, slug)
            if company is None:
                return answers.not_found()
            rows = await board(conn, company.workspace_id, company.id, page=number, page_size=PAGE_SIZE)
        if not rows and number > 1:
            return answers.not_found()
        total = rows[0].total if rows else 0
        address = f"{self._settings.jobs_url}/{company.slug}"
        html = self._template.render(
            company=company,
            board=f"{self._settings.jobs_path}/{company.slug}",
            canonical=address if number == 1 else f"{address}?page={number}",
            logo=safe_image(company.logo_url),
            website=safe_link(company.website),
            jobs=[_entry(row) for row in rows],
            total=total,
            number=number,
            pages=-(-total // PAGE_SIZE),
        )
        return answers.page(html)


def _page_number(text: str) -> int | None:
    """The number that a page's address asks for, None for what is none."""
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_NUMBER:
        return None
    return int(text) or None


def _entry(row: BoardRow) -> dict[str, Any]:
    words = [names_text(row.place_names), WORKPLACES[row.workplace], word_text(row.contract_type)]
    return {
        "title": row.title,
        "slug": row.slug,
        "language": row.language,
        "published_at": row.published_at,
        "since": date_text(row.published_at),
        "words": [word for word in words if word is not None],
    }
