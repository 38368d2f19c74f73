"""Invitations: a client asks an agency to work for it, at the platform's fee or at fees of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from rolecall.domain.errors import FieldInvalid, InvitationExpired, InvitationSettled
from rolecall.domain.texts import check_text

LIVES = timedelta(days=30)
MAILED_AGAIN_AFTER = timedelta(hours=24)  # whoever is invited over and over gets one message a day
LONGEST_NAME = 200
LONGEST_NOTE = 500
MOST_FEES = 20


class InvitationStatus(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomFee:
    """A fee of a client's own, in percent of the first year's pay, and what it is for."""

    percentage: Decimal
    note: str | None = None


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
        return [CustomFee(percentage=Decimal(fee["percentage"] or 0), note=fee["note"]) for fee in self.custom_fees]


def check_facts(facts: InvitationFacts) -> None:
    """Raise FieldInvalid for the first fact that cannot be stored or contradicts another. `email` is checked before."""
    for name in ("first_name", "last_name", "company_name"):
        check_text(getattr(facts, name) or "", field=name, longest=LONGEST_NAME, required=False)
    if facts.custom_fees and facts.optimized_fee:
        raise FieldInvalid(field="custom_fees", hint="send them with optimizedFee false")
    if len(facts.custom_fees) > MOST_FEES:
        raise FieldInvalid(field="custom_fees", hint=f"at most {MOST_FEES}")
    for fee in facts.custom_fees:
        if not 0 < fee.percentage <= 100 or fee.percentage != round(fee.percentage, 2):
            raise FieldInvalid(field="custom_fees", hint="a percentage is more than 0, at most 100, with two decimals")
        check_text(fee.note or "", field="custom_fees", longest=LONGEST_NOTE, required=False)


def check_waits(invitation: Invitation, now: datetime) -> None:
    """Raise InvitationSettled or InvitationExpired unless the invitation can still be answered."""
    if invitation.status != InvitationStatus.PENDING:
        raise InvitationSettled(status=invitation.status)
    if invitation.expires_at <= now:
        raise InvitationExpired
