"""`rolecall candidate`: what members are asked about the resumes that were uploaded for them."""

from typing import Annotated, Any
from uuid import UUID

import typer

from rolecall.actions.resumes import Completion, resolve_request
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.candidates import Candidate
from rolecall.domain.errors import AssistantRequestUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.resumes import AssistantRequest, Resolution
from rolecall.store import assistant_requests, candidates
from rolecall.store.assistant_requests import DescribedRequest

app = typer.Typer(no_args_is_help=True, help="Candidates: what members are asked about uploaded resumes.")


@app.command("requests")
def requests(
    workspace: WorkspaceSlug,
    settled: Annotated[bool, typer.Option("--all", help="Also those that are settled.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many, the newest first.")] = 50,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List what members are told and asked: a candidate was created, a resume awaits review, or lacks an address."""

    async def act(operator: Operator) -> list[DescribedRequest]:
        return await assistant_requests.newest(operator.conn, operator.workspace_id, settled=settled, limit=limit)

    found = as_operator(data, workspace, act)
    print_rows([_row(one) for one in found], as_json=as_json, empty="Nothing is waiting.")


@app.command("resolve")
def resolve(
    request: Annotated[str, typer.Argument(metavar="ID", help="Its id, as `rolecall candidate requests` shows it.")],
    workspace: WorkspaceSlug,
    resolution: Annotated[
        Resolution,
        typer.Option(
            "--as",
            help="merged: fill the known candidate's gaps. completed: make one with --email. seen, dismissed: nothing.",
            show_default=False,
        ),
    ],
    email: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The person's e-mail address.", show_default=False)
    ] = None,
    first_name: Annotated[
        str | None, typer.Option(help="Instead of the one that was read.", show_default=False)
    ] = None,
    last_name: Annotated[str | None, typer.Option(help="Instead of the one that was read.", show_default=False)] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Settle a request.

    Example:  rolecall candidate resolve 0197… -w acme --as completed --email mira@mail.example
    """
    request_id = _request_id(request)
    completion = Completion(email=email, first_name=first_name, last_name=last_name)

    async def act(operator: Operator) -> tuple[AssistantRequest, Candidate | None]:
        settled = await resolve_request(operator.ctx, request_id, resolution, completion=completion)
        if settled.candidate_id is None:
            return settled, None
        return settled, await candidates.get(operator.conn, operator.workspace_id, settled.candidate_id)

    settled, candidate = as_operator(data, workspace, act)
    slug = None if candidate is None else candidate.slug
    if as_json:
        print_json({"id": settled.id, "resolution": settled.resolution, "candidate": slug})
    else:
        typer.echo(f"Settled as {settled.resolution}." + (f" The candidate is {slug}." if slug else ""))


def _request_id(text: str) -> UUID:
    found = parse_id(text)
    if found is None:
        raise AssistantRequestUnknown(request=text)
    return found


def _row(request: DescribedRequest) -> dict[str, Any]:
    return {
        "id": request.id,
        "kind": request.kind,
        "member": request.member,
        "name": request.name,
        "email": request.email,
        "file": request.file,
        "candidate": request.candidate,
        "resolution": request.resolution,
        "created_at": request.created_at,
    }
