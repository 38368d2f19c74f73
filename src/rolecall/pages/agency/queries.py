"""What the agencies' pages read. Every statement names the workspace and the agency that may see the answer."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from rolecall.domain.jobs import JobStatus
from rolecall.domain.postings import PostingState, shown_state
from rolecall.store.clients import NAME
from rolecall.store.db import Connection, fetch_all, fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPosting:
    """A posting as an agency that receives it sees it; `received_at` is since when it does."""

    id: UUID
    job_id: UUID
    client_id: UUID
    client: str
    company: str
    place: str | None
    title: str
    description: str
    engagement: str
    fee_percent: Decimal
    must_haves: list[str]
    questions: list[str]
    stored_state: str
    job_status: str
    yield_reason: str | None
    submitted: int
    received_at: datetime
    updated_at: datetime

    @property
    def state(self) -> PostingState:
        """What it shows: closed while its job is not open."""
        return shown_state(PostingState(self.stored_state), JobStatus(self.job_status))

    @property
    def takes(self) -> bool:
        """Whether candidates can be submitted."""
        return self.state in {PostingState.OPEN, PostingState.YIELDED}


_PLACE = """
    (select string_agg(l.name, ', ' order by l.name) from job_location x
     join location l on l.workspace_id = x.workspace_id and l.id = x.location_id
     where x.workspace_id = p.workspace_id and x.job_id = p.job_id)
"""
_POSTING = f"""
    select p.id, p.job_id, p.client_id, {NAME} as client, o.name as company, {_PLACE} as place, p.title, p.description,
           p.engagement, p.fee_percent, p.must_haves, p.questions, p.state as stored_state, j.status as job_status,
           p.yield_reason,
           (select count(*) from submission s
            where s.workspace_id = p.workspace_id and s.posting_id = p.id and s.agency_id = d.agency_id) as submitted,
           d.created_at as received_at, p.updated_at
    from distribution d
    join posting p on p.workspace_id = d.workspace_id and p.id = d.posting_id
    join job j on j.workspace_id = p.workspace_id and j.id = p.job_id
    join company o on o.workspace_id = j.workspace_id and o.id = j.company_id
    join client c on c.workspace_id = p.workspace_id and c.id = p.client_id
    join workspace w on w.id = p.workspace_id
    where d.workspace_id = %(workspace)s and d.agency_id = %(agency)s and p.state <> 'draft'
"""
_IS_CLOSED = "(p.state = 'closed' or j.status <> 'open')"


async def postings(
    conn: Connection, workspace_id: UUID, agency_id: UUID, *, closed: bool, before: UUID | None, limit: int
) -> list[SeenPosting]:
    """The postings that go to an agency, the newest first; those `before` one of them on the list."""
    query = _POSTING + (
        f"and {_IS_CLOSED} = %(closed)s and (%(before)s::uuid is null or p.id < %(before)s) "
        "order by p.id desc limit %(limit)s"
    )
    params = {"workspace": workspace_id, "agency": agency_id, "closed": closed, "before": before, "limit": limit}
    return await fetch_all(conn, SeenPosting, query, params)


async def posting(conn: Connection, workspace_id: UUID, agency_id: UUID, posting_id: UUID) -> SeenPosting | None:
    """A posting that goes to an agency."""
    params = {"workspace": workspace_id, "agency": agency_id, "posting": posting_id}
    return await fetch_one(conn, SeenPosting, _POSTING + "and p.id = %(posting)s", params)
