"""People who work by contract, with what was approved, on the settings screen.

Their rates and timesheets are on the screen of each.
"""

from decimal import Decimal
from typing import Any

from rolecall.actions.embedding.visits import Visit
from rolecall.domain.clients import Permission
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.contract_queries import ContractLine, contract_lines
from rolecall.pages.embed.frame import Tried
from rolecall.pages.embed.sections import Section


async def values(opened: Opened[Visit], _tried: Tried) -> dict[str, Any]:
    """The contract hires, newest first, and what was approved in each currency."""
    visit, today = opened.visit, opened.services.clock().date()
    lines = await contract_lines(opened.conn, visit.workspace_id, visit.client.id, on=today)
    return {"lines": lines, "approved": _approved(lines), "today": today}


def _approved(lines: list[ContractLine]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.currency] = sums.get(line.currency, Decimal(0)) + line.approved
    return {currency: amount for currency, amount in sums.items() if amount}


CONTRACTS = Section(name="contracts", title="Contract work", rights=(Permission.FINANCE_MANAGER,), values=values)
