"""`rolecall mission`: what partner accounts pushed, reviewed by the operator."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import typer

from rolecall.actions.missions import (
    REVIEW_AUDIENCE,
    REVIEW_LIVES,
    REVIEW_PATH,
    make_review_link,
    publish_mission,
    refuse_mission,
)
from rolecall.actions.offering import mission_client, set_mission_defaults
from rolecall.commands.options import AsJson, DataDir, Host, Port, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.errors import AgencyUnknown, MissionUnknown, PartnerUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import JobStatus
from rolecall.domain.missions import Audience, MissionDefaults, Offer
from rolecall.domain.postings import read_fee_percent
from rolecall.store import agencies, missions, partners
from rolecall.store.missions import Mission

app = typer.Typer(no_args_is_help=True, help="Partners' missions: review what was pushed, publish or refuse it.")
MissionId = Annotated[str, typer.Argument(metavar="MISSION_ID", help="Its id, as `rolecall mission list` shows it.")]
Fee = Annotated[
    str | None,
    typer.Option(metavar="PERCENT", help="The fee: of the first year's pay, as in 18.", show_default=False),
]
_COLUMNS = ("id", "status", "partner", "company", "title", "locations", "created_at")


@app.command("list")
def list_newest(
    workspace: WorkspaceSlug,
    partner: Annotated[str | None, typer.Option(help="Only this partner account's.", show_default=False)] = None,
    status: Annotated[JobStatus | None, typer.Option(help="Only missions in this status.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List missions, newest first. Those that wait to be reviewed are drafts.

    Example:  rolecall mission list -w acme --status draft
    """

    async def act(operator: Operator) -> list[Mission]:
        partner_id = await _partner_id(operator, partner) if partner is not None else None
        return await missions.newest(
            operator.conn, operator.workspace_id, partner_id=partner_id, status=status, limit=limit
        )

    rows = [_row(mission) for mission in as_operator(data, workspace, act)]
    if as_json:
        print_json(rows)
        return
    empty = (
        "No partner has pushed a mission yet." if partner is None and status is None else "There is no such mission."
    )
    print_rows([{name: row[name] for name in _COLUMNS} for row in rows], empty=empty)


async def _partner_id(operator: Operator, name: str) -> UUID:
    found = await partners.by_name(operator.conn, operator.workspace_id, name)
    if found is None:
        raise PartnerUnknown(partner=name)
    return found.id


