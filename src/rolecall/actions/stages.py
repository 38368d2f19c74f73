"""Stages: the steps of a job's hiring process."""

from uuid import UUID

from rolecall.actions.context import Context
from rolecall.actions.ids import new_id
from rolecall.domain.applications import DEFAULT_STAGES, Stage
from rolecall.store import stages


async def job_stages(ctx: Context, job_id: UUID) -> list[Stage]:
    """A job's stages in order. A job without any gets the usual ones: a part of the write that needs them."""
    found = await stages.of_job(ctx.conn, ctx.workspace_id, job_id)
    if found:
        return found
    usual = [
        Stage(
            workspace_id=ctx.workspace_id,
            id=new_id(),
            job_id=job_id,
            name=name,
            position=position,
            status=status,
            created_at=ctx.now,
            modified_at=ctx.now,
        )
        for position, (name, status) in enumerate(DEFAULT_STAGES, start=1)
    ]
    await stages.add_all(ctx.conn, usual)  # waits for another write that needs them, whose stages count then
    return await stages.of_job(ctx.conn, ctx.workspace_id, job_id)
