"""CrossPath companies: GET and POST /companies."""

from starlette.responses import Response

from rolecall.actions.companies import NewCompany, create_company
from rolecall.store import companies
from rolecall.surfaces.crosspath import fields
from rolecall.surfaces.crosspath.auth import PartnerCall, acting
from rolecall.surfaces.crosspath.wire import company_shape
from rolecall.web.requests import read_json_object
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation


async def list_companies(call: PartnerCall) -> Response:
    partner = call.principal
    owned = await companies.of_partner(call.conn, partner.workspace_id, partner.id)
    return json_response({"companies": [company_shape(company) for company in owned]})


async def post_company(call: PartnerCall) -> Response:
    settings = call.services.settings
    body = await read_json_object(call.request, at_most=settings.max_body_bytes)
    fields.check_present(body, "name")
    values = fields.read_fields(body, fields.company_fields(settings.partner_lists))
    new = NewCompany(
        name=values["name"],
        partner_id=call.principal.id,
        external_id=values.get("externalId"),
        website=values.get("website"),
        sector=values.get("sector"),
        size=values.get("size"),
        place=values.get("location"),
        description=values.get("description"),
        logo_url=values.get("logoUrl"),
    )
    company, is_new = await create_company(await acting(call), new)
    return json_response(company_shape(company), status=201 if is_new else 200)


OPERATIONS = [
    Operation(method="GET", path="/companies", name="listCompanies", handle=list_companies),
    Operation(method="POST", path="/companies", name="createCompany", handle=post_company, writes=True),
]
