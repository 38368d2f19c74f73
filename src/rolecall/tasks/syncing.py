"""Reading linked systems: one sync at a time for a connector, each batch in a transaction of its own.

A sync that is killed is begun again, and writes only what the first had not.
"""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import structlog

from rolecall.actions.synced import KINDS, store_records
from rolecall.actions.syncing import (
    SCHEDULED,
    SYNC,
    SYNCS,
    SyncFailure,
    account_of,
    fail_sync,
    finish_sync,
    start_sync,
)
from rolecall.actions.unlinking import REMOVE, remove_records
from rolecall.domain.credentials import CredentialKind
from rolecall.domain.errors import ConnectorUnknown
from rolecall.domain.errors_of_linking import RelinkNeeded
from rolecall.ports.ats import AtsError, Integration, SecretsRefused
from rolecall.services import Services
from rolecall.store import connectors, credentials
from rolecall.store.connectors import Connector
from rolecall.tasks.queue import ONCE, BackgroundTask, Work

log = structlog.get_logger()

_LONGEST = 4 * 3_600  # seconds
_KEPT_LINKS = timedelta(days=1)  # after they have expired


async def sync(work: Work, workspace: str, connector: str, kind: str) -> None:
    """Read all of a connector's records. What goes wrong on the system's side is noted with the connector."""
    services, workspace_id, connector_id = work.services, UUID(workspace), UUID(connector)
    async with services.database.reading() as conn:
        found = await connectors.get(conn, workspace_id, connector_id)
    if found is None or found.deleted_at is not None:
        return
    try:
        counts = await _read(services, found)
    except ConnectorUnknown:
        return  # deleted meanwhile
    except Exception as error:
        relink = isinstance(error, SecretsRefused)
        message = "The system no longer lets us in." if relink else "The system could not be read to the end."
        async with services.database.writing() as conn:
            ctx = await services.context(conn, workspace_id, actor=f"task:{SYNC}")
            await fail_sync(ctx, connector_id, SyncFailure(message=message, relink=relink), kind=kind)
        if not isinstance(error, AtsError):
            raise
        log.warning("a linked system could not be read", connector=connector, error=str(error) or repr(error))
        return
    async with services.database.writing() as conn:
        ctx = await services.context(conn, workspace_id, actor=f"task:{SYNC}")
        await finish_sync(ctx, connector_id, kind=kind, counts=counts)


async def _read(services: Services, connector: Connector) -> dict[str, int]:
    """How many records of each kind were new or different."""
    counts: Counter[str] = Counter()
    ats = _integration(services, connector)
    if ats.connect is None:
        return {}
    async for records in ats.connect(services.outbound).read(account_of(connector, sealer=services.sealer)):
        async with services.database.writing() as conn:
            ctx = await services.context(conn, connector.workspace_id, actor=f"task:{SYNC}")
            if stored := await store_records(ctx, connector.id, records):
                counts[KINDS[type(records[0])]] += stored
    return dict(counts)


def _integration(services: Services, connector: Connector) -> Integration:
    found = services.integrations.get(connector.integration)
    if found is None:
        raise AtsError(f"there is no connector for {connector.integration}")
    return found


async def start_due(work: Work) -> None:
    """Start the syncs that are due."""
    services = work.services
    async with services.database.reading() as conn:
        due = await connectors.due(conn, services.clock())
    for workspace_id, connector_id in due:
        async with services.database.writing() as conn:
            ctx = await services.context(conn, workspace_id, actor=f"task:{SYNC}")
            try:
                await start_sync(ctx, connector_id, kind=SCHEDULED)
            except (ConnectorUnknown, RelinkNeeded):
                log.debug("a sync that was due is not any more", connector=str(connector_id))


async def remove(work: Work, workspace: str, connector: str) -> None:
    """Remove the records of a connector that was deleted, then the connector."""
    services, workspace_id = work.services, UUID(workspace)
    left = True
    while left:
        async with services.database.writing() as conn:
            ctx = await services.context(conn, workspace_id, actor=f"task:{REMOVE}")
            left = await remove_records(ctx, UUID(connector))


async def forget_links(work: Work) -> None:
    """Drop link tokens and temporary tokens that nobody can use any more."""
    kinds = [CredentialKind.BINDBEE_LINK, CredentialKind.BINDBEE_TEMPORARY]
    async with work.services.database.writing() as conn:
        forgotten = await credentials.forget_expired(conn, kinds=kinds, before=work.services.clock() - _KEPT_LINKS)
    log.debug("forgot link tokens", tokens=forgotten)


TASKS = [
    BackgroundTask(name=SYNC, run=sync, queue=SYNCS, retry=ONCE, timeout=_LONGEST),
    BackgroundTask(name=REMOVE, run=remove, queue=SYNCS),
    BackgroundTask(name="connectors.start_due", run=start_due, cron="*/5 * * * *"),
    BackgroundTask(name="connectors.forget_links", run=forget_links, cron="41 3 * * *"),
]
