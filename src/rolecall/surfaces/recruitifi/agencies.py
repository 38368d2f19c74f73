"""RecruitiFi's organization API: GET /v1/agencies/{agencyId}, POST /v1/agency_invitations."""

from decimal import Decimal
from typing import Any

from msgspec import UNSET
from starlette.responses import Response

from rolecall.actions.invitations import invite_agency
from rolecall.domain.errors import AgencyUnknown, FieldInvalid, FieldMissing
from rolecall.domain.fees import CustomFee
from rolecall.domain.ids import parse_id
from rolecall.domain.invitations import InvitationFacts
from rolecall.store import agencies, agency_fees, ratings
from rolecall.surfaces.recruitifi.errors import ADJACENT
from rolecall.surfaces.recruitifi.oauth import OrganizationCall, acting, authenticate_organization
from rolecall.surfaces.recruitifi.wire import AgencyShape, invitation_shape, recruiter_shape
from rolecall.web.requests import read_json_object
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_TEXTS = {"firstName": "first_name", "lastName": "last_name", "email": "email", "companyName": "company_name"}


async def get_agency(call: OrganizationCall) -> Response:
    caller, named = call.principal, call.request.path_params["agencyId"]
    agency_id = parse_id(named)
    agency = await agencies.get(call.conn, caller.workspace_id, agency_id) if agency_id is not None else None
    if agency is None:
        raise AgencyUnknown(agency=named)
    fees = await agency_fees.agreed(call.conn, caller.workspace_id, caller.organization.id, agency.id)
    recruiters = await agencies.recruiters(call.conn, caller.workspace_id, agency.id)
    rating = await ratings.of_agency(call.conn, caller.workspace_id, agency.id)
    shape = AgencyShape(
        optimized_fee=not fees,
        id=str(agency.id),
        name=agency.name,
        aggregate_rating=UNSET if rating is None else f"{rating.mean:.2f}",
        recruiters=[recruiter_shape(recruiter) for recruiter in recruiters],
    )
    return json_response(shape)


async def create_agency_invitation(call: OrganizationCall) -> Response:
    body = await read_json_object(call.request, at_most=call.services.settings.max_body_bytes)
    facts = read_facts(body)
    invitation = await invite_agency(await acting(call), call.principal.organization.id, facts)
    return json_response(invitation_shape(invitation), status=201)


def read_facts(body: dict[str, Any]) -> InvitationFacts:
    """What a body says of an invitation; null is as good as absent. Raises FieldMissing or FieldInvalid."""
    optimized = body.get("optimizedFee", UNSET)
    if optimized is UNSET:
        raise FieldMissing(field="optimizedFee")
    if not isinstance(optimized, bool):
        raise FieldInvalid(field="optimizedFee", hint="true or false")
    texts = {ours: _text(body.get(name), name) for name, ours in _TEXTS.items()}
    return InvitationFacts(optimized_fee=optimized, custom_fees=_fees(body.get("customFees")), **texts)


def _text(value: Any, field: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise FieldInvalid(field=field, hint="a string")
    return value


def _fees(value: Any) -> list[CustomFee]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise FieldInvalid(field="customFees", hint="a list of objects")
    return [_fee(item) for item in value]


def _fee(item: dict[str, Any]) -> CustomFee:
    percentage = item.get("percentage")
    if isinstance(percentage, bool) or not isinstance(percentage, int | float) or not 0 < percentage <= 100:
        raise FieldInvalid(field="customFees", hint="each has a percentage, a number more than 0 and at most 100")
    return CustomFee(percentage=Decimal(str(percentage)), note=_text(item.get("note"), "customFees"))


OPERATIONS = [
    Operation(
        method="GET",
        path="/v1/agencies/{agencyId}",
        name="getAgency",
        handle=get_agency,
        authenticate=authenticate_organization,
        errors=ADJACENT,
    ),
    Operation(
        method="POST",
        path="/v1/agency_invitations",
        name="createAgencyInvitation",
        handle=create_agency_invitation,
        writes=True,
        authenticate=authenticate_organization,
        errors=ADJACENT,
    ),
]
