"""What the settings screen reads."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from rolecall.domain.clients import ClientUser
from rolecall.domain.cost_centers import CostCenter
from rolecall.store.db import Connection, columns, fetch_all, fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A hire as whoever pays reads it; `agency` is None where nobody is paid."""

    id: UUID
    person: str
    posting: str
    agency: str | None
    cost_center: str | None
    starts_on: date
    first_year_pay: Decimal
    currency: str
    fee_percent: Decimal
    fee_note: str | None
    fee_amount: Decimal
    invoice_memo: str | None
    due_on: date
    guaranteed_until: date
    paid_on: date | None
    failed_on: date | None
    settlement: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An amount in a currency."""

    currency: str
    amount: Decimal


_LINES = """
        select h.id, s.first_name || ' ' || s.last_name as person, p.title as posting, a.name as agency,
               c.name as cost_center, h.starts_on, h.first_year_pay, h.currency, h.fee_percent, h.fee_note,
               h.fee_amount, h.invoice_memo, h.due_on, h.guaranteed_until, h.paid_on, h.failed_on, h.settlement
        from posting p
        join submission s on s.workspace_id = p.workspace_id and s.posting_id = p.id and s.stage = 'hired'
        join agency_hire h on h.workspace_id = s.workspace_id and h.submission_id = s.id
        left join agency a on a.workspace_id = h.workspace_id and a.id = h.agency_id
        left join cost_center c on c.workspace_id = h.workspace_id and c.id = h.cost_center_id
        where p.workspace_id = %(workspace)s and p.client_id = %(client)s
"""


async def statement_lines(
    conn: Connection, workspace_id: UUID, client_id: UUID, *, before: UUID | None, limit: int
) -> list[Statement]:
    """A client's hires, newest first; those `before` one of them on the list."""
    query = _LINES + "and (%(before)s::uuid is null or h.id < %(before)s) order by h.id desc limit %(limit)s"
    params = {"workspace": workspace_id, "client": client_id, "before": before, "limit": limit}
    return await fetch_all(conn, Statement, query, params)


async def statement_line(conn: Connection, workspace_id: UUID, client_id: UUID, hire_id: UUID) -> Statement | None:
    """One of a client's hires."""
    params = {"workspace": workspace_id, "client": client_id, "hire": hire_id}
    return await fetch_one(conn, Statement, _LINES + "and h.id = %(hire)s", params)


async def owed(conn: Connection, workspace_id: UUID, client_id: UUID) -> list[Owed]:
    """What a client has to pay, by currency. A hire that pays nobody costs nothing."""
    query = """
        select h.currency, sum(h.fee_amount) as amount from posting p
        join submission s on s.workspace_id = p.workspace_id and s.posting_id = p.id and s.stage = 'hired'
        join agency_hire h on h.workspace_id = s.workspace_id and h.submission_id = s.id
        where p.workspace_id = %s and p.client_id = %s
          and h.agency_id is not null and h.paid_on is null and h.settlement is null
        group by h.currency order by h.currency
    """
    return await fetch_all(conn, Owed, query, (workspace_id, client_id))


async def people(
    conn: Connection, workspace_id: UUID, client_id: UUID, *, after: UUID | None, limit: int
) -> list[ClientUser]:
    """A client's people, the deactivated ones last, each oldest first; those `after` one of them on the list."""
    query = f"""
        select {columns(ClientUser)} from client_user u
        where workspace_id = %(workspace)s and client_id = %(client)s
          and (%(after)s::uuid is null or (disabled_at is not null, id) > (
              select l.disabled_at is not null, l.id from client_user l
              where l.workspace_id = %(workspace)s and l.client_id = %(client)s and l.id = %(after)s))
        order by disabled_at is not null, id limit %(limit)s
    """
    params = {"workspace": workspace_id, "client": client_id, "after": after, "limit": limit}
    return await fetch_all(conn, ClientUser, query, params)


async def centers(
    conn: Connection, workspace_id: UUID, client_id: UUID, *, after: UUID | None, limit: int
) -> list[CostCenter]:
    """A client's cost centers, the default first and the archived ones last, by name; those `after` one of them."""
    query = f"""
        select {columns(CostCenter)} from cost_center
        where workspace_id = %(workspace)s and client_id = %(client)s
          and (%(after)s::uuid is null or (archived_at is not null, not is_default, lower(name), id) > (
              select l.archived_at is not null, not l.is_default, lower(l.name), l.id from cost_center l
              where l.workspace_id = %(workspace)s and l.client_id = %(client)s and l.id = %(after)s))
        order by archived_at is not null, not is_default, lower(name), id limit %(limit)s
    """
    params = {"workspace": workspace_id, "client": client_id, "after": after, "limit": limit}
    return await fetch_all(conn, CostCenter, query, params)
