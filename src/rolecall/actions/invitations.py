"""Invitations: made by clients of the organization API, sent by mail, answered on a page."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from rolecall.actions.agencies import NewAgency, NewRecruiter, add_recruiter, create_agency, prefer_agency
from rolecall.actions.contacts import read_email
from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.errors import ClientUnknown, FieldInvalid, InvitationUnknown
from rolecall.domain.fees import kept_fees
from rolecall.domain.invitations import (
    LIVES,
    MAILED_AGAIN_AFTER,
    Invitation,
    InvitationFacts,
    InvitationStatus,
    check_facts,
    check_waits,
)
from rolecall.domain.recruiters import Role
from rolecall.store import clients, invitations, queue
from rolecall.store.agencies import Agency

SEND = "invitations.send"
AUDIENCE = "agency/invitation"  # of the signed address that the message carries
PATH = "/agency/invitations"


async def invite_agency(ctx: Context, client_id: UUID, facts: InvitationFacts) -> Invitation:
    """Store a client's invitation and queue its message, or renew the one that waits for that address.

    Raises ClientUnknown or FieldInvalid.
    """
    facts = _checked(facts)
    if await clients.get(ctx.conn, ctx.workspace_id, client_id) is None:
        raise ClientUnknown(client=client_id)
    fresh = Invitation(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        client_id=client_id,
        optimized_fee=facts.optimized_fee,
        first_name=facts.first_name,
        last_name=facts.last_name,
        email=facts.email,
        company_name=facts.company_name,
        custom_fees=kept_fees(facts.custom_fees),
        created_at=ctx.now,
        expires_at=ctx.now + LIVES,
    )
    stored = await invitations.put(ctx.conn, fresh)
    verb = "created" if stored.id == fresh.id else "renewed"
    await record(ctx, "agency_invitation", verb, record_id=stored.id, client=str(client_id))
    if stored.email is not None:
        workspace, invitation = str(ctx.workspace_id), str(stored.id)
        await queue.defer(ctx.conn, SEND, lock=f"invitation {invitation}", workspace=workspace, invitation=invitation)
    return stored


def _checked(facts: InvitationFacts) -> InvitationFacts:
    """The facts as they are stored: without blank ones, the address in its usual form."""
    email = None
    if facts.email is not None:
        email = read_email(facts.email.strip())
        if email is None:
            raise FieldInvalid(field="email", hint="an e-mail address, as in desk@agency.example")
    check_facts(facts)
    names = {name: _kept(getattr(facts, name)) for name in ("first_name", "last_name", "company_name")}
    return replace(facts, email=email, **names)


def _kept(text: str | None) -> str | None:
    return (text or "").strip() or None


async def note_mailed(ctx: Context, invitation_id: UUID) -> None:
    """Note that the message of an invitation was sent."""
    await invitations.note_mailed(ctx.conn, ctx.workspace_id, invitation_id, at=ctx.now)
    await record(ctx, "agency_invitation", "mailed", record_id=invitation_id)


async def accept_invitation(ctx: Context, invitation_id: UUID, *, agency: str, recruiter: NewRecruiter) -> Agency:
    """Take the agency in, with whoever was invited as its team manager; the client prefers it at its own fees.

    Raises InvitationUnknown, InvitationSettled, InvitationExpired, NameTaken, FieldMissing or FieldInvalid.
    """
    invitation = await _hold(ctx, invitation_id)
    made = await create_agency(ctx, NewAgency(name=agency, email=recruiter.email))
    await add_recruiter(ctx, made.id, replace(recruiter, role=Role.TEAM_MANAGER))
    await prefer_agency(ctx, invitation.client_id, made.id, fees=invitation.fees)
    await _settle(ctx, invitation, InvitationStatus.ACCEPTED, agency_id=made.id)
    return made


async def decline_invitation(ctx: Context, invitation_id: UUID) -> None:
    """Turn an invitation down. Raises InvitationUnknown, InvitationSettled or InvitationExpired."""
    await _settle(ctx, await _hold(ctx, invitation_id), InvitationStatus.DECLINED, agency_id=None)


async def _hold(ctx: Context, invitation_id: UUID) -> Invitation:
    invitation = await invitations.lock(ctx.conn, ctx.workspace_id, invitation_id)
    if invitation is None:
        raise InvitationUnknown
    check_waits(invitation, ctx.now)
    return invitation


async def _settle(ctx: Context, invitation: Invitation, status: InvitationStatus, *, agency_id: UUID | None) -> None:
    await invitations.settle(ctx.conn, ctx.workspace_id, invitation.id, status=status, agency_id=agency_id, at=ctx.now)
    await record(ctx, "agency_invitation", status.value, record_id=invitation.id, client=str(invitation.client_id))


def invitation_claims(invitation: Invitation) -> dict[str, str]:
    """What the signed address in the message says."""
    return {"workspace": str(invitation.workspace_id), "invitation": str(invitation.id)}


def is_due(invitation: Invitation, now: datetime) -> bool:
    """Whether the message of an invitation is still to be sent."""
    waits = invitation.status == InvitationStatus.PENDING and invitation.expires_at > now
    return waits and (invitation.mailed_at is None or invitation.mailed_at + MAILED_AGAIN_AFTER <= now)
