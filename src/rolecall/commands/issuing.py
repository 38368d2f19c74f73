"""`rolecall credential create KIND`: each kind with its own options, the secret shown once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

import typer

from rolecall.actions import issuing
from rolecall.actions.issuing import Issued
from rolecall.commands.failures import Refused
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.credentials import VACANCY_PRESETS, VACANCY_SCOPES

app = typer.Typer(
    no_args_is_help=True,
    help="Make a credential. Its secret is shown once: only a hash of it is stored.",
)

Issue = Callable[[Operator], Awaitable[Issued]]


class Environment(StrEnum):
    PRODUCTION = "production"
    DEVELOPMENT = "development"


class Preset(StrEnum):
    CAREER_WEBSITE = "career-website"
    CHROME_PLUGIN = "chrome-plugin"


class Expiry(StrEnum):
    MONTH = "30d"
    QUARTER = "90d"
    NEVER = "never"


_LIVES = {Expiry.MONTH: timedelta(days=30), Expiry.QUARTER: timedelta(days=90), Expiry.NEVER: None}
Name = Annotated[str, typer.Option(help="What it is for, as lists show it.")]
PartnerName = Annotated[str, typer.Option(help="The partner account it is for; made when there is none by that name.")]


@dataclass(frozen=True, slots=True)
class Shown:
    """How a kind's secret is called in its contract, and how a request carries it."""

    secret: str
    usage: str
    note: str = ""


