"""Postings: a job's offer to agencies, and the agencies it goes to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from rolecall.domain.postings import Posting, PostingState, Terms
from rolecall.store.db import Connection, columns, fetch_one, fetch_rows, fetch_values

_COLUMNS = columns(Posting)


async def put(conn: Connection, posting: Posting) -> bool:
    """Store a job's posting; False when the job has one."""
    cursor = await conn.execute(
        """
        insert into posting (workspace_id, id, job_id, client_id, state, title, description, fee_percent, must_haves,
                             questions, engagement, yield_reason, version, created_at, updated_at, creator_id)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, job_id) do nothing
        """,
        (
            posting.workspace_id,
            posting.id,
            posting.job_id,
            posting.client_id,
            posting.state,
            posting.title,
            posting.description,
            posting.fee_percent,
            posting.must_haves,
            posting.questions,
            posting.engagement,
            posting.yield_reason,
            posting.version,
            posting.created_at,
            posting.updated_at,
            posting.creator_id,
        ),
    )
    return cursor.rowcount == 1


async def of_job(conn: Connection, workspace_id: UUID, job_id: UUID) -> Posting | None:
    """A job's posting."""
    query = f"select {_COLUMNS} from posting where workspace_id = %s and job_id = %s"
    return await fetch_one(conn, Posting, query, (workspace_id, job_id))


async def hold_of_job(conn: Connection, workspace_id: UUID, job_id: UUID) -> Posting | None:
    """A job's posting, held against other writers until the transaction ends."""
    query = f"select {_COLUMNS} from posting where workspace_id = %s and job_id = %s for no key update"
    return await fetch_one(conn, Posting, query, (workspace_id, job_id))


async def get(conn: Connection, workspace_id: UUID, posting_id: UUID) -> Posting | None:
    """A posting by id."""
    query = f"select {_COLUMNS} from posting where workspace_id = %s and id = %s"
    return await fetch_one(conn, Posting, query, (workspace_id, posting_id))


async def hold(conn: Connection, workspace_id: UUID, posting_id: UUID) -> Posting | None:
    """A posting by id, held against other writers until the transaction ends."""
    query = f"select {_COLUMNS} from posting where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, Posting, query, (workspace_id, posting_id))


async def goes_to(conn: Connection, workspace_id: UUID, posting_id: UUID, agency_id: UUID) -> bool:
    """Whether a posting goes to an agency."""
    query = "select from distribution where workspace_id = %s and posting_id = %s and agency_id = %s"
    cursor = await conn.execute(query, (workspace_id, posting_id, agency_id))
    return await cursor.fetchone() is not None


async def set_terms(
    conn: Connection, workspace_id: UUID, posting_id: UUID, terms: Terms, *, version: int, now: datetime
) -> None:
    """Store a posting's terms as a version."""
    await conn.execute(
        """
        update posting set title = %s, description = %s, fee_percent = %s, must_haves = %s, questions = %s,
                           engagement = %s, version = %s, updated_at = %s
        where workspace_id = %s and id = %s
        """,
        (
            terms.title,
            terms.description,
            terms.fee_percent,
            terms.must_haves,
            terms.questions,
            terms.engagement,
            version,
            now,
            workspace_id,
            posting_id,
        ),
    )


async def set_state(
    conn: Connection,
    workspace_id: UUID,
    posting_id: UUID,
    state: PostingState,
    *,
    yield_reason: str | None,
    now: datetime,
) -> None:
    """Store a posting's state."""
    locked_at = now if state == PostingState.LOCKED else None
    await conn.execute(
        """
        update posting set state = %s, yield_reason = %s, locked_at = %s, updated_at = %s
        where workspace_id = %s and id = %s
        """,
        (state, yield_reason, locked_at, now, workspace_id, posting_id),
    )


async def set_warned_days(conn: Connection, workspace_id: UUID, posting_id: UUID, days: int | None) -> None:
    """Store the day of the last warning that new candidates wait."""
    await conn.execute(
        "update posting set warned_days = %s where workspace_id = %s and id = %s", (days, workspace_id, posting_id)
    )


async def set_cost_center(
    conn: Connection, workspace_id: UUID, posting_id: UUID, cost_center_id: UUID | None, *, now: datetime
) -> None:
    """Store where invoices for a posting's hires go, None for the client's default."""
    await conn.execute(
        "update posting set cost_center_id = %s, updated_at = %s where workspace_id = %s and id = %s",
        (cost_center_id, now, workspace_id, posting_id),
    )


async def neglected(conn: Connection, waiting_since: datetime) -> list[tuple[UUID, UUID]]:
    """The workspaces and ids of all postings that are locked, or warned of, or have somebody unsorted since a time."""
    query = """
        select p.workspace_id, p.id from posting p
        where p.state in ('open', 'yielded', 'locked')
          and (p.state = 'locked' or p.warned_days is not null
               or exists (select from submission s where s.workspace_id = p.workspace_id and s.posting_id = p.id
                          and s.stage = 'awaiting_sort' and s.stage_since <= %s))
        order by p.workspace_id, p.id
    """
    return [(workspace_id, posting_id) for workspace_id, posting_id in await fetch_rows(conn, query, (waiting_since,))]


async def change_client(
    conn: Connection, workspace_id: UUID, client_id: UUID, *, to: UUID, now: datetime
) -> list[UUID]:
    """Let all postings of a client be another one's; their ids."""
    query = """
        update posting set client_id = %s, updated_at = %s where workspace_id = %s and client_id = %s returning id
    """
    return await fetch_values(conn, query, (to, now, workspace_id, client_id))


async def add_agencies(
    conn: Connection, workspace_id: UUID, posting_id: UUID, agency_ids: Sequence[UUID], *, now: datetime
) -> list[UUID]:
    """Let a posting go to agencies; the ids of those it did not go to before."""
    return await fetch_values(
        conn,
        """
        insert into distribution (workspace_id, posting_id, agency_id, created_at)
        select %s, %s, id, %s from unnest(%s::uuid[]) as wanted (id)
        on conflict do nothing returning agency_id
        """,
        (workspace_id, posting_id, now, list(agency_ids)),
    )


async def remove_agency(conn: Connection, workspace_id: UUID, posting_id: UUID, agency_id: UUID) -> bool:
    """Let a posting no longer go to an agency; False when it did not."""
    cursor = await conn.execute(
        "delete from distribution where workspace_id = %s and posting_id = %s and agency_id = %s",
        (workspace_id, posting_id, agency_id),
    )
    return cursor.rowcount == 1
