"""What jobs and candidates are filed under: departments, offices and tags, each made by name."""

from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.errors import NameTaken
from rolecall.store import rows, terms
from rolecall.store.db import UniqueViolation
from rolecall.store.departments import Department
from rolecall.store.hiring import SourceOffice
from rolecall.store.terms import TAG, Term


async def create_department(ctx: Context, connector_id: UUID, *, name: str) -> UUID:
    """A department of the workspace as a whole. Raises NameTaken when the connector has one of this name."""
    department = Department(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        connector_id=connector_id,
        name=name,
        created_at=ctx.now,
        modified_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await rows.insert(ctx.conn, "department", department)
    except UniqueViolation as error:
        raise NameTaken(kind="department", name=name) from error
    await record(ctx, "department", "created", record_id=department.id)
    return department.id


async def create_office(ctx: Context, connector_id: UUID, *, name: str, address: str | None = None) -> UUID:
    """A place to work at."""
    office = SourceOffice(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        connector_id=connector_id,
        name=name,
        address=address,
        created_at=ctx.now,
        modified_at=ctx.now,
    )
    await rows.insert(ctx.conn, "location", office)
    await record(ctx, "location", "created", record_id=office.id)
    return office.id


async def create_tag(ctx: Context, connector_id: UUID, *, name: str) -> UUID:
    """A label. Raises NameTaken when the connector has it."""
    tag = Term(workspace_id=ctx.workspace_id, id=new_id(), connector_id=connector_id, kind=TAG, name=name)
    if await terms.put(ctx.conn, tag) != tag.id:
        raise NameTaken(kind="tag", name=name)
    await record(ctx, "tag", "created", record_id=tag.id)
    return tag.id
