"""`rolecall job`: jobs, and where they are in their life."""

from typing import Annotated, Any
from uuid import UUID

import typer

from rolecall.actions.jobs import hold_job, move_job
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.errors import JobUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store.jobs import newest

app = typer.Typer(
    no_args_is_help=True,
    help="Jobs: list them, publish a draft or a partner's mission, pause, close or archive it.",
)
JobId = Annotated[str, typer.Argument(metavar="JOB_ID", help="The job's id, as `rolecall job list` shows it.")]


@app.command("list")
def list_newest(
    workspace: WorkspaceSlug,
    status: Annotated[JobStatus | None, typer.Option(help="Only jobs in this status.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List jobs, newest first."""

    async def act(operator: Operator) -> list[Job]:
        return await newest(operator.conn, operator.workspace_id, status=status, limit=limit)

    rows = [_row(job) for job in as_operator(data, workspace, act)]
    empty = f"There is none yet: rolecall import postings FILE --workspace {workspace}"
    print_rows(rows, as_json=as_json, empty=empty if status is None else f"No job is {status}.")


@app.command("publish")
def publish(job: JobId, workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """Open a job: it is at once on the job pages and in every API."""
    _move(job, JobStatus.OPEN, workspace=workspace, data=data, as_json=as_json)


@app.command("pause")
def pause(job: JobId, workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """Take an open job off the lists for a while. `publish` opens it again."""
    _move(job, JobStatus.PAUSED, workspace=workspace, data=data, as_json=as_json)


@app.command("close")
def close(job: JobId, workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """Close a job everywhere. `publish` opens it again."""
    _move(job, JobStatus.CLOSED, workspace=workspace, data=data, as_json=as_json)


@app.command("archive")
def archive(job: JobId, workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """Put a job away for good."""
    _move(job, JobStatus.ARCHIVED, workspace=workspace, data=data, as_json=as_json)


def _move(job_id: str, status: JobStatus, *, workspace: str, data: DataDir, as_json: bool) -> None:
    async def act(operator: Operator) -> tuple[JobStatus, Job]:
        job = await hold_job(operator.ctx, job_id_of(job_id))
        return job.status, await move_job(operator.ctx, job, status)

    old, moved = as_operator(data, workspace, act)
    if as_json:
        print_json(_row(moved))
    elif old == moved.status:
        typer.echo(f"{moved.title}: was {old} already.")
    else:
        typer.echo(f"{moved.title}: {old} → {moved.status}.")


def job_id_of(text: str) -> UUID:
    """The id that an argument spells. Raises JobUnknown."""
    found = parse_id(text)
    if found is None:
        raise JobUnknown(job=text)
    return found


def _row(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "status": str(job.status),
        "title": job.title,
        "public_path": job.public_path,
        "modified_at": job.modified_at,
    }
