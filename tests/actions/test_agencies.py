"""Agencies, and clients that prefer them."""

from decimal import Decimal
from uuid import uuid4

import pytest

from rolecall.actions.agencies import NewAgency, create_agency, prefer_agency, stop_preferring_agency
from rolecall.domain.errors import (
    AgencyUnknown,
    ClientUnknown,
    DomainError,
    FieldInvalid,
    FieldMissing,
    NameTaken,
)
from rolecall.store import agencies
from tests.partnership import TERMS, Screen, build_partnership, words_of
from tests.world import World

CORVID = {"name": "Corvid Search", "email": "desk@corvid.example"}


async def test_an_agency_is_stored_once_per_workspace(acme: World, globex: World) -> None:
    async with acme.services.database.writing() as conn:
        new = NewAgency(**CORVID, website="https://corvid.example", specialties=["Firmware ", "Firmware"])
        made = await create_agency(acme.context(conn), new)
        assert made.specialties == ["Firmware"]
        assert await agencies.of_workspace(conn, acme.workspace.id) == [made]
        with pytest.raises(NameTaken):
            await create_agency(acme.context(conn), new)
        assert await agencies.of_workspace(conn, globex.workspace.id) == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": ""}, FieldMissing),
        ({"name": "a\x00"}, FieldInvalid),
        ({"email": "nobody"}, FieldInvalid),
        ({"email": "a b@c.example"}, FieldInvalid),
        ({"website": "javascript:alert(1)"}, FieldInvalid),
        ({"website": "https://"}, FieldInvalid),
        ({"specialties": [""]}, FieldMissing),
        ({"specialties": ["a"] * 41}, FieldInvalid),
    ],
)
async def test_what_is_no_agency(acme: World, changes: dict[str, object], error: type[DomainError]) -> None:
    async with acme.services.database.writing() as conn:
        with pytest.raises(error):
            await create_agency(acme.context(conn), NewAgency(**{**CORVID, **changes}))  # type: ignore[arg-type]


async def test_the_fee_agreed_with_a_preferred_agency_shows(acme: World) -> None:
    oakline = await build_partnership(acme)
    agency = await oakline.agency("Corvid Search")
    screen = Screen(acme, await oakline.link_token())
    await screen.submit("save", **TERMS)
    async with acme.services.database.writing() as conn:
        await prefer_agency(acme.context(conn), oakline.client.id, agency.id, fee_percent=Decimal("16.50"))
    assert "Corvid Search Preferred · 16.5 %" in words_of(await screen.open())
    async with acme.services.database.writing() as conn:
        await stop_preferring_agency(acme.context(conn), oakline.client.id, agency.id)
    assert "Preferred" not in words_of(await screen.open())


async def test_only_known_ones_are_preferred(acme: World, globex: World) -> None:
    oakline, stranger = await build_partnership(acme), await build_partnership(globex)
    agency, foreign = await oakline.agency("Corvid Search"), await stranger.agency("Corvid Search")
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        with pytest.raises(ClientUnknown):
            await prefer_agency(ctx, stranger.client.id, agency.id)
        for agency_id in (foreign.id, uuid4()):
            with pytest.raises(AgencyUnknown):
                await prefer_agency(ctx, oakline.client.id, agency_id)
        with pytest.raises(FieldInvalid):
            await prefer_agency(ctx, oakline.client.id, agency.id, fee_percent=Decimal(0))
