"""Search, filters and sorting of the vacancies."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.surfaces.recruitsome.conftest import CareerSite

DAY = timedelta(days=1)
MAY = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "search"),
    [
        ("Maintenance Planner", "planner"),
        ("Maintenance Planner", "PLAN tenance"),
        ("Maintenance Planner", "  planner   maintenance "),
        ("Planner", "OWN firmware"),
        ("Übersetzer", "übersetzer"),
        ("Übersetzer", "u\u0308BERSETZER"),
        ("Straßenbauer", "STRASSENBAUER"),
        ("Strassenbauer", "straße"),
        ("Менеджер по продажам", "МЕНЕДЖЕР"),
        ("МЕНЕДЖЕР", "менеджер"),
        ("İstanbul Şube Müdürü", "istanbul şube"),
        ("İstanbul", "İSTANBUL"),
        ("I\u015f\u0131k Teknisyeni", "\u0131\u015f\u0131k"),
        ("ISPARTA", "\u0131sparta"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("Full\u00a0stack", "full stack"),
        ("100% remote_work \\o/", "100% remote_work \\o/"),
        ("R&D <Lead>", "r&d <lead>"),
    ],
)
async def test_a_search_ignores_case_in_any_script(site: CareerSite, title: str, search: str) -> None:
    await site.vacancy(title)
    await site.vacancy("Zzz", description="")
    answer = await site.world.client.get(
        "/api/v1/vacancies", params={"search": search}, headers={"Authorization": f"Bearer {site.key}"}
    )
    assert ([v["title"] for v in answer.json()["data"]], answer.json()["meta"]["total"]) == ([title], 1)


@pytest.mark.parametrize("search", ["%25", "_", "Pl_nner", "P%25r", "%5C", "planner+clerk", "xyz"])
async def test_a_search_takes_wildcards_literally_and_wants_every_word(site: CareerSite, search: str) -> None:
    await site.vacancy("Planner")
    await site.vacancy("Clerk")
    assert await site.titles(f"?search={search}") == []


async def test_a_search_does_not_look_into_markup_or_descriptions(site: CareerSite) -> None:
    await site.vacancy("Planner", description="<p>" + "word " * 100 + "needle</p>")
    assert await site.titles("?search=word") == ["Planner"]
    for search in ("needle", "<p>", "/p"):
        assert await site.titles(f"?search={search}") == []


async def test_the_language_filters(site: CareerSite) -> None:
    await site.vacancy("Planner", languages=["en"])
    await site.vacancy("Planerare", languages=["sv", "en"])
    assert await site.titles("?language=sv") == ["Planerare"]
    assert await site.titles("?language=SV") == ["Planerare"]
    assert await site.titles("?language=xx") == []
    page = await site.page("?language=en&search=plan")
    assert ([v["language"] for v in page["data"]], page["meta"]["total"]) == (["en"], 1)


@pytest.mark.parametrize(
    "notation",
    [
        "location_id[]={0}&location_id[]={1}",
        "location_id[0]={0}&location_id[1]={1}",
        "location_id[7]={1}&location_id[]={0}",
        "location_id%5B%5D={0}&location_id%5B%5D={1}",
        "location_id[a]={0}&location_id[b]={1}",
        "location_id={0}&location_id[]={1}",
        "location_id[]={0}&location_id[]={1}&location_id[]=9999999",
    ],
)
async def test_several_ids_are_alternatives(site: CareerSite, notation: str) -> None:
    for title, place in (("A", "SE-lund"), ("B", "NL-zwolle"), ("C", "DE-kiel")):
        await site.vacancy(title, places=[place])
    ids = [await site.number("location", name) for name in ("Lund", "Zwolle")]
    page = await site.page(f"?{notation.format(*ids)}&sort=title&sort_direction=asc")
    assert ([v["title"] for v in page["data"]], page["meta"]["total"]) == (["A", "B"], 2)


async def test_a_single_id_sent_twice_counts_with_its_last_value(site: CareerSite) -> None:
    await site.vacancy("A", places=["SE-lund"])
    await site.vacancy("B", places=["NL-zwolle"])
    lund, zwolle = [await site.number("location", name) for name in ("Lund", "Zwolle")]
    assert await site.titles(f"?location_id={lund}&location_id={zwolle}") == ["B"]


async def test_every_location_of_a_job_counts(site: CareerSite) -> None:
    await site.vacancy("A", places=["SE-lund", "NL-zwolle"])
    for name in ("Lund", "Zwolle"):
        assert await site.titles(f"?location_id={await site.number('location', name)}") == ["A"]


async def test_departments(site: CareerSite) -> None:
    await site.vacancy("A", department="Works")
    await site.vacancy("B", department="Sales")
    works, sales = [await site.number("department", name) for name in ("Works", "Sales")]
    assert await site.titles(f"?department_id={works}") == ["A"]
    assert await site.titles(f"?department_id[]={works}&department_id[]={sales}") == ["B", "A"]
    assert await site.titles("?department_id=999999999") == []


async def test_client_sites(site: CareerSite) -> None:
    first, second = await site.client_company("First"), await site.client_company("Second")
    employer = await site.world.company("Employer")
    for title, company in (("A", first), ("B", second), ("C", employer)):
        await site.vacancy(title, company=company)
    assert await site.titles(f"?company_location_id={first.number}") == ["A"]
    both = f"?company_location_id[]={first.number}&company_location_id[]={second.number}"
    assert await site.titles(both) == ["B", "A"]
    assert await site.titles(f"?company_location_id={await site.number('company', 'Employer')}") == []


@pytest.mark.parametrize(("kind", "name"), [("job_type", "job_types"), ("education_level", "education_levels")])
async def test_job_types_and_education_levels(site: CareerSite, kind: str, name: str) -> None:
    one, two, other = [await site.term(k, n) for k, n in ((kind, "One"), (kind, "Two"), ("tag", "Other"))]
    await site.vacancy("A", filed_under=[one, other])
    await site.vacancy("B", filed_under=[one, two])
    ids = {n: await site.number("term", n) for n in ("One", "Two", "Other")}
    assert await site.titles(f"?{name}[]={ids['One']}") == ["B", "A"]
    assert await site.titles(f"?{name}[0]={ids['Two']}") == ["B"]
    assert await site.titles(f"?{name}[]={ids['Other']}") == []


async def test_a_main_tag_selects_what_is_under_its_sub_tags(site: CareerSite) -> None:
    main = await site.term("tag", "Operations")
    sub, sibling = await site.term("tag", "Planning", under=main), await site.term("tag", "Repair", under=main)
    for title, tags in (("A", [main]), ("B", [sub]), ("C", [sibling, sub]), ("D", [])):
        await site.vacancy(title, filed_under=tags)
    ids = {n: await site.number("term", n) for n in ("Operations", "Planning")}
    page = await site.page(f"?tags[]={ids['Operations']}")
    assert ([v["title"] for v in page["data"]], page["meta"]["total"]) == (["C", "B", "A"], 3)
    assert await site.titles(f"?tags[]={ids['Planning']}") == ["C", "B"]


async def test_different_parameters_must_all_match(site: CareerSite) -> None:
    tag = await site.term("tag", "Planning")
    await site.vacancy("Night Planner", places=["SE-lund"], department="Works", filed_under=[tag])
    await site.vacancy("Day Planner", places=["SE-lund"], department="Works")
    await site.vacancy("Night Clerk", places=["NL-zwolle"], department="Works", filed_under=[tag])
    lund, works = await site.number("location", "Lund"), await site.number("department", "Works")
    query = f"?location_id={lund}&department_id={works}&tags[]={await site.number('term', 'Planning')}&language=en"
    assert await site.titles(query) == ["Night Planner"]
    assert await site.titles(f"{query}&search=clerk") == []


async def _four(site: CareerSite) -> None:
    """Ties in every sort: the first and the last two."""
    for title, published, created in (("bravo", 2, 1), ("Alpha", 1, 3), ("Ümit", 3, 2), ("BRAVO", 2, 1)):
        dates = {"published_at": MAY + published * DAY, "created_at": MAY + created * DAY}
        await site.vacancy(title, publication=dates)


@pytest.mark.parametrize("narrowed", ["", "&search=firmware", "&language=en"])
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Ümit", "BRAVO", "bravo", "Alpha"]),
        ("sort=published_at&sort_direction=desc", ["Ümit", "BRAVO", "bravo", "Alpha"]),
        ("sort_direction=asc", ["Alpha", "bravo", "BRAVO", "Ümit"]),
        ("sort=title", ["Ümit", "BRAVO", "bravo", "Alpha"]),
        ("sort=title&sort_direction=asc", ["Alpha", "bravo", "BRAVO", "Ümit"]),
        ("sort=created_at", ["Alpha", "Ümit", "BRAVO", "bravo"]),
        ("sort=created_at&sort_direction=asc", ["bravo", "BRAVO", "Ümit", "Alpha"]),
    ],
)
async def test_sorts_break_ties_by_id_in_the_same_direction(
    site: CareerSite, query: str, titles: list[str], narrowed: str
) -> None:
    await _four(site)
    assert await site.titles(f"?{query}{narrowed}") == titles
    assert await site.titles(f"?{query}{narrowed}&per_page=2&page=2") == titles[2:]
