"""Clients of embedding partners: made on first use, and told which jobs they know."""

from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.jobs import get_job
from rolecall.actions.new_clients import client_on_first_use
from rolecall.actions.offering import take_over_house
from rolecall.domain.clients import RIGHTS_OF_FIRST_USER, RIGHTS_OF_LATER_USERS, Client, ClientUser
from rolecall.domain.errors import ClientUnknown, ConnectorUnknown, JobUnknown, NameTaken, SubmissionUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import Job, JobStatus
from rolecall.domain.submissions import Submission
from rolecall.domain.texts import check_text
from rolecall.store import clients, connectors, jobs, submissions
from rolecall.store.connectors import EMBED

LONGEST_ID = 255
LONGEST_NAME = 200


async def client_of(ctx: Context, connector_id: UUID, external_id: str) -> Client:
    """The connector's client with the partner's id, stored first when there is none.

    Raises FieldMissing or FieldInvalid for what cannot be an id.
    """
    check_text(external_id, field="client", longest=LONGEST_ID)
    return await client_on_first_use(ctx, connector_id, external_id)


async def user_of(ctx: Context, client: Client, external_id: str) -> ClientUser:
    """The client's user with the partner's id, stored first when there is none.

    The first user of a client gets all rights, later ones may make postings. Two who come first at once take turns.
    Raises FieldMissing or FieldInvalid for what cannot be an id.
    """
    check_text(external_id, field="user", longest=LONGEST_ID)
    found = await clients.user_by_external_id(ctx.conn, ctx.workspace_id, client.id, external_id)
    if found is not None:
        return found
    await clients.hold(ctx.conn, ctx.workspace_id, client.id)
    found = await clients.user_by_external_id(ctx.conn, ctx.workspace_id, client.id, external_id)
    if found is not None:
        return found
    later = await clients.has_users(ctx.conn, ctx.workspace_id, client.id)
    user = ClientUser(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        client_id=client.id,
        external_id=external_id,
        permissions=[str(right) for right in (RIGHTS_OF_LATER_USERS if later else RIGHTS_OF_FIRST_USER)],
        disabled_at=None,
        created_at=ctx.now,
    )
    await clients.insert_user(ctx.conn, user)
    await record(ctx, "client_user", "created", record_id=user.id, client=str(client.id))
    return user


async def job_of(ctx: Context, client: Client, name: str) -> Job:
    """The job a client means by an id: its own for the job or, when it acts for the workspace, ours or the job's.

    Of the job's ids (code, remote_id, external_id) one that several jobs carry means none. Raises JobUnknown.
    """
    job_id = await clients.job_id_of(ctx.conn, ctx.workspace_id, client.id, name)
    if job_id is None and client.acts_for_workspace:
        job_id = await _workspace_job_id(ctx, name)
    job = await jobs.get(ctx.conn, ctx.workspace_id, job_id) if job_id is not None else None
    if job is None or job.status == JobStatus.ARCHIVED:
        raise JobUnknown(job=name)
    return job


async def _workspace_job_id(ctx: Context, name: str) -> UUID | None:
    ours = parse_id(name)
    if ours is not None and str(ours) == name and await jobs.get(ctx.conn, ctx.workspace_id, ours) is not None:
        return ours
    found = await clients.jobs_called(ctx.conn, ctx.workspace_id, name)
    return found[0] if len(found) == 1 else None


async def let_client_act_for_workspace(
    ctx: Context, connector_id: UUID, external_id: str, *, acts: bool = True
) -> Client:
    """Let a client, stored first when it is new, know every job of the workspace; or, with False, no longer.

    For an employer that embeds our screens in a hiring system of its own. A partner with customers of its own maps
    each job with `add_client_job` instead. Raises ConnectorUnknown.
    """
    client = await _client_by_operator(ctx, connector_id, external_id)
    if client.acts_for_workspace != acts:
        await clients.set_acts_for_workspace(ctx.conn, ctx.workspace_id, client.id, acts=acts)
        await record(ctx, "client", "changed", record_id=client.id, acts_for_workspace=acts)
        if acts:
            await take_over_house(ctx)
    return await _stored(ctx, client.id)


async def name_client(ctx: Context, connector_id: UUID, external_id: str, *, name: str) -> Client:
    """Say what a client, stored when it is new, is called. Raises ConnectorUnknown, FieldMissing or FieldInvalid."""
    check_text(name, field="name", longest=LONGEST_NAME)
    client = await _client_by_operator(ctx, connector_id, external_id)
    await clients.set_name(ctx.conn, ctx.workspace_id, client.id, name=name.strip())
    await record(ctx, "client", "changed", record_id=client.id, name=name.strip())
    return await _stored(ctx, client.id)


async def add_client_job(
    ctx: Context, connector_id: UUID, client_external_id: str, *, job_external_id: str, job_id: UUID
) -> Client:
    """Let a client's own id stand for a job; the client is stored first when it is new.

    Raises ConnectorUnknown, JobUnknown, FieldMissing or FieldInvalid.
    """
    check_text(job_external_id, field="job", longest=LONGEST_ID)
    client = await _client_by_operator(ctx, connector_id, client_external_id)
    job = await get_job(ctx, job_id)
    await clients.put_job(ctx.conn, ctx.workspace_id, client.id, external_id=job_external_id, job_id=job.id)
    await record(ctx, "client", "job_added", record_id=client.id, job=str(job.id))
    return client


async def add_client_application(ctx: Context, submission_id: UUID, *, external_id: str) -> Submission:
    """Let an id of the partner's own stand for a submission, among those to the same job.

    Raises SubmissionUnknown, NameTaken, FieldMissing or FieldInvalid.
    """
    check_text(external_id, field="application", longest=LONGEST_ID)
    held = await submissions.hold(ctx.conn, ctx.workspace_id, submission_id)
    if held is None:
        raise SubmissionUnknown
    known = await submissions.called(ctx.conn, ctx.workspace_id, held.posting_id, external_id)
    if known is not None and known.id != held.id:
        raise NameTaken(kind="application", name=external_id)
    named = await submissions.change(ctx.conn, ctx.workspace_id, held.id, now=ctx.now, external_id=external_id)
    await record(ctx, "submission", "named", record_id=held.id, external_id=external_id)
    return named


async def _client_by_operator(ctx: Context, connector_id: UUID, external_id: str) -> Client:
    connector = await connectors.get(ctx.conn, ctx.workspace_id, connector_id)
    if connector is None or connector.category != EMBED.upper():
        raise ConnectorUnknown(connector=connector_id)
    return await client_of(ctx, connector_id, external_id)


async def _stored(ctx: Context, client_id: UUID) -> Client:
    client = await clients.get(ctx.conn, ctx.workspace_id, client_id)
    if client is None:
        raise ClientUnknown(client=client_id)
    return client


async def set_user_active(ctx: Context, client: Client, external_id: str, *, active: bool) -> None:
    """Deactivate a client's user, who loses open screens at once, or let them in again. Raises ClientUnknown."""
    user = await clients.user_by_external_id(ctx.conn, ctx.workspace_id, client.id, external_id)
    if user is None:
        raise ClientUnknown(client=external_id)
    await clients.set_user_disabled(ctx.conn, ctx.workspace_id, user.id, at=None if active else ctx.now)
    await record(ctx, "client_user", "changed", record_id=user.id, active=active)
