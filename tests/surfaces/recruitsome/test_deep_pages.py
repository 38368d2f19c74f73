"""Pages far down a list: each way to them shows what the whole list has at that place."""

from datetime import UTC, datetime, timedelta

import pytest

from rolecall.store import runs, spans
from rolecall.surfaces.recruitsome import queries
from tests.surfaces.recruitsome.conftest import CareerSite

HOUR = timedelta(hours=1)
FILTERS = ["", "&language=en", "&location_id={place}", "&location_id={place}&language=en&tags[]={tag}"]


@pytest.fixture(autouse=True)
def every_page_is_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    """And so few vacancies are several runs and spans."""
    monkeypatch.setattr(queries, "_DEEP", 0)
    monkeypatch.setattr(queries, "_DEEP_FILTERED", 0)
    monkeypatch.setattr(runs, "RUN", 2)
    monkeypatch.setattr(spans, "SPAN", 2)


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


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("language", ["", "&language=en", "&language=nl"])
@pytest.mark.parametrize("sort", ["published_at", "created_at", "title"])
async def test_every_order_is_entered_at_a_run(site: CareerSite, sort: str, language: str, direction: str) -> None:
    await _fill(site)
    for title in ("Vacature 1", "Vacature 2", "Zelfde", "Zelfde", "Zelfde"):
        await site.vacancy(title, languages=["nl"])
    order = f"{language}&sort={sort}&sort_direction={direction}"
    whole = await site.titles(f"?per_page=100{order}")
    assert len(whole) == {"": 14, "&language=en": 9, "&language=nl": 5}[language]
    for per_page in (1, 3):
        pages = [await site.titles(f"?per_page={per_page}&page={page}{order}") for page in range(1, 16)]
        assert [title for page in pages for title in page] == whole


async def test_a_list_without_runs_is_walked_from_its_end(site: CareerSite) -> None:
    await _fill(site)
    async with site.world.services.database.writing() as conn:
        await conn.execute("delete from publication_run where workspace_id = %s", (site.world.workspace.id,))
    for order in ("?per_page=4&page=2", "?per_page=4&page=2&sort=title&sort_direction=asc"):
        assert len(await site.titles(order)) == 4


async def test_a_filtered_list_is_entered_at_a_span(site: CareerSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the bitmaps say decides where a page begins: if they said twice as much, it would begin too early."""
    monkeypatch.setattr(queries, "_FETCH_COST_DEEP", 1_000_000)
    queries._statement.cache_clear()
    known = await _fill(site)
    query = "?per_page=1&page=4&sort_direction=asc" + FILTERS[2].format(**known)
    assert await site.titles(query) == ["Vacancy 2"]
    async with site.world.services.database.writing() as conn:
        for step in (10, -9):
            await conn.execute("update span_block set digit = digit + %s", (step,))
    assert await site.titles(query) != ["Vacancy 2"]
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
