"""The command line: `rolecall`."""

import signal
import sys
from importlib import metadata
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from rolecall.commands import (
    agencies,
    articles,
    candidates,
    clients,
    contests,
    contracts,
    credentials,
    demo,
    importing,
    jobs,
    locations,
    members,
    missions,
    partners,
    serving,
    sources,
    terms,
    webhooks,
    workspaces,
)
from rolecall.commands.failures import explain

_HELP = """
One job record, every recruiting API: a self-hosted recruitment platform that speaks five public contracts.

[bold]Try it[/bold]

  rolecall demo                      a workspace full of real postings

[bold]Run it[/bold]

  rolecall workspace create acme     a tenant of your own
  rolecall import postings FILE --workspace acme
  rolecall credential create recruitsome --workspace acme
  rolecall serve                     answers at http://127.0.0.1:8000

Each contract's reference is then under /docs there. rolecall COMMAND --help explains a command.
"""

_EPILOG = """
[bold]Where things are.[/bold] With DATABASE_URL unset, Rolecall runs a PostgreSQL of its own in the data folder \
(--data, or ROLECALL_DATA_DIR), and commands work while a server uses it. With DATABASE_URL set, it uses that \
database: a PostgreSQL 15 or newer; run rolecall migrate on it first.

[bold]Exit status.[/bold] 0 done, 1 done in part (an import rejected lines), 2 wrong command line, 3 refused for \
the reason given, 4 database not reachable or not up to date, 130 interrupted.
"""


class Root(TyperGroup):
    """The top command: an error that was foreseen is one line and an exit status, not a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Carry the command out."""
        try:
            return super().invoke(ctx)
        except (Exception, KeyboardInterrupt) as error:
            explained = explain(error)
            if explained is None:
                raise
            line, status = explained
            typer.echo(f"rolecall: {line}", err=True)
            raise typer.Exit(status) from error


app = typer.Typer(
    cls=Root,
    help=_HELP,
    epilog=_EPILOG,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo", rich_help_panel="Run")(demo.demo)
app.command("serve", rich_help_panel="Run", epilog=serving.settings_help())(serving.serve)
app.command("migrate", rich_help_panel="Run")(serving.migrate)
app.add_typer(workspaces.app, name="workspace", rich_help_panel="Manage and look up")
app.add_typer(importing.app, name="import", rich_help_panel="Manage and look up")
app.add_typer(credentials.app, name="credential", rich_help_panel="Manage and look up")
app.add_typer(jobs.app, name="job", rich_help_panel="Manage and look up")
app.add_typer(sources.app, name="source", rich_help_panel="Manage and look up")
app.add_typer(terms.app, name="term", rich_help_panel="Manage and look up")
app.add_typer(members.app, name="member", rich_help_panel="Manage and look up")
app.add_typer(locations.app, name="location", rich_help_panel="Manage and look up")
app.add_typer(articles.app, name="article", rich_help_panel="Manage and look up")
app.add_typer(candidates.app, name="candidate", rich_help_panel="Manage and look up")
app.add_typer(partners.app, name="partner", rich_help_panel="Manage and look up")
app.add_typer(missions.app, name="mission", rich_help_panel="Manage and look up")
app.add_typer(agencies.app, name="agency", rich_help_panel="Manage and look up")
app.add_typer(contests.app, name="contest", rich_help_panel="Manage and look up")
app.add_typer(clients.app, name="client", rich_help_panel="Manage and look up")
app.add_typer(webhooks.app, name="webhook", rich_help_panel="Manage and look up")
app.command("openapi", rich_help_panel="Manage and look up")(contracts.openapi)


def _asked_version(asked: bool) -> None:  # noqa: FBT001 - typer gives an option's value so
    if asked:
        typer.echo(f"rolecall {metadata.version('rolecall')}")
        raise typer.Exit


@app.callback()
def top(
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_asked_version, help="Print the release and exit.")
    ] = False,
) -> None:
    del version  # answered by its callback


def main() -> None:
    """Run the command that the arguments name."""
    signal.signal(signal.SIGTERM, _terminated)
    app()


def _terminated(_signal: int, _frame: FrameType | None) -> None:
    """End by the way of an exception, so that an embedded database is stopped on the way out."""
    sys.exit(128 + signal.SIGTERM)
