"""A client's organization and people, and which right each change of a client's own asks for."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from rolecall.actions import cost_centers, preferred_agencies, teammates
from rolecall.actions.clients import user_of
from rolecall.actions.context import Context
from rolecall.actions.ids import new_id
from rolecall.actions.teammates import add_teammate, change_organization, change_teammate, set_rights
from rolecall.domain.clients import ClientUser, Organization, Permission, Person
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.errors import (
    ClientUserUnknown,
    DomainError,
    FieldInvalid,
    FieldMissing,
    NameTaken,
    NobodyManages,
    PermissionMissing,
)
from rolecall.domain.invitations import InvitationFacts
from rolecall.store import clients
from rolecall.store.db import Connection
from tests.partnership import build_partnership
from tests.world import World

HARBOR = Organization(name=" Harbor Freight Lines", website="https://harbor.example", address="Kaia 4\nOslo", about=" ")
ADA = Person(first_name="Ada", last_name="Tveit", email="Ada@Harbor.Example")


async def stored(conn: Connection, user: ClientUser) -> ClientUser:
    found = await clients.get_user(conn, user.workspace_id, user.id)
    assert found is not None
    return found


async def test_an_organization_says_who_it_is(acme: World) -> None:
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        await change_organization(ctx, await user_of(ctx, oakline.client, "u-1"), HARBOR)
        client = await clients.get(conn, acme.workspace.id, oakline.client.id)
        assert client is not None
        assert (client.name, client.website) == ("Harbor Freight Lines", "https://harbor.example")
        assert (client.address, client.about) == ("Kaia 4\nOslo", None)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (replace(HARBOR, name=" "), FieldMissing),
        (replace(HARBOR, website="javascript:alert(1)"), FieldInvalid),
        (replace(HARBOR, website="https://"), FieldInvalid),
        (replace(HARBOR, website="https://[::1"), FieldInvalid),
        (replace(HARBOR, address="a" * 501), FieldInvalid),
        (replace(HARBOR, about="a\x00"), FieldInvalid),
    ],
)
async def test_what_no_organization_says(acme: World, facts: Organization, error: type[DomainError]) -> None:
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        with pytest.raises(error):
            await change_organization(ctx, await user_of(ctx, oakline.client, "u-1"), facts)


async def test_a_person_is_added_before_they_come(acme: World) -> None:
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        first = await user_of(ctx, oakline.client, "u-1")
        added = await add_teammate(ctx, first, "u-2", person=ADA, permissions=["finance_manager", "finance_manager"])
        assert (added.permissions, added.email, added.called) == (
            ["standard", "finance_manager"],
            "Ada@harbor.example",
            "Ada Tveit",
        )
        assert await user_of(ctx, oakline.client, "u-2") == added
        with pytest.raises(NameTaken):
            await add_teammate(ctx, first, "u-2", person=ADA, permissions=[])
        for external_id, person, rights in [("", ADA, []), ("u-3", Person(email="x"), []), ("u-3", ADA, ["owner"])]:
            with pytest.raises((FieldInvalid, FieldMissing)):
                await add_teammate(ctx, first, external_id, person=person, permissions=rights)


async def test_somebody_stays_who_manages(acme: World) -> None:
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        first, second = [await user_of(ctx, oakline.client, name) for name in ("u-1", "u-2")]
        with pytest.raises(NobodyManages):
            await set_rights(ctx, first, first.id, ["posting_creator"])
        with pytest.raises(NobodyManages):
            await teammates.set_teammate_active(ctx, first, first.id, active=False)
        await set_rights(ctx, first, second.id, ["team_manager"])
        await set_rights(ctx, await stored(conn, second), first.id, ["posting_creator"])
        assert (await stored(conn, first)).permissions == ["standard", "posting_creator"]
        with pytest.raises(NobodyManages):
            await teammates.set_teammate_active(ctx, await stored(conn, second), second.id, active=False)
        for active in (False, True):
            await teammates.set_teammate_active(ctx, await stored(conn, second), first.id, active=active)
            assert ((await stored(conn, first)).disabled_at is None) == active


async def test_people_of_another_client_are_unknown(acme: World, globex: World) -> None:
    oakline, stranger = await build_partnership(acme), await build_partnership(globex)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        user = await user_of(ctx, oakline.client, "u-1")
        for foreign in (await user_of(globex.context(conn), stranger.client, "u-1"), replace(user, id=new_id())):
            with pytest.raises(ClientUserUnknown):
                await change_teammate(ctx, user, foreign.id, ADA)
            with pytest.raises(ClientUserUnknown):
                await set_rights(ctx, user, foreign.id, [])


async def test_everybody_says_their_own_name(acme: World) -> None:
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        first, second = [await user_of(ctx, oakline.client, name) for name in ("u-1", "u-2")]
        await change_teammate(ctx, second, second.id, ADA)
        assert (await stored(conn, second)).called == "Ada Tveit"
        with pytest.raises(PermissionMissing):
            await change_teammate(ctx, second, first.id, ADA)


ANY = new_id()
OSLO = CostCenterFacts(name="Oslo", address="Kaia 4")
Act = Callable[[Context, ClientUser], Awaitable[object]]
NEEDS: list[tuple[Permission, Act]] = [
    (Permission.FINANCE_MANAGER, lambda ctx, user: cost_centers.create_cost_center(ctx, user, OSLO)),
    (Permission.FINANCE_MANAGER, lambda ctx, user: cost_centers.change_cost_center(ctx, user, ANY, OSLO)),
    (Permission.FINANCE_MANAGER, lambda ctx, user: cost_centers.make_default_cost_center(ctx, user, ANY)),
    (Permission.FINANCE_MANAGER, lambda ctx, user: cost_centers.archive_cost_center(ctx, user, ANY)),
    (Permission.AGENCY_MANAGER, lambda ctx, user: preferred_agencies.prefer(ctx, user, ANY)),
    (Permission.AGENCY_MANAGER, lambda ctx, user: preferred_agencies.stop_preferring(ctx, user, ANY)),
    (Permission.AGENCY_MANAGER, lambda ctx, user: preferred_agencies.agree_on_fees(ctx, user, ANY, [])),
    (
        Permission.AGENCY_MANAGER,
        lambda ctx, user: preferred_agencies.invite(ctx, user, InvitationFacts(optimized_fee=True)),
    ),
    (Permission.TEAM_MANAGER, lambda ctx, user: change_organization(ctx, user, HARBOR)),
    (Permission.TEAM_MANAGER, lambda ctx, user: add_teammate(ctx, user, "u-9", person=ADA, permissions=[])),
    (Permission.TEAM_MANAGER, lambda ctx, user: change_teammate(ctx, user, ANY, ADA)),
    (Permission.TEAM_MANAGER, lambda ctx, user: set_rights(ctx, user, ANY, [])),
    (
        Permission.TEAM_MANAGER,
        lambda ctx, user: teammates.set_teammate_active(ctx, user, ANY, active=False),
    ),
]


@pytest.mark.parametrize(("needed", "act"), NEEDS)
async def test_each_change_asks_for_its_right(acme: World, needed: Permission, act: Act) -> None:
    """Whoever has it gets past the check; whoever has all the others, or is deactivated, does not."""
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        user = await user_of(ctx, oakline.client, "u-1")
        others = replace(user, permissions=[right for right in Permission if right != needed])
        for refused in (others, replace(user, disabled_at=ctx.now)):
            with pytest.raises(PermissionMissing):
                await act(ctx, refused)
        try:
            await act(ctx, replace(user, permissions=[needed]))
        except DomainError as error:
            assert not isinstance(error, PermissionMissing)  # noqa: PT017 - any other error is of what was asked