@app.command("bindbee")
def bindbee(
    workspace: WorkspaceSlug,
    environment: Annotated[
        Environment, typer.Option(help="One key per environment: a new one replaces the old one at once.")
    ] = Environment.PRODUCTION,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """API key of the unified ATS API. Calls also need a connector token: see bindbee-connector."""

    async def issue(operator: Operator) -> Issued:
        return await issuing.issue_unified_key(operator.ctx, operator.workspace, environment=environment)

    shown = Shown(
        "api_key", "Authorization: Bearer {secret}", f"The {environment} key before it, if any, no longer works."
    )
    _create(issue, shown, workspace=workspace, data=data, as_json=as_json)


@app.command("bindbee-connector")
def bindbee_connector(workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """Token of the workspace's own connector in the unified ATS API. A new one replaces the old one at once."""

    async def issue(operator: Operator) -> Issued:
        return await issuing.issue_connector_token(operator.ctx, operator.workspace, sealer=operator.services.sealer)

    shown = Shown("connector_token", "x-connector-token: {secret}", "The token before it, if any, no longer works.")
    _create(issue, shown, workspace=workspace, data=data, as_json=as_json)


@app.command("recruitsome")
def recruitsome(
    workspace: WorkspaceSlug,
    name: Name = "Career website",
    preset: Annotated[
        Preset | None, typer.Option(help="A usual set of scopes. Default: career-website.", show_default=False)
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(metavar="SCOPE", help=f"Instead of a preset, may be repeated: {', '.join(VACANCY_SCOPES)}."),
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Key of the vacancy publishing API.

    Example:  rolecall credential create recruitsome -w acme --scope vacancies:read --scope locations:read
    """
    if scope and preset is not None:
        raise Refused("Give either --preset or --scope, not both.")
    unknown = [word for word in scope or () if word not in VACANCY_SCOPES]
    if unknown:
        raise Refused(f"There is no scope {unknown[0]}. There are: {', '.join(VACANCY_SCOPES)}.")
    scopes = scope or VACANCY_PRESETS[preset or Preset.CAREER_WEBSITE]

    async def issue(operator: Operator) -> Issued:
        return await issuing.issue_vacancies_key(operator.ctx, operator.workspace, name=name, scopes=scopes)

    shown = Shown("api_key", "Authorization: Bearer {secret}", f"It may: {', '.join(scopes)}.")
    _create(issue, shown, workspace=workspace, data=data, as_json=as_json)


@app.command("hirempire")
def hirempire(
    workspace: WorkspaceSlug,
    name: Name = "Source tracking",
    expires: Annotated[Expiry, typer.Option(help="How long it works.")] = Expiry.NEVER,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Token of the source tracking API."""

    async def issue(operator: Operator) -> Issued:
        return await issuing.issue_sources_token(operator.ctx, operator.workspace, name=name, lives=_LIVES[expires])

    shown = Shown("token", "Authorization: Bearer {secret}", _how_long(expires))
    _create(issue, shown, workspace=workspace, data=data, as_json=as_json)


@app.command("hirempire-mcp")
def hirempire_mcp(
    workspace: WorkspaceSlug,
    name: Name = "MCP client",
    expires: Annotated[Expiry, typer.Option(help="How long it works.")] = Expiry.NEVER,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Client id and secret with which an MCP client, such as an assistant, uses the source tracking tools.

    Example:  rolecall credential create hirempire-mcp -w acme --name "Assistant" --expires 90d
    """

    async def issue(operator: Operator) -> Issued:
        return await issuing.issue_mcp_client(operator.ctx, operator.workspace, name=name, lives=_LIVES[expires])

    note = f"MCP clients connect to /v1/mcp and get their tokens themselves. {_how_long(expires)}"
    usage = "client_secret of grant_type=client_credentials to POST /v1/oauth/token."
    _create(issue, Shown("client_secret", usage, note), workspace=workspace, data=data, as_json=as_json)


def _how_long(expires: Expiry) -> str:
    if expires == Expiry.NEVER:
        return "It works until it is revoked."
    return f"It works for {expires.removesuffix('d')} days."


@app.command("recruitifi")
def recruitifi(
    workspace: WorkspaceSlug,
    partner: PartnerName = "Embedding partner",
    origin: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL", help="A page's origin that may frame the screens; may be repeated. Default: any https page."
        ),
    ] = None,
    client: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="A client of the partner, by its own id, that may open every job of the workspace."
        ),
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Client id and secret of a partner that embeds the agency screens, with its connector id.

    Example:  rolecall credential create recruitifi -w acme --partner Oakline --origin https://app.oakline.example
    """

    async def issue(operator: Operator) -> Issued:
        return await issuing.issue_embedding_client(
            operator.ctx, operator.workspace, partner_name=partner, origins=origin or (), client=client
        )

    shown = Shown("client_secret", "JSON to POST /v1/auth/token; links then carry X-Auth-Token and connectorId.")
    _create(issue, shown, workspace=workspace, data=data, as_json=as_json)


@app.command("recruitifi-developer")
def recruitifi_developer(
    workspace: WorkspaceSlug,
    partner: PartnerName = "Embedding partner",
    client: Annotated[
        str | None,
        typer.Option(metavar="ID", help="A client of the partner, by its own id, that is the workspace itself."),
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Client id and secret of a developer of the organization API, who acts for the clients of a partner.

    Example:  rolecall credential create recruitifi-developer -w acme --partner Oakline --client cust-1
    """

    async def issue(operator: Operator) -> Issued:
        return await issuing.issue_developer(operator.ctx, operator.workspace, partner_name=partner, client=client)

    usage = "client_secret of grant_type=client_credentials to POST /oauth/token."
    _create(issue, Shown("client_secret", usage), workspace=workspace, data=data, as_json=as_json)


@app.command("crosspath")
def crosspath(
    workspace: WorkspaceSlug,
    partner: PartnerName = "Intake partner",
    publish_immediately: Annotated[
        bool | None,
        typer.Option(
            "--publish-immediately/--publish-by-hand",
            help="Whether the partner's missions open at once or wait for `rolecall mission publish`. At first: wait.",
            show_default=False,
        ),
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Key with which a partner pushes companies and missions in."""

    async def issue(operator: Operator) -> Issued:
        return await issuing.issue_intake_key(
            operator.ctx, operator.workspace, partner_name=partner, publish_immediately=publish_immediately
        )

    _create(issue, Shown("api_key", "Authorization: Apikey {secret}"), workspace=workspace, data=data, as_json=as_json)


def _create(issue: Issue, shown: Shown, *, workspace: str, data: DataDir, as_json: bool) -> None:
    issued = as_operator(data, workspace, issue)
    secrets = {shown.secret: issued.secret}
    if issued.credential.public_id is not None:
        secrets = {"client_id": issued.credential.public_id} | secrets
    if issued.connector_id is not None:
        secrets["connector_id"] = str(issued.connector_id)
    if as_json:
        print_json(_row(issued, workspace) | secrets)
        return
    width = max(map(len, secrets))
    typer.echo(f"Made for the workspace {workspace}. The secret is shown this once, keep it now:\n")
    for label, value in secrets.items():
        typer.echo(f"  {label:<{width}}  {value}")
    typer.echo(f"\nRequests carry it as  {shown.usage.format(secret=issued.secret)}")
    if shown.note:
        typer.echo(shown.note)


def _row(issued: Issued, workspace: str) -> dict[str, Any]:
    credential = issued.credential
    return {
        "id": credential.id,
        "kind": str(credential.kind),
        "workspace": workspace,
        "name": credential.name,
        "environment": credential.environment,
        "scopes": credential.scopes,
        "expires_at": credential.expires_at,
    }
