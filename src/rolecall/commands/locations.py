"""`rolecall location`: the offices that a workspace calls its own."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from rolecall.actions.offices import NewOffice, create_office, remove_office
from rolecall.commands.failures import Refused
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.store.locations import Office, offices

app = typer.Typer(
    no_args_is_help=True, help="Locations: the offices that the career site lists as the workspace's own."
)


Country = Annotated[str | None, typer.Option(help="Two letters, as in NL.", show_default=False)]
City = Annotated[str | None, typer.Option(help="City or town.", show_default=False)]
Lines = Annotated[list[str] | None, typer.Option(help="A line of the address; up to three.", show_default=False)]
PostalCode = Annotated[str | None, typer.Option(help="As in 8011 CZ.", show_default=False)]
Region = Annotated[str | None, typer.Option(help="Province or state.", show_default=False)]
Latitude = Annotated[float | None, typer.Option(help="In degrees, as in 52.505.", show_default=False)]
Longitude = Annotated[float | None, typer.Option(help="In degrees, as in 6.091; west is negative.", show_default=False)]
Code = Annotated[
    str | None,
    typer.Option(help="A location that postings brought along, as in SE-lund: make that the office, with its jobs."),
]


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What the office is called.")],
    workspace: WorkspaceSlug,
    country: Country = None,
    city: City = None,
    address: Lines = None,
    postal_code: PostalCode = None,
    region: Region = None,
    latitude: Latitude = None,
    longitude: Longitude = None,
    code: Code = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List an office on the career site.

    Example:  rolecall location create "Hub Zwolle" -w acme --country NL --city Zwolle --address "Stationsweg 8"
    """
    new = NewOffice(
        name=name,
        country_code=country,
        code=code,
        **_lines(address or ()),
        postal_code=postal_code,
        city=city,
        region=region,
        latitude=latitude,
        longitude=longitude,
    )

    async def act(operator: Operator) -> Office:
        return await create_office(operator.ctx, new)

    office = as_operator(data, workspace, act)
    if as_json:
        print_json(_row(office))
    else:
        typer.echo(f"{office.name} is listed as {office.slug}.")


@app.command("list")
def list_all(workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """List a workspace's offices by name."""

    async def act(operator: Operator) -> list[Office]:
        return await offices(operator.conn, operator.workspace_id)

    empty = f"There is none yet: rolecall location create NAME --country CODE --workspace {workspace}"
    print_rows([_row(office) for office in as_operator(data, workspace, act)], as_json=as_json, empty=empty)


@app.command("remove")
def remove(
    slug: Annotated[str, typer.Argument(help="The office's slug, as `rolecall location list` shows it.")],
    workspace: WorkspaceSlug,
    data: DataDir = None,
) -> None:
    """Take an office off the career site. Jobs keep it as their location."""

    async def act(operator: Operator) -> Office:
        return await remove_office(operator.ctx, slug)

    typer.echo(f"{as_operator(data, workspace, act).name} is listed no longer.")


def _lines(address: Sequence[str]) -> dict[str, str]:
    if len(address) > 3:
        raise Refused("An address has three lines at most.")
    return {f"address_line_{number}": line for number, line in enumerate(address, 1)}


def _row(office: Office) -> dict[str, Any]:
    return {
        "number": office.number,
        "slug": office.slug,
        "code": office.code,
        "name": office.name,
        "address": office.address,
        "city": office.city,
        "country": office.country_code,
    }
