"""Statements of a month: what the agency invoiced, was paid and gave back. For team and finance managers."""

from starlette.responses import Response

from rolecall.domain.errors import FieldInvalid
from rolecall.domain.recruiters import Right, check_may
from rolecall.domain.reports import Period, month_of, months_beside, read_month
from rolecall.pages.agency.answers import HEADERS, view
from rolecall.pages.agency.visit import Visit
from rolecall.pages.agency.wording import ENTRIES
from rolecall.store import statements
from rolecall.store.statements import Whose
from rolecall.web.tables import Table, csv_response

_MOST_SHOWN = 100  # entries; the file has all


async def show(visit: Visit) -> Response:
    """The month that the address asks for; the present one where that cannot be."""
    check_may(visit.recruiter.role, Right.FEES)
    fault = ""
    try:
        month = _month(visit)
    except FieldInvalid as error:
        fault, month = f"Not {visit.asked('month')[:20]}: {error.facts['hint'].removeprefix(': ')}.", _present(visit)
    async with visit.services.database.reading() as conn:
        balances = await statements.balances(conn, _whose(visit), month)
        entries = await statements.entries(conn, _whose(visit), month)
    return view(
        visit,
        "statements.html",
        month=month,
        fault=fault,
        beside=[(label, f"{one.first:%Y-%m}") for label, one in months_beside(month)],
        totals=_totals(balances),
        entries=_entries(entries),
        most_shown=_MOST_SHOWN,
    )


async def download(visit: Visit) -> Response:
    """The entries of a month as CSV."""
    check_may(visit.recruiter.role, Right.FEES)
    month = _month(visit)
    async with visit.services.database.reading() as conn:
        entries = await statements.entries(conn, _whose(visit), month)
    return csv_response(_entries(entries), name=f"statement-{month.first:%Y-%m}", headers=HEADERS)


def _whose(visit: Visit) -> Whose:
    return Whose(workspace_id=visit.workspace.id, agency_id=visit.agency.id)


def _present(visit: Visit) -> Period:
    return month_of(visit.services.clock().date().replace(day=1))


def _month(visit: Visit) -> Period:
    """Raises FieldInvalid."""
    return read_month(visit.asked("month")) if visit.asked("month") else _present(visit)


def _totals(found: list[statements.Balance]) -> Table:
    return Table(
        name="totals",
        title="Totals",
        headings=["Currency", "Open before", "Invoiced", "Paid", "Void", "Open after", "Refunded", "Refunds that wait"],
        rows=[
            (one.currency, one.before, one.invoiced, one.paid, one.void, one.after, one.refunded, one.waiting)
            for one in found
        ],
    )


def _entries(found: list[statements.Entry]) -> Table:
    return Table(
        name="entries",
        title="Entries",
        headings=["Day", "What", "Person", "Posting", "Client", "Amount", "Currency", "Due", "Invoice"],
        rows=[
            (
                one.day,
                ENTRIES[one.kind],
                one.person,
                one.posting,
                one.client,
                one.amount,
                one.currency,
                one.due_on,
                str(one.hire_id),
            )
            for one in found
        ],
    )
