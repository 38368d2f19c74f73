"""Agencies, and clients that prefer them."""

from decimal import Decimal
from uuid import uuid4

import pytest

from rolecall.actions.agencies import (
    NewAgency,
    create_agency,
    prefer_agency,
    set_agency_fees,
    stop_preferring_agency,
)
from rolecall.domain.errors import (
    AgencyNotPreferred,
    AgencyUnknown,
    ClientUnknown,
    DomainError,
    FieldInvalid,
    FieldMissing,
    NameTaken,
)
from rolecall.domain.fees import CustomFee
from rolecall.store import agencies, agency_fees, events
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


async def test_the_fees_agreed_with_a_preferred_agency_show(acme: World) -> None:
    oakline = await build_partnership(acme)
    agency = await oakline.agency("Corvid Search")
    screen = Screen(acme, await oakline.link_token())
    await screen.submit("save", **TERMS)
    async with acme.services.database.writing() as conn:
        fees = [CustomFee(percentage=Decimal("16.50")), CustomFee(percentage=Decimal(20), note="executives")]
        await prefer_agency(acme.context(conn), oakline.client.id, agency.id, fees=fees)
    assert "Corvid Search Preferred 16.5 % · 20 % executives" in words_of(await screen.open())
    async with acme.services.database.writing() as conn:
        await stop_preferring_agency(acme.context(conn), oakline.client.id, agency.id)
    assert "Preferred" not in words_of(await screen.open())


async def test_what_was_so_before_is_no_event(acme: World) -> None:
    oakline = await build_partnership(acme)
    agency = await oakline.agency("Corvid Search")
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        for _ in range(2):
            await prefer_agency(ctx, oakline.client.id, agency.id)
        for _ in range(2):
            await stop_preferring_agency(ctx, oakline.client.id, agency.id)
        found = await events.of_record(conn, acme.workspace.id, oakline.client.id)
    told = [event.type for event in found if "preferred" in event.type]
    assert told == ["client.agency_preferred", "client.agency_not_preferred"]


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
            await prefer_agency(ctx, oakline.client.id, agency.id, fees=[CustomFee(percentage=Decimal(0))])


async def test_fees_change_as_a_whole_and_go_with_the_preference(acme: World) -> None:
    oakline = await build_partnership(acme)
    agency, workspace_id = await oakline.agency("Corvid Search"), acme.workspace.id
    retained, usual = CustomFee(percentage=Decimal(25), note="retained"), CustomFee(percentage=Decimal("17.5"))
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        with pytest.raises(AgencyNotPreferred):
            await set_agency_fees(ctx, oakline.client.id, agency.id, [usual])
        await prefer_agency(ctx, oakline.client.id, agency.id, fees=[usual])
        await prefer_agency(ctx, oakline.client.id, agency.id)
        assert await agency_fees.agreed(conn, workspace_id, oakline.client.id, agency.id) == [usual]
        for _ in range(2):
            await set_agency_fees(ctx, oakline.client.id, agency.id, [retained, usual])
        assert await agency_fees.agreed(conn, workspace_id, oakline.client.id, agency.id) == [retained, usual]
        happened = [str(event.type) for event in await events.of_record(conn, workspace_id, oakline.client.id)]
        assert happened.count("client.agency_fees_changed") == 2
        await stop_preferring_agency(ctx, oakline.client.id, agency.id)
        assert await agency_fees.agreed(conn, workspace_id, oakline.client.id, agency.id) == []
