"""People hired for contract work: from when to when, and their rates. Days are calendar days, without a zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from rolecall.domain.clients import ClientUser, Permission
from rolecall.domain.contract_work import PayUnit, check_currency, check_rate
from rolecall.domain.errors import FieldInvalid, PermissionMissing
from rolecall.domain.hires import LONGEST_LOCATION, LONGEST_MEMO
from rolecall.domain.texts import check_text


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContractHire:
    """A contract hire as the employer logs it: `markup_percent` is the agreed fee it picked.

    `ends_on` is the last day of work that is expected, None for an open end.
    """

    starts_on: date
    ends_on: date | None = None
    pay_rate: Decimal
    currency: str
    unit: PayUnit
    markup_percent: Decimal
    work_location: str
    keep_open: bool
    fee_note: str | None = None
    invoice_memo: str | None = None
    cost_center_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractHire:
    """A stored contract hire. No day after `ends_on` can be billed."""

    workspace_id: UUID
    id: UUID
    submission_id: UUID
    cost_center_id: UUID | None
    user_id: UUID | None
    starts_on: date
    ends_on: date | None
    currency: str
    unit: PayUnit
    markup_percent: Decimal
    fee_note: str | None
    work_location: str
    invoice_memo: str | None
    created_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", PayUnit(self.unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRate:
    """What a unit of work costs from a day on, until the next rate's: `pay_rate` to the agency's person."""

    workspace_id: UUID
    id: UUID
    contract_hire_id: UUID
    user_id: UUID | None
    from_day: date
    pay_rate: Decimal
    bill_rate: Decimal
    created_at: datetime


def check_contract_hire(new: NewContractHire) -> None:
    """Raise FieldMissing or FieldInvalid for the first fact that is wrong."""
    check_rate(new.pay_rate, field="pay_rate")
    check_currency(new.currency)
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise FieldInvalid(field="ends_on", hint="not before the first day of work")
    check_text(new.work_location, field="work_location", longest=LONGEST_LOCATION)
    check_text(new.invoice_memo or "", field="invoice_memo", longest=LONGEST_MEMO, required=False)


def rate_on(rates: Sequence[ContractRate], day: date) -> ContractRate:
    """The rate of a day on which the person was hired already."""
    return max((rate for rate in rates if rate.from_day <= day), key=lambda rate: rate.from_day)


def next_change(rates: Sequence[ContractRate], day: date) -> date | None:
    """The first day after `day` from which another rate holds."""
    return min((rate.from_day for rate in rates if rate.from_day > day), default=None)


def check_new_rate(hire: ContractHire, from_day: date, *, submitted_until: date | None) -> None:
    """Raise FieldInvalid unless a rate can hold from a day on: after all that was submitted, whatever came of it.

    `submitted_until` is the last day of all timesheets, None without any.
    """
    if from_day < hire.starts_on:
        raise FieldInvalid(field="from_day", hint=f"{hire.starts_on} or later, as work starts then")
    if submitted_until is not None and from_day <= submitted_until:
        first = submitted_until + timedelta(days=1)
        raise FieldInvalid(field="from_day", hint=f"{first} or later: what was submitted keeps its rate")
    if hire.ends_on is not None and from_day > hire.ends_on:
        raise FieldInvalid(field="from_day", hint=f"{hire.ends_on} or earlier, as work ends then")


def check_new_end(hire: ContractHire, ends_on: date | None, *, submitted_until: date | None) -> None:
    """Raise FieldInvalid unless work can end on a day: not before it starts, and after all that was submitted."""
    first = max(hire.starts_on, submitted_until or hire.starts_on)
    if ends_on is not None and ends_on < first:
        hint = "as work starts then" if first == hire.starts_on else "as a timesheet goes so far"
        raise FieldInvalid(field="ends_on", hint=f"{first} or later, {hint}")


def may_run(user: ClientUser) -> bool:
    """Whether a user sets rates and ends, and decides on timesheets: who hires, and who pays."""
    return user.may(Permission.POSTING_CREATOR) or user.may(Permission.FINANCE_MANAGER)


def check_may_run(user: ClientUser) -> None:
    """Raise PermissionMissing unless `may_run`."""
    if not may_run(user):
        raise PermissionMissing(permission=Permission.FINANCE_MANAGER)
