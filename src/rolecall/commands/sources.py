"""`rolecall source`: what each source link brings."""

import csv
import sys
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import typer

from rolecall.actions.source_days import roll_up
from rolecall.commands.jobs import job_id_of
from rolecall.commands.options import DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.errors import JobUnknown
from rolecall.store import jobs, source_days
from rolecall.store.source_days import SourceFigures

app = typer.Typer(no_args_is_help=True, help="Source links: what each of them brings, in visits and applications.")
_USUAL_DAYS = 30


class Format(StrEnum):
    """How a report is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def _day(meaning: str) -> Any:
    return typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help=meaning, show_default=False)


_REPORT = """
Show what each source link brought, the source with the most applications first.

A link is made for each channel of a job, as by the API's create-source; whoever applies through it is credited to it.

[bold]visits[/bold]: all openings, as the API counts them. [bold]human[/bold]: without those of programs, as search \
engines and messengers send. [bold]visitors[/bold]: the people behind these, each once a day.
[bold]applications[/bold]: came in on these days by the link. [bold]hires[/bold]: the applications among them that \
ended well, on whatever day. [bold]conversion[/bold]: applications for each human visit.

Which channel is worth its money:

  rolecall source report --workspace acme

One job, day by day, for a spreadsheet:

  rolecall source report -w acme --job JOB_ID --since 2026-01-01 --daily --format csv
"""


@app.command("report", help=_REPORT)
def report(
    workspace: WorkspaceSlug,
    job: Annotated[str | None, typer.Option(metavar="JOB_ID", help="Only its links.", show_default=False)] = None,
    since: Annotated[datetime | None, _day("The first day (UTC). Default: 30 days with the last.")] = None,
    until: Annotated[datetime | None, _day("The last day. Default: today.")] = None,
    daily: Annotated[bool, typer.Option("--daily", help="A row for each day.")] = False,
    form: Annotated[
        Format, typer.Option("--format", help="For people, for programs, for spreadsheets.")
    ] = Format.TABLE,
    data: DataDir = None,
) -> None:
    last = until.date() if until is not None else datetime.now(UTC).date()
    first = since.date() if since is not None else last - timedelta(days=_USUAL_DAYS - 1)
    if first > last:
        raise typer.BadParameter(f"{first} is after {last}.", param_hint="--since")
    found = as_operator(data, workspace, lambda operator: _read(operator, job, first, last, daily=daily))
    if form == Format.TABLE:
        print_rows([_row(one) for one in found], empty=f"No visit and no application by a link from {first} to {last}.")
    elif form == Format.JSON:
        print_json([_details(one) for one in found])
    else:
        _print_csv([_details(one) for one in found])


async def _read(operator: Operator, job: str | None, since: date, until: date, *, daily: bool) -> list[SourceFigures]:
    job_id = None if job is None else job_id_of(job)
    if job_id is not None and await jobs.get(operator.conn, operator.workspace_id, job_id) is None:
        raise JobUnknown(job=job_id)
    await roll_up(operator.conn, now=operator.ctx.now)  # the worker's last time may be some minutes ago
    return await source_days.report(
        operator.conn, operator.workspace_id, job_id=job_id, since=since, until=until, daily=daily
    )


def _details(found: SourceFigures) -> dict[str, Any]:
    return {
        "day": found.day,
        "source": found.name,
        "source_id": found.link_id,
        "job": found.job_title,
        "job_id": found.job_id,
        "visits": found.figures.total,
        "human": found.figures.human,
        "visitors": found.figures.visitors,
        "applications": found.figures.applications,
        "hires": found.figures.hires,
        "conversion": found.figures.conversion,
    }


def _row(found: SourceFigures) -> dict[str, Any]:
    row = {name: value for name, value in _details(found).items() if not name.endswith("_id")}
    conversion = found.figures.conversion
    row["conversion"] = None if conversion is None else f"{conversion:.1%}"
    return row if found.day is not None else {name: value for name, value in row.items() if name != "day"}


def _print_csv(rows: list[dict[str, Any]]) -> None:
    """Comma-separated values with a line of names, also when there is no row."""
    names = ["day", "source", "source_id", "job", "job_id", "visits", "human", "visitors", "applications", "hires"]
    writer = csv.DictWriter(sys.stdout, [*names, "conversion"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
