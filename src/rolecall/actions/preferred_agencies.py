"""The agencies a client prefers and its fees with them, looked after by its agency managers."""

from collections.abc import Sequence
from uuid import UUID

from rolecall.actions.agencies import prefer_agency, set_agency_fees, stop_preferring_agency
from rolecall.actions.context import Context
from rolecall.actions.invitations import invite_agency
from rolecall.domain.clients import ClientUser, Permission, check_permitted
from rolecall.domain.fees import CustomFee
from rolecall.domain.invitations import Invitation, InvitationFacts


async def prefer(ctx: Context, user: ClientUser, agency_id: UUID) -> None:
    """Let the user's client prefer an agency. Raises PermissionMissing or AgencyUnknown."""
    check_permitted(user, Permission.AGENCY_MANAGER)
    await prefer_agency(ctx, user.client_id, agency_id)


async def stop_preferring(ctx: Context, user: ClientUser, agency_id: UUID) -> None:
    """Let the user's client no longer prefer an agency, and drop their fees. Raises PermissionMissing."""
    check_permitted(user, Permission.AGENCY_MANAGER)
    await stop_preferring_agency(ctx, user.client_id, agency_id)


async def agree_on_fees(ctx: Context, user: ClientUser, agency_id: UUID, fees: Sequence[CustomFee]) -> None:
    """Put fees in place of those agreed on before. Raises PermissionMissing, AgencyNotPreferred or FieldInvalid."""
    check_permitted(user, Permission.AGENCY_MANAGER)
    await set_agency_fees(ctx, user.client_id, agency_id, fees)


async def invite(ctx: Context, user: ClientUser, facts: InvitationFacts) -> Invitation:
    """Invite an agency in the name of the user's client. Raises PermissionMissing or FieldInvalid."""
    check_permitted(user, Permission.AGENCY_MANAGER)
    return await invite_agency(ctx, user.client_id, facts)
