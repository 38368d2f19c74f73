"""`rolecall client`: the customers of embedding partners, and what they know under ids of their own."""

from typing import Annotated, Any
from uuid import UUID

import typer

from rolecall.actions.clients import add_client_application, add_client_job, name_client
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.clients import Client
from rolecall.domain.errors import ConnectorUnknown, JobUnknown, SubmissionUnknown
from rolecall.domain.ids import parse_id
from rolecall.store import clients

app = typer.Typer(no_args_is_help=True, help="Clients of partners that embed the agency screens.")
Connector = Annotated[
    str,
    typer.Option(metavar="ID", help="The partner's connector, as its credential showed it.", show_default=False),
]


@app.command("list")
def list_all(workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """List clients, oldest first. One comes into being when a partner first asks for a link for it."""

    async def act(operator: Operator) -> list[Client]:
        return await clients.of_workspace(operator.conn, operator.workspace_id)

    empty = f"There is none yet: rolecall credential create recruitifi --workspace {workspace} --client ID"
    print_rows([_row(client) for client in as_operator(data, workspace, act)], as_json=as_json, empty=empty)


@app.command("name")
def name_one(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client, by the partner's own id.")],
    name: Annotated[str, typer.Argument(help="What people call it.")],
    workspace: WorkspaceSlug,
    connector: Connector,
    data: DataDir = None,
) -> None:
    """Say what a client is called: agencies read it in invitations, developers in the list of organizations."""
    connector_id = _connector_id(connector)

    async def act(operator: Operator) -> Client:
        return await name_client(operator.ctx, connector_id, client, name=name)

    typer.echo(f"{client} is called {as_operator(data, workspace, act).name}.")


@app.command("add-job")
def add_job(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client, by the partner's own id.")],
    job: Annotated[str, typer.Argument(metavar="JOB_ID", help="The job's id, as `rolecall job list` shows it.")],
    workspace: WorkspaceSlug,
    connector: Connector,
    known_as: Annotated[
        str | None,
        typer.Option("--as", metavar="ID", help="The client's own id for the job. Default: ours.", show_default=False),
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Let a client's own id stand for a job, so that the partner can ask for links to it."""
    connector_id = _connector_id(connector)
    job_id = _job_id(job)

    async def act(operator: Operator) -> Client:
        return await add_client_job(operator.ctx, connector_id, client, job_external_id=known_as or job, job_id=job_id)

    added = as_operator(data, workspace, act)
    if as_json:
        print_json(_row(added) | {"job": job, "known_as": known_as or job})
    else:
        typer.echo(f"{client} knows the job as {known_as or job}.")


@app.command("add-application")
def add_application(
    submission: Annotated[
        str, typer.Argument(metavar="SUBMISSION_ID", help="Our id of the person that an agency submitted.")
    ],
    known_as: Annotated[str, typer.Argument(metavar="ID", help="The partner's own id for the application.")],
    workspace: WorkspaceSlug,
    data: DataDir = None,
) -> None:
    """Let a partner's own id stand for a submission, so that the partner can ask for links to it."""
    submission_id = parse_id(submission)
    if submission_id is None:
        raise SubmissionUnknown
    as_operator(
        data, workspace, lambda operator: add_client_application(operator.ctx, submission_id, external_id=known_as)
    )
    typer.echo(f"The application is known as {known_as}.")


def _connector_id(text: str) -> UUID:
    found = parse_id(text)
    if found is None:
        raise ConnectorUnknown(connector=text)
    return found


def _job_id(text: str) -> UUID:
    found = parse_id(text)
    if found is None:
        raise JobUnknown(job=text)
    return found


def _row(client: Client) -> dict[str, Any]:
    return {
        "id": client.id,
        "external_id": client.external_id,
        "name": client.name,
        "connector_id": client.connector_id,
        "acts_for_workspace": client.acts_for_workspace,
        "created_at": client.created_at,
    }
