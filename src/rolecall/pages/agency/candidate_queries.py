"""What the agencies' pages read of candidates, hires and fees. Every statement names the agency that may see it.

`own` is the recruiter whose candidates alone are shown, None for whoever sees all of the agency's.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from rolecall.store.clients import NAME
from rolecall.store.db import Connection, fetch_all, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSubmission:
    """A submission of the agency on a list; `unread` are messages of the client that nobody here has looked at."""

    id: UUID
    posting_id: UUID
    posting: str
    company: str
    client: str
    name: str
    stage: str
    stage_since: datetime
    recruiter: str | None
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenHire:
    """A hire that the agency is paid for."""

    id: UUID
    name: str
    posting: str
    client: str
    starts_on: date
    first_year_pay: Decimal
    currency: str
    fee_percent: Decimal
    fee_note: str | None
    fee_amount: Decimal
    due_on: date
    guaranteed_until: date
    paid_on: date | None
    failed_on: date | None
    settlement: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFee:
    """A fee that a client and the agency agreed on; None for a client that prefers the agency without one."""

    client: str
    percentage: Decimal | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMessage:
    """A message of the chat; `author` is a recruiter's name, None for the client's people."""

    side: str
    author: str | None
    text: str | None
    file_id: UUID | None
    file_name: str | None
    created_at: datetime


_UNREAD = """
    (select count(*) from submission_message m
     where m.workspace_id = s.workspace_id and m.submission_id = s.id and m.side = 'client'
       and (s.agency_read_at is null or m.created_at > s.agency_read_at))
"""
_OF_POSTING = """
    join posting p on p.workspace_id = s.workspace_id and p.id = s.posting_id
    join client c on c.workspace_id = p.workspace_id and c.id = p.client_id
    join workspace w on w.id = p.workspace_id
"""
_SUBMISSION = f"""
    select s.id, s.posting_id, p.title as posting, o.name as company, {NAME} as client,
           s.first_name || ' ' || s.last_name as name, s.stage, s.stage_since,
           r.first_name || ' ' || r.last_name as recruiter, {_UNREAD} as unread
    from submission s {_OF_POSTING}
    join job j on j.workspace_id = p.workspace_id and j.id = p.job_id
    join company o on o.workspace_id = j.workspace_id and o.id = j.company_id
    left join agency_recruiter r on r.workspace_id = s.workspace_id and r.id = s.recruiter_id
    where s.workspace_id = %(workspace)s and s.agency_id = %(agency)s
      and (%(own)s::uuid is null or s.recruiter_id = %(own)s)
"""
# The submissions of an agency that have a word beginning with each of those searched for: in the person's name, the
# posting's title or the company's name. `owned_words` of migration 0033 keeps agencies and workspaces apart.
_FOUND = """
    s.id in (
        select x.id
        from (select distinct w from unnest(tsvector_to_array(owned_words(%(agency)s, %(text)s))) as t (w)) a
        cross join lateral (select (quote_literal(a.w) || ':*')::tsquery as own,
                                   (quote_literal(%(workspace)s::text || substr(a.w, 37)) || ':*')::tsquery as shared) q
        cross join lateral (
            select n.id from submission n
            where n.workspace_id = %(workspace)s and n.agency_id = %(agency)s
              and owned_words(n.agency_id, n.name_key) @@ q.own
            union
            select n.id from posting p join submission n on n.workspace_id = p.workspace_id and n.posting_id = p.id
            where n.workspace_id = %(workspace)s and n.agency_id = %(agency)s
              and owned_words(p.workspace_id, p.title) @@ q.shared
            union
            select n.id from company o
            join job j on j.workspace_id = o.workspace_id and j.company_id = o.id
            join posting p on p.workspace_id = j.workspace_id and p.job_id = j.id
            join submission n on n.workspace_id = p.workspace_id and n.posting_id = p.id
            where n.workspace_id = %(workspace)s and n.agency_id = %(agency)s
              and owned_words(o.workspace_id, o.name) @@ q.shared
        ) x
        group by x.id
        having count(*) = cardinality(tsvector_to_array(owned_words(%(agency)s, %(text)s)))
    )
