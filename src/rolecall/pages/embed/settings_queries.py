"""What the settings screen reads."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from rolecall.store.db import Connection, fetch_all


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


async def statement_lines(conn: Connection, workspace_id: UUID, client_id: UUID) -> list[Statement]:
    """A client's hires, newest first."""
    query = """
        select h.id, s.first_name || ' ' || s.last_name as person, p.title as posting, a.name as agency,
               c.name as cost_center, h.starts_on, h.first_year_pay, h.currency, h.fee_percent, h.fee_note,
               h.fee_amount, h.invoice_memo, h.due_on, h.guaranteed_until, h.paid_on, h.failed_on, h.settlement
        from agency_hire h
        join submission s on s.workspace_id = h.workspace_id and s.id = h.submission_id
        join posting p on p.workspace_id = s.workspace_id and p.id = s.posting_id
        left join agency a on a.workspace_id = h.workspace_id and a.id = h.agency_id
        left join cost_center c on c.workspace_id = h.workspace_id and c.id = h.cost_center_id
        where h.workspace_id = %s and p.client_id = %s
        order by h.id desc
    """
    return await fetch_all(conn, Statement, query, (workspace_id, client_id))
