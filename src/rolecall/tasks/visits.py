"""What becomes of visits: old rows and the salts of past days are deleted."""

from datetime import UTC, datetime, time, timedelta

import structlog

from rolecall.store import visits
from rolecall.tasks.queue import BackgroundTask, Work

log = structlog.get_logger()

_AT_ONCE = 5_000


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
    BackgroundTask(name="visits.forget_salts", run=forget_salts, cron="3 * * * *"),
    BackgroundTask(name="visits.forget_visits", run=forget_visits, cron="27 2 * * *"),
]
