"""The team: who is in it, search, filters, sorting and what may be switched on."""

from typing import Any
from uuid import UUID

import pytest

from rolecall.actions.images import read_picture
from rolecall.actions.members import NewMember, create_member, disable_member, set_avatar
from rolecall.actions.partners import create_embed_connector, create_partner
from rolecall.domain.images import AVATAR
from rolecall.store.members import Member
from tests.pictures import drawn, opened
from tests.surfaces.recruitsome.conftest import CareerSite, career_site
from tests.world import World

NO_AVATAR = {"small": None, "medium": None, "large": None}


async def member(world: World, first: str = "Iris", last: str = "Terpstra", **facts: Any) -> Member:
    email = facts.pop("email", f"{first}.{last}@agency.example".lower().replace(" ", "."))
    async with world.services.database.writing() as conn:
        return await create_member(
            world.context(conn), NewMember(email=email, first_name=first, last_name=last, **facts)
        )


async def with_avatar(world: World, email: str) -> Member:
    picture = await read_picture(drawn(900, 700), name="me.png", crops=AVATAR)
    async with world.services.database.writing() as conn:
        return await set_avatar(world.context(conn), world.services.files, email=email, picture=picture)


async def team(site: CareerSite, query: str = "") -> list[dict[str, Any]]:
    answer = await site.get(f"/team{query}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["meta"]["total"] >= len(answer.json()["data"])
    return answer.json()["data"]


async def names(site: CareerSite, query: str = "") -> list[str]:
    return [found["given_name"] for found in await team(site, query)]


async def test_the_contracts_example(site: CareerSite) -> None:
    iris = await member(site.world, job_title="Recruiter", email="iris@agency.example")
    expected = {
        "id": iris.number,
        "given_name": "Iris",
        "family_name": "Terpstra",
        "full_name": "Iris Terpstra",
        "job_title": "Recruiter",
        "email": "iris@agency.example",
        "avatar": NO_AVATAR,
    }
    answer = await site.get("/team")
    base = "http://rolecall.test/api/v1/team"
    assert answer.json() == {
        "data": [expected],
        "links": {"first": f"{base}?page=1", "last": f"{base}?page=1", "prev": None, "next": None},
        "meta": {
            "current_page": 1,
            "from": 1,
            "last_page": 1,
            "path": base,
            "per_page": 20,
            "to": 1,
            "total": 1,
        },
    }
    assert (await site.get(f"/team/{iris.number}")).json() == {"data": expected}


async def test_only_employees_who_have_not_left_are_in_the_team(site: CareerSite) -> None:
    await member(site.world)
    gone = await member(site.world, "Bram")
    portal = await member(site.world, "Client", kind="portal")
    async with site.world.services.database.writing() as conn:
        await disable_member(site.world.context(conn), gone.email)
    assert await names(site) == ["Iris"]
    for hidden in (gone, portal):
        answer = await site.get(f"/team/{hidden.number}")
        assert (answer.status_code, answer.json()) == (404, {"message": "Resource not found."})


async def test_people_of_a_linked_system_are_not_in_the_team(site: CareerSite) -> None:
    iris = await member(site.world)
    connector = await _linked(site.world)
    async with site.world.services.database.writing() as conn:
        query = "update member set connector_id = %s where workspace_id = %s and id = %s"
        await conn.execute(query, [connector, iris.workspace_id, iris.id])
    assert await team(site) == []
    assert (await site.get(f"/team/{iris.number}")).status_code == 404


async def _linked(world: World) -> UUID:
    async with world.services.database.writing() as conn:
        partner = await create_partner(world.context(conn), "Oakline")
        return (await create_embed_connector(world.context(conn), partner.id, name="Oakline")).id


async def test_a_stranger_sees_nobody(site: CareerSite, strange_site: CareerSite) -> None:
    iris = await member(site.world)
    assert await team(strange_site) == []
    assert (await strange_site.get(f"/team/{iris.number}")).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?search=terp", ["Iris", "Zoë"]),
        ("?search=iris+TERPSTRA", ["Iris"]),
        ("?search=ZOE%CC%88", ["Zoë"]),
        ("?search=agency.example", ["Bram", "Iris", "Zoë"]),
        ("?search=recruiter", ["Bram", "Iris"]),
        ("?search=recruiter+iris", ["Iris"]),
        ("?search=%25", []),
        ("?search=_ris", []),
        ("?search=", ["Bram", "Iris", "Zoë"]),
        ("?job_title=recruit", ["Bram", "Iris"]),
        ("?job_title=or+Recr", ["Bram"]),
        ("?job_title=terpstra", []),
        ("?role=hr_manager", ["Zoë"]),
        ("?role=HR_Manager", ["Zoë"]),
        ("?role=nobody", []),
        ("?role=recruiter&search=bram", ["Bram"]),
    ],
)
async def test_search_and_filters(site: CareerSite, query: str, found: list[str]) -> None:
    await member(site.world, job_title="Recruiter")
    await member(site.world, "Bram", "Visser", job_title="Senior recruiter")
    await member(site.world, "Zoë", "Terpstra-Blok", job_title=None, role="hr_manager")
    assert await names(site, query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["ada", "Bram", "Iris"]),
        ("?sort_direction=desc", ["Iris", "Bram", "ada"]),
        ("?sort=family_name", ["Bram", "Iris", "ada"]),
        ("?sort=job_title", ["Bram", "ada", "Iris"]),
        ("?sort=job_title&sort_direction=desc", ["Iris", "ada", "Bram"]),
        ("?per_page=1&page=2", ["Bram"]),
        ("?per_page=1&page=9", []),
    ],
)
async def test_sorting_ignores_case(site: CareerSite, query: str, found: list[str]) -> None:
    await member(site.world, "Iris", "Terpstra", job_title="recruiter")
    await member(site.world, "ada", "van Dijk", job_title="Planner")
    await member(site.world, "Bram", "Terp", job_title=None)
    assert await names(site, query) == found


