"""The command line: `rolecall`."""

import signal
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module, metadata
from types import FrameType
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

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


_RUN, _MANAGE = "Run", "Manage and look up"


class _Place(NamedTuple):
    """Where a command is: a module of `rolecall.commands` and, unless its `app` is a group of commands, a function.

    `epilog` is a function beside it, whose text ends the command's help.
    """

    module: str
    function: str = ""
    panel: str = _MANAGE
    epilog: str = ""


_PLACES = {
    "demo": _Place("demo", "demo", _RUN),
    "serve": _Place("serving", "serve", _RUN, epilog="settings_help"),
    "migrate": _Place("serving", "migrate", _RUN),
    "workspace": _Place("workspaces"),
    "import": _Place("importing"),
    "credential": _Place("credentials"),
    "job": _Place("jobs"),
    "source": _Place("sources"),
    "term": _Place("terms"),
    "member": _Place("members"),
    "location": _Place("locations"),
    "article": _Place("articles"),
    "candidate": _Place("candidates"),
    "partner": _Place("partners"),
    "mission": _Place("missions"),
    "agency": _Place("agencies"),
    "contest": _Place("contests"),
    "client": _Place("clients"),
    "webhook": _Place("webhooks"),
    "openapi": _Place("contracts", "openapi"),
}


class _Commands(Mapping[str, Any]):
    """All commands by name. A module is imported when its command is asked for: all take longer than most commands."""

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)

    def __getitem__(self, name: str) -> Any:
        return _command(name, _PLACES[name])


@cache
def _command(name: str, place: _Place) -> Any:
    """A command as click wants it."""
    module = import_module(f"rolecall.commands.{place.module}")
    alone = typer.Typer(rich_markup_mode="rich")
    if place.function:
        epilog = getattr(module, place.epilog)() if place.epilog else None
        alone.command(name, rich_help_panel=place.panel, epilog=epilog)(getattr(module, place.function))
    else:
        alone.add_typer(module.app, name=name, rich_help_panel=place.panel)
    return typer.main.get_group(alone).commands[name]


class Root(TyperGroup):
    """The top command: an error that was foreseen is one line and an exit status, not a traceback."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.commands = _Commands()

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
