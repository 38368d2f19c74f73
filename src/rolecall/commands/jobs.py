"""`rolecall job`: jobs, and where they are in their life."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from rolecall.actions.images import create_image, read_picture
from rolecall.actions.jobs import hold_job, move_job
from rolecall.actions.publishing import NewPublication, publish_in_language, show_header_image
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.errors import JobUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.images import HEADER
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store.jobs import newest
from rolecall.store.publications import Publication

app = typer.Typer(
    no_args_is_help=True,
    help="Jobs: list them, publish a draft or a partner's mission, translate, illustrate, pause, close or archive it.",
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


@app.command("translate")
def translate(
    job: JobId,
    workspace: WorkspaceSlug,
    language: Annotated[str, typer.Option(help="Code of the language, as in nl.", show_default=False)],
    title: Annotated[str, typer.Option(help="The title in this language.", show_default=False)],
    description: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Text or HTML in this language; without it, the job's own.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    starts: Annotated[
        datetime | None, typer.Option("--from", help="Shown from then on (UTC). Default: at once.", show_default=False)
    ] = None,
    ends: Annotated[
        datetime | None, typer.Option("--until", help="Shown until then (UTC). Default: no end.", show_default=False)
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Publish a job on the website in one more language, or give its publication there new words."""
    new = NewPublication(
        language=language,
        title=title,
        description=description.read_text(encoding="utf-8") if description is not None else None,
        starts_at=_utc(starts),
        ends_at=_utc(ends),
    )

    async def act(operator: Operator) -> Publication:
        return await publish_in_language(operator.ctx, await hold_job(operator.ctx, job_id_of(job)), new)

    made = as_operator(data, workspace, act)
    if as_json:
        print_json({"id": made.id, "language": made.language, "slug": made.slug, "title": made.title})
    else:
        typer.echo(f"{made.title}: published in {made.language} as {made.slug}.")


def _utc(time: datetime | None) -> datetime | None:
    return None if time is None else time.replace(tzinfo=UTC)


@app.command("illustrate")
def illustrate(
    job: JobId,
    workspace: WorkspaceSlug,
    picture: Annotated[
        Path, typer.Argument(metavar="PICTURE", help="A JPEG, PNG or WebP file.", exists=True, dir_okay=False)
    ],
    data: DataDir = None,
) -> None:
    """Show a picture above a job's vacancies, cut to several shapes and sizes."""

    async def act(operator: Operator) -> str:
        held = await hold_job(operator.ctx, job_id_of(job))
        cut = await read_picture(picture.read_bytes(), name=picture.name, crops=HEADER, field="picture")
        image_id = await create_image(operator.ctx, operator.services.files, picture=cut)
        await show_header_image(operator.ctx, held, image_id)
        return held.title

    typer.echo(f"{as_operator(data, workspace, act)}: shown with {picture.name}.")


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
