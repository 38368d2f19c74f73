"""Invitations: a client asks an agency to work for it, at the platform's fee or at fees of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from rolecall.domain.errors import FieldInvalid, InvitationExpired, InvitationSettled
from rolecall.domain.fees import CustomFee, check_custom_fees, fees_kept_as
from rolecall.domain.texts import check_text

LIVES = timedelta(days=30)
MAILED_AGAIN_AFTER = timedelta(hours=24)  # whoever is invited over and over gets one message a day
LONGEST_NAME = 200


class InvitationStatus(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationFacts:
    """Whom a client invites. With `optimized_fee` the platform's fee holds, and there are no `custom_fees`."""

    optimized_fee: bool
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    company_name: str | None = None
    custom_fees: Sequence[CustomFee] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A stored invitation; `agency_id` is the agency that came of it, `settled_at` when it was answered.

    `custom_fees` are as they are stored: `percentage` is text with at most two decimals.
    """

    workspace_id: UUID
    id: UUID
    client_id: UUID
    status: InvitationStatus = InvitationStatus.PENDING
    optimized_fee: bool
    first_name: str | None
    last_name: str | None
    email: str | None
    company_name: str | None
    custom_fees: list[dict[str, str | None]] = field(default_factory=list[dict[str, str | None]])
    agency_id: UUID | None = None
    created_at: datetime
    expires_at: datetime
    mailed_at: datetime | None = None
    settled_at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "status", InvitationStatus(self.status))

    @property
    def fees(self) -> list[CustomFee]:
        """The client's own fees."""
        return fees_kept_as(self.custom_fees)


def check_facts(facts: InvitationFacts) -> None:
    """Raise FieldInvalid for the first fact that cannot be stored or contradicts another. `email` is checked before."""
    for name in ("first_name", "last_name", "company_name"):
        check_text(getattr(facts, name) or "", field=name, longest=LONGEST_NAME, required=False)
    if facts.custom_fees and facts.optimized_fee:
        raise FieldInvalid(field="custom_fees", hint="send them with optimizedFee false")
    check_custom_fees(facts.custom_fees)


def check_waits(invitation: Invitation, now: datetime) -> None:
    """Raise InvitationSettled or InvitationExpired unless the invitation can still be answered."""
    if invitation.status != InvitationStatus.PENDING:
        raise InvitationSettled(status=invitation.status)
    if invitation.expires_at <= now:
        raise InvitationExpired