@app.command("show")
def show(mission: MissionId, workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """Show a mission with its text."""
    mission_id = _id(mission)

    async def act(operator: Operator) -> Mission:
        found = await missions.get(operator.conn, operator.workspace_id, mission_id)
        if found is None:
            raise MissionUnknown(mission=mission)
        return found

    row = _row(as_operator(data, workspace, act))
    if as_json:
        print_json(row)
        return
    text = row.pop("description")
    print_rows([{"field": name.replace("_", " "), "value": value} for name, value in row.items()], empty="")
    typer.echo(f"\n{text or 'It has no description.'}")


@app.command("publish")
def publish(
    mission: Annotated[list[str], typer.Argument(metavar="MISSION_ID…", help="One or more ids.")],
    workspace: WorkspaceSlug,
    agency: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Offer it to this agency; may be repeated.")
    ] = None,
    to: Annotated[
        Audience | None, typer.Option(help="Which agencies it is offered to. Default: what `defaults` says.")
    ] = None,
    fee: Fee = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Let missions be Live: they are at once on the job pages and in every API, and offered to agencies.

    Where one is unknown, none is moved. A mission that has a posting keeps its text and its agencies.

    Example:  rolecall mission publish MISSION_ID -w acme --agency "Nordlys Talent" --fee 18.5
    """
    ids = [_id(text) for text in mission]
    fee_percent = read_fee_percent(fee) if fee is not None else None

    async def act(operator: Operator) -> list[tuple[UUID, str]]:
        offer = Offer(fee_percent=fee_percent, to=to, agency_ids=await _agency_ids(operator, agency or ()))
        return [(id_, (await publish_mission(operator.ctx, id_, offer=offer)).title) for id_ in ids]

    published = as_operator(data, workspace, act)
    if as_json:
        print_json([{"id": id_, "status": JobStatus.OPEN, "title": title} for id_, title in published])
        return
    for _, title in published:
        typer.echo(f"{title}: is Live.")


async def _agency_ids(operator: Operator, names: Sequence[str]) -> list[UUID]:
    ids: list[UUID] = []
    for name in names:
        found = await agencies.by_name(operator.conn, operator.workspace_id, name)
        if found is None:
            raise AgencyUnknown(agency=name)
        ids.append(found.id)
    return ids


@app.command("refuse")
def refuse(
    mission: MissionId,
    workspace: WorkspaceSlug,
    reason: Annotated[str, typer.Option(help="Why, as `rolecall mission show` tells it.", show_default=False)],
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Close a mission that waits. Its partner sees it as Closed; the reason is kept for operators."""
    mission_id = _id(mission)

    async def act(operator: Operator) -> str:
        return (await refuse_mission(operator.ctx, mission_id, reason=reason)).title

    title = as_operator(data, workspace, act)
    if as_json:
        print_json({"id": mission_id, "status": JobStatus.CLOSED, "title": title})
    else:
        typer.echo(f"{title}: refused, and closed.")


@app.command("defaults")
def defaults(
    workspace: WorkspaceSlug,
    fee: Fee = None,
    to: Annotated[Audience | None, typer.Option(help="Which agencies missions are offered to.")] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show or set how missions that become Live are offered to agencies. Without options, show it.

    They are offered in the name of a client that acts for the workspace, or of the house as long as there is none.
    `rolecall agency prefer NAME --client CLIENT` says which agencies it prefers.

    Example:  rolecall mission defaults -w acme --fee 18 --to preferred
    """
    fee_percent = read_fee_percent(fee) if fee is not None else None

    async def act(operator: Operator) -> tuple[MissionDefaults, str]:
        found = await set_mission_defaults(operator.ctx, fee_percent=fee_percent, to=to)
        return found, (await mission_client(operator.ctx)).external_id

    found, client = as_operator(data, workspace, act)
    if as_json:
        print_json({"fee_percent": found.fee_percent, "to": str(found.agencies), "client": client})
        return
    typer.echo(f"Missions are offered {_WORDS[found.agencies]}, for {_shown(found.fee_percent)} % of a year's pay.")
    typer.echo(f"They are those of the client {client}.")


_WORDS = {
    Audience.ALL: "to all agencies",
    Audience.PREFERRED: "to the agencies that their client prefers",
    Audience.NONE: "to no agency unless `publish` names some",
}


def _shown(fee: Decimal) -> str:
    return f"{fee:f}".rstrip("0").rstrip(".")


@app.command("review")
def review(
    workspace: WorkspaceSlug, host: Host = None, port: Port = None, data: DataDir = None, as_json: AsJson = False
) -> None:
    """Print the address of a page on which missions are reviewed. Whoever has it may do so, for an hour.

    It names the server of ROLECALL_BASE_URL or, where that is unset, the one at --host and --port.

    Example:  rolecall mission review -w acme
    """

    async def act(operator: Operator) -> str:
        services, now = operator.services, operator.ctx.now
        claims = await make_review_link(operator.ctx)
        token = services.signer.sign(claims, audience=REVIEW_AUDIENCE, now=now, lives=REVIEW_LIVES)
        return f"{services.settings.public_url}{REVIEW_PATH}?token={token}"

    address = as_operator(data, workspace, act, host=host, port=port)
    if as_json:
        print_json({"url": address})
    else:
        typer.echo(address)


def _id(text: str) -> UUID:
    found = parse_id(text)
    if found is None:
        raise MissionUnknown(mission=text)
    return found


def _row(mission: Mission) -> dict[str, Any]:
    return {
        "id": mission.id,
        "status": mission.status,
        "partner": mission.partner,
        "external_id": mission.external_id,
        "company": mission.company,
        "title": mission.title,
        "locations": mission.locations,
        "headcount": mission.headcount,
        "created_at": mission.created_at,
        "updated_at": mission.updated_at,
        "published_at": mission.published_at,
        "refused_because": mission.refused_because,
        "description": mission.description,
    }
