"""People hired for contract work, and their timesheets."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from rolecall.actions import contract_hires, timesheets
from rolecall.actions.clients import user_of
from rolecall.actions.context import Context
from rolecall.domain.clients import ClientUser
from rolecall.domain.contract_hires import ContractHire
from rolecall.domain.timesheets import Timesheet
from tests.architecture.cast import Act, Cast
from tests.contracting import CONTRACT_HIRE, FIRST_WEEK, NOW, contract_posting, with_offer


async def _hire(ctx: Context, cast: Cast) -> ContractHire:
    posting = await contract_posting(ctx, cast.job, cast.client.id, [cast.agency])
    known = await with_offer(ctx, posting, cast.agency.id, None)
    return await contract_hires.log_contract_hire(ctx, known.id, replace(CONTRACT_HIRE, keep_open=False))


async def _user(ctx: Context, cast: Cast) -> ClientUser:
    return await user_of(ctx, cast.client, "u-1")


async def _set_rate(ctx: Context, cast: Cast) -> None:
    hire, user = await _hire(ctx, cast), await _user(ctx, cast)
    await contract_hires.set_rate(ctx, user, hire.id, from_day=date(2026, 7, 1), pay_rate=Decimal(70))


async def _set_end(ctx: Context, cast: Cast) -> None:
    await contract_hires.set_end(ctx, await _user(ctx, cast), (await _hire(ctx, cast)).id, ends_on=None)


async def _submit(ctx: Context, cast: Cast) -> Timesheet:
    hire, later = await _hire(ctx, cast), replace(ctx, now=max(ctx.now, NOW))
    return await timesheets.submit_timesheet(later, hire.id, cast.agency.id, None, FIRST_WEEK)


async def _correct(ctx: Context, cast: Cast) -> None:
    sheet, later = await _submit(ctx, cast), replace(ctx, now=max(ctx.now, NOW))
    await timesheets.correct_timesheet(later, sheet.id, cast.agency.id, None, FIRST_WEEK)


async def _approve(ctx: Context, cast: Cast) -> None:
    sheet = await _submit(ctx, cast)
    await timesheets.approve_timesheet(ctx, await _user(ctx, cast), sheet.id, version=1)


async def _reject(ctx: Context, cast: Cast) -> None:
    sheet = await _submit(ctx, cast)
    await timesheets.reject_timesheet(ctx, await _user(ctx, cast), sheet.id, version=1, reason="Too many.")


WRITES: dict[str, tuple[str, Act]] = {
    "contract_hires.log_contract_hire": ("contract_hire.logged", _hire),
    "contract_hires.set_end": ("contract_hire.end_set", _set_end),
    "contract_hires.set_rate": ("contract_hire.rate_set", _set_rate),
    "timesheets.approve_timesheet": ("timesheet.approved", _approve),
    "timesheets.correct_timesheet": ("timesheet.corrected", _correct),
    "timesheets.reject_timesheet": ("timesheet.rejected", _reject),
    "timesheets.submit_timesheet": ("timesheet.submitted", _submit),
}

READS = ("contract_hires.hold_for_client", "hire_costs.check_agreed", "hire_costs.invoiced_to")
