"""What a hire of either kind costs, and where that is invoiced to."""

from decimal import Decimal
from uuid import UUID

from rolecall.actions.context import Context
from rolecall.domain.errors import FieldInvalid
from rolecall.domain.postings import Posting
from rolecall.store import agency_fees, cost_centers


async def check_agreed(ctx: Context, fee_percent: Decimal, posting: Posting, agency_id: UUID) -> None:
    """Raise FieldInvalid unless the fee is one that client and agency agreed on, or the posting's where none is."""
    agreed = await agency_fees.agreed(ctx.conn, ctx.workspace_id, posting.client_id, agency_id)
    fees = {fee.percentage for fee in agreed} or {posting.fee_percent}
    if fee_percent not in fees:
        hint = " or ".join(f"{fee:f}" for fee in sorted(fees))
        raise FieldInvalid(field="fee_percent", hint=f"{hint}, as agreed with the agency")


async def invoiced_to(ctx: Context, picked: UUID | None, posting: Posting) -> UUID | None:
    """The cost center that was picked, else the posting's, else the client's default. Raises FieldInvalid."""
    centers = await cost_centers.of_client(ctx.conn, ctx.workspace_id, posting.client_id)
    used = {center.id for center in centers if center.archived_at is None}
    if picked is not None and picked not in used:
        raise FieldInvalid(field="cost_center", hint="one of the client's cost centers")
    default = next((center.id for center in centers if center.is_default), None)
    return picked or (posting.cost_center_id if posting.cost_center_id in used else default)
