"""RecruitSome's vacancies, which are publications on the website: the list, its facets, and one of them."""

from starlette.responses import Response

from rolecall.domain.errors import PublicationUnknown
from rolecall.domain.images import media_base
from rolecall.domain.texts import folded
from rolecall.surfaces.recruitsome import counting, detail, queries, wire
from rolecall.surfaces.recruitsome.auth import KeyCall, admitted
from rolecall.surfaces.recruitsome.filters import VacancyFilter, prepared_search
from rolecall.surfaces.recruitsome.paging import page_of, read_page
from rolecall.surfaces.recruitsome.parameters import Parameters, is_slug
from rolecall.surfaces.recruitsome.queries import SORTS, VacancyOrder
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_PATH = "/api/v1/vacancies"
_LONGEST_SEARCH = 255


async def list_vacancies(call: KeyCall) -> Response:
    query = call.request.query_params.multi_items()
    parameters = Parameters(query)
    number = read_page(parameters)
    wanted = read_filter(parameters)
    order = VacancyOrder(
        by=parameters.choice("sort", list(SORTS)) or "published_at",
        descending=parameters.choice("sort_direction", ["asc", "desc"]) != "asc",
    )
    shown = _shown(parameters, media=False)
    with_facets = parameters.choice("include", ["facets"]) == "facets"
    parameters.check()
    workspace_id, now = call.principal.workspace_id, call.services.clock()
    search = await prepared_search(call.conn, workspace_id, wanted.words)
    total, rows = await queries.vacancies(
        call.conn,
        workspace_id,
        wanted,
        search=search,
        order=order,
        media=_media(call) if shown.media else None,
        now=now,
        offset=number.offset,
        limit=number.per_page,
    )
    data = wire.vacancies(rows, shown=shown)
    path = call.services.settings.public_url + _PATH
    page = page_of(number, data, total=total, path=path, query=query)
    if with_facets:
        page.facets = wire.facets(await counting.facets(call.conn, workspace_id, wanted, search=search, now=now))
    return json_response(page)


async def get_vacancy(call: KeyCall) -> Response:
    parameters = Parameters(call.request.query_params.multi_items())
    locale = parameters.language("language")
    shown = _shown(parameters, media=True)
    parameters.check()
    slug = call.request.path_params["slug"]
    if not is_slug(slug):
        raise PublicationUnknown
    workspace_id = call.principal.workspace_id
    found = await detail.vacancy(
        call.conn,
        workspace_id,
        slug,
        locale=locale,
        media=_media(call),
        images=shown.media,
        now=call.services.clock(),
    )
    if found is None:
        raise PublicationUnknown
    publication_id, row = found
    views = await call.services.views.count(workspace_id, publication_id)
    return json_response(wire.Single(wire.vacancy(row, shown=shown, locale=locale, views=views)))


async def get_facets(call: KeyCall) -> Response:
    parameters = Parameters(call.request.query_params.multi_items())
    wanted = read_filter(parameters)
    parameters.check()
    workspace_id = call.principal.workspace_id
    search = await prepared_search(call.conn, workspace_id, wanted.words)
    counted = await counting.facets(call.conn, workspace_id, wanted, search=search, now=call.services.clock())
    return json_response(wire.Single(wire.facets(counted)))


def _shown(parameters: Parameters, *, media: bool) -> wire.Shown:
    """What is switched on; `media` is whether pictures are unless the caller says so."""
    return wire.Shown(
        media=parameters.flag("include_media", default=media),
        compensation=parameters.flag("include_compensation"),
        company_name=parameters.flag("include_company_name"),
    )


def _media(call: KeyCall) -> str:
    return media_base(call.services.settings.public_url, call.principal.workspace_id)


def read_filter(parameters: Parameters) -> VacancyFilter:
    """What a request filters by."""
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
        ahead=True,
    ),
    Operation(
        method="GET",
        path=f"{_PATH}/facets",
        name="getVacancyFacets",
        handle=admitted(get_facets, scope="vacancies:read"),
        ahead=True,
    ),
    Operation(
        method="GET",
        path=f"{_PATH}/{{slug}}",
        name="getVacancy",
        handle=admitted(get_vacancy, scope="vacancies:read"),
    ),
]
