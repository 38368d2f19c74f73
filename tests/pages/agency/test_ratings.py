"""What candidates think of an agency: told in means of full groups, to the agency, its clients, and on the wire."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from rolecall.actions import agency_team
from rolecall.domain.ratings import Rating
from rolecall.domain.recruiters import Role
from rolecall.store import agencies, ratings
from tests.agency_desk import Desk, enter, words
from tests.contract.stage import Stage
from tests.marketplace import ADA, Marketplace
from tests.world import World


async def rate(market: Marketplace, given: Sequence[int | None]) -> None:
    """Let as many people confirm with Northwind and give these ratings, in this order."""
    for number, rating in enumerate(given):
        person = replace(ADA, email=f"p{number}@example.org", phone=None)
        await market.confirm(await market.submit(market.northwind, person), person, rating=rating)


async def rated(market: Marketplace) -> Rating | None:
    async with market.partnership.world.services.database.reading() as conn:
        return await ratings.of_agency(conn, market.northwind.workspace_id, market.northwind.id)


@pytest.mark.parametrize(
    ("given", "mean", "people"),
    [
        ([5, 5, 5, 5], None, 0),
        ([5, 5, 5, 5, None, None], None, 0),
        ([5, 4, 4, None, 5, 4], "4.40", 5),
        ([5, 4, 4, 5, 4, 1, 1, 1, 1], "4.40", 5),  # nobody's own can be told from it
        ([5, 4, 4, 5, 4, 1, 1, 1, 1, 2], "2.80", 10),
    ],
)
async def test_a_mean_is_made_of_full_groups(
    market: Marketplace, given: Sequence[int | None], mean: str | None, people: int
) -> None:
    await rate(market, given)
    assert await rated(market) == (None if mean is None else Rating(mean=Decimal(mean), people=people))


async def test_the_agency_reads_it_on_its_team_page(
    acme: World, market: Marketplace, browser: Callable[[], Desk]
) -> None:
    nora = market.recruiters["Northwind Search"]
    async with acme.services.database.writing() as conn:
        await agency_team.change_role(acme.context(conn), market.northwind.id, nora.id, Role.TEAM_MANAGER)
    desk = await enter(browser(), nora)
    assert "You and your clients see the mean from 5 ratings on." in words(await desk.get("/team"))
    await rate(market, [5, 4, 4, 5, 4])
    assert "Candidates rate you 4.4 of 5 : 5 of them" in words(await desk.get("/team"))


async def test_clients_read_it_where_they_choose_agencies(market: Marketplace) -> None:
    await rate(market, [5, 4, 4, 5, 4])
    client_id, workspace_id = market.partnership.client.id, market.northwind.workspace_id
    job = await market.partnership.world.job("Driver Developer")
    posting = await market.offer(job)
    async with market.acting() as ctx:
        listed = await agencies.receiving(ctx.conn, workspace_id, client_id, posting.id)
    assert [(one.name, one.rating and one.rating.mean) for one in listed] == [
        ("Northwind Search", Decimal("4.40")),
        ("Southgate Talent", None),
    ]


async def test_of_equal_agencies_the_better_rated_is_offered_first(market: Marketplace) -> None:
    eastern = await market.partnership.agency("Aa Eastern")
    async with market.acting() as ctx:
        await agencies.stop_preferring(ctx.conn, ctx.workspace_id, market.partnership.client.id, market.northwind.id)
    await rate(market, [5, 4, 4, 5, 4])
    async with market.acting() as ctx:
        found = await agencies.to_choose_from(
            ctx.conn,
            ctx.workspace_id,
            market.partnership.client.id,
            posting_id=ctx.workspace_id,
            words=[],
            about=" ",
            limit=10,
        )
    assert [one.name for one in found] == ["Northwind Search", eastern.name, "Southgate Talent"]


async def test_the_organization_api_tells_it_with_two_decimals(market: Marketplace) -> None:
    stage = Stage(market.partnership.world)
    headers = await stage.organization_token(await stage.embedding())
    path = f"/v1/agencies/{market.northwind.id}"
    assert "aggregateRating" not in (await stage.call("GET", path, headers=headers)).json()
    await rate(market, [5, 4, 4, 5, 4])
    assert (await stage.call("GET", path, headers=headers)).json()["aggregateRating"] == "4.40"
