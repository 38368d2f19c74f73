"""What a client's finance managers say of its hires."""

from datetime import date
from uuid import UUID

from rolecall.actions.agency_hires import fail_guarantee
from rolecall.actions.context import Context
from rolecall.domain.clients import ClientUser, Permission, check_permitted
from rolecall.domain.errors import HireUnknown
from rolecall.domain.hires import AgencyHire
from rolecall.store import agency_hires


async def fail(ctx: Context, user: ClientUser, hire_id: UUID, *, on: date, reason: str) -> AgencyHire:
    """Say that somebody whom the user's client hired left within the guarantee.

    Raises PermissionMissing, HireUnknown, GuaranteeOver, FieldMissing or FieldInvalid.
    """
    check_permitted(user, Permission.FINANCE_MANAGER)
    if await agency_hires.client_of(ctx.conn, ctx.workspace_id, hire_id) != user.client_id:
        raise HireUnknown
    return await fail_guarantee(ctx, hire_id, on=on, reason=reason)
