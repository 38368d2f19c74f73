"""Downloads at /files/<token>: one file for whoever has the link, until it expires. Nothing is shown in a browser."""

from collections.abc import Sequence
from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from rolecall.ports.files import FileMissing, FilesUnavailable
from rolecall.services import FILE_PATH, Services, linked_file
from rolecall.store import files
from rolecall.store.db import Unavailable
from rolecall.store.files import File
from rolecall.web.pages import Pages
from rolecall.web.tokens import TokenExpired, TokenRefused

log = structlog.get_logger()

_PATH = FILE_PATH + "/{token}"
_UNKNOWN = "There is no such file.\n"
_EXPIRED = "This link has expired. Ask for a new one.\n"
_UNAVAILABLE = "Files cannot be read at the moment. Try again soon.\n"
# What somebody uploaded must not run here: it is saved, not shown; where a browser shows it all the same, no script,
# form or frame of it works, and nothing tells the next page its address.
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


def _routes(services: Services) -> Sequence[BaseRoute]:
    async def download(request: Request) -> Response:
        request.scope["rolecall.route"] = f"files {_PATH}"
        try:
            return await _answer(request.path_params["token"], services)
        except TokenExpired:
            return PlainTextResponse(_EXPIRED, status_code=410, headers=_HEADERS)
        except TokenRefused:
            return PlainTextResponse(_UNKNOWN, status_code=404, headers=_HEADERS)
        except (FilesUnavailable, *Unavailable) as error:
            log.warning("a store cannot be reached", error=str(error))
            return PlainTextResponse(_UNAVAILABLE, status_code=503, headers=_HEADERS)

    return [Route(_PATH, download, methods=["GET"], name="files")]


async def _answer(token: str, services: Services) -> Response:
    workspace_id, file_id = linked_file(services, token)
    async with services.database.reading() as conn:
        file = await files.get(conn, workspace_id, file_id)
    if file is None:  # deleted since the link was made
        return PlainTextResponse(_UNKNOWN, status_code=404, headers=_HEADERS)
    content = await _content(services, file)
    if content is None:
        log.error("a file has lost its bytes", file=str(file.id))
        return PlainTextResponse(_UNKNOWN, status_code=404, headers=_HEADERS)
    about = {"Content-Type": file.media_type, "Content-Disposition": _disposition(file)}
    return Response(content, headers=_HEADERS | about)


async def _content(services: Services, file: File) -> bytes | None:
    try:
        return await services.files.get(file.key)
    except FileMissing:
        return None


def _disposition(file: File) -> str:
    """The name in the two forms of RFC 6266: for old clients without what is not ASCII, and whole."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in file.name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"


def _public(_services: Services) -> dict[str, str]:
    return {_PATH: "The address is signed, names one file and expires."}


PAGES = Pages(name="files", routes=_routes, public=_public)
