"""What a client's reports read. Each is about postings of one client, or of one of its people, in one period.

Candidates count where they are now and on the day of their confirmation; nothing of people who have not confirmed
shows. The employer's first feedback is the move that keeps or rejects a new candidate.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from rolecall.domain.reports import Period
from rolecall.store.db import Connection, fetch_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """`creator_id` is who made the postings, None for all of the client's; `now` is what is late by."""

    workspace_id: UUID
    client_id: UUID
    creator_id: UUID | None
    period: Period
    now: datetime

    @property
    def params(self) -> dict[str, Any]:
        """The values of every statement here."""
        return {
            "workspace": self.workspace_id,
            "client": self.client_id,
            "creator": self.creator_id,
            "starts": self.period.starts_at,
            "ends": self.period.ends_at,
            "now": self.now,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many there are of a state or a stage: `made` are the postings made in the period."""

    name: str
    number: int
    made: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """First feedback on the postings of a person, or of all where `everybody`; `whose` is None for nobody's.

    `hours` is the median; `late` counts answers that came too late and those that should have come.
    """

    whose: str | None
    everybody: bool
    candidates: int
    answered: int
    hours: Decimal | None
    in_time: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiring:
    """Hires logged in the period on the postings of a person, or of all; medians in days."""

    whose: str | None
    everybody: bool
    hires: int
    from_confirmation: Decimal
    from_posting: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An agency's candidates who have been sorted, and how far they came."""

    agency: str
    submitted: int
    kept: int
    interviewed: int
    hired: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Fees of a month, a cost center and a currency; `settled` of them are void or refunded."""

    month: date
    cost_center: str | None
    currency: str
    hires: int
    fees: Decimal
    settled: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Somebody who has made postings."""

    id: UUID
    called: str


_OF_SCOPE = """
    p.workspace_id = %(workspace)s and p.client_id = %(client)s
    and (%(creator)s::uuid is null or p.creator_id = %(creator)s)
"""
_CONFIRMED = f"""
    from posting p
    join submission s on s.workspace_id = p.workspace_id and s.posting_id = p.id and s.confirmed_at is not null
        and s.confirmed_at >= %(starts)s and s.confirmed_at < %(ends)s
    where {_OF_SCOPE}
"""
_HIRED = """
    from posting p
    join submission s on s.workspace_id = p.workspace_id and s.posting_id = p.id and s.stage = 'hired'
    join agency_hire h on h.workspace_id = s.workspace_id and h.submission_id = s.id
        and h.created_at >= %(starts)s and h.created_at < %(ends)s
"""
_HIRED_EITHER_WAY = """
    from posting p
    join submission s on s.workspace_id = p.workspace_id and s.posting_id = p.id and s.stage = 'hired'
    join (select workspace_id, submission_id, created_at from agency_hire where replaces_id is null
          union all select workspace_id, submission_id, created_at from contract_hire) h
        on h.workspace_id = s.workspace_id and h.submission_id = s.id
        and h.created_at >= %(starts)s and h.created_at < %(ends)s
"""
_WHOSE = "coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.external_id)"

# Two business days after `t`, a timestamp of UTC: days from Monday to Friday, holidays too. Who confirms on a weekend
# counts from Monday, 00:00.
_DUE = """
    case extract(isodow from t)
        when 4 then t + interval '4 days'
        when 5 then t + interval '4 days'
        when 6 then date_trunc('day', t) + interval '4 days'
        when 7 then date_trunc('day', t) + interval '3 days'
        else t + interval '2 days'
    end
"""


async def makers(conn: Connection, workspace_id: UUID, client_id: UUID, *, limit: int) -> list[Maker]:
    """The client's people who have made postings, deactivated ones too, by name."""
    query = f"""
        select u.id, {_WHOSE} as called from client_user u
        where u.workspace_id = %s and u.client_id = %s
          and exists (select from posting p where p.workspace_id = u.workspace_id and p.creator_id = u.id)
        order by lower({_WHOSE}), u.id limit %s
    """
    return await fetch_all(conn, Maker, query, (workspace_id, client_id, limit))


async def postings(conn: Connection, scope: Scope) -> list[Counted]:
    """The postings by the state that they show now. A posting whose job is not open is closed."""
    query = f"""
        select case when j.status = 'open' then p.state else 'closed' end as name, count(*) as number,
               count(*) filter (where p.created_at >= %(starts)s and p.created_at < %(ends)s) as made
        from posting p join job j on j.workspace_id = p.workspace_id and j.id = p.job_id
        where {_OF_SCOPE} and p.state <> 'draft' group by 1
    """
    return await fetch_all(conn, Counted, query, scope.params)


async def stages(conn: Connection, scope: Scope) -> list[Counted]:
    """The candidates who confirmed in the period, by the stage in which they are now."""
    query = f"select s.stage as name, count(*) as number {_CONFIRMED} group by 1"
    return await fetch_all(conn, Counted, query, scope.params)


async def feedback(conn: Connection, scope: Scope) -> list[Feedback]:
    """How quickly candidates who confirmed in the period were answered: of all first, then of each person's postings.

    Who left unanswered before the time was over counts for neither.
    """
    query = f"""
        with counted as materialized (
            select p.creator_id, s.stage, s.confirmed_at at time zone 'UTC' as t,
                   (select min(m.created_at) from submission_move m
                    where m.workspace_id = s.workspace_id and m.submission_id = s.id and m.old = 'awaiting_sort'
                      and m.new in ('reviewing', 'rejected')) at time zone 'UTC' as answered_at
            {_CONFIRMED}
        ), timed as (
            select creator_id, stage, t, answered_at, {_DUE} as due from counted
        ), summed as (
            select creator_id, grouping(creator_id) = 1 as everybody, count(*) as candidates,
                   count(answered_at) as answered,
                   (percentile_cont(0.5) within group (order by extract(epoch from answered_at - t)) / 3600)::numeric
                       as hours,
                   count(*) filter (where answered_at <= due) as in_time,
                   count(*) filter (where answered_at > due or answered_at is null and stage = 'awaiting_sort'
                                                               and due < %(now)s at time zone 'UTC') as late
            from timed group by grouping sets ((), (creator_id))
        )
        select {_WHOSE} as whose, d.everybody, d.candidates, d.answered, d.hours, d.in_time, d.late
        from summed d left join client_user u on u.workspace_id = %(workspace)s and u.id = d.creator_id
        order by d.everybody desc, d.candidates desc, whose nulls last, d.creator_id
    """
    return await fetch_all(conn, Feedback, query, scope.params)


async def hiring(conn: Connection, scope: Scope) -> list[Hiring]:
    """How long it took to the hires that were logged in the period: of all first, then of each person's postings."""
    query = f"""
        with summed as (
            select p.creator_id, grouping(p.creator_id) = 1 as everybody, count(*) as hires,
                   (percentile_cont(0.5) within group (order by extract(epoch from h.created_at - s.confirmed_at))
                    / 86400)::numeric as from_confirmation,
                   (percentile_cont(0.5) within group (order by extract(epoch from h.created_at - p.created_at))
                    / 86400)::numeric as from_posting
            {_HIRED_EITHER_WAY} where {_OF_SCOPE}
            group by grouping sets ((), (p.creator_id)) having count(*) > 0
        )
        select {_WHOSE} as whose, d.everybody, d.hires, d.from_confirmation, d.from_posting
        from summed d left join client_user u on u.workspace_id = %(workspace)s and u.id = d.creator_id
        order by d.everybody desc, d.hires desc, whose nulls last, d.creator_id
    """
    return await fetch_all(conn, Hiring, query, scope.params)


async def agencies(conn: Connection, scope: Scope) -> list[Compared]:
    """The agencies whose candidates confirmed in the period and have been sorted: before, nobody knows which it is."""
    query = f"""
        with counted as (
            select s.agency_id, count(*) as submitted,
                   count(*) filter (where coalesce(s.exited_from, s.stage) <> 'awaiting_sort') as kept,
                   count(*) filter (where coalesce(s.exited_from, s.stage) in ('interviewing', 'offers', 'hired'))
                       as interviewed,
                   count(*) filter (where s.stage = 'hired') as hired
            {_CONFIRMED} and s.stage <> 'awaiting_sort' group by s.agency_id
        )
        select a.name as agency, c.submitted, c.kept, c.interviewed, c.hired
        from counted c join agency a on a.workspace_id = %(workspace)s and a.id = c.agency_id
        order by c.hired desc, c.interviewed desc, c.kept desc, c.submitted desc, lower(a.name), a.id
    """
    return await fetch_all(conn, Compared, query, scope.params)


async def spending(conn: Connection, scope: Scope) -> list[Spent]:
    """Hires and fees by the month in which the hire was logged, newest first. A hire that pays nobody costs nothing."""
    query = f"""
        with counted as (
            select date_trunc('month', h.created_at at time zone 'UTC')::date as month, h.cost_center_id, h.currency,
                   h.fee_amount, coalesce(h.agency_id, h.taken_from_id) is not null as billed,
                   h.replaces_id is null as first, h.settlement in ('void', 'refunded') as settled
            {_HIRED} where {_OF_SCOPE}
        )
        select d.month, c.name as cost_center, d.currency, count(*) filter (where d.first) as hires,
               coalesce(sum(d.fee_amount) filter (where d.billed), 0) as fees,
               coalesce(sum(d.fee_amount) filter (where d.billed and d.settled), 0) as settled
        from counted d left join cost_center c on c.workspace_id = %(workspace)s and c.id = d.cost_center_id
        group by d.month, c.id, c.name, d.currency
        order by d.month desc, c.name nulls last, c.id, d.currency
    """
    return await fetch_all(conn, Spent, query, scope.params)
