"""What can be linked: GET integrations, GET lookup/integrations, and whether a key is good: POST org-check."""

from collections.abc import Iterator
from uuid import UUID, uuid5

import msgspec
from starlette.responses import Response

from rolecall.ports.ats import Integration
from rolecall.services import Services
from rolecall.surfaces.bindbee import wire
from rolecall.surfaces.bindbee.auth import BindbeeCall, organization_of
from rolecall.surfaces.bindbee.parameters import Parameters, encode_cursor
from rolecall.web.responses import json_response, raw_json
from rolecall.web.static import static_url
from rolecall.web.surface import Operation

CATEGORIES = ("HRIS", "ATS", "LMS")


class IntegrationShape(msgspec.Struct, kw_only=True):
    id: UUID
    integration_id: UUID
    is_enabled: bool
    integration_slug: str
    integration_type: str = "API"
    category: str
    display_name: str
    icon_url: str
    description: str


class ShortIntegration(msgspec.Struct, kw_only=True):
    slug: str
    display_name: str
    categories: list[str]


async def list_integrations(call: BindbeeCall) -> Response:
    """All there are, also those that the operator has closed."""
    parameters = Parameters(call.request, later=call.services.settings.bindbee_later_contract)
    after, size = parameters.cursor(), parameters.page_size()
    parameters.check(of_connector=False)
    workspace_id = organization_of(call.principal).workspace_id
    shapes = sorted(_shapes(call.services, workspace_id), key=lambda shape: shape.id)
    left = [shape for shape in shapes if after is None or shape.id > after]
    cursor = encode_cursor(left[size - 1].id) if len(left) > size else None
    return raw_json(wire.page_body([msgspec.json.encode(shape) for shape in left[:size]], cursor=cursor))


def _shapes(services: Services, workspace_id: UUID) -> Iterator[IntegrationShape]:
    for found in services.integrations.values():
        yield IntegrationShape(
            id=uuid5(workspace_id, found.slug),  # of this organization's use of it, which is stored nowhere
            integration_id=found.id,
            is_enabled=is_open(found, services),
            integration_slug=found.slug,
            category=found.category,
            display_name=found.name,
            icon_url=f"{services.settings.public_url}{static_url(found.icon)}",
            description=found.description,
        )


def is_open(integration: Integration, services: Services) -> bool:
    """Whether the operator lets people use it."""
    return integration.slug not in services.settings.closed_integrations


async def look_integrations_up(call: BindbeeCall) -> Response:
    """Those that are open, in one category if that is asked for."""
    parameters = Parameters(call.request)
    category = parameters.choice("category", CATEGORIES)
    parameters.check(of_connector=False)
    organization_of(call.principal)
    found = [
        ShortIntegration(slug=each.slug, display_name=each.name, categories=[each.category])
        for each in call.services.integrations.values()
        if is_open(each, call.services) and category in {None, each.category}
    ]
    return json_response({"integrations": found})


async def check_organization(call: BindbeeCall) -> Response:
    organization_of(call.principal)
    return json_response({"status": "ok"})


OPERATIONS = [
    Operation(
        method="GET",
        path="/api/ats/v1/integrations",
        name="get_org_integrations_api_ats_v1_integrations_get",
        handle=list_integrations,
    ),
    Operation(
        method="GET",
        path="/api/v1/lookup/integrations",
        name="list_integrations_api_v1_lookup_integrations_get",
        handle=look_integrations_up,
    ),
    Operation(
        method="POST",
        path="/api/v1/org-check",
        name="org_health_check_api_v1_org_check_post",
        handle=check_organization,
    ),
]
