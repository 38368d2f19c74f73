"""The API reference: /docs lists the contracts, /docs/<name> shows one with Swagger UI, all of it served from here."""

import importlib.util
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from rolecall.services import Services
from rolecall.web.contracts import Contract, read_contracts, to_yaml
from rolecall.web.pages import Pages
from rolecall.web.templates import environment, html_response, message_page, page_headers

_templates = environment("rolecall.pages.docs")
_OURS = ("reference.js", "reference.css")
_THEIRS = ("swagger-ui-bundle.js", "swagger-ui.css")
# Swagger UI draws its icons from data: addresses and asks nobody but us.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_REASON = "The contracts are public documents, and the page shows nothing else."


def _swagger_ui() -> Path:
    """The folder of Swagger UI's files. The package that brings them is not imported."""
    spec = importlib.util.find_spec("swagger_ui")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The package swagger-ui-py is missing: install Rolecall again.")
    return Path(spec.submodule_search_locations[0]) / "static"


def _assets() -> dict[str, Path]:
    ours = Path(str(resources.files("rolecall.pages.docs").joinpath("static")))
    theirs = _swagger_ui()
    return {name: ours / name for name in _OURS} | {name: theirs / name for name in _THEIRS}


class Reference:
    """The endpoints, bound to a process's services."""

    def __init__(self, services: Services) -> None:
        self._settings = services.settings
        self._assets = _assets()

    def routes(self) -> Sequence[BaseRoute]:
        """Where they stand."""
        return [
            Route("/docs", self.index, name="docs"),
            Route("/docs/assets/{file}", self.asset, name="docs asset"),
            Route("/docs/{name}", self.reference, name="docs reference"),
            Route("/docs/{name}/openapi.yaml", self.document, name="docs contract"),
        ]

    async def index(self, request: Request) -> Response:
        """The list of contracts."""
        request.scope["rolecall.route"] = "docs"
        contracts = (await run_in_threadpool(read_contracts)).values()
        rows = [
            {
                "name": contract.name,
                "title": contract.title,
                "prefixes": contract.prefixes,
                "served": contract.served(request.app.routes),
                "all": len(contract.operations),
            }
            for contract in contracts
        ]
        return html_response(_templates.get_template("index.html").render(contracts=rows))

    async def reference(self, request: Request) -> Response:
        """One contract, to read and to try."""
        request.scope["rolecall.route"] = "docs reference"
        contract = await _contract(request)
        if contract is None:
            return _no_contract()
        html = _templates.get_template("reference.html").render(name=contract.name, title=contract.title)
        return html_response(html, headers={**page_headers(), "Content-Security-Policy": _POLICY})

    async def document(self, request: Request) -> Response:
        """One contract as YAML, with this installation as its server."""
        request.scope["rolecall.route"] = "docs contract"
        contract = await _contract(request)
        if contract is None:
            return _no_contract()
        body = await run_in_threadpool(lambda: to_yaml(contract.at(self._origin(request), request.app.routes)))
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return Response(body, media_type="application/yaml", headers=headers)

    async def asset(self, request: Request) -> Response:
        """A file of Swagger UI, or one of the two that start it."""
        request.scope["rolecall.route"] = "docs asset"
        path = self._assets.get(request.path_params["file"])
        if path is None:
            return message_page("Not found", "There is no such file.", status=404)
        return FileResponse(
            path, headers={"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
        )

    def _origin(self, request: Request) -> str:
        """The public address; empty when the page was opened by another name, from which a browser may not call it."""
        public = urlsplit(self._settings.public_url)
        return self._settings.public_url if request.headers.get("host") == public.netloc else public.path


async def _contract(request: Request) -> Contract | None:
    return (await run_in_threadpool(read_contracts)).get(request.path_params["name"])


def _no_contract() -> Response:
    link = {"href": "/docs", "label": "All contracts"}
    return message_page("Not found", "There is no contract by this name.", status=404, link=link)


def _routes(services: Services) -> Sequence[BaseRoute]:
    return Reference(services).routes()


def _public(_services: Services) -> dict[str, str]:
    return dict.fromkeys(["/docs", "/docs/assets/{file}", "/docs/{name}", "/docs/{name}/openapi.yaml"], _REASON)


PAGES = Pages(name="docs", routes=_routes, public=_public)
