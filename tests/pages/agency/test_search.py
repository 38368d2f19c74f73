"""The search of an agency's candidates: by words and by stage, page by page."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rolecall.actions import submissions
from tests.agency_desk import Desk, enter, words
from tests.marketplace import ADA, Marketplace


@pytest.fixture
async def desk(market: Marketplace, browser: Callable[[], Desk]) -> Desk:
    """Nora's browser, with two candidates of hers; one of Sam's stands beside them."""
    await market.submit(market.northwind)
    zoe = replace(ADA, first_name="Zoë", last_name="Ångström-Lee", email="zoe@example.org", phone=None)
    kept = await market.confirmed(market.northwind, zoe)
    async with market.acting() as ctx:
        await submissions.advance(ctx, kept.id, feedback="Keep.")
    await market.submit(market.southgate, replace(ADA, first_name="Adam", email="adam@example.org", phone=None))
    return await enter(browser(), market.recruiters["Northwind Search"])


@pytest.mark.parametrize(
    ("query", "ada", "zoe"),
    [
        ("q=ada", True, False),
        ("q=LOVEL", True, False),
        ("q=love+ada", True, False),
        ("q=angstrom", False, True),
        ("q=lee+firmware", False, True),  # a word of the name, one of the job
        ("q=firm", True, True),
        ("q=ada+zoe", False, False),
        ("q=adam", False, False),  # somebody else's
        ("q=%27%26!%00", True, True),
        ("q=lead&stage=reviewing", False, True),
        ("stage=unconfirmed", True, False),
        ("stage=nonsense", True, True),
        ("q=firm&over=1", False, False),
    ],
)
async def test_candidates_are_found(desk: Desk, query: str, ada: bool, zoe: bool) -> None:  # noqa: FBT001
    answer = await desk.get(f"/candidates?{query}")
    assert answer.status_code == 200
    assert ("Ada Lovelace" in words(answer), "Ångström-Lee" in words(answer)) == (ada, zoe)
    assert "Adam" not in words(answer)
