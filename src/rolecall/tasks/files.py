"""What keeps the file store tidy."""

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from rolecall.domain.ids import parse_id
from rolecall.ports.files import FileStore
from rolecall.store import files
from rolecall.tasks.queue import BackgroundTask, Work

log = structlog.get_logger()

_AT_ONCE = 1_000
# Bytes are stored before their row, so those of a request under way have none yet.
_UNDER_WAY = timedelta(days=1)


async def sweep(work: Work) -> None:
    """Delete the bytes that have had no row for a day: their request was refused or killed before it was committed."""
    services = work.services
    before = services.clock() - _UNDER_WAY
    swept = 0
    async for workspace_id, keys in _old_keys(services.files, before):
        async with services.database.reading() as conn:
            known = await files.known_keys(conn, workspace_id, keys)
        orphans = [key for key in keys if key not in known]
        await services.files.delete(orphans)
        swept += len(orphans)
    await services.files.forget_pieces(before)
    if swept:
        log.info("swept files that nothing names", files=swept)


async def _old_keys(store: FileStore, before: datetime) -> AsyncIterator[tuple[UUID, list[str]]]:
    """The keys written before a time, some at a time, each batch with the workspace that their first part names.

    What no workspace's id begins is not ours: a bucket may be shared.
    """
    waiting: defaultdict[UUID, list[str]] = defaultdict(list)
    async for found in store.list(""):
        workspace_id = parse_id(found.key.partition("/")[0])
        if workspace_id is None or found.written_at >= before:
            continue
        waiting[workspace_id].append(found.key)
        if len(waiting[workspace_id]) >= _AT_ONCE:
            yield workspace_id, waiting.pop(workspace_id)
    for workspace_id, keys in waiting.items():
        yield workspace_id, keys


TASKS = [BackgroundTask(name="files.sweep", run=sweep, cron="40 3 * * *")]
