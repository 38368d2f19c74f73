"""The page on which an agency answers an invitation."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from starlette.types import ASGIApp

from rolecall.actions import agencies as agencies_actions
from rolecall.domain.fees import CustomFee
from rolecall.domain.invitations import InvitationFacts
from rolecall.store import agencies, agency_fees, clients
from tests.agency_desk import open_desk
from tests.conftest import BASE_URL
from tests.inviting import INES, Inviting, address_in, build_inviting
from tests.partnership import words_of
from tests.world import World

FORM = {"agency": "Corvid Search", "first_name": "Ines", "last_name": "Tam", "email": "ines.tam@corvid.example"}

OURS = {"Origin": BASE_URL}


@pytest.fixture
async def inviting(acme: World, database_url: str) -> Inviting:
    return await build_inviting(acme, database_url)


async def address(inviting: Inviting, facts: InvitationFacts = INES) -> str:
    await inviting.invite(facts)
    return address_in((await inviting.send())[-1])


async def test_the_page_says_who_invites_and_knows_the_invited(inviting: Inviting) -> None:
    answer = await inviting.world.client.get(await address(inviting))
    assert answer.status_code == 200
    assert "Harbor invites you" in words_of(answer)
    assert 'value="Corvid Search"' in answer.text
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "same-origin")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_an_agency_accepts_is_preferred_at_the_fees_and_signed_in(inviting: Inviting, app: ASGIApp) -> None:
    fees = [CustomFee(percentage=Decimal("18.5"), note="<retained>"), CustomFee(percentage=Decimal(20))]
    url = await address(inviting, replace(INES, optimized_fee=False, custom_fees=fees))
    assert "18.5 % of the first year's pay: <retained>" in words_of(await inviting.world.client.get(url))
    desk = open_desk(inviting.world, app)
    answer = await desk.client.post(url, headers=OURS, data=FORM | {"answer": "accept"})
    assert answer.headers["location"] == f"{desk.home}/account?done=accepted"
    account = words_of(await desk.client.get(answer.headers["location"]))
    assert "Your agency is in." in account
    assert "ines.tam@corvid.example · Team manager" in account
    async with inviting.world.services.database.reading() as conn:
        workspace_id = inviting.world.workspace.id
        (agency,) = await agencies.of_workspace(conn, workspace_id)
        (recruiter,) = await agencies.recruiters(conn, workspace_id, agency.id)
        (client,) = await clients.of_workspace(conn, workspace_id)
        assert await agency_fees.agreed(conn, workspace_id, client.id, agency.id) == fees
    assert (recruiter.first_name, recruiter.email) == ("Ines", "ines.tam@corvid.example")
    for again in (await inviting.world.client.get(url), await inviting.world.client.post(url, headers=OURS, data=FORM)):
        assert again.status_code == 410
        assert "has been answered" in words_of(again)


async def test_an_agency_declines(inviting: Inviting) -> None:
    url = await address(inviting)
    answer = await inviting.world.client.post(url, headers=OURS, data={"answer": "decline"})
    assert "You have declined" in words_of(answer)
    async with inviting.world.services.database.reading() as conn:
        assert await agencies.of_workspace(conn, inviting.world.workspace.id) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"agency": " "}, "Fill this in."),
        ({"agency": "Nordlys"}, "Another agency has this name here."),
        ({"first_name": ""}, "Fill this in."),
        ({"last_name": "x" * 201}, "At most 200 characters, this has 201."),
        ({"email": "ines"}, "An e-mail address."),
        ({"agency": "a\x00b"}, "It holds characters that are no text."),
    ],
)
async def test_a_form_with_a_mistake_keeps_the_rest_and_stores_nothing(
    inviting: Inviting, changes: dict[str, str], said: str
) -> None:
    async with inviting.world.services.database.writing() as conn:
        from_before = agencies_actions.NewAgency(name="Nordlys", email="desk@nordlys.example")
        await agencies_actions.create_agency(inviting.world.context(conn), from_before)
    url = await address(inviting)
    answer = await inviting.world.client.post(url, headers=OURS, data=FORM | changes)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert answer.text.count('aria-invalid="true"') == 1
    assert sum(f'value="{value}"' in answer.text for value in FORM.values()) >= 3
    async with inviting.world.services.database.reading() as conn:
        assert len(await agencies.of_workspace(conn, inviting.world.workspace.id)) == 1
    assert (await inviting.world.client.post(url, headers=OURS, data=FORM)).status_code == 303


async def test_another_site_cannot_answer(inviting: Inviting) -> None:
    url = await address(inviting)
    for headers in ({}, {"Origin": "https://evil.example"}):
        assert (await inviting.world.client.post(url, headers=headers, data=FORM)).status_code == 403
    assert (await inviting.world.client.get(url)).status_code == 200


async def test_an_address_works_for_one_agency(inviting: Inviting) -> None:
    async with inviting.world.services.database.writing() as conn:
        ctx = inviting.world.context(conn)
        other = await agencies_actions.create_agency(
            ctx, agencies_actions.NewAgency(name="Nordlys", email="d@n.example")
        )
        tam = agencies_actions.NewRecruiter(first_name="I", last_name="T", email="Ines.Tam@corvid.example")
        await agencies_actions.add_recruiter(ctx, other.id, tam)
    answer = await inviting.world.client.post(await address(inviting), headers=OURS, data=FORM)
    assert answer.status_code == 422
    assert "This address works for another agency here." in words_of(answer)


async def test_an_address_that_is_not_ours(inviting: Inviting) -> None:
    url = await address(inviting)
    for bad in (url[:-3], f"{url}x", "/agency/invitations/x"):
        assert (await inviting.world.client.get(bad)).status_code == 404


async def test_an_invitation_ends_after_thirty_days(inviting: Inviting) -> None:
    services, invitation = inviting.services, await inviting.invite()
    past = services.clock() - timedelta(seconds=1)
    async with inviting.world.services.database.writing() as conn:
        query = "update agency_invitation set expires_at = %s where workspace_id = %s and id = %s"
        url = address_in((await inviting.send())[-1])
        await conn.execute(query, (past, invitation.workspace_id, invitation.id))
    for answer in (
        await inviting.world.client.get(url),
        await inviting.world.client.post(url, headers=OURS, data=FORM),
    ):
        assert answer.status_code == 410
        assert "has expired" in words_of(answer)


@pytest.mark.parametrize(("body", "status"), [(b"a=%FF", 400), (b"a" * 100_001, 413)])
async def test_a_form_that_cannot_be_read(inviting: Inviting, body: bytes, status: int) -> None:
    headers = OURS | {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await inviting.world.client.post(await address(inviting), content=body, headers=headers)
    assert answer.status_code == status
