"""One vacancy in full, by its slug."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rolecall.actions.filing import translate_name
from rolecall.actions.images import create_image, read_picture
from rolecall.actions.jobs import JobChanges, change_job, hold_job
from rolecall.actions.members import NewMember, create_member
from rolecall.actions.publishing import NewPublication, publish_in_language, show_header_image
from rolecall.domain.images import HEADER
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store import publications
from tests.pictures import drawn
from tests.surfaces.recruitsome.conftest import CareerSite

HOUR = timedelta(hours=1)


async def vacancy(site: CareerSite, slug: str, query: str = "") -> dict[str, Any]:
    answer = await site.get(f"/vacancies/{slug}{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def translated(site: CareerSite, job: Job, **facts: Any) -> str:
    async with site.world.services.database.writing() as conn:
        ctx = site.world.context(conn)
        known: dict[str, Any] = {"language": "nl", "title": "Ingenieur", "description": "<p>Het werk.</p>"}
        new = NewPublication(**(known | facts))
        return (await publish_in_language(ctx, await hold_job(ctx, job.id), new)).slug


async def test_a_vacancy_has_the_contracts_keys(site: CareerSite) -> None:
    job_type = await site.term("job_type", "Full-time")
    stored = await site.vacancy("Planner", places=["SE-lund"], department="Works", filed_under=[job_type])
    found = await vacancy(site, stored.slug)
    assert {key: found.pop(key) for key in ("published_at", "created_at", "updated_at")}.keys()
    assert found == {
        "id": stored.number,
        "slug": stored.slug,
        "title": "Planner",
        "summary": "<p>Own the firmware.</p>",
        "language": "en",
        "ends_at": None,
        "location": {
            "id": await site.number("location", "Lund"),
            "name": "Lund",
            "city": "Lund",
            "country_code": "SE",
            "country_name": "Sweden",
        },
        "department": {"id": await site.number("department", "Works"), "name": "Works"},
        "job_types": [{"id": await site.number("term", "Full-time"), "name": "Full-time"}],
        "education_levels": [],
        "tags": [],
        "company_location": None,
        "header_image": None,
        "views_count": 1,
        "description": "<p>Own the firmware.</p>",
        "header_images": None,
        "contact": None,
    }


async def test_what_is_switched_off_is_absent(site: CareerSite) -> None:
    company = await site.client_company("Norrvik")
    stored = await site.vacancy("Planner", company=company)
    found = await vacancy(site, stored.slug, "?include_media=false")
    assert found.keys().isdisjoint({"header_image", "header_images", "compensation"})
    assert "company_name" not in found["company_location"]
    found = await vacancy(site, stored.slug, "?include_compensation=1&include_company_name=1")
    assert (found["compensation"], found["company_location"]["company_name"]) == (None, "Norrvik")


async def test_every_detail_request_is_counted_and_no_other(site: CareerSite) -> None:
    stored = await site.vacancy("Planner")
    await site.page()
    assert [(await vacancy(site, stored.slug))["views_count"] for _ in range(3)] == [1, 2, 3]
    assert (await site.get(f"/vacancies/{stored.slug}?language=eng")).status_code == 422
    assert (await site.get("/vacancies/unknown")).status_code == 404
    assert (await vacancy(site, stored.slug))["views_count"] == 4


async def test_requests_at_once_are_all_counted_and_told_apart(site: CareerSite) -> None:
    first, second = await site.vacancy("Planner"), await site.vacancy("Clerk")
    wanted = [first.slug] * 20 + [second.slug] * 10
    found = await asyncio.gather(*(vacancy(site, slug) for slug in wanted))
    told = [one["views_count"] for one in found]
    assert (sorted(told[:20]), sorted(told[20:])) == (list(range(1, 21)), list(range(1, 11)))


@pytest.mark.parametrize(
    "publication",
    [{"ends_at": datetime.now(UTC) - HOUR}, {"published_at": datetime.now(UTC) + HOUR}, {"channel": "internal"}],
)
async def test_what_is_not_listed_is_not_found(site: CareerSite, publication: dict[str, Any]) -> None:
    stored = await site.vacancy("Planner", publication=publication)
    answer = await site.get(f"/vacancies/{stored.slug}")
    assert (answer.status_code, answer.json()) == (404, {"message": "Resource not found."})


@pytest.mark.parametrize("slug", ["none", "%00", "Planner", "%ED%A0%80", "a" * 5_000])
async def test_what_is_no_slug_is_not_found(site: CareerSite, slug: str) -> None:
    answer = await site.get(f"/vacancies/{slug}")
    assert (answer.status_code, answer.json()) == (404, {"message": "Resource not found."})


async def test_a_paused_job_and_another_workspaces_are_not_found(site: CareerSite, strange_site: CareerSite) -> None:
    stored = await site.vacancy("Planner")
    assert (await strange_site.get(f"/vacancies/{stored.slug}")).status_code == 404
    await site.world.move(stored.job_id, JobStatus.PAUSED)
    assert (await site.get(f"/vacancies/{stored.slug}")).status_code == 404


async def test_an_old_slug_goes_on_answering(site: CareerSite) -> None:
    job = await site.world.job("Planner")
    slugs: list[str] = []
    for title in ("Planner", "Clerk", "Writer"):
        async with site.world.services.database.writing() as conn:
            ctx = site.world.context(conn)
            await change_job(ctx, await hold_job(ctx, job.id), JobChanges(title=title))
            ((publication,)) = await publications.of_job(conn, job.workspace_id, job.id)
        slugs.append(publication.slug)
    assert [slug[:-5] for slug in slugs] == ["planner", "clerk", "writer"]
    for slug in slugs:
        found = await vacancy(site, slug)
        assert (found["slug"], found["title"]) == (slugs[-1], "Writer")
    page = await site.world.client.get(f"/jobs/{(job.public_path or '').split('/')[0]}/{slugs[0]}")
    assert "Writer" in page.text


async def test_a_job_in_two_languages_is_two_vacancies(site: CareerSite) -> None:
    job = await site.world.job("Engineer")
    slug = await translated(site, job)
    assert sorted(await site.titles()) == ["Engineer", "Ingenieur"]
    assert await site.titles("?language=nl&search=werk") == ["Ingenieur"]
    found = await vacancy(site, slug)
    assert (found["language"], found["description"], found["summary"]) == (
        "nl",
        "<p>Het werk.</p>",
        "<p>Het werk.</p>",
    )
    assert await translated(site, job, title="Bouwer") != slug
    assert (await vacancy(site, slug))["title"] == "Bouwer"
    async with site.world.services.database.writing() as conn:
        ctx = site.world.context(conn)
        await change_job(ctx, await hold_job(ctx, job.id), JobChanges(title="Builder"))
    assert sorted(await site.titles()) == ["Bouwer", "Builder"]


async def test_a_translation_is_shown_from_its_beginning_to_its_end(site: CareerSite) -> None:
    job = await site.world.job("Engineer")
    now = datetime.now(UTC)
    await translated(site, job, starts_at=now + HOUR)
    assert await site.titles() == ["Engineer"]
    await translated(site, job, starts_at=now - HOUR, ends_at=now + HOUR)
    assert (await site.page("?language=nl"))["meta"]["total"] == 1


async def test_names_are_in_the_language_that_is_asked_for(site: CareerSite) -> None:
    job_type = await site.term("job_type", "Full-time")
    stored = await site.vacancy("Planner", places=["SE-lund"], department="Works", filed_under=[job_type])
    async with site.world.services.database.writing() as conn:
        ctx = site.world.context(conn)
        await translate_name(ctx, kind="job_type", name="Full-time", language="nl", translation="Voltijd")
        await translate_name(ctx, kind="department", name="Works", language="nl", translation="Fabriek")
    for query, names in (
        ("?language=nl", ["Voltijd", "Fabriek", "Zweden"]),
        ("?language=xx", ["Full-time", "Works", "Sweden"]),
        ("", ["Full-time", "Works", "Sweden"]),
    ):
        found = await vacancy(site, stored.slug, query)
        shown = [found["job_types"][0]["name"], found["department"]["name"], found["location"]["country_name"]]
        assert shown == names


async def test_the_first_recruiter_is_the_contact(site: CareerSite) -> None:
    async with site.world.services.database.writing() as conn:
        ctx = site.world.context(conn)
        member = await create_member(ctx, NewMember(email="iris@agency.example", first_name="Iris", last_name="Terp"))
    stored = await site.vacancy("Planner", recruiter_ids=[member.id])
    assert (await vacancy(site, stored.slug))["contact"] == {
        "id": member.number,
        "given_name": "Iris",
        "family_name": "Terp",
        "full_name": "Iris Terp",
        "job_title": None,
        "email": "iris@agency.example",
        "avatar": {"small": None, "medium": None, "large": None},
    }


async def test_a_header_image_is_shown_in_all_crops(site: CareerSite) -> None:
    stored = await site.vacancy("Planner")
    picture = await read_picture(drawn(1600, 900), name="team.png", crops=HEADER)
    async with site.world.services.database.writing() as conn:
        ctx = site.world.context(conn)
        image_id = await create_image(ctx, site.world.services.files, picture=picture)
        await show_header_image(ctx, await hold_job(ctx, stored.job_id), image_id)
    found = await vacancy(site, stored.slug)
    assert sorted(found["header_images"]) == ["default", "square", "wide"]
    assert found["header_image"] == found["header_images"]["default"]
    address = found["header_image"]["large"]
    assert (await site.world.client.get(address)).headers["content-type"] == "image/webp"
    assert (await site.only("?include_media=1"))["header_image"] == found["header_image"]
    assert "header_image" not in await site.only()
