"""Syncs: reading all of a linked system's records. One at a time for a connector; `tasks.syncing` does the reading."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag

from rolecall.actions.context import Context, record
from rolecall.actions.sealing import Sealer
from rolecall.domain.connectors import BETWEEN_SYNCS, LONGEST_SYNC, PRODUCTION, ConnectorStatus, SyncStatus
from rolecall.domain.errors import ConnectorUnknown
from rolecall.domain.errors_of_linking import RelinkNeeded
from rolecall.ports.ats import Account, SecretsRefused
from rolecall.store import connectors, queue
from rolecall.store.connectors import Connector

SYNC = "connectors.sync"
SYNCS = "syncs"  # the queue

# Why a sync was started, in the words of the published events.
FIRST, MANUAL, SCHEDULED = "INITIAL", "MANUAL", "SCHEDULED"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncFailure:
    """Why a sync could not be finished. `relink`: the system no longer lets us in."""

    message: str
    relink: bool = False


async def start_sync(ctx: Context, connector_id: UUID, *, kind: str) -> bool:
    """Queue a sync, unless one is under way, and whether that was so.

    A sync that was lost, as with a machine, counts as under way for some hours. Raises ConnectorUnknown and
    RelinkNeeded.
    """
    connector = await connectors.lock(ctx.conn, ctx.workspace_id, connector_id)
    if connector is None:
        raise ConnectorUnknown(connector=connector_id)
    if connector.status != ConnectorStatus.COMPLETE:
        raise RelinkNeeded
    if _under_way(connector, ctx.now):
        return False
    due = ctx.now + BETWEEN_SYNCS if connector.environment == PRODUCTION else None
    await connectors.start_sync(ctx.conn, ctx.workspace_id, connector_id, due=due, now=ctx.now)
    await record(ctx, "connector", "sync_started", record_id=connector_id, sync_type=kind)
    await queue.defer(
        ctx.conn,
        SYNC,
        queue=SYNCS,
        lock=f"sync {connector_id}",
        workspace=str(ctx.workspace_id),
        connector=str(connector_id),
        kind=kind,
    )
    return True


def _under_way(connector: Connector, now: datetime) -> bool:
    started = connector.sync_started_at
    return connector.sync_status == SyncStatus.SYNCING and started is not None and now - started < LONGEST_SYNC


def account_of(connector: Connector, *, sealer: Sealer) -> Account:
    """What lets us into a connector's system. Raises SecretsRefused where it was sealed under another key."""
    sealed = connector.secrets_sealed
    try:
        secrets = msgspec.json.decode(sealer.open(sealed), type=dict[str, str]) if sealed is not None else {}
    except InvalidTag as error:
        raise SecretsRefused from error
    return Account(secrets=secrets, syncs=connector.syncs)


async def finish_sync(ctx: Context, connector_id: UUID, *, kind: str, counts: dict[str, int]) -> None:
    """Note that everything was read. `counts` are the records that were new or different, by model."""
    await connectors.end_sync(ctx.conn, ctx.workspace_id, connector_id, status=SyncStatus.DONE)
    await record(ctx, "connector", "sync_finished", record_id=connector_id, sync_type=kind, counts=counts)


async def fail_sync(ctx: Context, connector_id: UUID, failure: SyncFailure, *, kind: str) -> None:
    """Note that a sync could not be finished; what it has read so far stays."""
    await connectors.end_sync(ctx.conn, ctx.workspace_id, connector_id, status=SyncStatus.FAILED)
    if failure.relink:
        await connectors.need_relink(ctx.conn, ctx.workspace_id, connector_id, now=ctx.now)
    facts = {"message": failure.message, "relink": failure.relink, "failed_at": ctx.now.isoformat()}
    await record(ctx, "connector", "sync_failed", record_id=connector_id, sync_type=kind, **facts)
