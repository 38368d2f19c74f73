"""Postings with new candidates that nobody sorts: their people are warned by mail, then the posting is locked."""

from datetime import timedelta
from uuid import UUID

import structlog

from rolecall.actions.locking import WARN, watch_posting
from rolecall.domain.clients import Permission
from rolecall.domain.locking import LOCKED_AFTER, WARNED_AFTER, locks_at
from rolecall.domain.submissions import SubmissionStage
from rolecall.ports.mail import Message
from rolecall.store import clients, postings, submissions
from rolecall.tasks.queue import BackgroundTask, Work

log = structlog.get_logger()

WATCH = "postings.watch"
_WARNING = """\
Hello {who},

{waiting} for “{title}” since {since}. {outlook}

Open the job in your hiring system to keep or reject each of them. Agencies work best when they hear back within two
business days.
"""
_OUTLOOK = "The posting is locked on {locks} unless they are sorted: agencies can then submit nobody until they are."
_LOCKED = (
    "The posting is locked: agencies can submit nobody until all new candidates are sorted. Then it opens by itself."
)


async def watch(work: Work) -> None:
    """Warn, lock and unlock where it is due."""
    services = work.services
    waiting_since = services.clock() - timedelta(days=min(WARNED_AFTER))
    async with services.database.reading() as conn:
        found = await postings.neglected(conn, waiting_since)
    for workspace_id, posting_id in found:
        async with services.database.writing() as conn:
            await watch_posting(await services.context(conn, workspace_id, actor=f"task:{WATCH}"), posting_id)
    log.debug("watched postings with unsorted candidates", postings=len(found))


async def warn(work: Work, *, workspace: str, posting: str, user: str, days: str) -> None:
    """Tell one of a client's people how long new candidates have waited, unless all are sorted by now.

    A worker that is killed after the mail server has taken the message sends it again.
    """
    workspace_id = UUID(workspace)
    async with work.services.database.reading() as conn:
        found = await postings.get(conn, workspace_id, UUID(posting))
        person = await clients.get_user(conn, workspace_id, UUID(user))
        if found is None or person is None or person.email is None or not person.may(Permission.POSTING_CREATOR):
            return
        waits = await submissions.of_posting(conn, workspace_id, found.id, stages=[SubmissionStage.AWAITING_SORT])
    if not waits:
        return
    since = min(one.stage_since for one in waits)
    locked = int(days) >= LOCKED_AFTER
    text = _WARNING.format(
        who=person.called,
        waiting="1 new candidate has waited" if len(waits) == 1 else f"{len(waits)} new candidates have waited",
        title=found.title,
        since=f"{since:%-d %B %Y}",
        outlook=_LOCKED if locked else _OUTLOOK.format(locks=f"{locks_at(since):%-d %B %Y (UTC)}"),
    )
    subject = f"{'Locked' if locked else 'Candidates wait'}: {found.title}"
    await work.services.mail.send(Message(to=person.email, subject=subject, text=text))


TASKS = [
    BackgroundTask(name=WATCH, run=watch, cron="17 * * * *"),
    BackgroundTask(name=WARN, run=warn),
]
