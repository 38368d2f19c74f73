"""`rolecall agency`: who postings can go to."""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any

import typer

from rolecall.actions.agencies import NewAgency, NewRecruiter, add_recruiter, create_agency, prefer_agency
from rolecall.actions.signing_in import make_link
from rolecall.commands.failures import Refused
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.errors import AgencyUnknown
from rolecall.domain.fees import CustomFee
from rolecall.domain.invitations import Invitation
from rolecall.domain.recruiters import LINK_LIVES, LONGEST_LINK_LIFE, Role
from rolecall.store import agencies, clients, invitations, recruiters
from rolecall.store.agencies import Agency, Recruiter


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)


app = typer.Typer(no_args_is_help=True, help="Agencies that a job can be offered to.")


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="The agency's name.")],
    workspace: WorkspaceSlug,
    email: Annotated[str, typer.Option(help="Where it is written to.", show_default=False)],
    website: Annotated[str | None, typer.Option(metavar="URL", help="Its website.", show_default=False)] = None,
    specialty: Annotated[
        list[str] | None, typer.Option(help="A role, industry, level or place it knows; may be repeated.")
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Take an agency in.

    Example:  rolecall agency create "Nordlys Talent" -w acme --email desk@nordlys.example --specialty engineering
    """

    async def act(operator: Operator) -> Agency:
        new = NewAgency(name=name, email=email, website=website, specialties=specialty or ())
        return await create_agency(operator.ctx, new)

    agency = as_operator(data, workspace, act)
    if as_json:
        print_json(_row(agency))
    else:
        typer.echo(f"Agency {agency.name} is there, id {agency.id}.")


@app.command("list")
def list_all(workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """List a workspace's agencies by name."""

    async def act(operator: Operator) -> list[Agency]:
        return await agencies.of_workspace(operator.conn, operator.workspace_id)

    empty = f"There is none yet: rolecall agency create NAME --email ADDRESS --workspace {workspace}"
    print_rows([_row(agency) for agency in as_operator(data, workspace, act)], as_json=as_json, empty=empty)


@app.command("prefer")
def prefer(
    name: Annotated[str, typer.Argument(help="The agency's name.")],
    workspace: WorkspaceSlug,
    client: Annotated[str, typer.Option(metavar="ID", help="The client that prefers it.", show_default=False)],
    fee: Annotated[
        list[str] | None,
        typer.Option(metavar="PERCENT", help="What they agreed on, as in 18.5; may be repeated.", show_default=False),
    ] = None,
    data: DataDir = None,
) -> None:
    """Let a client prefer an agency: it comes first on the screens, and `all preferred` includes it.

    Fees take the place of those agreed on before; without --fee, those stay.
    """
    fees = [CustomFee(percentage=_percent(percent)) for percent in fee or ()]

    async def act(operator: Operator) -> None:
        agency = await agencies.by_name(operator.conn, operator.workspace_id, name)
        if agency is None:
            raise AgencyUnknown(agency=name)
        known = await clients.of_workspace(operator.conn, operator.workspace_id)
        chosen = [found for found in known if client in {found.external_id, str(found.id)}]
        if len(chosen) != 1:
            raise Refused(_not_one(client, len(chosen), workspace))
        await prefer_agency(operator.ctx, chosen[0].id, agency.id, fees=fees)

    as_operator(data, workspace, act)
    typer.echo(f"{client} prefers {name}.")


@app.command("add-recruiter")
def add_one(
    name: Annotated[str, typer.Argument(help="The agency's name.")],
    workspace: WorkspaceSlug,
    first_name: Annotated[str, typer.Option(help="The person's first name.", show_default=False)],
    last_name: Annotated[str, typer.Option(help="The person's last name.", show_default=False)],
    email: Annotated[str, typer.Option(help="Where the person is written to.", show_default=False)],
    phone: Annotated[str | None, typer.Option(help="With the country, as in +46 8 123.", show_default=False)] = None,
    role: Annotated[Role, typer.Option(help="What the person may do on the agencies' pages.")] = Role.RECRUITER,
    data: DataDir = None,
) -> None:
    """Say who works for an agency. An agency needs a team manager to invite others by itself."""
    new = NewRecruiter(first_name=first_name, last_name=last_name, email=email, phone=phone, role=role)

    async def act(operator: Operator) -> Recruiter:
        agency = await agencies.by_name(operator.conn, operator.workspace_id, name)
        if agency is None:
            raise AgencyUnknown(agency=name)
        return await add_recruiter(operator.ctx, agency.id, new)

    added = as_operator(data, workspace, act)
    typer.echo(f"{added.first_name} {added.last_name} works for {name}, id {added.id}.")


@app.command("recruiters")
def list_recruiters(
    name: Annotated[str, typer.Argument(help="The agency's name.")],
    workspace: WorkspaceSlug,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List who works for an agency, also those who have left."""

    async def act(operator: Operator) -> list[Recruiter]:
        agency = await agencies.by_name(operator.conn, operator.workspace_id, name)
        if agency is None:
            raise AgencyUnknown(agency=name)
        return await agencies.recruiters(operator.conn, operator.workspace_id, agency.id)

    rows = [_recruiter_row(found) for found in as_operator(data, workspace, act)]
    empty = f'There is nobody yet: rolecall agency add-recruiter "{name}" --workspace {workspace}'
    print_rows(rows, as_json=as_json, empty=empty)


@app.command("sign-in-link")
def sign_in_link(
    email: Annotated[str, typer.Argument(help="The recruiter's address.")],
    workspace: WorkspaceSlug,
    minutes: Annotated[
        int, typer.Option(min=1, max=_minutes(LONGEST_LINK_LIFE), help="For how long it is good.")
    ] = _minutes(LINK_LIVES),
    data: DataDir = None,
) -> None:
    """Print a link that signs a recruiter in, once: for whom mail does not reach."""

    async def act(operator: Operator) -> str:
        recruiter = await recruiters.by_address(operator.conn, operator.workspace_id, email)
        if recruiter is None:
            raise Refused(f"No agency has a recruiter in office with the address {email}.")
        token = await make_link(operator.ctx, recruiter.id, lives=timedelta(minutes=minutes))
        return f"{operator.services.settings.public_url}/agency/{operator.workspace.slug}/enter/{token}"

    typer.echo(as_operator(data, workspace, act))


@app.command("invitations")
def list_invitations(
    workspace: WorkspaceSlug,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List whom clients have invited, newest first, and what became of it."""

    async def act(operator: Operator) -> list[Invitation]:
        return await invitations.newest(operator.conn, operator.workspace_id, limit=limit)

    rows = [_invitation_row(found) for found in as_operator(data, workspace, act)]
    print_rows(rows, as_json=as_json, empty="No client has invited an agency yet.")


def _recruiter_row(recruiter: Recruiter) -> dict[str, Any]:
    return {
        "id": recruiter.id,
        "name": recruiter.name,
        "email": recruiter.email,
        "role": str(recruiter.role),
        "disabled_at": recruiter.disabled_at,
    }


def _invitation_row(invitation: Invitation) -> dict[str, Any]:
    return {
        "id": invitation.id,
        "status": str(invitation.status),
        "company_name": invitation.company_name,
        "email": invitation.email,
        "created_at": invitation.created_at,
        "mailed_at": invitation.mailed_at,
        "expires_at": invitation.expires_at,
    }


def _not_one(client: str, found: int, workspace: str) -> str:
    if found:
        return f"{found} connectors have a client {client}: name it by the id of `rolecall client list -w {workspace}`."
    return f"There is no client {client}. `rolecall client list --workspace {workspace}` shows those there are."


def _percent(text: str) -> Decimal:
    try:
        return Decimal(text.removesuffix("%").strip())
    except ArithmeticError as error:
        raise Refused(f'"{text}" is no fee in percent: write it as in 18.5.') from error


def _row(agency: Agency) -> dict[str, Any]:
    return {
        "id": agency.id,
        "name": agency.name,
        "email": agency.email,
        "website": agency.website,
        "specialties": agency.specialties,
    }
