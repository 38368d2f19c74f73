"""`rolecall member`: the people of a workspace, whom its career site shows as the team."""

from pathlib import Path
from typing import Annotated, Any

import typer

from rolecall.actions.members import NewMember, create_member, disable_member, set_avatar
from rolecall.commands.failures import Refused
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.pictures import picture_in
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.images import AVATAR
from rolecall.store import members
from rolecall.store.members import EMPLOYEE, PORTAL, Member

app = typer.Typer(no_args_is_help=True, help="Members: the people of a workspace, and its team on the career site.")
Address = Annotated[str, typer.Argument(metavar="EMAIL", help="The member's address.")]


@app.command("create")
def create(
    email: Address,
    workspace: WorkspaceSlug,
    first_name: Annotated[str, typer.Option(help="Given name.", show_default=False)],
    last_name: Annotated[str, typer.Option(help="Family name.", show_default=False)],
    job_title: Annotated[str | None, typer.Option(help="What they do, as in Senior recruiter.")] = None,
    phone: Annotated[str | None, typer.Option(help="International, as in +31 38 123 4567.")] = None,
    role: Annotated[str, typer.Option(help="A word, as in administrator or hr_manager.")] = "recruiter",
    role_label: Annotated[
        str | None, typer.Option(help="The role as people read it. Default: made of the word.", show_default=False)
    ] = None,
    portal: Annotated[bool, typer.Option("--portal", help="Somebody from outside; never shown in the team.")] = False,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Take somebody in.

    Example:  rolecall member create iris@acme.example -w acme --first-name Iris --last-name Terpstra
    """

    async def act(operator: Operator) -> Member:
        new = NewMember(
            email=email,
            first_name=first_name,
            last_name=last_name,
            role=role,
            kind=PORTAL if portal else EMPLOYEE,
            job_title=job_title,
            phone=phone,
            role_label=role_label,
        )
        return await create_member(operator.ctx, new)

    member = as_operator(data, workspace, act)
    if as_json:
        print_json(_row(member))
    else:
        typer.echo(f"{member.first_name} {member.last_name} is there, number {member.number}.")


@app.command("list")
def list_all(workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """List a workspace's members by name, those who have left too."""

    async def act(operator: Operator) -> list[Member]:
        return await members.of_workspace(operator.conn, operator.workspace_id)

    empty = f"There is none yet: rolecall member create EMAIL --workspace {workspace}"
    print_rows([_row(member) for member in as_operator(data, workspace, act)], as_json=as_json, empty=empty)


@app.command("disable")
def disable(email: Address, workspace: WorkspaceSlug, data: DataDir = None) -> None:
    """Say that somebody has left: they are shown nowhere any more, and what they did stays."""

    async def act(operator: Operator) -> Member:
        return await disable_member(operator.ctx, email)

    member = as_operator(data, workspace, act)
    typer.echo(f"{member.first_name} {member.last_name} has left.")


@app.command("avatar")
def avatar(
    email: Address,
    workspace: WorkspaceSlug,
    file: Annotated[Path | None, typer.Argument(help="A picture in JPEG, PNG or WebP.", show_default=False)] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Show none any more.")] = False,
    data: DataDir = None,
) -> None:
    """Show a member with a picture. It is cut to a square around its middle, and what the camera noted is left out."""
    if (file is None) != remove:
        raise Refused("Name a picture, or say --remove.")
    picture = None if file is None else picture_in(file, AVATAR)

    async def act(operator: Operator) -> Member:
        return await set_avatar(operator.ctx, operator.services.files, email=email, picture=picture)

    member = as_operator(data, workspace, act)
    typer.echo(f"{member.first_name} {member.last_name} is shown {'without' if remove else 'with'} a picture.")


def _row(member: Member) -> dict[str, Any]:
    return {
        "number": member.number,
        "email": member.email,
        "name": f"{member.first_name} {member.last_name}",
        "job_title": member.job_title,
        "role": member.role,
        "kind": member.kind,
        "avatar": member.avatar_image_id is not None,
        "disabled_at": member.disabled_at,
    }
