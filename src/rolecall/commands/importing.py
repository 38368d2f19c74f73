"""`rolecall import`: bring records in from files."""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from rolecall.actions.importing import ImportReport, Progress, import_postings
from rolecall.commands.failures import DONE, IN_PART, Refused
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json
from rolecall.commands.running import with_services
from rolecall.services import Services

app = typer.Typer(no_args_is_help=True, help="Bring records in from files.")

STDIN = Path("-")
_LINE_SECONDS = 2.0
Tell = Callable[[Progress], None]


PostingsFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="One JSON object per line, plain or gzip; - is standard input.")
]
RejectsFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Where lines go that cannot be imported. Default: FILE.rejects.ndjson in the present folder.",
        show_default=False,
    ),
]


@app.command("postings")
def postings(
    file: PostingsFile,
    workspace: WorkspaceSlug,
    rejects: RejectsFile = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Import job postings, with their companies, departments, locations and screening questions.

    A posting is known again by its id: a second run changes nothing, a changed line updates its job, and a run that was
    killed can simply be started again. A line that cannot be imported goes to the rejects file with its number and the
    reason, the others go in. Exit status 0: all went in; 1: some were rejected.

    Example:  rolecall import postings jobs.ndjson.gz --workspace acme
    """
    if file != STDIN and not file.is_file():
        raise Refused(f"There is no file {file}.")
    rejected_to = rejects or Path(f"{'stdin' if file == STDIN else file.name}.rejects.ndjson")
    try:
        report = with_services(data, lambda services: _import(services, file, workspace, rejects=rejected_to))
    except OSError as error:
        raise Refused(f"The file {error.filename or file} cannot be used: {error.strerror or error}.") from error
    if as_json:
        print_json(report)
    else:
        typer.echo(_summary(report, rejected_to))
    raise typer.Exit(IN_PART if report.rejected else DONE)


async def _import(services: Services, file: Path, workspace: str, *, rejects: Path) -> ImportReport:
    with _progress() as tell:
        return await import_postings(
            services.database,
            services.job_body,
            clock=services.clock,
            source=file,
            workspace=workspace,
            rejects=rejects,
            on_progress=tell,
        )


def _summary(report: ImportReport, rejects: Path) -> str:
    if report.read == 0:
        return "The file has no lines to import."
    counts = f"{report.created:,} new, {report.updated:,} changed, {report.unchanged:,} as they were"
    if report.repeated:
        counts += f", {report.repeated:,} repeated later in the file"
    rate = f"{report.seconds:.1f} s, {report.read / report.seconds if report.seconds else 0:,.0f} lines a second"
    text = f"{report.read:,} lines: {counts}, {report.rejected:,} rejected ({rate})."
    if report.rejected:
        return f"{text}\nThe rejected lines are in {rejects}, each with its number and the reason."
    if report.unchanged == report.read:
        return f"{text}\nNothing has changed since the last import."
    return text


@contextmanager
def _progress() -> Generator[Tell]:
    """Something to hand progress to: a bar on a terminal, a line now and then elsewhere. Both go to standard error."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with ProgressBar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Importing", total=None, rate="")

        def tell(progress: Progress) -> None:
            bar.update(
                task,
                description="Waiting for another import" if progress.waiting else "Importing",
                total=progress.bytes_total,
                completed=progress.bytes_done,
                rate=f"{progress.rate:,.0f} lines/s",
            )

        yield tell


class _Lines:
    """Progress as plain lines, not more than one in two seconds."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        if progress.waiting:
            typer.echo("Waiting for another import into this workspace.", err=True)
            return
        now = time.monotonic()
        if now - self._told < _LINE_SECONDS:
            return
        self._told = now
        left = progress.seconds_left
        rest = f", about {left:.0f} s left" if left is not None else ""
        typer.echo(f"{progress.report.read:,} lines, {progress.rate:,.0f} a second{rest}", err=True)
