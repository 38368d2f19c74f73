"""The start page at /: what runs here and where to read on. Companies are shown in the demo only: they are tenants'."""

from collections.abc import Sequence
from typing import Any

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rolecall.pages.start import queries
from rolecall.pages.start.queries import BoardRow
from rolecall.pages.start.wording import WORDS
from rolecall.services import Services
from rolecall.settings import DEMO_WORKSPACE
from rolecall.store.db import Unavailable
from rolecall.web.contracts import Contract, read_contracts
from rolecall.web.pages import Pages
from rolecall.web.templates import environment, html_response

log = structlog.get_logger()

_templates = environment("rolecall.pages.start")
_BOARDS = 9
_PARTNER_PAGE = "/demo/partner"  # of the demo's own process, and of no other


def _routes(services: Services) -> Sequence[BaseRoute]:
    async def start(request: Request) -> Response:
        request.scope["rolecall.route"] = "start"
        contracts = await run_in_threadpool(read_contracts)
        html = _templates.get_template("start.html").render(
            contracts=[_shown(contracts[name], request) for name in _in_order(contracts)],
            demo=services.settings.demo,
            partner_page=_PARTNER_PAGE if _is_served(_PARTNER_PAGE, request) else None,
            boards=await _boards(services) if services.settings.demo else [],
            jobs_url=services.settings.jobs_url,
        )
        return html_response(html)

    return [Route("/", start, methods=["GET"], name="start")]


def _is_served(path: str, request: Request) -> bool:
    return any(getattr(route, "path", "") == path for route in request.app.routes)


def _in_order(names: Any) -> list[str]:
    return [name for name in WORDS if name in names] + [name for name in names if name not in WORDS]


def _shown(contract: Contract, request: Request) -> dict[str, Any]:
    words = WORDS.get(contract.name)
    return {
        "name": contract.name,
        "capability": words.capability if words else contract.title,
        "vendor": words.vendor if words else None,
        "purpose": words.purpose if words else None,
        "prefixes": contract.prefixes,
        "served": contract.served(request.app.routes),
        "all": len(contract.operations),
    }


async def _boards(services: Services) -> list[BoardRow]:
    try:
        async with services.database.reading() as conn:
            return await queries.boards(conn, DEMO_WORKSPACE, limit=_BOARDS)
    except Unavailable as error:  # the page still says where to look
        log.warning("the start page shows no job boards", error=str(error))
        return []


def _public(_services: Services) -> dict[str, str]:
    return {"/": "Says what runs here; shows companies in the demo only."}


PAGES = Pages(name="start", routes=_routes, public=_public)
