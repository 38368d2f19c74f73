"""The vendor's own API, as far as one can ask it: its collections to read, and what goes wrong with real vendors.

GET /<collection>?page=1&per_page=25&<field>=<value>, GET /<collection>/<id>; POST /echo answers what it was sent.
/faults/unreachable and /faults/slow behave as they are called, /faults/binary is a small picture.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from rolecall.connectors.sandbox.company import Company
from rolecall.ports.ats import VendorRequest
from rolecall.ports.outbound import Reply, Unreachable

_USUAL_PAGE, _LARGEST_PAGE = 25, 100
_LONG = 3_600  # seconds
_DOT = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


async def answer(company: Company, request: VendorRequest) -> Reply:
    """What the vendor answers. Raises Unreachable where it is asked to."""
    path, _, query = request.path.strip("/").partition("?")
    given = dict(parse_qsl(query)) | {name: str(value) for name, value in request.params.items()}
    collection, _, payload_id = path.partition("/")
    if collection == "faults":
        return await _fault(payload_id)
    if path == "echo" and request.method in {"POST", "PUT", "PATCH"}:
        return _json(200, {"method": request.method, "format": request.format, "params": given, "data": request.data})
    if collection not in company.collections:
        return _json(404, {"error": "no such resource"})
    if request.method not in {"GET", "HEAD"}:
        return _json(405, {"error": "this API can only be read"})
    if not payload_id:
        return _page(company, collection, given)
    found = company.find(collection, payload_id)
    return _json(404, {"error": f"no {collection} {payload_id}"}) if found is None else _json(200, found)


def _page(company: Company, collection: str, given: Mapping[str, str]) -> Reply:
    page, size = _number(given.get("page"), 1), min(_number(given.get("per_page"), _USUAL_PAGE), _LARGEST_PAGE)
    wanted = {name: value for name, value in given.items() if name not in {"page", "per_page"}}
    found = [
        payload
        for payload in company.collections[collection]
        if all(str(payload.get(name)) == value for name, value in wanted.items())
    ]
    return _json(200, {"data": found[(page - 1) * size : page * size], "page": page, "total": len(found)})


def _number(text: str | None, usual: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and int(text[:9]) > 0 else usual


async def _fault(kind: str) -> Reply:
    if kind == "slow":
        await asyncio.sleep(_LONG)
    if kind == "unreachable":
        raise Unreachable("the sandbox was asked not to answer")
    if kind == "binary":
        return Reply(status=200, headers={"content-type": "image/gif"}, body=_DOT)
    return _json(500, {"error": "the sandbox was asked to fail"})


def _json(status: int, value: Any) -> Reply:
    return Reply(status=status, headers={"content-type": "application/json"}, body=json.dumps(value).encode())
