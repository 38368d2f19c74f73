"""What a vacancy shows, which are listed, and to whom."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from rolecall.domain.jobs import JobStatus
from tests.surfaces.recruitsome.conftest import CareerSite

MAY_DAY = datetime(2026, 5, 4, 7, 30, 0, 999_999, tzinfo=UTC)
FAR_AHEAD = datetime(2126, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def test_a_vacancy_is_complete(site: CareerSite) -> None:
    job_type = await site.term("job_type", "Full-time")
    level = await site.term("education_level", "Bachelor")
    operations = await site.term("tag", "Operations")
    planning = await site.term("tag", "Planning", under=operations)
    stored = await site.vacancy(
        "Maintenance Planner",
        description="Plan the <b>yearly</b> stop.",
        places=["NL-zwolle", "NL-deventer"],
        department="Engineering",
        filed_under=[job_type, level, planning, operations],
        publication={"published_at": MAY_DAY, "created_at": MAY_DAY - HOUR, "ends_at": FAR_AHEAD},
    )
    main = await site.number("term", "Operations")
    assert await site.only() == {
        "id": stored.number,
        "slug": stored.slug,
        "title": "Maintenance Planner",
        "summary": "<p>Plan the yearly stop.</p>",
        "language": "en",
        "published_at": "2026-05-04T07:30:00+00:00",
        "ends_at": "2126-01-01T00:00:00+00:00",
        "created_at": "2026-05-04T06:30:00+00:00",
        "location": {
            "id": await site.number("location", "Zwolle"),
            "name": "Zwolle",
            "city": "Zwolle",
            "country_code": "NL",
            "country_name": "Netherlands",
        },
        "department": {"id": await site.number("department", "Engineering"), "name": "Engineering"},
        "job_types": [{"id": await site.number("term", "Full-time"), "name": "Full-time"}],
        "education_levels": [{"id": await site.number("term", "Bachelor"), "name": "Bachelor"}],
        "tags": [
            {"id": main, "name": "Operations", "parent_id": None},
            {"id": await site.number("term", "Planning"), "name": "Planning", "parent_id": main},
        ],
        "company_location": None,
    }


async def test_a_vacancy_with_nothing(site: CareerSite) -> None:
    await site.vacancy("Planner", description="")
    vacancy = await site.only("?include_media=1&include_compensation=1&include_company_name=1")
    assert {name: value for name, value in vacancy.items() if not value} == {
        "summary": None,
        "ends_at": None,
        "location": None,
        "department": None,
        "job_types": [],
        "education_levels": [],
        "tags": [],
        "company_location": None,
        "header_image": None,
        "compensation": None,
    }


async def test_a_place_without_city(site: CareerSite) -> None:
    await site.vacancy("Planner", places=["SE"])
    location = (await site.only())["location"]
    del location["id"]
    assert location == {"name": "Sweden", "city": "", "country_code": "SE", "country_name": "Sweden"}


async def test_a_place_without_country(site: CareerSite) -> None:
    await site.vacancy("Planner", places=["SE"])
    async with site.world.services.database.writing() as conn:
        await conn.execute(
            "update location set country_code = null where workspace_id = %s", (site.world.workspace.id,)
        )
    location = (await site.only())["location"]
    assert (location["country_code"], location["country_name"]) == ("ZZ", "")


@pytest.mark.parametrize("value", ["1", "true", "on", "yes", "TRUE", "On"])
async def test_switched_on(site: CareerSite, value: str) -> None:
    await site.vacancy("Planner", company=await site.client_company("Secret Client"))
    vacancy = await site.only(f"?include_media={value}&include_compensation={value}&include_company_name={value}")
    assert {"header_image", "compensation"} <= set(vacancy)
    assert vacancy["company_location"]["company_name"] == "Secret Client"


@pytest.mark.parametrize("value", ["0", "false", "", "2", "yes%20"])
async def test_switched_off_is_absent(site: CareerSite, value: str) -> None:
    await site.vacancy("Planner", company=await site.client_company("Secret Client"))
    vacancy = await site.only(f"?include_media={value}&include_compensation={value}&include_company_name={value}")
    assert {"header_image", "compensation"} & set(vacancy) == set()
    assert "company_name" not in vacancy["company_location"]


@pytest.mark.parametrize(
    ("facts", "compensation"),
    [
        (
            {"salary_min": Decimal("3400.00"), "salary_max": Decimal("4300.50")},
            {"min": 3400, "max": 4300.5, "currency": "EUR", "period": "month"},
        ),
        ({"salary_max": Decimal(10)}, {"min": None, "max": 10, "currency": "EUR", "period": "month"}),
        ({}, None),
        ({"salary_min": Decimal(1), "salary_currency": None}, None),
        ({"salary_min": Decimal(1), "salary_period": None}, None),
    ],
)
async def test_compensation(site: CareerSite, facts: dict[str, Any], compensation: dict[str, Any] | None) -> None:
    currency_and_period: dict[str, Any] = {"salary_currency": "EUR", "salary_period": "month"}
    await site.vacancy("Planner", **(currency_and_period | facts))
    assert (await site.only("?include_compensation=1"))["compensation"] == compensation


@pytest.mark.parametrize(
    ("city", "country_code", "name"), [("Kampen", "NL", "Kampen"), (None, "NL", "Netherlands"), (None, None, "")]
)
async def test_a_clients_site_does_not_tell_who_the_client_is(
    site: CareerSite, city: str | None, country_code: str | None, name: str
) -> None:
    client = await site.client_company("Secret Client", city=city, country_code=country_code)
    await site.vacancy("Planner", company=client)
    answer = await site.get("/vacancies?include_media=1&include_compensation=1")
    assert "Secret" not in answer.text
    assert answer.json()["data"][0]["company_location"] == {
        "id": client.number,
        "city": city,
        "country_code": country_code,
        "name": name,
    }


async def test_an_employers_name_is_no_client(site: CareerSite) -> None:
    await site.vacancy("Planner", company=await site.world.company("Norrvik Optics"))
    assert (await site.only("?include_company_name=1"))["company_location"] is None


@pytest.mark.parametrize("status", [JobStatus.DRAFT, JobStatus.PAUSED, JobStatus.CLOSED, JobStatus.ARCHIVED])
async def test_only_open_jobs_are_listed(site: CareerSite, status: JobStatus) -> None:
    await site.world.job("Hidden", status=status)
    await site.vacancy("Shown")
    for query in ("", "?language=en", "?search=e"):
        page = await site.page(query)
        assert ([vacancy["title"] for vacancy in page["data"]], page["meta"]["total"]) == (["Shown"], 1)


async def test_a_job_comes_and_goes_with_its_status(site: CareerSite) -> None:
    job = await site.world.job("Planner")
    for status, total in ((JobStatus.PAUSED, 0), (JobStatus.OPEN, 1), (JobStatus.CLOSED, 0), (JobStatus.OPEN, 1)):
        await site.world.move(job.id, status)
        assert (await site.page())["meta"]["total"] == total


@pytest.mark.parametrize(
    "publication",
    [
        {"ends_at": datetime.now(UTC) - HOUR},
        {"published_at": datetime.now(UTC) + HOUR},
        {"published_at": datetime.now(UTC) + HOUR, "ends_at": datetime.now(UTC) - HOUR},
    ],
)
async def test_ended_and_future_publications_are_hidden(site: CareerSite, publication: dict[str, Any]) -> None:
    await site.vacancy("Hidden", publication=publication)
    await site.vacancy("Shown", publication={"ends_at": datetime.now(UTC) + HOUR})
    for query in ("", "?language=en", "?search=e", "?sort=title", "?sort=created_at"):
        page = await site.page(query)
        assert ([vacancy["title"] for vacancy in page["data"]], page["meta"]["total"]) == (["Shown"], 1)


async def test_another_workspaces_vacancies_stay_hidden(site: CareerSite, strange_site: CareerSite) -> None:
    tag = await site.term("tag", "Planning")
    await site.vacancy("Planner", places=["SE-lund"], department="Works", filed_under=[tag])
    location, department = await site.number("location", "Lund"), await site.number("department", "Works")
    foreign_tag = await site.number("term", "Planning")
    for query in (
        "",
        "?language=en",
        "?search=planner",
        f"?location_id={location}",
        f"?department_id={department}",
        f"?tags[]={foreign_tag}",
    ):
        assert (await strange_site.page(query))["meta"]["total"] == 0
        assert (await site.page(query))["meta"]["total"] == 1
