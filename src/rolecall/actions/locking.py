"""What the platform does where new candidates are left unsorted: it warns, then locks, and unlocks once all are sorted.

It never deactivates anybody.
"""

from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.domain.clients import Permission
from rolecall.domain.jobs import JobStatus
from rolecall.domain.locking import LOCKED_AFTER, neglect
from rolecall.domain.postings import Posting, PostingState, check_move
from rolecall.store import clients, jobs, postings, queue, submissions

WARN = "postings.warn"  # the task that writes to one of the client's people
_WATCHED = (PostingState.OPEN, PostingState.YIELDED, PostingState.LOCKED)


async def watch_posting(ctx: Context, posting_id: UUID) -> None:
    """Do what is due for a posting now: after time has passed, and whenever a new candidate has been sorted."""
    posting = await postings.hold(ctx.conn, ctx.workspace_id, posting_id)
    if posting is None or posting.state not in _WATCHED:
        return
    waits_since = await submissions.unsorted_since(ctx.conn, ctx.workspace_id, posting.id)
    if posting.state == PostingState.LOCKED:
        if waits_since is None:
            await _unlock(ctx, posting)
        return
    due = neglect(waits_since, ctx.now)
    if (due.warned_days or 0) < (posting.warned_days or 0):  # those who waited longer have been sorted
        await postings.set_warned_days(ctx.conn, ctx.workspace_id, posting.id, due.warned_days)
    job = await jobs.get(ctx.conn, ctx.workspace_id, posting.job_id)
    if job is None or job.status != JobStatus.OPEN:
        return
    if due.locks:
        await _lock(ctx, posting)
    elif due.warned_days is not None and due.warned_days > (posting.warned_days or 0):
        await postings.set_warned_days(ctx.conn, ctx.workspace_id, posting.id, due.warned_days)
        await record(ctx, "posting", "warned", record_id=posting.id, days=due.warned_days)
        await _tell(ctx, posting, due.warned_days)


async def _lock(ctx: Context, posting: Posting) -> None:
    await _move(ctx, posting, PostingState.LOCKED)
    await _tell(ctx, posting, LOCKED_AFTER)


async def _unlock(ctx: Context, posting: Posting) -> None:
    """Let a posting go on as before: yielded for its reason, or open."""
    await _move(ctx, posting, PostingState.OPEN if posting.yield_reason is None else PostingState.YIELDED)
    await postings.set_warned_days(ctx.conn, ctx.workspace_id, posting.id, None)


async def _move(ctx: Context, posting: Posting, state: PostingState) -> None:
    check_move(posting.state, state)
    reason = posting.yield_reason
    await postings.set_state(ctx.conn, ctx.workspace_id, posting.id, state, yield_reason=reason, now=ctx.now)
    await record(ctx, "posting", "moved", record_id=posting.id, old=posting.state, new=state)


async def _tell(ctx: Context, posting: Posting, days: int) -> None:
    """Queue a message to each of the client's people who may sort and have an address."""
    for user in await clients.users(ctx.conn, ctx.workspace_id, posting.client_id):
        if user.email is not None and user.may(Permission.POSTING_CREATOR):
            workspace, told, who = str(ctx.workspace_id), str(posting.id), str(user.id)
            await queue.defer(ctx.conn, WARN, workspace=workspace, posting=told, user=who, days=str(days))
