"""Cost centers, on the settings screen."""

from typing import Any

from rolecall.actions import cost_centers as actions
from rolecall.actions.embedding.visits import Visit
from rolecall.domain import cost_centers as rules
from rolecall.domain.clients import Permission
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.errors import CostCenterUnknown
from rolecall.domain.ids import parse_id
from rolecall.pages.embed import settings_queries as queries
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.forms import Form
from rolecall.pages.embed.frame import Done, Tried
from rolecall.pages.embed.sections import SHOWN, Section, beyond, chosen, id_in
from rolecall.store import cost_centers
from rolecall.web.errors import UnreadableBody

_PART = {"part": "centers"}
_LIMITS = {name: getattr(rules, name) for name in dir(rules) if name.startswith(("LONGEST_", "MOST_"))}


async def values(opened: Opened[Visit], tried: Tried) -> dict[str, Any]:
    """The client's cost centers, and the one that is being edited; "new" in the address edits a new one."""
    visit = opened.visit
    ids, after = (visit.workspace_id, visit.client.id), beyond(opened, "after")
    found = await queries.centers(opened.conn, *ids, after=after, limit=SHOWN + 1)
    named = chosen(opened, tried, form="center", name="center")
    center_id = parse_id(named)
    return {
        "centers": found[:SHOWN],
        "more": found[SHOWN - 1].id if len(found) > SHOWN else None,
        "edited": await cost_centers.get(opened.conn, *ids, center_id) if center_id is not None else None,
        "adding": named == "new" or (not found and after is None),
        "limits": _LIMITS,
    }


async def save(opened: Opened[Visit], form: Form) -> Done:
    """Change a `center`, or make one where that is "new": `name`, `address`, `invoice_recipients`, `notice`."""
    ctx, user = await opened.context(), opened.visit.user
    facts = CostCenterFacts(
        name=form.one("name"),
        address=form.one("address"),
        invoice_recipients=form.one("invoice_recipients").split("\n"),
        notice=form.one("notice"),
    )
    if form.one("center") == "new":
        await actions.create_cost_center(ctx, user, facts)
        return Done(word="created", query=_PART)
    await actions.change_cost_center(ctx, user, id_in(form, "center", CostCenterUnknown), facts)
    return Done(word="saved", query=_PART)


async def use(opened: Opened[Visit], form: Form) -> Done:
    """Make a `center` the default, archive it or bring it back: `to` is default, archived or used."""
    ctx, user = await opened.context(), opened.visit.user
    center_id, to = id_in(form, "center", CostCenterUnknown), form.one("to")
    if to == "default":
        await actions.make_default_cost_center(ctx, user, center_id)
    elif to in {"archived", "used"}:
        await actions.archive_cost_center(ctx, user, center_id, archived=to == "archived")
    else:
        raise UnreadableBody
    return Done(word=to, query=_PART)


COST_CENTERS = Section(
    name="centers",
    title="Cost centers",
    rights=(Permission.FINANCE_MANAGER,),
    values=values,
    forms={"center": save, "center-use": use},
    done={
        "created": "The cost center is added.",
        "saved": "Your changes are saved.",
        "default": "It is the default now.",
        "archived": "The cost center is archived. Hires on it stay there.",
        "used": "The cost center is in use again.",
    },
)
