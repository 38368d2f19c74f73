"""People whom agencies submit are asked from here, each with the signed address at which they answer."""

from datetime import datetime
from uuid import UUID

from rolecall.actions.asking import AUDIENCE, LIVES, PATH, REMINDED_FOR, confirmation_claims
from rolecall.actions.confirming import note_asked
from rolecall.actions.submitting import ASK, queue_message
from rolecall.domain.postings import Posting, PostingState, shown_state
from rolecall.domain.submissions import ASKED_AGAIN_AFTER, Submission, may_be_asked
from rolecall.ports.mail import Message
from rolecall.services import Services
from rolecall.store import agencies, clients, jobs, postings, recruiters, submissions
from rolecall.store.db import Connection
from rolecall.tasks.queue import BackgroundTask, Work

_AT_ONCE = 500
_TEXT = """\
Hello {first_name},

{who} would like to present you to {client} for this job:

{title}

{client} sees nothing of you until you agree. On this page you choose who presents you, check what is said of you, and
answer the questions of {client} if there are any. You can also say no there:

{url}

The address works until {until} (UTC). Whoever opens it can answer for you: do not pass it on. If you do not know
{agency}, say no on the page, or ignore this message.
"""


async def ask(work: Work, *, workspace: str, submission: str) -> None:
    """Ask a person to confirm, unless they have answered, the posting is closed, or they were asked within a day.

    A worker that is killed after the mail server has taken the message sends it again.
    """
    services, workspace_id = work.services, UUID(workspace)
    async with services.database.reading() as conn:
        found = await submissions.get(conn, workspace_id, UUID(submission))
        if found is None or not may_be_asked(found, services.clock()):
            return
        posting = await postings.get(conn, workspace_id, found.posting_id)
        if posting is None or await _closed(conn, posting):
            return
        message = await _message(services, conn, found, posting)
    await services.mail.send(message)
    async with services.database.writing() as conn:
        await note_asked(await services.context(conn, workspace_id, actor=f"task:{ASK}"), found.id)


async def _closed(conn: Connection, posting: Posting) -> bool:
    job = await jobs.get(conn, posting.workspace_id, posting.job_id)
    return job is None or shown_state(posting.state, job.status) == PostingState.CLOSED


async def _message(services: Services, conn: Connection, submission: Submission, posting: Posting) -> Message:
    workspace_id, now = submission.workspace_id, services.clock()
    agency = await agencies.get(conn, workspace_id, submission.agency_id)
    assert agency is not None, "a submission ends with its agency"
    recruiter = await recruiters.of_submission(conn, submission)
    client = await clients.called(conn, workspace_id, posting.client_id)
    who = agency.name if recruiter is None else f"{recruiter.name} of {agency.name}"
    subject = f"{agency.name} would like to present you for a job: {posting.title}"
    return Message(
        to=submission.email,
        subject=subject if submission.mailed_at is None else f"Reminder: {subject}",
        text=_TEXT.format(
            first_name=submission.first_name,
            who=who,
            agency=agency.name,
            client=client,
            title=posting.title,
            until=f"{now + LIVES:%-d %B %Y}",
            url=confirmation_url(services, submission, now=now),
        ),
    )


def confirmation_url(services: Services, submission: Submission, *, now: datetime) -> str:
    """The signed address at which the person answers."""
    token = services.signer.sign(confirmation_claims(submission), audience=AUDIENCE, now=now, lives=LIVES)
    return f"{services.settings.public_url}{PATH}/{token}"


async def remind(work: Work) -> None:
    """Queue a message to those who have not answered for a day, in the first days after they were submitted."""
    services = work.services
    now = services.clock()
    mailed_before, created_after = now - ASKED_AGAIN_AFTER, now - REMINDED_FOR
    async with services.database.reading() as conn:
        due = await submissions.to_remind(
            conn, mailed_before=mailed_before, created_after=created_after, limit=_AT_ONCE
        )
    for workspace_id, submission_id in due:
        async with services.database.writing() as conn:
            await queue_message(conn, workspace_id, submission_id)


TASKS = [
    BackgroundTask(name=ASK, run=ask),
    BackgroundTask(name="submissions.remind", run=remind, cron="17 * * * *"),
]
