"""The route of pictures. What an address shows never changes: another picture has another id."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from rolecall.domain.ids import parse_id
from rolecall.domain.images import MEDIA_PATH, SIZES
from rolecall.ports.files import FileMissing, FilesUnavailable
from rolecall.services import Services
from rolecall.store.db import Unavailable
from rolecall.store.images import VariantFile, variant_file
from rolecall.web.pages import Pages

log = structlog.get_logger()

_PATH = f"{MEDIA_PATH}/{{workspace}}/{{image}}/{{file}}"
_SUFFIX = ".webp"
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


class _Pictures:
    def __init__(self, services: Services) -> None:
        self._services = services

    async def show(self, request: Request) -> Response:
        """The picture, or why there is none."""
        request.scope["rolecall.route"] = "media"
        try:
            return await self._answer(request)
        except (*Unavailable, FilesUnavailable) as error:
            log.warning("a store cannot be reached", pages="media", error=str(error))
            return PlainTextResponse("Try again in a minute.", status_code=503, headers={"Retry-After": "10"})

    async def _answer(self, request: Request) -> Response:
        file = await self._find(**request.path_params)
        if file is None:
            return _not_found()
        headers = {**_HEADERS, "ETag": f'"{file.sha256.hex()[:32]}"'}
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        try:
            content = await self._services.files.get(file.key)
        except FileMissing:
            log.warning("a picture has no bytes", key=file.key)
            return _not_found()
        return Response(content, media_type=file.media_type, headers=headers)

    async def _find(self, *, workspace: str, image: str, file: str) -> VariantFile | None:
        workspace_id, image_id = parse_id(workspace), parse_id(image)
        crop, _, size = file.removesuffix(_SUFFIX).rpartition("-")
        if workspace_id is None or image_id is None or size not in SIZES or not file.endswith(_SUFFIX):
            return None
        return await self._read(workspace_id, image_id, crop, size)

    async def _read(self, workspace_id: UUID, image_id: UUID, crop: str, size: str) -> VariantFile | None:
        if "\x00" in crop:
            return None
        async with self._services.database.reading() as conn:
            return await variant_file(conn, workspace_id, image_id, crop=crop, size=size)


def _not_found() -> Response:
    return PlainTextResponse("There is no such picture.", status_code=404, headers={"Cache-Control": "no-store"})


def _routes(services: Services) -> Sequence[BaseRoute]:
    return [Route(_PATH, _Pictures(services).show, methods=["GET"], name="media picture")]


def _public(_services: Services) -> dict[str, str]:
    return {_PATH: "Visitors' browsers load the pictures of a career site, and they have no key."}


PAGES = Pages(name="media", routes=_routes, public=_public)
