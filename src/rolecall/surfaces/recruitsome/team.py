"""RecruitSome's team, which are the members of a workspace: GET /team, GET /team/{id}."""

from starlette.responses import Response

from rolecall.domain.errors import MemberUnknown
from rolecall.domain.images import media_base
from rolecall.domain.texts import folded
from rolecall.surfaces.recruitsome import team_queries, team_wire
from rolecall.surfaces.recruitsome.auth import KeyCall, admitted
from rolecall.surfaces.recruitsome.paging import page_of, read_page
from rolecall.surfaces.recruitsome.parameters import Parameters
from rolecall.surfaces.recruitsome.team_queries import SORTS, TeamFilter
from rolecall.surfaces.recruitsome.team_wire import Shown
from rolecall.surfaces.recruitsome.wire import Item
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_PATH = "/api/v1/team"
_LONGEST = 255


async def list_team(call: KeyCall) -> Response:
    query = call.request.query_params.multi_items()
    parameters = Parameters(query)
    number = read_page(parameters)
    wanted = TeamFilter(
        words=folded(parameters.text("search", longest=_LONGEST) or "").split(),
        job_title=" ".join(folded(parameters.text("job_title", longest=_LONGEST) or "").split()),
        role=(parameters.text("role", longest=_LONGEST) or "").lower() or None,
        has_avatar=parameters.flag("has_avatar"),
    )
    sort = parameters.choice("sort", list(SORTS)) or "given_name"
    descending = parameters.choice("sort_direction", ["asc", "desc"]) == "desc"
    shown = _shown(parameters)
    parameters.check()
    total, rows = await team_queries.team(
        call.conn,
        wanted,
        workspace_id=call.principal.workspace_id,
        media=_media(call),
        sort=sort,
        descending=descending,
        offset=number.offset,
        limit=number.per_page,
    )
    path = call.services.settings.public_url + _PATH
    return json_response(page_of(number, team_wire.members(rows, shown=shown), total=total, path=path, query=query))


async def get_team_member(call: KeyCall) -> Response:
    parameters = Parameters(call.request.query_params.multi_items())
    number = parameters.number("id", call.request.path_params["id"])
    shown = _shown(parameters)
    parameters.check()
    row = await team_queries.team_member(
        call.conn, number, workspace_id=call.principal.workspace_id, media=_media(call)
    )
    if row is None:
        raise MemberUnknown(member=number)
    return json_response(Item(team_wire.member(row, shown=shown)))


def _shown(parameters: Parameters) -> Shown:
    return Shown(phone=parameters.flag("include_phone"), role=parameters.flag("include_role"))


def _media(call: KeyCall) -> str:
    return media_base(call.services.settings.public_url, call.principal.workspace_id)


OPERATIONS = [
    Operation(method="GET", path=_PATH, name="listTeam", handle=admitted(list_team, scope="team:read")),
    Operation(
        method="GET", path=f"{_PATH}/{{id}}", name="getTeamMember", handle=admitted(get_team_member, scope="team:read")
    ),
]
