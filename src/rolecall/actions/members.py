"""Members: the people of a workspace."""

import re
from dataclasses import dataclass, replace

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.images import Picture, create_image, delete_image
from rolecall.domain.errors import FieldInvalid, MemberUnknown, NameTaken
from rolecall.domain.texts import check_text
from rolecall.ports.files import FileStore
from rolecall.store import members
from rolecall.store.db import UniqueViolation
from rolecall.store.members import EMPLOYEE, Member

LONGEST_NAME = 200
LONGEST_ADDRESS = 320
LONGEST_ROLE = 60
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_ROLE = re.compile(r"[a-z][a-z0-9_]*")
_E164 = re.compile(r"\+[1-9][0-9]{4,14}")
_IN_PHONES = str.maketrans("", "", " ()-./")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Who a member is; the address is kept in lower case, since people write it in either.

    `role` is a word such as hr_manager. `phone` is international, as in +31 38 123 4567, and kept as E.164.
    """

    email: str
    first_name: str
    last_name: str
    role: str = "recruiter"
    kind: str = EMPLOYEE
    job_title: str | None = None
    phone: str | None = None
    role_label: str | None = None


async def create_member(ctx: Context, new: NewMember) -> Member:
    """Store a member. Raises NameTaken when the workspace has one with this address, FieldMissing or FieldInvalid."""
    email = folded_address(new.email)
    _check(new, email)
    member = Member(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        email=email,
        first_name=new.first_name.strip(),
        last_name=new.last_name.strip(),
        role=new.role,
        kind=new.kind,
        job_title=_or_none(new.job_title),
        phone=_e164(new.phone) if new.phone else None,
        role_label=_or_none(new.role_label),
        created_at=ctx.now,
        modified_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await members.insert(ctx.conn, member)
    except UniqueViolation as error:
        raise NameTaken(kind="member", name=email) from error
    await record(ctx, "member", "created", record_id=member.id)
    stored = await members.by_email(ctx.conn, ctx.workspace_id, email)
    assert stored is not None, "it was stored just now"
    return stored


async def disable_member(ctx: Context, email: str) -> Member:
    """Let a member be one that has left: what they did stays, and they are shown nowhere. Raises MemberUnknown."""
    member = await _hold(ctx, email)
    if member.disabled_at is not None:
        return member
    await members.set_disabled(ctx.conn, ctx.workspace_id, member.id, now=ctx.now)
    await record(ctx, "member", "disabled", record_id=member.id)
    return replace(member, disabled_at=ctx.now)


async def set_avatar(ctx: Context, files_store: FileStore, *, email: str, picture: Picture | None) -> Member:
    """Show a member with a picture, in place of the one before; None shows none. Raises MemberUnknown."""
    member = await _hold(ctx, email)
    image_id = None if picture is None else await create_image(ctx, files_store, picture=picture)
    await members.set_avatar(ctx.conn, ctx.workspace_id, member.id, image_id=image_id, now=ctx.now)
    if member.avatar_image_id is not None:
        await delete_image(ctx, member.avatar_image_id)
    await record(ctx, "member", "changed", record_id=member.id, fields=["avatar_image_id"])
    return replace(member, avatar_image_id=image_id)


def folded_address(email: str) -> str:
    """An address as members are found by it."""
    return email.strip().lower()


async def _hold(ctx: Context, email: str) -> Member:
    member = await members.lock_by_email(ctx.conn, ctx.workspace_id, folded_address(email))
    if member is None:
        raise MemberUnknown(member=email)
    return member


def _check(new: NewMember, email: str) -> None:
    check_text(email, field="email", longest=LONGEST_ADDRESS)
    if not _ADDRESS.fullmatch(email):
        raise FieldInvalid(field="email", hint="write it as in ada@acme.example")
    check_text(new.first_name, field="first_name", longest=LONGEST_NAME)
    check_text(new.last_name, field="last_name", longest=LONGEST_NAME)
    check_text(new.job_title or "", field="job_title", longest=LONGEST_NAME, required=False)
    check_text(new.role_label or "", field="role_label", longest=LONGEST_NAME, required=False)
    check_text(new.role, field="role", longest=LONGEST_ROLE)
    if not _ROLE.fullmatch(new.role):
        raise FieldInvalid(field="role", hint="a word in lower case, as in hr_manager")


def _e164(phone: str) -> str:
    number = phone.translate(_IN_PHONES)
    if not _E164.fullmatch(number):
        raise FieldInvalid(field="phone", hint="write it as in +31 38 123 4567")
    return number


def _or_none(text: str | None) -> str | None:
    return (text or "").strip() or None
