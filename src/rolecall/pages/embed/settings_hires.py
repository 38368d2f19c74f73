"""Hires with what they cost, and guarantees that fail, on the settings screen."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from rolecall.actions import statements
from rolecall.actions.embedding.visits import Visit
from rolecall.domain.clients import Permission
from rolecall.domain.errors import HireUnknown
from rolecall.domain.hires import LONGEST_REASON, can_fail
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.forms import Form, read_day
from rolecall.pages.embed.frame import Done, Tried
from rolecall.pages.embed.sections import Section, chosen, id_in
from rolecall.pages.embed.settings_queries import Statement, statement_lines
from rolecall.store import agency_hires


async def values(opened: Opened[Visit], tried: Tried) -> dict[str, Any]:
    """The hires, newest first, what is owed in each currency, and the one whose guarantee is said to fail."""
    visit, today = opened.visit, opened.services.clock().date()
    lines = await statement_lines(opened.conn, visit.workspace_id, visit.client.id)
    hires = {hire.id: hire for hire in await agency_hires.of_client(opened.conn, visit.workspace_id, visit.client.id)}
    failing = [line.id for line in lines if line.id in hires and can_fail(hires[line.id], today)]
    named = chosen(opened, tried, form="guarantee", name="hire")
    return {
        "lines": lines,
        "owed": _owed(lines),
        "failing": failing,
        "edited": next((line for line in lines if str(line.id) == named and line.id in failing), None),
        "today": today,
        "longest_reason": LONGEST_REASON,
    }


def _owed(lines: list[Statement]) -> dict[str, Decimal]:
    """What is to be paid, by currency. A hire that pays nobody costs nothing."""
    owed: dict[str, Decimal] = {}
    for line in lines:
        if line.agency is not None and line.paid_on is None and line.settlement is None:
            owed[line.currency] = owed.get(line.currency, Decimal(0)) + line.fee_amount
    return owed


async def fail(opened: Opened[Visit], form: Form) -> Done:
    """Say that the person of a `hire` left: `failed_on`, the day, and `reason`."""
    hire_id: UUID = id_in(form, "hire", HireUnknown)
    day = read_day(form, "failed_on")
    await statements.fail(await opened.context(), opened.visit.user, hire_id, on=day, reason=form.one("reason"))
    return Done(word="failed", query={"part": "hires"})


HIRES = Section(
    name="hires",
    title="Hires",
    rights=(Permission.FINANCE_MANAGER,),
    values=values,
    forms={"guarantee": fail},
    done={"failed": "The guarantee counts: the line below says what becomes of the invoice."},
)
