"""Deleting a connector: it and its tokens are gone at once; a task removes its records, some at a time."""

from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.syncing import SYNCS
from rolecall.domain.credentials import CredentialKind
from rolecall.domain.errors import ConnectorUnknown
from rolecall.domain.errors_of_linking import ConnectorBuiltIn
from rolecall.store import connectors, credentials, facets, publications, queue, synced
from rolecall.store.connectors import NATIVE

REMOVE = "connectors.remove"
_AT_ONCE = 500
# What depends on others goes before them.
_ORDER = (
    "scorecard",
    "offer",
    "interview",
    "eeoc",
    "activity",
    "attachment",
    "application",
    "candidate",
    "screening_question",
    "stage",
    "job",
    "reject_reason",
    "term",
    "department",
    "location",
    "member",
)
_TOKENS = (CredentialKind.BINDBEE_CONNECTOR, CredentialKind.BINDBEE_LINK, CredentialKind.BINDBEE_TEMPORARY)


async def delete_connector(ctx: Context, connector_id: UUID, *, category: str, environment: str) -> None:
    """Delete a connector that was linked in an environment. Raises ConnectorUnknown and ConnectorBuiltIn."""
    connector = await connectors.lock(ctx.conn, ctx.workspace_id, connector_id)
    if connector is None or connector.category != category or connector.environment not in {None, environment}:
        raise ConnectorUnknown(connector=connector_id)
    if connector.integration == NATIVE:
        raise ConnectorBuiltIn
    for kind in _TOKENS:
        await credentials.revoke_subject(ctx.conn, ctx.workspace_id, kind=kind, subject_id=connector_id, now=ctx.now)
    await connectors.delete(ctx.conn, ctx.workspace_id, connector_id, now=ctx.now)
    await record(ctx, "connector", "deleted", record_id=connector_id, integration=connector.integration)
    workspace, connector_of = str(ctx.workspace_id), str(connector_id)
    lock = f"sync {connector_id}"
    await queue.defer(ctx.conn, REMOVE, queue=SYNCS, lock=lock, workspace=workspace, connector=connector_of)


async def remove_records(ctx: Context, connector_id: UUID) -> bool:
    """Remove some records of a deleted connector, and with the last of them the connector; whether some may be left."""
    for kind in _ORDER:
        if kind == "job":
            ids = await _remove_jobs(ctx, connector_id)
        else:
            ids = await synced.remove_some(ctx.conn, ctx.workspace_id, connector_id, kind=kind, limit=_AT_ONCE)
        if ids:
            removed = [str(found) for found in ids]
            await record(ctx, "connector", "records_removed", record_id=connector_id, table=kind, ids=removed)
            return True
    await connectors.forget(ctx.conn, ctx.workspace_id, connector_id)
    return False


async def _remove_jobs(ctx: Context, connector_id: UUID) -> list[UUID]:
    """Some jobs with the pages that they have here, which are no longer counted."""
    await facets.hold(ctx.conn, ctx.workspace_id)
    gone = await publications.remove_of_connector(ctx.conn, ctx.workspace_id, connector_id)
    if gone:
        await facets.regroup(ctx.conn, ctx.workspace_id, [], gone=gone)
    return await synced.remove_some(ctx.conn, ctx.workspace_id, connector_id, kind="job", limit=_AT_ONCE)
