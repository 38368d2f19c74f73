"""What an operation may have of its own: a way to authenticate, a check of the head, answers to errors."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from rolecall.services import Services
from rolecall.web.errors import ErrorMap
from rolecall.web.limits import Limit
from rolecall.web.requests import read_body
from rolecall.web.responses import json_response
from rolecall.web.surface import Call, Limits, Operation, Surface
from tests.world import World


class Unknown(Exception):
    """Nobody is known by this name."""


class Surplus(Exception):
    """The query must be empty."""


async def by_name(request: Request, _services: Services) -> str:
    if "name" not in request.headers:
        raise Unknown
    return request.headers["name"]


async def by_door(request: Request, _services: Services) -> str:
    if request.headers.get("door") != "back":
        raise Unknown
    return "butler"


def no_query(request: Request) -> None:
    if request.query_params:
        raise Surplus


async def greet(call: Call[str, Services]) -> Response:
    return json_response({"hello": call.principal, "body": len(await read_body(call.request, at_most=100))})


def _says(status: int, text: str):
    return lambda _error: json_response(text, status=status)


SURFACE = Surface(
    name="hall",
    title="Hall",
    prefixes=("/hall",),
    operations=[
        Operation(method="POST", path="/hall/front", name="front", handle=greet),
        Operation(method="POST", path="/hall/back", name="back", handle=greet, authenticate=by_door),
        Operation(method="POST", path="/hall/strict", name="strict", handle=greet, check=no_query),
        Operation(
            method="POST",
            path="/hall/worded",
            name="worded",
            handle=greet,
            check=no_query,
            errors={Unknown: _says(400, "Who?"), Surplus: _says(409, "No.")},
        ),
    ],
    authenticate=by_name,
    unauthenticated=Unknown,
    limits=Limits(
        of=lambda principal, _services: Limit(f"hall:{principal}", 2, 3600),
        anonymous=lambda _address, _services: Limit("hall:nobody", 100, 3600),
    ),
    errors=ErrorMap(
        {Unknown: _says(401, "Unknown"), Surplus: _says(400, "Surplus"), Exception: _says(429, "something else")}
    ),
)


@pytest.fixture
def hall(acme: World) -> httpx.AsyncClient:
    app = Starlette(routes=SURFACE.routes(acme.services))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hall.test")


async def _answer(hall: httpx.AsyncClient, path: str, **headers: str) -> tuple[int, object]:
    answer = await hall.post(f"/hall/{path}", headers=headers, content=b"123")
    return answer.status_code, answer.json()


async def test_an_operation_authenticates_in_its_own_way(hall: httpx.AsyncClient) -> None:
    assert await _answer(hall, "front", name="Ada") == (200, {"hello": "Ada", "body": 3})
    assert await _answer(hall, "back", door="back") == (200, {"hello": "butler", "body": 3})
    assert await _answer(hall, "back", name="Ada") == (401, "Unknown")
    assert await _answer(hall, "front", door="back") == (401, "Unknown")


async def test_the_head_is_checked_once_the_caller_is_known_and_counted(hall: httpx.AsyncClient) -> None:
    assert await _answer(hall, "strict?x=1") == (401, "Unknown")
    assert await _answer(hall, "strict?x=1", name="Eve") == (400, "Surplus")
    assert await _answer(hall, "strict", name="Eve") == (200, {"hello": "Eve", "body": 3})
    assert await _answer(hall, "strict?x=1", name="Eve") == (429, "something else")


async def test_the_head_is_checked_before_the_body_is_read(hall: httpx.AsyncClient) -> None:
    async def never():
        yield b""
        raise AssertionError("the body is read")

    answer = await hall.post("/hall/strict?x=1", headers={"name": "Max"}, content=never())
    assert answer.status_code == 400


async def test_an_operation_words_errors_of_its_own(hall: httpx.AsyncClient) -> None:
    assert await _answer(hall, "worded") == (400, "Who?")
    assert await _answer(hall, "worded?x=1", name="Kim") == (409, "No.")
    assert await _answer(hall, "strict?x=1", name="Kim") == (400, "Surplus")
