"""Pages far down a list: each way to them shows what the whole list has at that place."""

from datetime import UTC, datetime, timedelta

import pytest

from rolecall.surfaces.recruitsome import queries
from tests.surfaces.recruitsome.conftest import CareerSite

HOUR = timedelta(hours=1)
FILTERS = ["", "&language=en", "&location_id={place}", "&location_id={place}&language=en&tags[]={tag}"]


@pytest.fixture(autouse=True)
def every_page_is_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_DEEP", 0)


async def _fill(site: CareerSite) -> dict[str, int]:
    """Eleven vacancies, of which nine are listed, seven in Lund and five of these with the tag; some begin together."""
    tag = await site.term("tag", "Optics")
    now = datetime.now(UTC)
    for number in range(9):
        await site.vacancy(
            f"Vacancy {number}",
            places=["SE-lund"] if number < 7 else ["NL-zwolle"],
            filed_under=[tag] if number < 5 else [],
            publication={"published_at": now - HOUR * (number // 2 + 1)},
        )
    await site.vacancy("Over", places=["SE-lund"], filed_under=[tag], publication={"ends_at": now - HOUR})
    await site.vacancy("To come", places=["SE-lund"], filed_under=[tag], publication={"published_at": now + HOUR})
    return {"place": await site.number("location", "Lund"), "tag": await site.number("term", "Optics")}


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("cost", [0, 1_000_000], ids=["fetched", "walked"])
@pytest.mark.parametrize(("filters", "listed"), list(zip(FILTERS, [9, 9, 7, 5], strict=True)))
async def test_pages_put_together_are_the_list(
    site: CareerSite, monkeypatch: pytest.MonkeyPatch, direction: str, cost: int, filters: str, listed: int
) -> None:
    monkeypatch.setattr(queries, "_FETCH_COST_DEEP", cost)
    queries._statement.cache_clear()
    query = f"&sort_direction={direction}{filters.format(**await _fill(site))}"
    whole = await site.titles(f"?per_page=100{query}")
    assert len(whole) == listed
    for per_page in (1, 2, 4):
        pages = range(1, -(-listed // per_page) + 1)
        paged = [await site.titles(f"?per_page={per_page}&page={page}{query}") for page in pages]
        assert [title for page in paged for title in page] == whole
        assert all(len(page) == per_page for page in paged[:-1])
    beyond = await site.page(f"?per_page=4&page=9{query}")
    assert (beyond["data"], beyond["meta"]["total"]) == ([], listed)
    queries._statement.cache_clear()


async def test_titles_are_in_order_from_both_ends(site: CareerSite) -> None:
    await _fill(site)
    pages = [await site.titles(f"?sort=title&per_page=3&page={page}&sort_direction=asc") for page in (1, 2, 3)]
    assert [title for page in pages for title in page] == [f"Vacancy {number}" for number in range(9)]


async def test_the_largest_page_number_is_no_trouble(site: CareerSite) -> None:
    known = await _fill(site)
    for filters in FILTERS:
        query = f"?page={2**63 - 1}{filters.format(**known)}"
        assert (await site.page(query))["data"] == []
