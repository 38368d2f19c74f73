"""How each documented answer of the team, the locations and the articles comes about."""

from collections.abc import Awaitable, Callable

import httpx

from rolecall.actions.articles import NewArticle, publish_article
from rolecall.actions.images import read_picture
from rolecall.actions.members import NewMember, create_member, set_avatar
from rolecall.actions.offices import NewOffice, create_office
from rolecall.domain.credentials import CredentialKind
from rolecall.domain.images import AVATAR, HEADER
from tests.contract.stage import Stage
from tests.pictures import drawn

ONE_A_MINUTE = {"recruitsome_requests_per_minute": 1}
SCOPES = ["team:read", "locations:read", "articles:read"]
Scenario = Callable[[Stage], Awaitable[httpx.Response]]


async def _key(stage: Stage, *scopes: str) -> dict[str, str]:
    return await stage.bearer(CredentialKind.RECRUITSOME, scopes=list(scopes))


async def _somebody(stage: Stage) -> int:
    """A member with everything; the number."""
    new = NewMember(
        email="iris@agency.example",
        first_name="Iris",
        last_name="Terpstra",
        job_title="Recruiter",
        phone="+31381234567",
    )
    picture = await read_picture(drawn(40, 40), name="iris.png", crops=AVATAR)
    async with stage.world.services.database.writing() as conn:
        ctx = stage.world.context(conn)
        member = await create_member(ctx, new)
        await set_avatar(ctx, stage.world.services.files, email=new.email, picture=picture)
    assert member.number is not None
    return member.number


async def _office(stage: Stage) -> None:
    new = NewOffice(
        name="Hub Zwolle",
        country_code="NL",
        city="Zwolle",
        address_line_1="Stationsweg 8",
        latitude=52.505,
        longitude=6.091,
    )
    async with stage.world.services.database.writing() as conn:
        await create_office(stage.world.context(conn), new)


async def _article(stage: Stage) -> None:
    await _somebody(stage)
    picture = await read_picture(drawn(160, 90), name="day.png", crops=HEADER)
    new = NewArticle(
        title="Open day in June",
        content="<p>Come and visit.</p>",
        type="event",
        tags=["Working here/Events"],
        author="iris@agency.example",
        picture=picture,
    )
    async with stage.world.services.database.writing() as conn:
        await publish_article(stage.world.context(conn), stage.world.services.files, new=new)


async def _good(stage: Stage, path: str) -> httpx.Response:
    return await stage.call("GET", path, headers=await _key(stage, *SCOPES))


async def team(stage: Stage) -> httpx.Response:
    await _somebody(stage)
    return await _good(stage, "/api/v1/team?include_phone=1&include_role=1")


async def team_member(stage: Stage) -> httpx.Response:
    return await _good(stage, f"/api/v1/team/{await _somebody(stage)}?include_phone=1")


async def locations(stage: Stage) -> httpx.Response:
    await _office(stage)
    return await _good(stage, "/api/v1/locations?include_coordinates=1&include_vacancy_count=1&language=nl")


async def location(stage: Stage) -> httpx.Response:
    await _office(stage)
    return await _good(stage, "/api/v1/locations/hub-zwolle-zwolle-nl?include_coordinates=1")


async def articles(stage: Stage) -> httpx.Response:
    await _article(stage)
    return await _good(stage, "/api/v1/articles?include_media=1")


async def article(stage: Stage) -> httpx.Response:
    await _article(stage)
    return await _good(stage, "/api/v1/articles/open-day-in-june")


def _refused(path: str) -> Scenario:
    return lambda stage: _good(stage, path)


def _without_key(path: str) -> Scenario:
    return lambda stage: stage.call("GET", path)


def _without_scope(path: str) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        return await stage.call("GET", path, headers=await _key(stage, "vacancies:read"))

    return scenario


def _limited(path: str) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        return await stage.call_limited("GET", path, settings=ONE_A_MINUTE, headers=await _key(stage, *SCOPES))

    return scenario


def _of(operation: str, path: str, *, good: Scenario, refused: str) -> dict[tuple[str, str], Scenario]:
    return {
        (operation, "200"): good,
        (operation, "401"): _without_key(path),
        (operation, "403"): _without_scope(path),
        (operation, "422"): _refused(refused),
        (operation, "429"): _limited(path),
    }


SCENARIOS = {
    **_of("listTeam", "/api/v1/team", good=team, refused="/api/v1/team?sort=none"),
    **_of("getTeamMember", "/api/v1/team/1", good=team_member, refused="/api/v1/team/iris"),
    ("getTeamMember", "404"): _refused("/api/v1/team/999999999"),
    **_of("listLocations", "/api/v1/locations", good=locations, refused="/api/v1/locations?sort=none"),
    **_of("getLocation", "/api/v1/locations/any", good=location, refused="/api/v1/locations/any?language=eng"),
    ("getLocation", "404"): _refused("/api/v1/locations/any"),
    **_of("listArticles", "/api/v1/articles", good=articles, refused="/api/v1/articles?sort=none"),
    **_of("getArticle", "/api/v1/articles/any", good=article, refused="/api/v1/articles/any?language=eng"),
    ("getArticle", "404"): _refused("/api/v1/articles/any"),
}
SHOWS_ANOTHER_FIELD = {
    ("getTeamMember", "422"),
    ("listLocations", "403"),
    ("getLocation", "403"),
    ("getLocation", "422"),
    ("listArticles", "403"),
    ("getArticle", "403"),
    ("getArticle", "422"),
}
