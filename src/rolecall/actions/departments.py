"""Departments: the words by which a workspace divides its jobs."""

from uuid import UUID

from rolecall.actions.context import Context
from rolecall.actions.ids import new_id
from rolecall.store import departments
from rolecall.store.departments import Department


async def department_id(ctx: Context, name: str) -> UUID:
    """The id of the workspace's department of this name, stored first where there is none: a part of a job's write."""
    department = Department(
        workspace_id=ctx.workspace_id, id=new_id(), name=name, created_at=ctx.now, modified_at=ctx.now
    )
    return await departments.put(ctx.conn, department)
