"""RecruitiFi's shapes. The token answer has snake-case keys, a link camel-case ones."""

from datetime import UTC, datetime

import msgspec
from msgspec import UNSET, UnsetType

from rolecall.domain.invitations import Invitation
from rolecall.store.agencies import Recruiter


class ErrorShape(msgspec.Struct, kw_only=True):
    error: str
    message: str


class AccessTokenShape(msgspec.Struct, kw_only=True):
    """`expires_in` counts seconds."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the scheme's word, no secret
    expires_in: int


class SignedLinkShape(msgspec.Struct, kw_only=True, rename="camel"):
    url: str
    expires_at: str


def wire_time(time: datetime) -> str:
    """A time as 2026-03-02T09:45:00Z, rounded down to the second."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class OrganizationShape(msgspec.Struct, kw_only=True):
    id: str
    name: str


class OrganizationTokenShape(msgspec.Struct, kw_only=True):
    """`expires_in` counts seconds, `scope` is the organization's id."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - the scheme's word, no secret
    expires_in: int
    scope: str


class RecruiterShape(msgspec.Struct, kw_only=True, rename="camel", omit_defaults=True):
    id: str
    first_name: str
    last_name: str
    email: str
    phone: str | None = None
    status: str


def recruiter_shape(recruiter: Recruiter) -> RecruiterShape:
    """A recruiter; the words of `status` are ours."""
    return RecruiterShape(
        id=str(recruiter.id),
        first_name=recruiter.first_name,
        last_name=recruiter.last_name,
        email=recruiter.email,
        phone=recruiter.phone,
        status="active" if recruiter.disabled_at is None else "inactive",
    )


class AgencyShape(msgspec.Struct, kw_only=True, rename="camel"):
    """Agencies have no logo here, so that key is left out, and so is `aggregateRating` as long as there is none."""

    optimized_fee: bool
    id: str
    name: str
    aggregate_rating: str | UnsetType = UNSET
    recruiters: list[RecruiterShape]


class CustomFeeShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    percentage: float
    note: str | None = None


class InvitationShape(msgspec.Struct, kw_only=True, rename="camel", omit_defaults=True):
    optimized_fee: bool
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    company_name: str | None = None
    custom_fees: list[CustomFeeShape] | None = None
    status: str


def invitation_shape(invitation: Invitation) -> InvitationShape:
    """An invitation with what is known of it; what was not sent is not there."""
    fees = [CustomFeeShape(percentage=float(fee.percentage), note=fee.note) for fee in invitation.fees]
    return InvitationShape(
        optimized_fee=invitation.optimized_fee,
        first_name=invitation.first_name,
        last_name=invitation.last_name,
        email=invitation.email,
        company_name=invitation.company_name,
        custom_fees=fees or None,
        status=str(invitation.status),
    )
