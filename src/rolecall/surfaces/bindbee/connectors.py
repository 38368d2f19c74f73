"""The organization's connectors: GET connectors, DELETE one of them, and POST resync, which reads one again."""

from datetime import datetime
from uuid import UUID

import msgspec
import structlog
from cryptography.exceptions import InvalidTag
from starlette.responses import Response

from rolecall.actions.syncing import MANUAL, start_sync
from rolecall.actions.unlinking import delete_connector
from rolecall.domain.connectors import ConnectorStatus
from rolecall.domain.credentials import secret_hash
from rolecall.domain.errors import ConnectorUnknown
from rolecall.services import Services
from rolecall.store import connectors
from rolecall.store.connectors import NATIVE
from rolecall.surfaces.bindbee import wire
from rolecall.surfaces.bindbee.auth import CATEGORY, BindbeeCall, connector_of, organization_of
from rolecall.surfaces.bindbee.connector_queries import Asked, Linked, linked
from rolecall.surfaces.bindbee.errors import RecordUnknown
from rolecall.surfaces.bindbee.parameters import Parameters, encode_cursor
from rolecall.web.responses import json_response, raw_json
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


async def remove_connector(call: BindbeeCall) -> Response:
    """Raises RecordUnknown also for a connector of others or of the other environment."""
    parameters = Parameters(call.request)
    connector_id = parameters.path_id("connector_id")
    parameters.check(of_connector=False)
    assert connector_id is not None, "the check would have raised"
    key = organization_of(call.principal)
    ctx = await call.services.context(call.conn, key.workspace_id, actor=f"credential:{key.id}")
    try:
        await delete_connector(ctx, connector_id, category=CATEGORY, environment=str(key.environment))
    except ConnectorUnknown as error:
        raise RecordUnknown("Connector") from error
    return json_response({"message": "Connector deleted successfully"})


async def resync(call: BindbeeCall) -> Response:
    """Read the calling connector's system now, unless that is being done. Raises RelinkNeeded.

    The workspace's own records are read as they are, so there is nothing to do for them.
    """
    Parameters(call.request).check()
    connector = connector_of(call.principal)
    assert connector.subject_id is not None
    found = await connectors.get(call.conn, connector.workspace_id, connector.subject_id)
    if found is not None and found.integration != NATIVE:
        actor = f"credential:{call.principal.key.id}"
        ctx = await call.services.context(call.conn, connector.workspace_id, actor=actor)
        await start_sync(ctx, connector.subject_id, kind=MANUAL)
    return json_response("Resync started")


OPERATIONS = [
    Operation(
        method="POST",
        path="/api/embedded/v1/connectors/resync",
        name="force_resync_connector_api_embedded_v1_connectors_resync_post",
        handle=resync,
        writes=True,
    ),
    Operation(
        method="DELETE",
        path="/api/ats/v1/connectors/{connector_id}/delete",
        name="delete_ats_connector_api_ats_v1_connectors__connector_id__delete_delete",
        handle=remove_connector,
        writes=True,
    ),
    Operation(
        method="GET",
        path="/api/ats/v1/connectors",
        name="get_ats_connectors_api_ats_v1_connectors_get",
        handle=list_connectors,
    ),
]
