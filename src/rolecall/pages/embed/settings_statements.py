"""Statements of a month, on the settings screen: what finance managers owe agencies, have paid and were given back."""

from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from rolecall.actions.embedding.visits import Visit
from rolecall.domain.clients import Permission, check_permitted
from rolecall.domain.errors import FieldInvalid
from rolecall.domain.reports import Period, month_of, months_beside, read_month
from rolecall.domain.screens import Screen
from rolecall.pages.embed.access import Opened, screen_url
from rolecall.pages.embed.answers import embed_headers
from rolecall.pages.embed.forms import fault_text
from rolecall.pages.embed.frame import Tried
from rolecall.pages.embed.sections import Section
from rolecall.store import statements
from rolecall.store.statements import Whose
from rolecall.web.tables import Table, csv_response

KINDS = {"invoiced": "Invoiced", "paid": "Paid", "void": "Void", "refunded": "Refunded"}
_FILE = "statement.csv"
_MOST_SHOWN = 100  # entries; the file has all


async def values(opened: Opened[Visit], _tried: Tried) -> dict[str, Any]:
    """The month that the address asks for; the present one where that cannot be."""
    fault, typed = "", opened.request.query_params.get("month", "")
    try:
        month = _month(opened)
    except FieldInvalid as error:
        fault, month = fault_text(error), _present(opened)
    whose = _whose(opened)
    return {
        "month": month,
        "typed": typed if fault else f"{month.first:%Y-%m}",
        "fault": fault,
        "beside": [
            (label, screen_url(Screen.SETTINGS, opened.token, part="statements", month=f"{one.first:%Y-%m}"))
            for label, one in months_beside(month)
        ],
        "totals": _totals(await statements.balances(opened.conn, whose, month)),
        "entries": _entries(await statements.entries(opened.conn, whose, month)),
        "most_shown": _MOST_SHOWN,
        "file": f"/embed/settings/{_FILE}?{urlencode({'session': opened.token, 'month': f'{month.first:%Y-%m}'})}",
    }


def _whose(opened: Opened[Visit]) -> Whose:
    return Whose(workspace_id=opened.visit.workspace_id, client_id=opened.visit.client.id)


def _present(opened: Opened[Visit]) -> Period:
    return month_of(opened.services.clock().date().replace(day=1))


def _month(opened: Opened[Visit]) -> Period:
    """Raises FieldInvalid."""
    text = opened.request.query_params.get("month", "")
    return read_month(text) if text else _present(opened)


def _totals(found: list[statements.Balance]) -> Table:
    return Table(
        name="totals",
        title="Totals",
        headings=["Currency", "Owed before", "Invoiced", "Paid", "Void", "Owed after", "Refunded", "Refunds that wait"],
        rows=[
            (one.currency, one.before, one.invoiced, one.paid, one.void, one.after, one.refunded, one.waiting)
            for one in found
        ],
        note="Refunds wait while you have invoices that are 60 or more days overdue; these are told as of today.",
    )


def _entries(found: list[statements.Entry]) -> Table:
    return Table(
        name="entries",
        title="Entries",
        headings=[
            "Day",
            "What",
            "Person",
            "Posting",
            "Agency",
            "Cost center",
            "Amount",
            "Currency",
            "Due",
            "Memo",
            "Invoice",
        ],
        rows=[
            (
                one.day,
                KINDS[one.kind],
                one.person,
                one.posting,
                one.agency,
                one.cost_center,
                one.amount,
                one.currency,
                one.due_on,
                one.memo,
                str(one.hire_id),
            )
            for one in found
        ],
    )


async def download(opened: Opened[Visit]) -> Response:
    """The entries of a month as CSV. Raises PermissionMissing or FieldInvalid."""
    check_permitted(opened.visit.user, Permission.FINANCE_MANAGER)
    month = _month(opened)
    table = _entries(await statements.entries(opened.conn, _whose(opened), month))
    headers = embed_headers(opened.visit.connector.origins)
    return csv_response(table, name=f"statement-{month.first:%Y-%m}", headers=headers)


STATEMENTS = Section(
    name="statements",
    title="Statements",
    rights=(Permission.FINANCE_MANAGER,),
    values=values,
    downloads={_FILE: download},
)
