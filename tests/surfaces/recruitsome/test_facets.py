"""Facets: the options of every filter with their counts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rolecall.surfaces.recruitsome import counting
from tests.surfaces.recruitsome.conftest import CareerSite

HOUR = timedelta(hours=1)
LISTS = ("locations", "departments", "job_types", "education_levels", "tags", "company_locations", "languages")


@pytest.fixture(params=[None, "count(*) * 0", "count(*) + 1000000"], ids=["cheaper", "bitmaps", "rows"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Groups are counted in two ways, of which the cheaper is taken, bitmap by bitmap. Either has to do for all."""
    if request.param is not None:
        monkeypatch.setattr(counting, "_FEW", request.param)
    counting._kept.cache_clear()
    yield
    counting._kept.cache_clear()


async def facets_of(site: CareerSite, query: str = "") -> dict[str, Any]:
    answer = await site.get(f"/vacancies/facets{query}")
    assert answer.status_code == 200, answer.text
    found = answer.json()["data"]
    listed = await site.page(f"{query}{'&' if query else '?'}include=facets")
    assert listed["facets"] == found
    return found


async def counts(site: CareerSite, which: str, query: str = "") -> list[tuple[str, int, bool]]:
    options = (await facets_of(site, query))[which]
    return [(option.get("name") or option["code"], option["count"], option["selected"]) for option in options]


async def test_an_empty_workspace_has_seven_empty_lists(site: CareerSite) -> None:
    assert await facets_of(site) == {name: [] for name in LISTS}


async def test_every_list_has_the_contracts_keys(site: CareerSite) -> None:
    kinds = {kind: await site.term(kind, kind) for kind in ("job_type", "education_level", "tag")}
    sub = await site.term("tag", "Sub", under=kinds["tag"])
    company = await site.client_company("Norrvik")
    filed = [kinds["job_type"], kinds["education_level"], sub]
    await site.vacancy("Planner", places=["SE-lund"], department="Works", filed_under=filed, company=company)
    number = {name: await site.number("term", name) for name in (*kinds, "Sub")}
    one = {"count": 1, "selected": False}
    assert await facets_of(site) == {
        "locations": [
            {
                "id": await site.number("location", "Lund"),
                "name": "Lund",
                "city": "Lund",
                "country_code": "SE",
                "country_name": "Sweden",
                **one,
            }
        ],
        "departments": [{"id": await site.number("department", "Works"), "name": "Works", **one}],
        "job_types": [{"id": number["job_type"], "name": "job_type", **one}],
        "education_levels": [{"id": number["education_level"], "name": "education_level", **one}],
        "tags": [
            {"id": number["Sub"], "name": "Sub", "parent_id": number["tag"], **one},
            {"id": number["tag"], "name": "tag", "parent_id": None, **one},
        ],
        "company_locations": [{"id": company.number, "name": "Kampen", "city": "Kampen", **one}],
        "languages": [{"code": "en", **one}],
    }


async def test_a_list_ignores_its_own_filter_and_obeys_the_others(site: CareerSite) -> None:
    for title, place, department in (("A", "SE-lund", "Works"), ("B", "SE-lund", "Sales"), ("C", "NL", "Works")):
        await site.vacancy(title, places=[place], department=department)
    lund, works = await site.number("location", "Lund"), await site.number("department", "Works")
    query = f"?location_id={lund}&department_id={works}"
    assert await counts(site, "locations", query) == [("Lund", 1, True), ("Netherlands", 1, False)]
    assert await counts(site, "departments", query) == [("Sales", 1, False), ("Works", 1, True)]
    assert await counts(site, "languages", query) == [("en", 1, False)]
    assert await counts(site, "departments", f"?location_id={lund}") == [("Sales", 1, False), ("Works", 1, False)]
    assert await counts(site, "locations", f"?location_id={lund}") == [("Lund", 2, True), ("Netherlands", 1, False)]


async def test_an_option_without_any_stays_only_while_it_is_selected(site: CareerSite) -> None:
    await site.vacancy("A", places=["SE-lund"], languages=["sv"])
    await site.vacancy("B", places=["NL"])
    lund = await site.number("location", "Lund")
    query = f"?location_id={lund}&language=en"
    assert await counts(site, "locations", query) == [("Netherlands", 1, False), ("Lund", 0, True)]
    assert await counts(site, "languages", query) == [("sv", 1, False), ("en", 0, True)]
    assert await counts(site, "languages", "?language=xx") == [("en", 1, False), ("sv", 1, False), ("xx", 0, True)]
    assert await counts(site, "locations", "?location_id=99999999&language=en") == [("Netherlands", 1, False)]


