"""Postings: a job offered to agencies. Every write is made by a client's user on the embedded screen."""

from dataclasses import fields
from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.submissions import end_all
from rolecall.domain.cost_centers import check_in_use
from rolecall.domain.errors import AgencyUnknown, CostCenterUnknown, EditedMeanwhile, FieldInvalid, PostingUnknown
from rolecall.domain.jobs import Job
from rolecall.domain.postings import (
    Posting,
    PostingState,
    Terms,
    check_changeable,
    check_client_may_move,
    check_terms,
    check_yield_reason,
)
from rolecall.store import agencies, cost_centers, postings, submissions

NOT_STORED = 0


async def save_posting(
    ctx: Context, job: Job, client_id: UUID, *, terms: Terms, version: int, creator_id: UUID | None = None
) -> Posting:
    """Store a job's posting: a new draft when `version` is NOT_STORED, otherwise new terms for the stored one.

    A new one is of the client's user `creator_id`, None for nobody's. `version` is the one the terms were edited from.
    Sending the same terms again changes nothing, whatever the version.

    Raises FieldMissing or FieldInvalid, PostingUnknown, PostingClosed, JobNotOffered or EditedMeanwhile.
    """
    check_terms(terms)
    stored = await postings.hold_of_job(ctx.conn, ctx.workspace_id, job.id)
    if stored is None and version == NOT_STORED:
        fresh = _draft(ctx, job, client_id, terms, creator_id)
        if await postings.put(ctx.conn, fresh):
            await record(ctx, "posting", "created", record_id=fresh.id, job=str(job.id))
            return fresh
        stored = await postings.hold_of_job(ctx.conn, ctx.workspace_id, job.id)
    if stored is None:
        raise PostingUnknown
    if stored.terms == terms:
        return stored
    check_changeable(stored.state, job=job.status)
    if stored.version != version:
        raise EditedMeanwhile
    await _check_engagement(ctx, stored, terms)
    changed = [field.name for field in fields(terms) if getattr(terms, field.name) != getattr(stored, field.name)]
    await postings.set_terms(ctx.conn, ctx.workspace_id, stored.id, terms, version=version + 1, now=ctx.now)
    await record(ctx, "posting", "changed", record_id=stored.id, fields=changed)
    return await get_posting(ctx, job)


async def _check_engagement(ctx: Context, stored: Posting, terms: Terms) -> None:
    """Raise FieldInvalid where people were submitted for one kind of hire, and the terms say the other."""
    if terms.engagement == stored.engagement:
        return
    if await submissions.of_posting(ctx.conn, ctx.workspace_id, stored.id):
        raise FieldInvalid(field="engagement", hint=f"{stored.engagement}, as candidates have been submitted for that")


def _draft(ctx: Context, job: Job, client_id: UUID, terms: Terms, creator_id: UUID | None) -> Posting:
    return Posting(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        job_id=job.id,
        client_id=client_id,
        state=PostingState.DRAFT,
        title=terms.title,
        description=terms.description,
        fee_percent=terms.fee_percent,
        must_haves=terms.must_haves,
        questions=terms.questions,
        engagement=terms.engagement,
        yield_reason=None,
        version=NOT_STORED + 1,
        created_at=ctx.now,
        updated_at=ctx.now,
        creator_id=creator_id,
    )


async def get_posting(ctx: Context, job: Job) -> Posting:
    """A job's posting, held for writing. Raises PostingUnknown."""
    posting = await postings.hold_of_job(ctx.conn, ctx.workspace_id, job.id)
    if posting is None:
        raise PostingUnknown
    return posting


