"""The organization's connectors: GET connectors."""

from datetime import datetime
from uuid import UUID

import msgspec
import structlog
from cryptography.exceptions import InvalidTag
from starlette.responses import Response

from rolecall.domain.connectors import ConnectorStatus
from rolecall.domain.credentials import secret_hash
from rolecall.services import Services
from rolecall.surfaces.bindbee import wire
from rolecall.surfaces.bindbee.auth import BindbeeCall, organization_of
from rolecall.surfaces.bindbee.connector_queries import Asked, Linked, linked
from rolecall.surfaces.bindbee.parameters import Parameters, encode_cursor
from rolecall.web.responses import raw_json
from rolecall.web.surface import Operation

log = structlog.get_logger()


class ConnectorShape(msgspec.Struct, kw_only=True):
    id: UUID
    is_active: bool
    status: str
    integration_slug: str
    end_user: str
    origin_id: str | None
    sync_status: str | None
    last_sync_start_time: str | None
    next_sync_start_time: str | None
    connector_token: str
    category: str
    relink_needed_at: str | None
    is_test_connector: bool
    completed_at: str | None
    created_at: str


async def list_connectors(call: BindbeeCall) -> Response:
    """Those of the key's environment, and the workspace's own, which is in both."""
    parameters = Parameters(call.request, later=call.services.settings.bindbee_later_contract)
    token = parameters.text("connector_token")
    key = call.principal.key
    asked = Asked(
        environment=str(key.environment),
        after=parameters.cursor(),
        token_hash=None if token is None else secret_hash(token),
        is_active=parameters.maybe_flag("is_active"),
        origin_id=parameters.text("origin_id"),
    )
    size = parameters.page_size()
    parameters.check(of_connector=False)
    organization_of(call.principal)
    found = await linked(call.conn, key.workspace_id, asked, limit=size + 1)
    items = [msgspec.json.encode(_shape(each, call.services)) for each in found[:size]]
    cursor = encode_cursor(found[size - 1].id) if len(found) > size else None
    return raw_json(wire.page_body(items, cursor=cursor))


def _shape(found: Linked, services: Services) -> ConnectorShape:
    integration = services.integrations.get(found.integration)
    made_up = integration is not None and integration.is_test
    return ConnectorShape(
        id=found.id,
        is_active=found.status == ConnectorStatus.COMPLETE,
        status=found.status,
        integration_slug=found.integration,
        end_user=found.name,
        origin_id=found.origin_id,
        sync_status=found.sync_status.title() if found.sync_status else None,
        last_sync_start_time=_time(found.sync_started_at),
        next_sync_start_time=_time(found.sync_due_at),
        connector_token=_token(found, services),
        category=found.category,
        relink_needed_at=_time(found.relink_needed_at),
        is_test_connector=made_up or found.environment == "development",
        completed_at=_time(found.completed_at),
        created_at=wire.utc(found.created_at),
    )


def _token(found: Linked, services: Services) -> str:
    """The token, empty where there is none yet, or where it was sealed under another key than the installation has."""
    if found.token_sealed is None:
        return ""
    try:
        return services.sealer.open(found.token_sealed)
    except InvalidTag:
        log.warning("a connector's token was sealed under another key", connector=str(found.id))
        return ""


def _time(time: datetime | None) -> str | None:
    return None if time is None else wire.utc(time)


OPERATIONS = [
    Operation(
        method="GET",
        path="/api/ats/v1/connectors",
        name="get_ats_connectors_api_ats_v1_connectors_get",
        handle=list_connectors,
    ),
]
