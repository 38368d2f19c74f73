"""What keeps an installation tidy by itself."""

from datetime import timedelta

import structlog

from rolecall.store import idempotency, rate_windows, recruiters, screen_sessions
from rolecall.tasks.queue import BackgroundTask, Work

log = structlog.get_logger()

_SILENT_SECONDS = 60
_SIGN_INS_KEPT = timedelta(days=30)
_SCREENS_KEPT = timedelta(days=1)  # as long, a screen left open says that it has ended, and not that it is unknown


async def forget_rate_windows(work: Work) -> None:
    """Drop the counters of rate-limit windows that have ended."""
    async with work.services.database.writing() as conn:
        forgotten = await rate_windows.forget_ended(conn, work.services.clock())
    log.debug("forgot rate windows", windows=forgotten)


async def forget_answers(work: Work) -> None:
    """Drop remembered answers to repeated requests that nobody may ask for any more."""
    async with work.services.database.writing() as conn:
        forgotten = await idempotency.forget_expired(conn, work.services.clock())
    log.debug("forgot answers", answers=forgotten)


async def forget_screens(work: Work) -> None:
    """Drop what is kept of embedded screens that ended a while ago."""
    async with work.services.database.writing() as conn:
        forgotten = await screen_sessions.forget_ended(conn, work.services.clock() - _SCREENS_KEPT)
    log.debug("forgot screens", links=forgotten)


async def forget_sign_ins(work: Work) -> None:
    """Drop sessions and links of agencies' recruiters that ended a month ago. Until then they can be asked about."""
    before = work.services.clock() - _SIGN_INS_KEPT
    async with work.services.database.writing() as conn:
        sessions = await recruiters.forget_sessions(conn, before=before)
        links = await recruiters.forget_links(conn, before=before)
    log.debug("forgot sign-ins", sessions=sessions, links=links)


async def resume_stalled(work: Work) -> None:
    """Queue again the tasks of workers that were killed in the middle of them."""
    manager = work.queue.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=_SILENT_SECONDS))
    for job in stalled:
        await manager.retry_job(job)
    if stalled:
        log.warning("resumed tasks of lost workers", tasks=len(stalled))


TASKS = [
    BackgroundTask(name="housekeeping.forget_rate_windows", run=forget_rate_windows, cron="*/5 * * * *"),
    BackgroundTask(name="housekeeping.forget_answers", run=forget_answers, cron="*/10 * * * *"),
    BackgroundTask(name="housekeeping.forget_screens", run=forget_screens, cron="20 * * * *"),
    BackgroundTask(name="housekeeping.forget_sign_ins", run=forget_sign_ins, cron="17 3 * * *"),
    BackgroundTask(name="housekeeping.resume_stalled", run=resume_stalled, cron="* * * * *"),
]
