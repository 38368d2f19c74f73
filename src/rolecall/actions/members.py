"""Members: the people of a workspace."""

from dataclasses import dataclass

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.errors import NameTaken
from rolecall.domain.texts import check_text
from rolecall.store import members
from rolecall.store.db import UniqueViolation
from rolecall.store.members import Member

LONGEST_NAME = 200
LONGEST_ADDRESS = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Who a member is; the address is kept in lower case, since people write it in either."""

    email: str
    first_name: str
    last_name: str
    role: str = "recruiter"


async def create_member(ctx: Context, new: NewMember) -> Member:
    """Store a member. Raises NameTaken when the workspace has one with this address, FieldMissing or FieldInvalid."""
    email = new.email.strip().lower()
    check_text(email, field="email", longest=LONGEST_ADDRESS)
    check_text(new.first_name, field="first_name", longest=LONGEST_NAME)
    check_text(new.last_name, field="last_name", longest=LONGEST_NAME)
    member = Member(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        email=email,
        first_name=new.first_name.strip(),
        last_name=new.last_name.strip(),
        role=new.role,
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
