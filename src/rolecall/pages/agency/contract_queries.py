"""What the agencies' pages read of people at work by contract. Every statement names the agency that may see it.

`own` is the recruiter whose people alone are shown, None for whoever sees all of the agency's.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from rolecall.store.clients import NAME
from rolecall.store.db import Connection, fetch_all, fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenContract:
    """Somebody at work; `waiting` timesheets are to be decided on, `returned` ones to be corrected.

    `approved` is what the client is billed for those that it approved.
    """

    id: UUID
    submission_id: UUID
    name: str
    posting: str
    client: str
    recruiter: str | None
    starts_on: date
    ends_on: date | None
    currency: str
    unit: str
    markup_percent: Decimal
    fee_note: str | None
    work_location: str
    submitted_until: date | None
    waiting: int
    returned: int
    approved: Decimal


_CONTRACT = f"""
    select h.id, h.submission_id, s.first_name || ' ' || s.last_name as name, p.title as posting, {NAME} as client,
           r.first_name || ' ' || r.last_name as recruiter, h.starts_on, h.ends_on, h.currency, h.unit,
           h.markup_percent, h.fee_note, h.work_location, t.submitted_until, t.waiting, t.returned, t.approved
    from contract_hire h
    join submission s on s.workspace_id = h.workspace_id and s.id = h.submission_id
    join posting p on p.workspace_id = s.workspace_id and p.id = s.posting_id
    join client c on c.workspace_id = p.workspace_id and c.id = p.client_id
    join workspace w on w.id = p.workspace_id
    left join agency_recruiter r on r.workspace_id = s.workspace_id and r.id = s.recruiter_id
    cross join lateral (
        select max(to_day) as submitted_until, count(*) filter (where status = 'submitted') as waiting,
               count(*) filter (where status = 'rejected') as returned,
               coalesce(sum(bill_amount) filter (where status = 'approved'), 0) as approved
        from timesheet where workspace_id = h.workspace_id and contract_hire_id = h.id
    ) t
    where h.workspace_id = %(workspace)s and s.agency_id = %(agency)s
      and (%(own)s::uuid is null or s.recruiter_id = %(own)s)
"""


async def contracts(conn: Connection, workspace_id: UUID, agency_id: UUID, *, own: UUID | None) -> list[SeenContract]:
    """The people of the agency who work by contract: those with something to correct first, then the newest."""
    query = _CONTRACT + "order by t.returned > 0 desc, h.id desc limit 500"
    return await fetch_all(conn, SeenContract, query, {"workspace": workspace_id, "agency": agency_id, "own": own})


async def contract(
    conn: Connection, workspace_id: UUID, agency_id: UUID, hire_id: UUID, *, own: UUID | None
) -> SeenContract | None:
    """One of them."""
    params = {"workspace": workspace_id, "agency": agency_id, "own": own, "hire": hire_id}
    return await fetch_one(conn, SeenContract, _CONTRACT + "and h.id = %(hire)s", params)
