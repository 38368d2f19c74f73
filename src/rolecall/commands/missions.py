"""`rolecall mission`: what partner accounts pushed, reviewed by the operator."""

from typing import Annotated, Any
from uuid import UUID

import typer

from rolecall.actions.missions import publish_mission, refuse_mission
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.errors import MissionUnknown, PartnerUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import JobStatus
from rolecall.store import missions, partners
from rolecall.store.missions import Mission

app = typer.Typer(no_args_is_help=True, help="Partners' missions: review what was pushed, publish or refuse it.")
MissionId = Annotated[str, typer.Argument(metavar="MISSION_ID", help="Its id, as `rolecall mission list` shows it.")]
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
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Let missions be Live: they are at once on the job pages and in every API. Where one is unknown, none is moved."""
    ids = [_id(text) for text in mission]

    async def act(operator: Operator) -> list[tuple[UUID, str]]:
        return [(id_, (await publish_mission(operator.ctx, id_)).title) for id_ in ids]

    published = as_operator(data, workspace, act)
    if as_json:
        print_json([{"id": id_, "status": JobStatus.OPEN, "title": title} for id_, title in published])
        return
    for _, title in published:
        typer.echo(f"{title}: is Live.")


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
