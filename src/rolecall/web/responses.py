"""Writing responses."""

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response

_encode = msgspec.json.Encoder().encode


def json_response(value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer from anything msgspec can write."""
    return raw_json(_encode(value), status=status, headers=headers)


def raw_json(body: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer whose bytes are ready."""
    return JsonBytes(body, status_code=status, headers=headers)


def add_headers(response: Response, headers: Mapping[str, str]) -> None:
    """Add headers that the response does not have yet."""
    response.raw_headers += [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
    ]


class JsonBytes(Response):
    """What `raw_json` makes. Starlette would find out by steps which headers it has."""

    media_type = "application/json"

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """The length and the type, and what is given."""
        length = str(len(self.body)).encode()
        self.raw_headers = [(b"content-length", length), (b"content-type", b"application/json")]
        if headers:
            add_headers(self, headers)
