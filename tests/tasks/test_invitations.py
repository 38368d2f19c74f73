"""Invitations go out by mail after they are stored, once a day at most, and not once they are answered."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from rolecall.actions.invitations import decline_invitation
from rolecall.domain.fees import CustomFee
from rolecall.domain.invitations import InvitationFacts
from rolecall.store import events
from rolecall.tasks import invitations
from rolecall.tasks.queue import Work
from tests.inviting import INES, Inviting, address_in, build_inviting
from tests.world import World


@pytest.fixture
async def inviting(acme: World, database_url: str) -> Inviting:
    return await build_inviting(acme, database_url)


async def test_an_invitation_is_sent(inviting: Inviting) -> None:
    invitation = await inviting.invite()
    (message,) = await inviting.send()
    assert (message.to, message.subject) == (
        "ines.tam@corvid.example",
        "Harbor invites Corvid Search to work for it",
    )
    assert message.text.startswith("Hello Ines,\n\nHarbor invites Corvid Search")
    assert "The platform's usual fee holds." in message.text
    assert address_in(message).startswith("http://rolecall.test/agency/invitations/")
    stored = await inviting.stored(invitation)
    assert stored.mailed_at is not None
    async with inviting.world.services.database.reading() as conn:
        happened = await events.of_record(conn, invitation.workspace_id, invitation.id)
    assert [event.type for event in happened] == ["agency_invitation.created", "agency_invitation.mailed"]
    assert address_in(message)[-20:] not in str(happened)


async def test_fees_of_the_clients_own_are_told(inviting: Inviting) -> None:
    fees = [CustomFee(percentage=Decimal("18.5"), note="retained"), CustomFee(percentage=Decimal(20))]
    await inviting.invite(InvitationFacts(optimized_fee=False, email="desk@corvid.example", custom_fees=fees))
    (message,) = await inviting.send()
    assert "Its fee, of the first year's pay: 18.5 % (retained), 20 %." in message.text
    assert message.text.startswith("Hello,\n\nHarbor invites you")


async def test_who_is_invited_again_gets_one_message_a_day(inviting: Inviting) -> None:
    invitation = await inviting.invite()
    await inviting.send()
    await inviting.invite()
    assert len(await inviting.send()) == 1
    later = replace(inviting.services, clock=lambda: inviting.services.clock() + timedelta(hours=25))
    ids = {"workspace": str(invitation.workspace_id), "invitation": str(invitation.id)}
    await invitations.send(Work(later, queue=None), **ids)  # type: ignore[arg-type]
    assert len(inviting.postbox.messages) == 2


async def test_nothing_is_sent_without_an_address_or_after_the_answer(inviting: Inviting) -> None:
    await inviting.invite(InvitationFacts(optimized_fee=True))
    invitation = await inviting.invite(INES)
    async with inviting.world.services.database.writing() as conn:
        await decline_invitation(inviting.world.context(conn), invitation.id)
    assert await inviting.send() == []
