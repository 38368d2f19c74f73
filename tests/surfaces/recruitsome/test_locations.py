"""The workspace's own offices: which they are, search, filters, sorting and what may be switched on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rolecall.actions.offices import NewOffice, create_office, remove_office
from rolecall.actions.places import parse_place
from rolecall.domain.jobs import JobStatus
from rolecall.store.locations import Office
from tests.surfaces.recruitsome.conftest import CareerSite, career_site
from tests.world import World

ZWOLLE: dict[str, Any] = {
    "country_code": "NL",
    "city": "Zwolle",
    "address_line_1": "Stationsweg 8",
    "region": "Overijssel",
    "postal_code": "8011 CZ",
    "latitude": 52.505,
    "longitude": 6.091,
}


async def office(world: World, name: str = "Hub Zwolle", **facts: Any) -> Office:
    async with world.services.database.writing() as conn:
        return await create_office(world.context(conn), NewOffice(name=name, **(facts or ZWOLLE)))


async def offices(site: CareerSite, query: str = "") -> list[dict[str, Any]]:
    answer = await site.get(f"/locations{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def names(site: CareerSite, query: str = "") -> list[str]:
    return [found["name"] for found in await offices(site, query)]


async def test_the_contracts_example(site: CareerSite) -> None:
    hub = await office(site.world)
    # Stored as the importer would: a posting with this address comes to the office.
    assert hub.code == "NL-zwolle/stationsweg-8"
    for title in "ABCDEF":
        await _vacancy_at(site, hub, title)
    expected = {
        "id": hub.number,
        "slug": "hub-zwolle-zwolle-nl",
        "name": "Hub Zwolle",
        "address": {
            "address_line_1": "Stationsweg 8",
            "address_line_2": None,
            "address_line_3": None,
            "locality": "Zwolle",
            "administrative_area": "Overijssel",
            "postal_code": "8011 CZ",
            "country_code": "NL",
            "country_name": "Netherlands",
        },
        "coordinates": {"latitude": 52.505, "longitude": 6.091},
        "vacancy_count": 6,
    }
    flags = "include_coordinates=true&include_vacancy_count=1"
    answer = await site.get(f"/locations?{flags}")
    assert (answer.json()["data"], answer.json()["meta"]["total"]) == ([expected], 1)
    assert (await site.get(f"/locations/hub-zwolle-zwolle-nl?{flags}")).json() == {"data": expected}
    plain = {name: value for name, value in expected.items() if name not in {"coordinates", "vacancy_count"}}
    assert await offices(site) == [plain]
    assert (await site.get("/locations/hub-zwolle-zwolle-nl")).json() == {"data": plain}


async def _vacancy_at(site: CareerSite, place: Office, title: str, **columns: Any) -> None:
    vacancy = await site.vacancy(title, publication=columns)
    async with site.world.services.database.writing() as conn:
        query = "insert into job_location (workspace_id, job_id, location_id) values (%s, %s, %s)"
        await conn.execute(query, [vacancy.workspace_id, vacancy.job_id, place.id])


async def test_only_listed_vacancies_are_counted_each_office_for_itself(site: CareerSite) -> None:
    hub, lund = await office(site.world), await office(site.world, "Lund", country_code="SE", city="Lund")
    await office(site.world, "Empty", country_code="DE", city="Kiel")
    now = datetime.now(UTC)
    await _vacancy_at(site, hub, "Shown")
    await _vacancy_at(site, hub, "Later", published_at=now + timedelta(days=1))
    await _vacancy_at(site, hub, "Ended", ends_at=now - timedelta(days=1))
    await _vacancy_at(site, hub, "Inside", channel="internal")
    await _vacancy_at(site, lund, "Paused")
    await _vacancy_at(site, lund, "Two", language="sv")
    async with site.world.services.database.writing() as conn:
        await conn.execute("update publication set active = false where title = 'Paused'")
    counts = {found["name"]: found["vacancy_count"] for found in await offices(site, "?include_vacancy_count=1")}
    assert counts == {"Empty": 0, "Hub Zwolle": 1, "Lund": 1}


async def test_where_jobs_are_is_no_office_until_the_workspace_says_so(site: CareerSite) -> None:
    await site.world.job(places=[parse_place("SE-lund")], status=JobStatus.OPEN)
    assert await offices(site) == []
    await office(site.world, "Lund Studio", code="SE-lund", postal_code="223 50")
    (shown,) = await offices(site, "?include_vacancy_count=1&include_coordinates=1")
    assert (shown["slug"], shown["vacancy_count"], shown["coordinates"]) == ("lund-studio-lund-se", 1, None)
    (vacancy,) = (await site.page())["data"]
    assert (vacancy["location"]["id"], vacancy["location"]["name"]) == (shown["id"], "Lund Studio")
    async with site.world.services.database.writing() as conn:
        await remove_office(site.world.context(conn), shown["slug"])
    assert await offices(site) == []
    assert (await site.get("/locations/lund-studio-lund-se")).status_code == 404
    assert (await site.page())["data"][0]["location"]["name"] == "Lund Studio"


async def test_a_stranger_sees_no_office(site: CareerSite, strange_site: CareerSite) -> None:
    await office(site.world)
    assert await offices(strange_site) == []
    answer = await strange_site.get("/locations/hub-zwolle-zwolle-nl")
    assert (answer.status_code, answer.json()) == (404, {"message": "Resource not found."})


async def test_slugs_differ_where_names_do_not(site: CareerSite, strange_site: CareerSite) -> None:
    await office(site.world)
    second = await office(
        site.world, "Hub Zwolle", country_code="NL", city="Zwolle", address_line_1="Burg. Roelenweg 13"
    )
    foreign = await office(strange_site.world)
    assert (second.slug, foreign.slug) == ("hub-zwolle-zwolle-nl-2", "hub-zwolle-zwolle-nl")


@pytest.mark.parametrize(
    ("language", "name"),
    [("nl", "Nederland"), ("FR", "Pays-Bas"), ("de", "Niederlande"), ("xx", "Netherlands"), ("__", "Netherlands")],
)
async def test_the_language_names_countries_and_filters_nothing(site: CareerSite, language: str, name: str) -> None:
    await office(site.world)
    for path in (f"/locations?language={language}", f"/locations/hub-zwolle-zwolle-nl?language={language}"):
        data = (await site.get(path)).json()["data"]
        assert (data[0] if isinstance(data, list) else data)["address"]["country_name"] == name


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Hub Zwolle", "älvhuset", "Übersee"]),
        ("?sort=name&sort_direction=desc", ["Übersee", "älvhuset", "Hub Zwolle"]),
        ("?sort=locality", ["Übersee", "älvhuset", "Hub Zwolle"]),
        ("?sort=created_at", ["Hub Zwolle", "Übersee", "älvhuset"]),
        ("?sort=created_at&sort_direction=desc&per_page=1", ["älvhuset"]),
        ("?search=ÜBER", ["Übersee"]),
        ("?search=stationsweg", ["Hub Zwolle"]),
        ("?search=göteborg", ["älvhuset"]),
        ("?search=8011+hub", ["Hub Zwolle"]),
        ("?search=overijssel", []),
        ("?search=%25", []),
        ("?country_code=se", ["älvhuset"]),
        ("?country_code=NL&search=zwolle", ["Hub Zwolle"]),
        ("?country_code=XX", []),
    ],
)
async def test_search_filters_and_sorting(site: CareerSite, query: str, found: list[str]) -> None:
    await office(site.world)
    await office(site.world, "Übersee", country_code="DE", city="Bremen")
    await office(site.world, "älvhuset", country_code="SE", city="Göteborg")
    assert await names(site, query) == found


@pytest.mark.parametrize(
    ("path", "problems"),
    [
        ("/locations?per_page=101", {"per_page": ["The per page must not be greater than 100."]}),
        ("/locations?language=eng", {"language": ["The language must be 2 characters."]}),
        ("/locations?country_code=NLD", {"country_code": ["The country code must be 2 characters."]}),
        ("/locations?sort=city", {"sort": ["The selected sort is invalid."]}),
        ("/locations?search[]=a", {"search": ["The search must be a string."]}),
        ("/locations/any?language=e", {"language": ["The language must be 2 characters."]}),
    ],
)
async def test_what_is_wrong_is_named(site: CareerSite, path: str, problems: dict[str, list[str]]) -> None:
    answer = await site.get(path)
    assert (answer.status_code, answer.json()) == (422, {"message": "The given data was invalid.", "errors": problems})


@pytest.mark.parametrize("slug", ["none", "Hub-Zwolle", "%00", "%F0%9F%98%80", "a%2Fb"])
async def test_there_is_no_such_office(site: CareerSite, slug: str) -> None:
    assert (await site.get(f"/locations/{slug}")).status_code == 404


@pytest.mark.parametrize("path", ["/locations", "/locations/any"])
async def test_the_scope_is_checked_first(acme: World, path: str) -> None:
    site = await career_site(acme, scopes=["team:read"])
    answer = await site.get(path)
    assert (answer.status_code, answer.json()["required_scope"]) == (403, "locations:read")
