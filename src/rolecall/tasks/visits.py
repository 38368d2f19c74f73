"""What becomes of visits: they are added up; old rows and the salts of past days are deleted."""

from datetime import UTC, datetime, time, timedelta

import structlog

from rolecall.actions.source_days import roll_up
from rolecall.store import visits
from rolecall.tasks.queue import BackgroundTask, Work

log = structlog.get_logger()

_AT_ONCE = 5_000


async def add_up(work: Work) -> None:
    """Bring the figures of source links up to date."""
    async with work.services.database.writing() as conn:
        changed = await roll_up(conn, now=work.services.clock())
    log.debug("added visits up", days=changed)


async def forget_salts(work: Work) -> None:
    """Delete the salts of the days that are over, so that nobody can compute their hashes any more."""
    async with work.services.database.writing() as conn:
        forgotten = await visits.forget_salts(conn, work.services.clock().date())
    log.debug("forgot salts of visits", days=forgotten)


async def forget_visits(work: Work) -> None:
    """Delete the rows of days that the operator does not want to keep, some at a time; their figures stay."""
    services = work.services
    oldest = services.clock().date() - timedelta(days=services.settings.visit_days)
    before, forgotten = datetime.combine(oldest, time(), UTC), 0
    while True:
        async with services.database.writing() as conn:
            some = await visits.forget_some(conn, before, limit=_AT_ONCE)
        forgotten += some
        if some < _AT_ONCE:
            break
    log.debug("forgot visits", visits=forgotten)


TASKS = [
    BackgroundTask(name="visits.add_up", run=add_up, cron="*/5 * * * *"),
    BackgroundTask(name="visits.forget_salts", run=forget_salts, cron="3 * * * *"),
    BackgroundTask(name="visits.forget_visits", run=forget_visits, cron="27 2 * * *"),
]
