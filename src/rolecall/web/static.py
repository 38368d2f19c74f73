"""Files that our pages load from us: the stylesheet and the mark. They are read once and never change while we run."""

import hashlib
from dataclasses import dataclass
from importlib import resources

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"
_SHORTLY = "public, max-age=300"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file's bytes, its media type and the version that its address carries: 12 hexadecimal digits of its hash."""

    body: bytes
    media_type: str
    version: str


def _read_all() -> dict[str, StaticFile]:
    files: dict[str, StaticFile] = {}
    for found in resources.files("rolecall.web").joinpath("static").iterdir():
        suffix = found.name[found.name.rfind(".") :]
        if suffix in _TYPES:
            body = found.read_bytes()
            files[found.name] = StaticFile(body, _TYPES[suffix], hashlib.sha256(body).hexdigest()[:12])
    return files


_FILES = _read_all()


def static_url(name: str) -> str:
    """The address of a file, with its version. Raises KeyError for a file that is not ours."""
    return f"/static/{name}?v={_FILES[name].version}"


async def _serve(request: Request) -> Response:
    request.scope["rolecall.route"] = "static"
    file = _FILES.get(request.path_params["name"])
    if file is None:
        return PlainTextResponse("There is no such file.", status_code=404)
    headers = {
        "Cache-Control": _FOREVER if request.query_params.get("v") == file.version else _SHORTLY,
        "ETag": f'"{file.version}"',
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(file.body, media_type=file.media_type, headers=headers)


ROUTES = [Route("/static/{name}", _serve, methods=["GET"], name="static")]
