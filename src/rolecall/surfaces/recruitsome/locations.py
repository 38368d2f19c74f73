"""RecruitSome's locations, which are the workspace's own offices: GET /locations, GET /locations/{slug}."""

from starlette.responses import Response

from rolecall.domain.errors import LocationUnknown
from rolecall.domain.texts import folded
from rolecall.surfaces.recruitsome import location_queries, location_wire
from rolecall.surfaces.recruitsome.auth import KeyCall, admitted
from rolecall.surfaces.recruitsome.location_queries import SORTS, LocationFilter
from rolecall.surfaces.recruitsome.location_wire import Shown
from rolecall.surfaces.recruitsome.paging import page_of, read_page
from rolecall.surfaces.recruitsome.parameters import Parameters, is_slug
from rolecall.surfaces.recruitsome.wire import Item
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_PATH = "/api/v1/locations"
_LONGEST_SEARCH = 255


async def list_locations(call: KeyCall) -> Response:
    query = call.request.query_params.multi_items()
    parameters = Parameters(query)
    number = read_page(parameters)
    wanted = LocationFilter(
        words=folded(parameters.text("search", longest=_LONGEST_SEARCH) or "").split(),
        country_code=(parameters.two_characters("country_code") or "").upper() or None,
    )
    sort = parameters.choice("sort", list(SORTS)) or "name"
    descending = parameters.choice("sort_direction", ["asc", "desc"]) == "desc"
    shown = _shown(parameters)
    parameters.check()
    total, rows = await location_queries.locations(
        call.conn,
        wanted,
        workspace_id=call.principal.workspace_id,
        counted=shown.vacancy_count,
        now=call.services.clock(),
        sort=sort,
        descending=descending,
        offset=number.offset,
        limit=number.per_page,
    )
    data = location_wire.locations(rows, shown=shown)
    path = call.services.settings.public_url + _PATH
    return json_response(page_of(number, data, total=total, path=path, query=query))


async def get_location(call: KeyCall) -> Response:
    parameters = Parameters(call.request.query_params.multi_items())
    shown = _shown(parameters)
    parameters.check()
    slug = call.request.path_params["slug"]
    row = await _read(call, slug, shown) if is_slug(slug) else None
    if row is None:
        raise LocationUnknown(location=slug)
    return json_response(Item(location_wire.location(row, shown=shown)))


async def _read(call: KeyCall, slug: str, shown: Shown) -> str | None:
    return await location_queries.location(
        call.conn,
        slug,
        workspace_id=call.principal.workspace_id,
        counted=shown.vacancy_count,
        now=call.services.clock(),
    )


def _shown(parameters: Parameters) -> Shown:
    return Shown(
        coordinates=parameters.flag("include_coordinates"),
        vacancy_count=parameters.flag("include_vacancy_count"),
        language=parameters.language("language"),
    )


OPERATIONS = [
    Operation(method="GET", path=_PATH, name="listLocations", handle=admitted(list_locations, scope="locations:read")),
    Operation(
        method="GET",
        path=f"{_PATH}/{{slug}}",
        name="getLocation",
        handle=admitted(get_location, scope="locations:read"),
    ),
]
