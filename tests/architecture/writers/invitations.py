"""Invitations of agencies, and what becomes of them."""

from rolecall.actions import invitations
from rolecall.actions.agencies import NewRecruiter
from rolecall.actions.context import Context
from rolecall.domain.invitations import Invitation, InvitationFacts
from tests.architecture.cast import Act, Cast

INES = NewRecruiter(first_name="Ines", last_name="Tam", email="ines.tam@corvid.example")


async def _invite(ctx: Context, cast: Cast) -> Invitation:
    return await invitations.invite_agency(ctx, cast.client.id, InvitationFacts(optimized_fee=True, email=INES.email))


async def _renew(ctx: Context, cast: Cast) -> None:
    await _invite(ctx, cast)
    await _invite(ctx, cast)


async def _note_mailed(ctx: Context, cast: Cast) -> None:
    await invitations.note_mailed(ctx, (await _invite(ctx, cast)).id)


async def _accept(ctx: Context, cast: Cast) -> None:
    await invitations.accept_invitation(ctx, (await _invite(ctx, cast)).id, agency="Corvid", recruiter=INES)


async def _decline(ctx: Context, cast: Cast) -> None:
    await invitations.decline_invitation(ctx, (await _invite(ctx, cast)).id)


WRITES: dict[str, tuple[str, Act]] = {
    "invitations.accept_invitation": ("agency_invitation.accepted", _accept),
    "invitations.decline_invitation": ("agency_invitation.declined", _decline),
    "invitations.invite_agency": ("agency_invitation.renewed", _renew),
    "invitations.note_mailed": ("agency_invitation.mailed", _note_mailed),
}
