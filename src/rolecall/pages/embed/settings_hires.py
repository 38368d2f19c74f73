"""Hires with what they cost, and guarantees that fail, on the settings screen."""

from typing import Any
from uuid import UUID

from rolecall.actions import statements
from rolecall.actions.embedding.visits import Visit
from rolecall.domain.clients import Permission
from rolecall.domain.errors import HireUnknown
from rolecall.domain.hires import LONGEST_REASON, can_fail
from rolecall.domain.ids import parse_id
from rolecall.pages.embed import settings_queries as queries
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.forms import Form, read_day
from rolecall.pages.embed.frame import Done, Tried
from rolecall.pages.embed.sections import SHOWN, Section, beyond, chosen, id_in


async def values(opened: Opened[Visit], tried: Tried) -> dict[str, Any]:
    """The hires, newest first, what is owed in each currency, and the one whose guarantee is said to fail."""
    visit, today = opened.visit, opened.services.clock().date()
    ids = (visit.workspace_id, visit.client.id)
    before = beyond(opened, "before")
    found = await queries.statement_lines(opened.conn, *ids, before=before, limit=SHOWN + 1)
    named = parse_id(chosen(opened, tried, form="guarantee", name="hire"))
    edited = await queries.statement_line(opened.conn, *ids, named) if named is not None else None
    return {
        "lines": found[:SHOWN],
        "before": before,
        "more": found[SHOWN - 1].id if len(found) > SHOWN else None,
        "owed": await queries.owed(opened.conn, *ids),
        "can_fail": lambda line: can_fail(line.starts_on, line.settlement, today),
        "edited": edited if edited is not None and can_fail(edited.starts_on, edited.settlement, today) else None,
        "today": today,
        "longest_reason": LONGEST_REASON,
    }


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
