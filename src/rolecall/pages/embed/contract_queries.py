"""What the tasks and the settings read of people who work for a client by contract."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from rolecall.store.db import Connection, fetch_all

_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ToApprove:
    """Somebody with timesheets to decide on: how many, since which day they tell of work, and what they come to."""

    job_id: UUID
    submission_id: UUID
    person: str
    title: str
    agency: str
    timesheets: int
    from_day: date
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLine:
    """A contract hire as whoever pays reads it; the rates are those of a day.

    `waiting` timesheets are to be decided on; `approved` is what those that were approved come to.
    """

    job_id: UUID
    submission_id: UUID
    person: str
    posting: str
    agency: str
    cost_center: str | None
    starts_on: date
    ends_on: date | None
    currency: str
    unit: str
    pay_rate: Decimal
    bill_rate: Decimal
    invoice_memo: str | None
    waiting: int
    approved: Decimal


_WORKING = """
    from contract_hire h
    join submission s on s.workspace_id = h.workspace_id and s.id = h.submission_id
    join posting p on p.workspace_id = s.workspace_id and p.id = s.posting_id
    join agency a on a.workspace_id = s.workspace_id and a.id = s.agency_id
"""


async def timesheets_to_approve(
    conn: Connection, workspace_id: UUID, client_id: UUID, creator_id: UUID | None
) -> list[ToApprove]:
    """A client's people with timesheets that wait, the longest waiting first.

    `creator_id` leaves only the postings that this user made; None leaves all.
    """
    query = f"""
        select p.job_id, s.id as submission_id, s.first_name || ' ' || s.last_name as person, p.title,
               a.name as agency, count(*) as timesheets, min(t.from_day) as from_day, h.currency,
               sum(t.bill_amount) as amount
        {_WORKING}
        join timesheet t on t.workspace_id = h.workspace_id and t.contract_hire_id = h.id and t.status = 'submitted'
        where p.workspace_id = %(workspace)s and p.client_id = %(client)s
          and (%(creator)s::uuid is null or p.creator_id = %(creator)s)
        group by p.job_id, s.id, s.first_name, s.last_name, p.title, a.name, h.currency
        order by min(t.submitted_at) limit %(most)s
    """
    params = {"workspace": workspace_id, "client": client_id, "creator": creator_id, "most": _MOST}
    return await fetch_all(conn, ToApprove, query, params)


async def contract_lines(conn: Connection, workspace_id: UUID, client_id: UUID, *, on: date) -> list[ContractLine]:
    """A client's contract hires, newest first, with the rates of a day or of the first one."""
    query = f"""
        select p.job_id, s.id as submission_id, s.first_name || ' ' || s.last_name as person, p.title as posting,
               a.name as agency, c.name as cost_center, h.starts_on, h.ends_on, h.currency, h.unit, r.pay_rate,
               r.bill_rate, h.invoice_memo, t.waiting, t.approved
        {_WORKING}
        cross join lateral (
            select pay_rate, bill_rate from contract_rate
            where workspace_id = h.workspace_id and contract_hire_id = h.id
              and from_day <= greatest(h.starts_on, %(on)s::date)
            order by from_day desc limit 1
        ) r
        cross join lateral (
            select count(*) filter (where status = 'submitted') as waiting,
                   coalesce(sum(bill_amount) filter (where status = 'approved'), 0) as approved
            from timesheet where workspace_id = h.workspace_id and contract_hire_id = h.id
        ) t
        left join cost_center c on c.workspace_id = h.workspace_id and c.id = h.cost_center_id
        where h.workspace_id = %(workspace)s and p.client_id = %(client)s
        order by h.id desc
    """
    return await fetch_all(conn, ContractLine, query, {"workspace": workspace_id, "client": client_id, "on": on})
