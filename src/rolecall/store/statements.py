"""Statements: what was invoiced, paid and taken back in a month, for a client that pays or for an agency that is paid.

Days are those of UTC. A hire that never paid an agency is on no statement. An entry is a row of `_ENTRIES`, of which
what is invoiced otherwise can be a branch.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from rolecall.domain.reports import Period
from rolecall.store.clients import NAME
from rolecall.store.db import Connection, fetch_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """A client's statement, or an agency's: one of the ids is None."""

    workspace_id: UUID
    client_id: UUID | None = None
    agency_id: UUID | None = None

    def params(self, period: Period) -> dict[str, Any]:
        """The values of every statement here."""
        return {
            "workspace": self.workspace_id,
            "client": self.client_id,
            "agency": self.agency_id,
            "first": period.first,
            "last": period.last,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`kind` is invoiced, paid, void or refunded; `amount` is the invoice's, whose number is `hire_id`."""

    kind: str
    day: date
    hire_id: UUID
    person: str
    posting: str
    client: str
    agency: str | None
    cost_center: str | None
    amount: Decimal
    currency: str
    due_on: date
    memo: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a month came to in a currency. `before` and `after` are owed at its beginning and its end.

    `waiting` are refunds that wait today.
    """

    currency: str
    before: Decimal
    invoiced: Decimal
    paid: Decimal
    void: Decimal
    refunded: Decimal
    after: Decimal
    waiting: Decimal


_FACTS = """
    h.id, h.submission_id, h.cost_center_id, h.currency, h.fee_amount as amount, h.due_on, h.paid_on, h.settlement,
    h.settled_on, h.invoice_memo as memo,
    coalesce(h.invoiced_on, (h.created_at at time zone 'UTC')::date) as made_on,
    coalesce(h.agency_id, h.taken_from_id) as agency_id
"""
_OF_CLIENT = f"""
    select {_FACTS} from posting p
    join submission s on s.workspace_id = p.workspace_id and s.posting_id = p.id and s.stage = 'hired'
    join agency_hire h on h.workspace_id = s.workspace_id and h.submission_id = s.id
    where p.workspace_id = %(workspace)s and p.client_id = %(client)s
      and coalesce(h.agency_id, h.taken_from_id) is not null
"""
_OF_AGENCY = f"""
    select {_FACTS} from agency_hire h
    where h.workspace_id = %(workspace)s and (h.agency_id = %(agency)s or h.taken_from_id = %(agency)s)
"""
_ENTRIES = """
    entry as (
        select b.id as hire_id, e.kind, e.day, b.amount, b.currency
        from billed b cross join lateral (values
            ('invoiced', b.made_on),
            ('paid', b.paid_on),
            (case b.settlement when 'void' then 'void' when 'refunded' then 'refunded' end, b.settled_on)
        ) as e (kind, day)
        where e.kind is not null and e.day is not null
    )
"""


def _billed(whose: Whose) -> str:
    return _OF_AGENCY if whose.client_id is None else _OF_CLIENT


async def entries(conn: Connection, whose: Whose, period: Period) -> list[Entry]:
    """What happened in a period, by day."""
    query = f"""
        with billed as ({_billed(whose)}), {_ENTRIES}
        select e.kind, e.day, e.hire_id, s.first_name || ' ' || s.last_name as person, p.title as posting,
               {NAME} as client, a.name as agency, k.name as cost_center, e.amount, e.currency, b.due_on, b.memo
        from entry e
        join billed b on b.id = e.hire_id
        join submission s on s.workspace_id = %(workspace)s and s.id = b.submission_id
        join posting p on p.workspace_id = s.workspace_id and p.id = s.posting_id
        join client c on c.workspace_id = p.workspace_id and c.id = p.client_id
        join workspace w on w.id = p.workspace_id
        left join agency a on a.workspace_id = s.workspace_id and a.id = b.agency_id
        left join cost_center k on k.workspace_id = s.workspace_id and k.id = b.cost_center_id
        where e.day between %(first)s and %(last)s
        order by e.day, e.hire_id, array_position(array['invoiced', 'paid', 'void', 'refunded'], e.kind)
    """
    return await fetch_all(conn, Entry, query.encode(), whose.params(period))


async def balances(conn: Connection, whose: Whose, period: Period) -> list[Balance]:
    """What a period came to in each currency of which there was ever an invoice until then."""
    query = f"""
        with billed as ({_billed(whose)}), {_ENTRIES}, owed as (
            select currency, kind, day, amount,
                   case when kind = 'invoiced' then amount when kind in ('paid', 'void') then -amount else 0 end
                       as owes
            from entry where day <= %(last)s
        ), waits as (
            select currency, sum(amount) as amount from billed where settlement = 'refund_waiting' group by currency
        )
        select o.currency,
               coalesce(sum(o.owes) filter (where o.day < %(first)s), 0) as before,
               coalesce(sum(o.amount) filter (where o.kind = 'invoiced' and o.day >= %(first)s), 0) as invoiced,
               coalesce(sum(o.amount) filter (where o.kind = 'paid' and o.day >= %(first)s), 0) as paid,
               coalesce(sum(o.amount) filter (where o.kind = 'void' and o.day >= %(first)s), 0) as void,
               coalesce(sum(o.amount) filter (where o.kind = 'refunded' and o.day >= %(first)s), 0) as refunded,
               sum(o.owes) as after, coalesce(max(w.amount), 0) as waiting
        from owed o left join waits w on w.currency = o.currency
        group by o.currency order by o.currency
    """
    return await fetch_all(conn, Balance, query.encode(), whose.params(period))