async def test_more_come_first_then_names(site: CareerSite) -> None:
    for department, times in (("Works", 1), ("Sales", 2), ("Art", 1)):
        for _ in range(times):
            await site.vacancy("Planner", department=department)
    assert await counts(site, "departments") == [("Sales", 2, False), ("Art", 1, False), ("Works", 1, False)]


async def test_a_main_tag_counts_each_vacancy_once(site: CareerSite) -> None:
    main = await site.term("tag", "Main")
    first, second = [await site.term("tag", name, under=main) for name in ("First", "Second")]
    await site.vacancy("Both", filed_under=[first, second])
    await site.vacancy("One", filed_under=[second])
    await site.vacancy("Itself", filed_under=[main])
    assert await counts(site, "tags") == [("Main", 3, False), ("Second", 2, False), ("First", 1, False)]
    number = await site.number("term", "First")
    assert await counts(site, "tags", f"?tags[]={number}") == [
        ("Main", 3, False),
        ("Second", 2, False),
        ("First", 1, True),
    ]


@pytest.mark.parametrize("search", ["plan", "anner+the", "a", "planner&language=en"])
async def test_a_search_counts_what_it_finds(site: CareerSite, search: str) -> None:
    await site.vacancy("Planner", places=["SE-lund"], department="Works")
    await site.vacancy("Clerk", places=["NL"], department="Sales", description="xyz")
    lund = await site.number("location", "Lund")
    assert await counts(site, "locations", f"?search={search}") == [("Lund", 1, False)]
    assert await counts(site, "departments", f"?search={search}&location_id={lund}") == [("Works", 1, False)]
    assert await counts(site, "locations", f"?search=clerk&location_id={lund}") == [
        ("Netherlands", 1, False),
        ("Lund", 0, True),
    ]


@pytest.mark.parametrize(
    "publication",
    [{"ends_at": datetime.now(UTC) - HOUR}, {"published_at": datetime.now(UTC) + HOUR}],
)
async def test_what_is_not_listed_is_not_counted(site: CareerSite, publication: dict[str, Any]) -> None:
    await site.vacancy("Hidden", places=["SE-lund"], publication=publication)
    await site.vacancy("Shown", places=["SE-lund"], department="Works")
    lund = await site.number("location", "Lund")
    for query in ("", "?search=e", f"?location_id={lund}", "?language=en"):
        assert (await counts(site, "locations", query))[0][:2] == ("Lund", 1)
        assert (await counts(site, "languages", query))[0][:2] == ("en", 1)
        assert (await site.page(query))["meta"]["total"] == 1


async def test_groups_of_many_sizes_under_many_options(site: CareerSite) -> None:
    names = [f"D{number:02}" for number in range(24)]
    for name in ("D00", "D00", "D00", "D00", "D01", *names):
        await site.vacancy("Planner", places=["NL"], department=name)
    await site.vacancy("Clerk", places=["SE-lund"], department="D02")
    await site.vacancy("Clerk", places=["NL"], department="D03", publication={"ends_at": datetime.now(UTC) - HOUR})
    lund, first = await site.number("location", "Lund"), await site.number("department", "D00")
    ones = [(name, 1, False) for name in names[3:]]
    assert await counts(site, "departments") == [("D00", 5, False), ("D01", 2, False), ("D02", 2, False), *ones]
    assert await counts(site, "locations") == [("Netherlands", 29, False), ("Lund", 1, False)]
    assert await counts(site, "departments", f"?location_id={lund}") == [("D02", 1, False)]
    assert await counts(site, "locations", f"?department_id={first}") == [("Netherlands", 5, False)]
    both = f"?location_id={lund}&department_id={first}"
    assert await counts(site, "departments", both) == [("D02", 1, False), ("D00", 0, True)]
    assert await counts(site, "locations", both) == [("Netherlands", 5, False), ("Lund", 0, True)]
    assert (await counts(site, "departments", "?search=planner"))[:3] == [
        ("D00", 5, False),
        ("D01", 2, False),
        ("D02", 1, False),
    ]


async def test_another_workspaces_vacancies_are_not_counted(site: CareerSite, strange_site: CareerSite) -> None:
    tag = await site.term("tag", "Planning")
    await site.vacancy("Planner", places=["SE-lund"], department="Works", filed_under=[tag])
    number, location = await site.number("term", "Planning"), await site.number("location", "Lund")
    for query in ("", "?search=planner", f"?tags[]={number}", f"?location_id={location}"):
        assert await facets_of(strange_site, query) == {name: [] for name in LISTS}


async def test_a_wrong_filter_is_refused_and_paging_is_ignored(site: CareerSite) -> None:
    assert await site.problems("/facets?language=eng&tags=1") == {
        "language": ["The language must be 2 characters."],
        "tags": ["The tags must be an array."],
    }
    assert (await site.get("/vacancies/facets?page=x&per_page=1000&sort=x")).status_code == 200
