"""`rolecall credential`: the keys and tokens that clients of the five contracts sign in with."""

from typing import Annotated, Any

import typer

from rolecall.actions.issuing import withdraw
from rolecall.commands import issuing
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.credentials import Credential
from rolecall.domain.errors import CredentialNotFound
from rolecall.domain.ids import parse_id
from rolecall.store.credentials import of_workspace

app = typer.Typer(no_args_is_help=True, help="Keys and tokens for the five APIs: make, list and revoke them.")
app.add_typer(issuing.app, name="create")
_COLUMNS = ["id", "kind", "name", "begins", "created_at", "expires_at", "last_used_at"]


@app.command("list")
def list_all(
    workspace: WorkspaceSlug,
    revoked: Annotated[bool, typer.Option("--all", help="Revoked ones too.")] = False,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List a workspace's credentials, oldest first. Only the beginning of a secret is known."""

    async def act(operator: Operator) -> list[Credential]:
        return await of_workspace(operator.conn, operator.workspace_id)

    rows = [_row(found) for found in as_operator(data, workspace, act) if revoked or found.revoked_at is None]
    if as_json:
        print_json(rows)
        return
    shown = [*_COLUMNS, "revoked_at"] if revoked else _COLUMNS
    empty = f"There is none yet: rolecall credential create KIND --workspace {workspace}"
    print_rows([{name: row[name] for name in shown} for row in rows], empty=empty)


@app.command("revoke")
def revoke(
    credential: Annotated[str, typer.Argument(metavar="ID", help="Its id, as `rolecall credential list` shows it.")],
    workspace: WorkspaceSlug,
    data: DataDir = None,
) -> None:
    """Revoke a credential: the next request with it is refused."""
    credential_id = parse_id(credential)
    if credential_id is None:
        raise CredentialNotFound(credential=credential)

    async def act(operator: Operator) -> None:
        await withdraw(operator.ctx, credential_id)

    as_operator(data, workspace, act)
    typer.echo("Revoked. Requests with it are refused from now on.")


def _row(credential: Credential) -> dict[str, Any]:
    return {
        "id": credential.id,
        "kind": str(credential.kind),
        "name": credential.name,
        "begins": credential.prefix,
        "public_id": credential.public_id,
        "environment": credential.environment,
        "scopes": credential.scopes,
        "created_at": credential.created_at,
        "expires_at": credential.expires_at,
        "last_used_at": credential.last_used_at,
        "revoked_at": credential.revoked_at,
    }
