"""The job screen: a job's posting to agencies, for users who may make postings."""

from dataclasses import dataclass
from uuid import UUID

from rolecall.actions.clients import job_of
from rolecall.actions.context import Context
from rolecall.actions.embedding.links import Asking, enter, made
from rolecall.actions.embedding.visits import Visit, visit_client
from rolecall.domain.clients import Client
from rolecall.domain.errors import JobUnknown
from rolecall.domain.errors_of_agencies import OfferedByAnother
from rolecall.domain.jobs import Job, JobStatus
from rolecall.domain.screens import Bound, Link, Screen
from rolecall.store import clients, jobs, postings
from rolecall.store.db import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class JobVisit(Visit):
    """An opened job screen."""

    job: Job


async def make_job_link(ctx: Context, asking: Asking, *, job: str) -> Link:
    """The link to a job's posting; `job` is the partner's id for it.

    A client and a user that are new are stored, unless the job is unknown. Raises ConnectorRefused,
    PermissionMissing, JobUnknown or OfferedByAnother, in this order.
    """
    visit = await enter(ctx, asking, Screen.JOB)
    opened = await job_of(ctx, visit.client, job)
    await _check_offers(ctx.conn, visit.client, opened)
    return await made(ctx, asking, visit, Screen.JOB, job_id=opened.id)


async def visit_job(conn: Connection, bound: Bound) -> JobVisit:
    """What the screen opens now.

    Raises ConnectorRefused, NotPermitted, PermissionMissing, JobUnknown or OfferedByAnother.
    """
    visit = await visit_client(conn, bound)
    job = await known_job(conn, visit.client, bound.job_id)
    await _check_offers(conn, visit.client, job)
    return JobVisit(connector=visit.connector, client=visit.client, user=visit.user, stand_in=visit.stand_in, job=job)


async def known_job(conn: Connection, client: Client, job_id: UUID | None) -> Job:
    """A job that the client still knows, and that is not archived. Raises JobUnknown."""
    job = await jobs.get(conn, client.workspace_id, job_id) if job_id is not None else None
    if job is None or job.status == JobStatus.ARCHIVED:
        raise JobUnknown(job=job_id)
    if not await clients.knows_job(conn, client.workspace_id, client.id, job.id):
        raise JobUnknown(job=job_id)
    return job


async def _check_offers(conn: Connection, client: Client, job: Job) -> None:
    """Raise OfferedByAnother where several clients know a job, and the one that offers it is not this one."""
    posting = await postings.of_job(conn, client.workspace_id, job.id)
    if posting is not None and posting.client_id != client.id:
        raise OfferedByAnother
