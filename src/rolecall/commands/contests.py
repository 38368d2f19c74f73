"""`rolecall contest`: who owns a candidate, where a client says that it knew the person before the agency did."""

from dataclasses import asdict
from typing import Annotated

import typer

from rolecall.actions.ownership import settle_contest
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.errors import ContestUnknown
from rolecall.domain.ids import parse_id
from rolecall.store import contests
from rolecall.store.contests import ListedContest

app = typer.Typer(no_args_is_help=True, help="Contests of ownership: settle who brought a candidate.")


@app.command("list")
def list_all(
    workspace: WorkspaceSlug,
    settled: Annotated[bool, typer.Option("--settled", help="Also those that are settled.")] = False,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List contests, oldest first, with what the client says."""

    async def act(operator: Operator) -> list[ListedContest]:
        return await contests.listed(operator.conn, operator.workspace_id, waiting=not settled)

    rows = [asdict(found) for found in as_operator(data, workspace, act)]
    print_rows(rows, as_json=as_json, empty="No contest waits." if not settled else "There has been none.")


@app.command("settle")
def settle(
    contest: Annotated[str, typer.Argument(metavar="CONTEST_ID", help="Its id, as `rolecall contest list` shows it.")],
    workspace: WorkspaceSlug,
    uphold: Annotated[bool, typer.Option("--uphold/--refuse", help="Whether the client is right.", show_default=False)],
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Decide a contest, once. Upheld, the agency owns the candidate no more, and a hire pays the next one or nobody.

    Example:  rolecall contest settle CONTEST_ID -w acme --uphold
    """
    contest_id = parse_id(contest)
    if contest_id is None:
        raise ContestUnknown

    async def act(operator: Operator) -> None:
        await settle_contest(operator.ctx, contest_id, upheld=uphold)

    as_operator(data, workspace, act)
    outcome = "upheld" if uphold else "refused"
    if as_json:
        print_json({"id": contest_id, "outcome": outcome})
    else:
        typer.echo(f"The contest is {outcome}.")
