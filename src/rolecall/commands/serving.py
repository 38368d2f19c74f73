"""`rolecall serve` and `rolecall migrate`."""

import asyncio
import socket
from typing import Annotated

import structlog
import typer

from rolecall.commands.options import DataDir, Host, Port
from rolecall.commands.running import settings_of
from rolecall.processes.database import make_ready, running_database
from rolecall.processes.listening import listen, with_address
from rolecall.processes.logs import set_up_logs
from rolecall.processes.serving import Job, Role, heed_interrupts, run_process
from rolecall.processes.supervisor import Troop, roles_of, supervise
from rolecall.services import Services
from rolecall.settings import Settings
from rolecall.store.migrate import migrate as migrate_database
from rolecall.web.logs import configure_logs

log = structlog.get_logger()


def serve(
    role: Annotated[Role, typer.Option(help="Answer requests, run background tasks, or both.")] = Role.ALL,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that share the port; one per core is plenty.")
    ] = 1,
    host: Host = None,
    port: Port = None,
    data: DataDir = None,
) -> None:
    """Run Rolecall: the web server and, in the same process, the worker.

    Some ways to run it:

      rolecall serve                   everything in one process
      rolecall serve --workers 2       two web processes and a worker
      rolecall serve --role web        web only; a worker runs elsewhere

    SIGTERM and Ctrl-C drain: requests under way are answered, for up to 10 seconds. Ctrl-C again ends at once.
    A process that dies is started again when there are several.
    """
    heed_interrupts()
    settings = settings_of(data, host=host, port=port)
    set_up_logs(settings)
    listening = None if role == Role.WORKER else listen(settings.host, settings.port)
    if listening is not None:
        settings = with_address(settings, listening)
    with running_database(settings) as url:
        asyncio.run(make_ready(settings, url, report=log.info))
        if workers == 1:
            run_process(Job(settings=settings, database_url=url, role=role, listening=listening, ready=_announce))
        else:
            _serve_with_many(settings, url, role=role, workers=workers, listening=listening)
    log.info("stopped")


def _serve_with_many(
    settings: Settings, url: str, *, role: Role, workers: int, listening: socket.socket | None
) -> None:
    async def ready() -> None:
        log.info("ready", url=settings.public_url, processes=len(roles))

    roles = roles_of(role, workers)
    supervise(Troop(settings=settings, database_url=url, roles=roles, listening=listening, ready=ready))


async def _announce(services: Services) -> None:
    log.info("ready", url=services.settings.public_url)


def settings_help() -> str:
    """Every setting, one a line, for the end of `rolecall serve --help`."""
    names = {"database_url": "DATABASE_URL", "redis_url": "REDIS_URL"}
    lines = [
        f"{names.get(name, f'ROLECALL_{name.upper()}')}  {field.description}"
        for name, field in Settings.model_fields.items()
    ]
    return "[bold]Settings[/bold], from the environment; options go first.\n\n" + "\n\n".join(lines)


def migrate(data: DataDir = None) -> None:
    """Bring the database up to date. Safe to repeat, and to run from several places at once.

    With DATABASE_URL unset the embedded database is migrated by itself whenever a command uses it.
    """
    settings = settings_of(data)
    configure_logs(style=settings.log_format, level="error")
    with running_database(settings) as url:
        applied = asyncio.run(migrate_database(url, report=typer.echo))
    typer.echo("The database is up to date." if applied else "Nothing to do: the database is up to date.")
