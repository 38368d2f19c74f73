"""RecruitSome's vacancies, which are publications on the website: GET /vacancies."""

from starlette.responses import Response

from rolecall.actions.text import folded
from rolecall.surfaces.recruitsome import queries, wire
from rolecall.surfaces.recruitsome.auth import KeyCall, admitted
from rolecall.surfaces.recruitsome.paging import page_of, read_page
from rolecall.surfaces.recruitsome.parameters import Parameters
from rolecall.surfaces.recruitsome.queries import SORTS, VacancyFilter, VacancyOrder
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_PATH = "/api/v1/vacancies"
_LONGEST_SEARCH = 255


async def list_vacancies(call: KeyCall) -> Response:
    query = call.request.query_params.multi_items()
    parameters = Parameters(query)
    number = read_page(parameters)
    wanted = _filter(parameters)
    order = VacancyOrder(
        by=parameters.choice("sort", list(SORTS)) or "published_at",
        descending=parameters.choice("sort_direction", ["asc", "desc"]) != "asc",
    )
    shown = wire.Shown(
        media=parameters.flag("include_media"),
        compensation=parameters.flag("include_compensation"),
        company_name=parameters.flag("include_company_name"),
    )
    # An answer without the facets that were asked for would look like a workspace that has none.
    if parameters.choice("include", ["facets"]) == "facets":
        parameters.refuse("include", "Facets are not served yet.")
    parameters.check()
    total, rows = await queries.vacancies(
        call.conn,
        call.principal.workspace_id,
        wanted,
        order=order,
        now=call.services.clock(),
        offset=number.offset,
        limit=number.per_page,
    )
    data = wire.vacancies(rows, shown=shown)
    path = call.services.settings.public_url + _PATH
    return json_response(page_of(number, data, total=total, path=path, query=query))


def _filter(parameters: Parameters) -> VacancyFilter:
    return VacancyFilter(
        words=folded(parameters.text("search", longest=_LONGEST_SEARCH) or "").split(),
        language=parameters.language("language"),
        locations=parameters.ids("location_id"),
        departments=parameters.ids("department_id"),
        company_locations=parameters.ids("company_location_id"),
        job_types=parameters.listed_ids("job_types"),
        education_levels=parameters.listed_ids("education_levels"),
        tags=parameters.listed_ids("tags"),
    )


OPERATIONS = [
    Operation(
        method="GET",
        path=_PATH,
        name="listVacancies",
        handle=admitted(list_vacancies, scope="vacancies:read"),
    ),
]
