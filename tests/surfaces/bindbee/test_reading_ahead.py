"""A page is read while its request is being counted: whoever is refused never sees it, and soon costs no reading."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from rolecall.app import create_app
from rolecall.surfaces.bindbee import reading
from tests.conftest import BASE_URL
from tests.contract.stage import Stage
from tests.world import World

NOON = 1_770_000_000.0


@pytest.fixture
async def hurried(acme: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that lets each connector ask twice a minute, in a minute that does not end."""
    monkeypatch.setattr("rolecall.web.limits.time.time", lambda: NOON)
    settings = acme.services.settings.model_copy(update={"bindbee_requests_per_minute": 2})
    app = create_app(replace(acme.services, settings=settings))
    headers = await Stage(acme).bindbee()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL, headers=headers) as client:
        yield client


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows with each reading of records."""
    seen: list[int] = []
    fetch = reading.fetch

    async def counted(*given: Any, **facts: Any) -> Any:
        seen.append(1)
        return await fetch(*given, **facts)

    monkeypatch.setattr(reading, "fetch", counted)
    return seen


async def test_who_asks_too_often_gets_no_page_and_then_none_is_read(
    hurried: httpx.AsyncClient, reads: list[int]
) -> None:
    assert (await hurried.get("/api/ats/v1/jobs")).status_code == 200
    reads.clear()  # the first call of a key reads again: what it had recalled was of no generation yet
    answers = [await hurried.get("/api/ats/v1/jobs") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 429, 429, 429]
    assert "items" not in answers[1].json()
    assert len(reads) == 2


async def test_too_often_is_said_before_what_is_wrong_with_the_parameters(hurried: httpx.AsyncClient) -> None:
    path = "/api/ats/v1/jobs?page_size=0"
    assert [(await hurried.get(path)).status_code for _ in range(4)] == [422, 422, 429, 429]


async def test_what_is_wrong_is_counted_and_told_with_the_window(hurried: httpx.AsyncClient) -> None:
    answer = await hurried.get("/api/ats/v1/jobs/00000000-0000-7000-8000-000000000000")
    assert (answer.status_code, answer.headers["x-ratelimit-remaining"]) == (404, "1")
