"""Two partner accounts of one workspace: neither sees, names or changes anything of the other's, on either path."""

from typing import Any

import pytest

from tests.surfaces.crosspath.conftest import MISSION, Intake
from tests.world import World

BASES = ("/partners/v1", "/partners/hunteron/v1")
NOT_OURS = {"error": "This mission does not exist or you don't have the permission to update it."}
NO_COMPANY = {"error": "This company does not exist or you don't have the permission to use it."}


async def two_accounts(world: World, base: str) -> tuple[Intake, Intake]:
    accounts = [await world.partner(name) for name in ("HunterOn", "Rival")]
    owner, rival = (Intake(world, key, base) for _, key in accounts)
    return owner, rival


async def holdings(intake: Intake) -> list[Any]:
    return [(await intake.call("GET", path)).json() for path in ("/companies", "/missions")]


@pytest.mark.parametrize("base", BASES)
async def test_an_account_finds_nothing_of_another(acme: World, base: str) -> None:
    owner, rival = await two_accounts(acme, base)
    mission = await owner.mission()
    assert await holdings(rival) == [{"companies": []}, {"missions": []}]
    for query in (f"?companyId={mission['companyId']}", "?status=private"):
        assert (await rival.call("GET", f"/missions{query}")).json() == {"missions": []}


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("changes", [{"title": "Ours"}, {"status": "Closed"}, {"companyId": "x"}, {}])
async def test_an_account_changes_nothing_of_another(acme: World, base: str, changes: dict[str, str]) -> None:
    owner, rival = await two_accounts(acme, base)
    mission = await owner.mission()
    before = await holdings(owner)
    answer = await rival.call("PATCH", f"/missions/{mission['id']}", json=changes)
    assert (answer.status_code, answer.json()) == (404, NOT_OURS)
    assert await holdings(owner) == before


@pytest.mark.parametrize("base", BASES)
async def test_an_account_cannot_push_under_the_company_of_another(acme: World, base: str) -> None:
    owner, rival = await two_accounts(acme, base)
    company = await owner.company()
    answer = await rival.call("POST", "/missions", json={**MISSION, "companyId": company})
    assert (answer.status_code, answer.json()) == (400, NO_COMPANY)
    assert (await owner.missions(), await rival.missions()) == ([], [])


@pytest.mark.parametrize("base", BASES)
async def test_two_accounts_may_use_the_same_ids_of_their_own(acme: World, base: str) -> None:
    owner, rival = await two_accounts(acme, base)
    companies = [await account.company(externalId="c-1") for account in (owner, rival)]
    missions = [await account.mission() for account in (owner, rival)]
    assert companies[0] != companies[1]
    assert missions[0]["id"] != missions[1]["id"]
    assert [found["id"] for found in await owner.missions()] == [missions[0]["id"]]