async def test_an_avatar_has_three_sizes_and_can_be_asked_for(site: CareerSite) -> None:
    iris = await member(site.world)
    await member(site.world, "Bram")
    first = await with_avatar(site.world, iris.email)
    second = await with_avatar(site.world, iris.email)
    assert first.avatar_image_id != second.avatar_image_id
    (shown,) = await team(site, "?has_avatar=1")
    base = f"http://rolecall.test/media/{site.world.workspace.id}/{second.avatar_image_id}/default"
    assert shown["avatar"] == {size: f"{base}-{size}.webp" for size in ("small", "medium", "large")}
    answer = await site.world.client.get(shown["avatar"]["large"])
    assert opened(answer.content).size == (640, 640)
    assert await names(site, "?has_avatar=false") == ["Bram", "Iris"]
    old = await site.world.client.get(f"/media/{site.world.workspace.id}/{first.avatar_image_id}/default-small.webp")
    assert old.status_code == 404


async def test_phone_and_role_are_switched_on(site: CareerSite) -> None:
    iris = await member(site.world, phone="+31 (38) 123 4567", role="hr_manager")
    await member(site.world, "Bram", role="owner", role_label="Founder")
    shown = await team(site, "?include_phone=yes&include_role=1")
    assert [(found["phone"], found["role"]) for found in shown] == [(None, "Founder"), ("+31381234567", "HR manager")]
    one = (await site.get(f"/team/{iris.number}?include_role=true")).json()["data"]
    assert (one["role"], "phone" in one) == ("HR manager", False)


@pytest.mark.parametrize(
    ("path", "problems"),
    [
        ("/team?per_page=101", {"per_page": ["The per page must not be greater than 100."]}),
        ("/team?page=0", {"page": ["The page must be at least 1."]}),
        ("/team?sort=email", {"sort": ["The selected sort is invalid."]}),
        ("/team?sort_direction=up", {"sort_direction": ["The selected sort direction is invalid."]}),
        ("/team?search[]=a", {"search": ["The search must be a string."]}),
        (f"/team?job_title={'x' * 256}", {"job_title": ["The job title must not be greater than 255 characters."]}),
        ("/team?role=%00", {"role": ["The role format is invalid."]}),
        ("/team/iris", {"id": ["The id must be an integer."]}),
        ("/team/0", {"id": ["The id must be at least 1."]}),
        ("/team/99999999999999999999", {"id": ["The id must be an integer."]}),
    ],
)
async def test_what_is_wrong_is_named(site: CareerSite, path: str, problems: dict[str, list[str]]) -> None:
    answer = await site.get(path)
    assert (answer.status_code, answer.json()) == (422, {"message": "The given data was invalid.", "errors": problems})


@pytest.mark.parametrize("path", ["/team", "/team/1", "/team/iris"])
async def test_the_scope_is_checked_first(acme: World, path: str) -> None:
    site = await career_site(acme, scopes=["vacancies:read"])
    answer = await site.get(path)
    assert (answer.status_code, answer.json()["required_scope"]) == (403, "team:read")
