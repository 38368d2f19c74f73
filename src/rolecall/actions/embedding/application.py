"""The application screen: a person whom an agency submitted. Until they have confirmed, the client sees nothing."""

from dataclasses import dataclass

from rolecall.actions.clients import job_of
from rolecall.actions.context import Context
from rolecall.actions.embedding.job import known_job
from rolecall.actions.embedding.links import Asking, enter, made
from rolecall.actions.embedding.visits import Visit, visit_client
from rolecall.domain.clients import Client
from rolecall.domain.errors import SubmissionUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import Job
from rolecall.domain.postings import Posting
from rolecall.domain.screens import Bound, Link, Screen
from rolecall.domain.submissions import Submission
from rolecall.store import postings, submissions
from rolecall.store.db import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationVisit(Visit):
    """An opened application screen."""

    job: Job
    posting: Posting
    submission: Submission


async def make_application_link(ctx: Context, asking: Asking, *, job: str, application: str) -> Link:
    """The link to a submission to a job; `application` is our id for it or the partner's, `job` as for the job screen.

    A client and a user that are new are stored, unless there is no such submission. Raises ConnectorRefused,
    PermissionMissing, JobUnknown or SubmissionUnknown, in this order.
    """
    visit = await enter(ctx, asking, Screen.APPLICATION)
    opened = await job_of(ctx, visit.client, job)
    posting = await _posting_of(ctx.conn, visit.client, opened)
    submission = await _called(ctx.conn, posting, application)
    return await made(ctx, asking, visit, Screen.APPLICATION, job_id=opened.id, submission_id=submission.id)


async def visit_application(conn: Connection, bound: Bound) -> ApplicationVisit:
    """What the screen opens now: nothing any more once the submission has gone to another job.

    Raises ConnectorRefused, NotPermitted, PermissionMissing, JobUnknown or SubmissionUnknown.
    """
    visit = await visit_client(conn, bound)
    job = await known_job(conn, visit.client, bound.job_id)
    posting = await _posting_of(conn, visit.client, job)
    found = await submissions.get(conn, bound.workspace_id, bound.submission_id) if bound.submission_id else None
    return ApplicationVisit(
        connector=visit.connector,
        client=visit.client,
        user=visit.user,
        stand_in=visit.stand_in,
        job=job,
        posting=posting,
        submission=_shown(found, posting),
    )


async def _posting_of(conn: Connection, client: Client, job: Job) -> Posting:
    posting = await postings.of_job(conn, client.workspace_id, job.id)
    if posting is None or posting.client_id != client.id:
        raise SubmissionUnknown
    return posting


async def _called(conn: Connection, posting: Posting, name: str) -> Submission:
    ours = parse_id(name)
    found = None
    if ours is not None and str(ours) == name:
        found = await submissions.get(conn, posting.workspace_id, ours)
    return _shown(found or await submissions.called(conn, posting.workspace_id, posting.id, name), posting)


def _shown(submission: Submission | None, posting: Posting) -> Submission:
    """A posting's submission that its person has confirmed. Raises SubmissionUnknown."""
    if submission is None or submission.posting_id != posting.id or submission.confirmed_at is None:
        raise SubmissionUnknown
    return submission
