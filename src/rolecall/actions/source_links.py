"""Source links: one counted public link for each channel and job."""

from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.errors import JobUnknown
from rolecall.domain.jobs import JobStatus
from rolecall.domain.source_links import checked_name, new_code
from rolecall.store import jobs, source_links
from rolecall.store.source_links import SourceLink


async def create_source_link(ctx: Context, job_id: UUID, *, name: str) -> tuple[SourceLink, bool]:
    """A job's link of this name, to the letter and without white space around it; the second value says if it is new.

    Raises FieldInvalid for a name that cannot be one, and JobUnknown for a job that is archived or not there.
    """
    name = checked_name(name)
    job = await jobs.get(ctx.conn, ctx.workspace_id, job_id)
    if job is None or job.status == JobStatus.ARCHIVED:
        raise JobUnknown(job=job_id)
    while True:
        stored = await source_links.by_name(ctx.conn, ctx.workspace_id, job_id, name)
        if stored is not None:
            return stored, False
        link = SourceLink(
            workspace_id=ctx.workspace_id,
            id=new_id(),
            job_id=job_id,
            name=name,
            code=new_code(),
            visits=0,
            created_at=ctx.now,
        )
        # Refused when another request stored the name in between, which the next turn finds, or when the code is taken.
        if await source_links.insert(ctx.conn, link):
            await record(ctx, "source_link", "created", record_id=link.id, job_id=str(job_id))
            return link, True
