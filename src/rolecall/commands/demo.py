"""`rolecall demo`: Rolecall with something in it, in one terminal."""

import asyncio
import socket
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from rolecall.commands.failures import Refused
from rolecall.commands.options import DataDir, Host, Port
from rolecall.commands.running import settings_of
from rolecall.demo.calls import demo_calls
from rolecall.demo.cast import LARGER_BOARD
from rolecall.demo.keeping import DemoCredentials, save
from rolecall.demo.outbox import shown_mail
from rolecall.demo.partner.page import PATH, partner_pages
from rolecall.demo.preparing import Demo, kept_file, prepare
from rolecall.demo.receiver import NETWORK, Receiver, listen_to_demo, running_receiver
from rolecall.processes.database import running_database
from rolecall.processes.listening import listen, with_address
from rolecall.processes.logs import set_up_logs
from rolecall.processes.serving import Job, Role, heed_interrupts, run_process
from rolecall.services import Services
from rolecall.settings import Settings
from rolecall.store.migrate import migrate

CredentialsFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Also write addresses and credentials to FILE, as JSON.", show_default=False),
]


WithReceiver = Annotated[
    bool, typer.Option("--receiver", help="Also run a small receiver of webhooks, and print what it gets.")
]


def demo(
    host: Host = None,
    port: Port = None,
    credentials: CredentialsFile = None,
    receiver: WithReceiver = False,
    data: DataDir = None,
) -> None:
    """Start Rolecall with a workspace of real, public job postings, and print calls to paste for each contract.

    Everything is made on the first start and kept for the next: the data and the credentials. Ctrl-C stops all of it.
    """
    started = time.monotonic()
    heed_interrupts()
    settings = _settings(data, host=host, port=port, receiver=receiver)
    set_up_logs(settings)
    listening = listen(settings.host, settings.port)
    settings = with_address(settings, listening)
    with ExitStack() as stack:
        url = stack.enter_context(running_database(settings))
        hearing = stack.enter_context(running_receiver(typer.echo)) if receiver else None
        stack.enter_context(shown_mail(settings.data_dir / "outbox", typer.echo))
        asyncio.run(migrate(url))
        run_process(_job(settings, url, listening, credentials=credentials, hearing=hearing, started=started))
    typer.echo("Stopped. The data is kept for the next start.")


def _job(
    settings: Settings,
    url: str,
    listening: socket.socket,
    *,
    credentials: Path | None,
    hearing: Receiver | None,
    started: float,
) -> Job:
    """The process: filled before it starts, and told of once it has."""
    filled: list[Demo] = []

    async def fill(services: Services) -> None:
        filled.append(await prepare(services))
        await listen_to_demo(services, filled[0].credentials.workspace.id, hearing)

    async def ready(_services: Services) -> None:
        if credentials is not None:
            _save(credentials, filled[0].credentials)
        typer.echo(_greeting(settings, filled[0], seconds=time.monotonic() - started))
        typer.echo(_heard(filled[0].credentials, hearing) if hearing is not None else _UNHEARD)

    return Job(
        settings=settings,
        database_url=url,
        role=Role.ALL,
        listening=listening,
        prepare=fill,
        ready=ready,
        pages=[partner_pages(lambda: filled[0].credentials)],
    )


def _settings(data: Path | None, *, host: str | None, port: int | None, receiver: bool) -> Settings:
    settings = settings_of(data, host=host, port=port, demo=True)
    settings = settings.model_copy(update={"smtp_url": None})  # nobody of the cast has a mailbox
    if not receiver:
        return settings
    allowed = ",".join(filter(None, (settings.outbound_allow, NETWORK)))
    return settings.model_copy(update={"outbound_allow": allowed})


_UNHEARD = (
    "With --receiver (make demo ARGS=--receiver), it also runs a receiver of webhooks and prints what that gets.\n"
)


def _heard(kept: DemoCredentials, receiver: Receiver) -> str:
    body = f'{{"job_id":"{kept.job.id}","status":"Paused"}}'
    return f"""A receiver at {receiver.url} hears of jobs and applications. Pause a job, by any contract, and it tells:

curl -s -X PATCH '{kept.base_url}/v1/update-job' -H 'Authorization: Bearer {kept.hirempire.token}' -d '{body}'
"""


def _save(path: Path, kept: DemoCredentials) -> None:
    try:
        save(path, kept)
    except OSError as error:
        raise Refused(f"The file {path} cannot be written: {error.strerror}.") from error


def _other_name(base_url: str) -> str:
    """This machine by its other name: to a browser that is a page of another origin, as a partner's is."""
    return base_url.replace("//127.0.0.1:", "//localhost:")


def _greeting(settings: Settings, demo: Demo, *, seconds: float) -> str:
    kept = demo.credentials
    calls = "\n\n".join(f"# {call.title}\n{call.command}" for call in demo_calls(demo))
    agencies = "\n".join(f"                    {url}  {who}" for who, url in demo.entrances.agencies.items())
    if settings.database_url is None:
        place = (
            f"The data is in {settings.data_dir}. To throw it away, stop the demo and run:  rm -r '{settings.data_dir}'"
        )
        data = f" --data '{settings.data_dir}'"
    else:
        place = "The data is in the database of DATABASE_URL, in the workspace demo."
        data = ""
    program = sys.argv[0] if Path(sys.argv[0]).name == "rolecall" else "rolecall"
    return f"""
Rolecall's demo is ready, in {seconds:.1f} s:  {kept.base_url}/

  API reference     {kept.base_url}/docs
  Public job pages  {kept.jobs_base_url}/{kept.company.slug}
  A larger board    {kept.jobs_base_url}/{LARGER_BOARD}
  MCP server        {kept.base_url}/v1/mcp  for assistants, with the client credentials
                    {demo.mcp.client_id}  {demo.mcp.client_secret}
  A partner's page  {_other_name(kept.base_url)}{PATH}  shows the agency screens in frames
  Agencies          {kept.base_url}/agency/{kept.workspace.slug}  where these sign in, each once:
{agencies}
  Partners' mission {demo.entrances.review}
                    waits to be reviewed there, for an hour

Calls for each contract, with credentials that work:

{calls}

What a month of visits brought, by source link; in another terminal:

{program} source report --workspace {kept.workspace.slug}{data}

{place}
The credentials are kept in {kept_file(settings.data_dir)}. Mail that goes out is shown below, and kept in the
folder outbox of the data folder. Ctrl-C stops everything.
"""
