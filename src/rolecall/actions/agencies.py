"""Agencies: taken in by operators, preferred by clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from rolecall.actions.contacts import read_email, read_phone
from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.errors import AgencyNotPreferred, AgencyUnknown, ClientUnknown, FieldInvalid, NameTaken
from rolecall.domain.fees import CustomFee, check_custom_fees, kept_fees
from rolecall.domain.recruiters import Role
from rolecall.domain.texts import check_text
from rolecall.store import agencies, agency_fees, clients
from rolecall.store.agencies import Agency, Recruiter
from rolecall.store.db import UniqueViolation

LONGEST_NAME = 200
LONGEST_ADDRESS = 320
LONGEST_SPECIALTY = 80
MOST_SPECIALTIES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgency:
    """What an agency is made of; `website` is an http or https address."""

    name: str
    email: str
    website: str | None = None
    specialties: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecruiter:
    """Somebody who works for an agency."""

    first_name: str
    last_name: str
    email: str
    phone: str | None = None
    role: Role = Role.RECRUITER


async def create_agency(ctx: Context, new: NewAgency) -> Agency:
    """Store an agency. Raises NameTaken, FieldMissing or FieldInvalid."""
    _check(new)
    agency = Agency(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        name=new.name.strip(),
        email=new.email.strip(),
        website=new.website,
        specialties=list(dict.fromkeys(specialty.strip() for specialty in new.specialties)),
        created_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await agencies.insert(ctx.conn, agency)
    except UniqueViolation as error:
        raise NameTaken(kind="agency", name=new.name) from error
    await record(ctx, "agency", "created", record_id=agency.id)
    return agency


def _check(new: NewAgency) -> None:
    check_text(new.name, field="name", longest=LONGEST_NAME)
    check_text(new.email, field="email", longest=LONGEST_ADDRESS)
    user, _, host = new.email.strip().rpartition("@")
    if not user or "." not in host or any(c.isspace() for c in new.email.strip()):
        raise FieldInvalid(field="email", hint="an e-mail address")
    if new.website is not None:
        check_text(new.website, field="website", longest=2_000)
        if not new.website.startswith(("https://", "http://")) or not urlsplit(new.website).hostname:
            raise FieldInvalid(field="website", hint="an http or https address")
    if len(new.specialties) > MOST_SPECIALTIES:
        raise FieldInvalid(field="specialties", hint=f"at most {MOST_SPECIALTIES}")
    for specialty in new.specialties:
        check_text(specialty, field="specialties", longest=LONGEST_SPECIALTY)


async def add_recruiter(ctx: Context, agency_id: UUID, new: NewRecruiter) -> Recruiter:
    """Store somebody who works for an agency. Raises AgencyUnknown, NameTaken, FieldMissing or FieldInvalid."""
    for name in ("first_name", "last_name"):
        check_text(getattr(new, name), field=name, longest=LONGEST_NAME)
    check_text(new.phone or "", field="phone", longest=LONGEST_NAME, required=False)
    email = read_email(new.email.strip())
    if email is None:
        raise FieldInvalid(field="email", hint="an e-mail address")
    if await agencies.get(ctx.conn, ctx.workspace_id, agency_id) is None:
        raise AgencyUnknown(agency=agency_id)
    recruiter = Recruiter(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        agency_id=agency_id,
        first_name=new.first_name.strip(),
        last_name=new.last_name.strip(),
        email=email,
        phone=read_phone(new.phone) if new.phone else None,
        role=new.role,
        disabled_at=None,
        created_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await agencies.insert_recruiter(ctx.conn, recruiter)
    except UniqueViolation as error:
        raise NameTaken(kind="recruiter", name=email) from error
    await record(ctx, "agency_recruiter", "created", record_id=recruiter.id, agency=str(agency_id))
    return recruiter


async def prefer_agency(ctx: Context, client_id: UUID, agency_id: UUID, *, fees: Sequence[CustomFee] = ()) -> None:
    """Let a client prefer an agency, at fees of their own if given; without, what they agreed on before stays.

    Raises ClientUnknown, AgencyUnknown or FieldInvalid.
    """
    check_custom_fees(fees)
    if await clients.get(ctx.conn, ctx.workspace_id, client_id) is None:
        raise ClientUnknown(client=client_id)
    if await agencies.get(ctx.conn, ctx.workspace_id, agency_id) is None:
        raise AgencyUnknown(agency=agency_id)
    if await agencies.prefer(ctx.conn, ctx.workspace_id, client_id, agency_id):
        await record(ctx, "client", "agency_preferred", record_id=client_id, agency=str(agency_id))
    if fees:
        await set_agency_fees(ctx, client_id, agency_id, fees)


async def set_agency_fees(ctx: Context, client_id: UUID, agency_id: UUID, fees: Sequence[CustomFee]) -> None:
    """Put a client's fees with an agency it prefers in place of those agreed on before; none: each posting's own holds.

    They count for hires from now on, on current postings too; a hire keeps the fee that it was logged with.
    Raises AgencyNotPreferred or FieldInvalid.
    """
    check_custom_fees(fees)
    if not await agencies.hold_preferred(ctx.conn, ctx.workspace_id, client_id, agency_id):
        raise AgencyNotPreferred
    if list(fees) == await agency_fees.agreed(ctx.conn, ctx.workspace_id, client_id, agency_id):
        return
    await agency_fees.remove(ctx.conn, ctx.workspace_id, client_id, agency_id)
    await agency_fees.insert(ctx.conn, ctx.workspace_id, client_id, agency_id, fees)
    payload = {"agency": str(agency_id), "fees": kept_fees(fees)}
    await record(ctx, "client", "agency_fees_changed", record_id=client_id, **payload)


async def stop_preferring_agency(ctx: Context, client_id: UUID, agency_id: UUID) -> None:
    """Let a client no longer prefer an agency, if it did. Postings that go to it still do."""
    if await agencies.stop_preferring(ctx.conn, ctx.workspace_id, client_id, agency_id):
        await record(ctx, "client", "agency_not_preferred", record_id=client_id, agency=str(agency_id))
