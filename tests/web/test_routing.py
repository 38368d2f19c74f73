"""Routing by the first word finds what Starlette's own order of trial would."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, Router

from rolecall.web.routing import FirstWordRouter, FixedPaths


def routes() -> list[Route | Mount]:
    def says(text: str, path: str, *methods: str) -> Route:
        async def endpoint(_request: Request) -> Response:
            return PlainTextResponse(text)

        return Route(path, endpoint, methods=list(methods) or ["GET"])

    return [
        says("start", "/"),
        says("jobs", "/v1/jobs"),
        says("new job", "/v1/jobs", "POST"),
        says("own word", "/{company}/special"),
        says("late", "/v1/special"),
        Mount("/docs", routes=[says("page", "/{name}")]),
        says("rest of v1", "/v1/{rest:path}", "GET", "POST", "DELETE"),
        says("page of a free word", "/{company}/{page}"),
    ]


@pytest.mark.parametrize(
    "path", ["/", "", "/v1/jobs", "/v1/special", "/v1/x/y", "/v1", "/docs/a", "/docs", "/a/b", "//"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "HEAD"])
async def test_the_answers_are_the_same(path: str, method: str) -> None:
    answers: list[tuple[int, str]] = []
    for router in (FirstWordRouter(routes()), Router(routes(), redirect_slashes=False)):
        app = Starlette()
        app.router = router
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rolecall.test") as client:
            answer = await client.request(method, path)
        answers.append((answer.status_code, answer.text))
    assert answers[0] == answers[1]


async def test_the_first_word_decides_only_when_it_is_fixed() -> None:
    app = Starlette()
    app.router = FirstWordRouter(routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rolecall.test") as client:
        texts = [(await client.get(path)).text for path in ("/v1/special", "/v1/jobs", "/acme/1", "/docs/x")]
    assert texts == ["own word", "jobs", "page of a free word", "page"]


async def test_fixed_paths_are_answered_before_the_rest_but_not_before_an_earlier_route() -> None:
    early = [Route("/v1/{word}", PlainTextResponse("early"), methods=["GET"])]
    fixed = [
        Route("/v1/jobs", PlainTextResponse("jobs"), methods=["GET", "POST"]),
        Route("/jobs", PlainTextResponse("fixed"), methods=["GET"]),
    ]
    app = FixedPaths([*early, *fixed], otherwise=PlainTextResponse("rest"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rolecall.test") as client:
        asked = [("GET", "/jobs"), ("POST", "/jobs"), ("GET", "/v1/jobs"), ("POST", "/v1/jobs")]
        answers = [(await client.request(*one)).text for one in asked]
    assert answers == ["fixed", "rest", "rest", "jobs"]
