"""Cost centers: one default among those in use, names once, and only for finance managers."""

from dataclasses import replace

import pytest

from rolecall.actions.clients import user_of
from rolecall.actions.cost_centers import (
    archive_cost_center,
    change_cost_center,
    create_cost_center,
    make_default_cost_center,
)
from rolecall.actions.ids import new_id
from rolecall.domain.clients import ClientUser
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.errors import (
    CostCenterArchived,
    CostCenterUnknown,
    DefaultCostCenter,
    DomainError,
    FieldInvalid,
    FieldMissing,
    NameTaken,
)
from rolecall.store import cost_centers
from rolecall.store.db import Connection
from tests.partnership import Partnership, build_partnership
from tests.world import World

OSLO = CostCenterFacts(name="Oslo", address="Kaia 4\n0150 Oslo", invoice_recipients=["Bills@Harbor.Example"])
BERGEN = CostCenterFacts(name="Bergen", address="Torget 1", notice="Say PO 4471.")


async def first_user(oakline: Partnership, conn: Connection) -> ClientUser:
    return await user_of(oakline.world.context(conn), oakline.client, "u-558")


async def defaults(conn: Connection, user: ClientUser) -> list[tuple[str, bool]]:
    centers = await cost_centers.of_client(conn, user.workspace_id, user.client_id)
    return [(center.name, center.is_default) for center in centers if center.archived_at is None]


async def test_the_first_is_the_default_until_another_is(acme: World) -> None:
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        ctx, user = acme.context(conn), await first_user(oakline, conn)
        oslo = await create_cost_center(ctx, user, OSLO)
        assert (oslo.invoice_recipients, oslo.is_default) == (["Bills@harbor.example"], True)
        bergen = await create_cost_center(ctx, user, BERGEN)
        assert await defaults(conn, user) == [("Oslo", True), ("Bergen", False)]
        for _ in range(2):
            await make_default_cost_center(ctx, user, bergen.id)
        assert await defaults(conn, user) == [("Bergen", True), ("Oslo", False)]


async def test_one_that_is_archived_can_come_back(acme: World) -> None:
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        ctx, user = acme.context(conn), await first_user(oakline, conn)
        oslo, bergen = await create_cost_center(ctx, user, OSLO), await create_cost_center(ctx, user, BERGEN)
        with pytest.raises(DefaultCostCenter):
            await archive_cost_center(ctx, user, oslo.id)
        await archive_cost_center(ctx, user, bergen.id)
        with pytest.raises(CostCenterArchived):
            await make_default_cost_center(ctx, user, bergen.id)
        await archive_cost_center(ctx, user, oslo.id)
        assert await defaults(conn, user) == []
        for center in (bergen, oslo):
            await archive_cost_center(ctx, user, center.id, archived=False)
        assert await defaults(conn, user) == [("Bergen", True), ("Oslo", False)]


async def test_facts_change_and_names_are_used_once(acme: World) -> None:
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        ctx, user = acme.context(conn), await first_user(oakline, conn)
        oslo, _ = await create_cost_center(ctx, user, OSLO), await create_cost_center(ctx, user, BERGEN)
        await change_cost_center(ctx, user, oslo.id, replace(OSLO, name=" Oslo harbour ", notice=" "))
        stored = await cost_centers.get(conn, user.workspace_id, user.client_id, oslo.id)
        assert stored is not None
        assert (stored.name, stored.notice) == ("Oslo harbour", None)
        with pytest.raises(NameTaken):
            await change_cost_center(ctx, user, oslo.id, BERGEN)
        with pytest.raises(NameTaken):
            await create_cost_center(ctx, user, BERGEN)
        with pytest.raises(CostCenterUnknown):
            await change_cost_center(ctx, user, new_id(), OSLO)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (replace(OSLO, name=" "), FieldMissing),
        (replace(OSLO, address=""), FieldMissing),
        (replace(OSLO, name="a\nb"), FieldInvalid),
        (replace(OSLO, invoice_recipients=["nobody"]), FieldInvalid),
        (replace(OSLO, invoice_recipients=[f"a{n}@b.example" for n in range(11)]), FieldInvalid),
        (replace(OSLO, notice="n" * 1001), FieldInvalid),
    ],
)
async def test_what_is_no_cost_center(acme: World, facts: CostCenterFacts, error: type[DomainError]) -> None:
    oakline = await build_partnership(acme)
    async with acme.services.database.writing() as conn:
        with pytest.raises(error):
            await create_cost_center(acme.context(conn), await first_user(oakline, conn), facts)


async def test_those_of_another_client_are_unknown(acme: World, globex: World) -> None:
    oakline, stranger = await build_partnership(acme), await build_partnership(globex)
    async with acme.services.database.writing() as conn:
        theirs = await create_cost_center(globex.context(conn), await first_user(stranger, conn), OSLO)
        with pytest.raises(CostCenterUnknown):
            await archive_cost_center(acme.context(conn), await first_user(oakline, conn), theirs.id)