"""
_OVER = "(s.stage in ('declined', 'withdrawn', 'rejected'))"


async def submissions(
    conn: Connection,
    workspace_id: UUID,
    agency_id: UUID,
    *,
    own: UUID | None,
    over: bool,
    text: str = "",
    stage: str | None = None,
    before: UUID | None,
    limit: int,
) -> list[SeenSubmission]:
    """Submissions of the agency, the newest first: those that are over, or the others.

    Of these, if asked, those in one stage, and those whose person, posting and company have all words of a text.
    """
    query = _SUBMISSION + (
        f"and {_OVER} = %(over)s and (%(stage)s::text is null or s.stage = %(stage)s) "
        f"and (%(text)s = '' or {_FOUND}) "
        "and (%(before)s::uuid is null or s.id < %(before)s) order by s.id desc limit %(limit)s"
    )
    params = {"workspace": workspace_id, "agency": agency_id, "own": own, "over": over, "before": before}
    return await fetch_all(conn, SeenSubmission, query, {**params, "text": text, "stage": stage, "limit": limit})


async def of_posting(
    conn: Connection, workspace_id: UUID, agency_id: UUID, posting_id: UUID, *, own: UUID | None
) -> list[SeenSubmission]:
    """Whom the agency has submitted to a posting."""
    params = {"workspace": workspace_id, "agency": agency_id, "own": own, "posting": posting_id}
    query = _SUBMISSION + "and s.posting_id = %(posting)s order by s.id desc limit 200"
    return await fetch_all(conn, SeenSubmission, query, params)


async def submission(
    conn: Connection, workspace_id: UUID, agency_id: UUID, submission_id: UUID, *, own: UUID | None
) -> SeenSubmission | None:
    """A submission of the agency."""
    params = {"workspace": workspace_id, "agency": agency_id, "own": own, "submission": submission_id}
    return await fetch_one(conn, SeenSubmission, _SUBMISSION + "and s.id = %(submission)s", params)


async def unread(conn: Connection, workspace_id: UUID, agency_id: UUID, *, own: UUID | None) -> int:
    """How many messages of clients nobody of the agency has looked at."""
    query = """
        select count(*) from submission s
        join submission_message m on m.workspace_id = s.workspace_id and m.submission_id = s.id
        where s.workspace_id = %(workspace)s and s.agency_id = %(agency)s and m.side = 'client'
          and (%(own)s::uuid is null or s.recruiter_id = %(own)s)
          and (s.agency_read_at is null or m.created_at > s.agency_read_at)
    """
    return await fetch_value(conn, query, {"workspace": workspace_id, "agency": agency_id, "own": own})


async def messages(conn: Connection, workspace_id: UUID, agency_id: UUID, submission_id: UUID) -> list[SeenMessage]:
    """The chat about a submission of the agency, in order."""
    query = """
        select m.side, r.first_name || ' ' || r.last_name as author, m.text, m.file_id, f.name as file_name,
               m.created_at
        from submission_message m
        join submission s on s.workspace_id = m.workspace_id and s.id = m.submission_id
        left join agency_recruiter r on r.workspace_id = m.workspace_id and r.id = m.recruiter_id
        left join file f on f.workspace_id = m.workspace_id and f.id = m.file_id
        where m.workspace_id = %s and s.agency_id = %s and m.submission_id = %s order by m.id
    """
    return await fetch_all(conn, SeenMessage, query, (workspace_id, agency_id, submission_id))


async def hires(conn: Connection, workspace_id: UUID, agency_id: UUID) -> list[SeenHire]:
    """The hires that the agency is paid for, newest first."""
    query = f"""
        select h.id, s.first_name || ' ' || s.last_name as name, p.title as posting, {NAME} as client, h.starts_on,
               h.first_year_pay, h.currency, h.fee_percent, h.fee_note, h.fee_amount, h.due_on, h.guaranteed_until,
               h.paid_on, h.failed_on, h.settlement
        from agency_hire h
        join submission s on s.workspace_id = h.workspace_id and s.id = h.submission_id {_OF_POSTING}
        where h.workspace_id = %s and h.agency_id = %s order by h.id desc limit 500
    """
    return await fetch_all(conn, SeenHire, query, (workspace_id, agency_id))


async def fees(conn: Connection, workspace_id: UUID, agency_id: UUID) -> list[SeenFee]:
    """The clients that prefer the agency, each with the fees that the two agreed on."""
    query = f"""
        select {NAME} as client, f.percent as percentage, f.note
        from preferred_agency a
        join client c on c.workspace_id = a.workspace_id and c.id = a.client_id
        join workspace w on w.id = a.workspace_id
        left join agency_fee f
            on f.workspace_id = a.workspace_id and f.client_id = a.client_id and f.agency_id = a.agency_id
        where a.workspace_id = %s and a.agency_id = %s order by client, f.position
    """
    return await fetch_all(conn, SeenFee, query, (workspace_id, agency_id))