async def move_posting(ctx: Context, job: Job, state: PostingState, *, reason: str = "") -> None:
    """Open, yield (for a reason that agencies read) or close a job's posting; yielding again changes the reason.

    Closing ends every candidate still in process.

    Raises PostingUnknown, MoveRefused, JobNotOffered, FieldMissing or FieldInvalid.
    """
    posting = await get_posting(ctx, job)
    check_client_may_move(posting.state, state, job=job.status)
    kept_reason = None
    if state == PostingState.YIELDED:
        check_yield_reason(reason)
        kept_reason = reason
    if (posting.state, posting.yield_reason) == (state, kept_reason):
        return
    if state == PostingState.CLOSED:
        await close_posting(ctx, posting)
        return
    await postings.set_state(ctx.conn, ctx.workspace_id, posting.id, state, yield_reason=kept_reason, now=ctx.now)
    await record(ctx, "posting", "moved", record_id=posting.id, old=posting.state, new=state)


async def close_posting(ctx: Context, posting: Posting) -> None:
    """Close a posting that is held and not closed yet, also while its job is paused, and end who is in process."""
    closed = PostingState.CLOSED
    await postings.set_state(ctx.conn, ctx.workspace_id, posting.id, closed, yield_reason=None, now=ctx.now)
    await end_all(ctx, posting)
    await record(ctx, "posting", "moved", record_id=posting.id, old=posting.state, new=closed)


async def add_agency(ctx: Context, job: Job, agency_id: UUID) -> None:
    """Let a job's posting go to an agency. Raises PostingUnknown, PostingClosed, JobNotOffered or AgencyUnknown."""
    posting = await _changeable(ctx, job)
    if await agencies.get(ctx.conn, ctx.workspace_id, agency_id) is None:
        raise AgencyUnknown(agency=agency_id)
    await _add(ctx, posting, [agency_id])


async def add_preferred_agencies(ctx: Context, job: Job, client_id: UUID) -> None:
    """Let a job's posting go to all agencies the client prefers. Raises as `add_agency`."""
    posting = await _changeable(ctx, job)
    await _add(ctx, posting, await agencies.preferred_ids(ctx.conn, ctx.workspace_id, client_id))


async def distribute(ctx: Context, job: Job, agency_ids: list[UUID]) -> None:
    """Let a job's posting go to agencies of the workspace. Raises PostingUnknown, PostingClosed or JobNotOffered."""
    await _add(ctx, await _changeable(ctx, job), agency_ids)


async def remove_agency(ctx: Context, job: Job, agency_id: UUID) -> None:
    """Let a job's posting no longer go to an agency. Raises PostingUnknown, PostingClosed or JobNotOffered."""
    posting = await _changeable(ctx, job)
    if await postings.remove_agency(ctx.conn, ctx.workspace_id, posting.id, agency_id):
        await record(ctx, "posting", "agency_removed", record_id=posting.id, agency=str(agency_id))


async def choose_cost_center(ctx: Context, job: Job, cost_center_id: UUID | None) -> None:
    """Say where invoices for a posting's hires go, None for the client's default; hires logged before keep theirs.

    Raises PostingUnknown, PostingClosed, JobNotOffered, CostCenterUnknown or CostCenterArchived.
    """
    posting = await _changeable(ctx, job)
    if cost_center_id == posting.cost_center_id:
        return
    if cost_center_id is not None:
        center = await cost_centers.get(ctx.conn, ctx.workspace_id, posting.client_id, cost_center_id)
        if center is None:
            raise CostCenterUnknown
        check_in_use(center)
    await postings.set_cost_center(ctx.conn, ctx.workspace_id, posting.id, cost_center_id, now=ctx.now)
    await record(ctx, "posting", "changed", record_id=posting.id, fields=["cost_center_id"])


async def _changeable(ctx: Context, job: Job) -> Posting:
    posting = await get_posting(ctx, job)
    check_changeable(posting.state, job=job.status)
    return posting


async def _add(ctx: Context, posting: Posting, agency_ids: list[UUID]) -> None:
    added = await postings.add_agencies(ctx.conn, ctx.workspace_id, posting.id, agency_ids, now=ctx.now)
    if added:
        await record(
            ctx, "posting", "agencies_added", record_id=posting.id, agencies=[str(agency_id) for agency_id in added]
        )
