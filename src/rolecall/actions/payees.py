"""Which agency a hire pays, and at which fee."""

from datetime import datetime
from uuid import UUID

from rolecall.domain.fees import CustomFee
from rolecall.domain.hires import AgencyHire
from rolecall.domain.ownership import payee
from rolecall.domain.postings import Posting
from rolecall.domain.submissions import Submission
from rolecall.store import agency_fees, contests, submissions
from rolecall.store.db import Connection


async def payee_of(conn: Connection, submission: Submission, posting: Posting, *, hired_at: datetime) -> UUID | None:
    """The agency that a hire at that moment pays; None where nobody has a right to a fee."""
    return payee(
        await submissions.confirmed_for_client(conn, submission, client_id=posting.client_id),
        posting_id=posting.id,
        hired_at=hired_at,
        contacts=await contests.proven_contacts(conn, submission, client_id=posting.client_id),
    )


async def fee_instead(conn: Connection, hire: AgencyHire, posting: Posting, agency_id: UUID) -> CustomFee:
    """What a hire costs where another agency is paid for it: as much as before if that is one of its own fees."""
    agreed = await agency_fees.agreed(conn, posting.workspace_id, posting.client_id, agency_id)
    same = next((fee for fee in agreed if fee.percentage == hire.fee_percent), None)
    return same or next(iter(agreed), CustomFee(percentage=posting.fee_percent))
