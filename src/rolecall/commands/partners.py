"""`rolecall partner`: the accounts that push missions in or embed screens, and what each owns."""

from typing import Annotated, Any, TypeAlias

import typer

from rolecall.actions.partners import set_partner_active
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.store import missions
from rolecall.store.missions import Owned

app = typer.Typer(no_args_is_help=True, help="Partner accounts: what each owns, and who is shut out.")
PartnerName: TypeAlias = Annotated[
    str, typer.Argument(metavar="NAME", help="The account, as `rolecall partner list` shows it.")
]


@app.command("list")
def list_all(workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """List partner accounts by name, with the companies and missions that each has pushed."""

    async def act(operator: Operator) -> list[Owned]:
        return await missions.owned(operator.conn, operator.workspace_id)

    empty = f"There is none yet: rolecall credential create crosspath --workspace {workspace} --partner NAME"
    print_rows([_row(owned) for owned in as_operator(data, workspace, act)], as_json=as_json, empty=empty)


@app.command("disable")
def disable(name: PartnerName, workspace: WorkspaceSlug, data: DataDir = None) -> None:
    """Shut an account out at once: its keys and tokens are refused, its open screens end. Its missions stay."""
    as_operator(data, workspace, lambda operator: set_partner_active(operator.ctx, name, active=False))
    typer.echo(f"{name} is shut out. `rolecall partner enable` lets it in again.")


@app.command("enable")
def enable(name: PartnerName, workspace: WorkspaceSlug, data: DataDir = None) -> None:
    """Let an account in again, with the keys that it had."""
    as_operator(data, workspace, lambda operator: set_partner_active(operator.ctx, name, active=True))
    typer.echo(f"{name} is let in.")


def _row(owned: Owned) -> dict[str, Any]:
    return {
        "name": owned.name,
        "publishes_at_once": owned.publish_immediately,
        "companies": owned.companies,
        "waiting": owned.draft,
        "live": owned.open,
        "paused": owned.paused,
        "closed": owned.closed,
        "created_at": owned.created_at,
        "disabled_at": owned.disabled_at,
    }
