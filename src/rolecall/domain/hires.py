"""Hires: what a hire costs, when it is due, and how long it is guaranteed. Days are calendar days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from rolecall.domain.contract_work import check_currency
from rolecall.domain.errors import FieldInvalid, GuaranteeOver
from rolecall.domain.texts import check_text

GUARANTEED_FOR = timedelta(days=60)
DUE_WITHIN = timedelta(days=30)  # of the first day of work
LONG_OVERDUE = timedelta(days=60)
LONGEST_AGO = timedelta(days=365)  # a hire that is logged later than that has a wrong year
LONGEST_MEMO = 500
LONGEST_LOCATION = 200
LONGEST_REASON = 2_000
MOST_PAY = Decimal(1_000_000_000)
_CENT = Decimal("0.01")


class Settlement(StrEnum):
    """What became of a hire's invoice when the guarantee failed."""

    VOID = "void"
    REFUND_WAITING = "refund_waiting"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHire:
    """A hire as the employer logs it: `fee_percent` is the agreed fee it picked, `currency` a code of ISO 4217."""

    starts_on: date
    first_year_pay: Decimal
    currency: str
    work_location: str
    keep_open: bool
    fee_percent: Decimal
    fee_note: str | None = None
    invoice_memo: str | None = None
    cost_center_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyHire:
    """A stored hire. `agency_id` is who is paid, None for nobody; `guaranteed_until` is the guarantee's last day.

    `taken_from_id` is the agency that it paid before a contest took the invoice back. `replaces_id` is the hire whose
    invoice was taken back, where this one pays another agency for the same person; `invoiced_on` is then the day of its
    own invoice, which for others is that of the hire.
    """

    workspace_id: UUID
    id: UUID
    submission_id: UUID
    replaces_id: UUID | None = None
    agency_id: UUID | None
    taken_from_id: UUID | None = None
    invoiced_on: date | None = None
    cost_center_id: UUID | None
    user_id: UUID | None
    starts_on: date
    first_year_pay: Decimal
    currency: str
    work_location: str
    fee_percent: Decimal
    fee_note: str | None
    fee_amount: Decimal
    invoice_memo: str | None
    due_on: date
    guaranteed_until: date
    paid_on: date | None = None
    failed_on: date | None = None
    failure_reason: str | None = None
    settlement: Settlement | None = None
    settled_on: date | None = None
    created_at: datetime

    def __post_init__(self) -> None:
        if self.settlement is not None:
            object.__setattr__(self, "settlement", Settlement(self.settlement))


def check_hire(new: NewHire) -> None:
    """Raise FieldMissing or FieldInvalid for the first fact that is wrong."""
    if not 0 < new.first_year_pay <= MOST_PAY:
        raise FieldInvalid(field="first_year_pay", hint=f"more than 0 and at most {MOST_PAY:,}")
    if new.first_year_pay != round(new.first_year_pay, 2):
        raise FieldInvalid(field="first_year_pay", hint="at most two decimals")
    check_currency(new.currency)
    check_text(new.work_location, field="work_location", longest=LONGEST_LOCATION)
    check_text(new.invoice_memo or "", field="invoice_memo", longest=LONGEST_MEMO, required=False)


def check_first_day(starts_on: date, *, today: date) -> None:
    """Raise FieldInvalid for a first day of work too long ago: its guarantee and the day it is due would be over."""
    if starts_on < today - LONGEST_AGO:
        raise FieldInvalid(field="starts_on", hint="at most a year ago")


def fee_amount(pay: Decimal, percent: Decimal) -> Decimal:
    """The fee on a first year's pay, rounded half up to cents."""
    return (pay * percent / 100).quantize(_CENT, rounding=ROUND_HALF_UP)


def guaranteed_until(starts_on: date) -> date:
    """The last day of the guarantee: 60 days after the first day of work."""
    return starts_on + GUARANTEED_FOR


def due_on(starts_on: date) -> date:
    """The day by which the invoice is to be paid."""
    return starts_on + DUE_WITHIN


def due_instead(due_on: date, today: date) -> date:
    """The day by which an invoice is to be paid that takes another's place today: as much later as it comes late."""
    return max(due_on, today + DUE_WITHIN)


def is_long_overdue(hire: AgencyHire, today: date) -> bool:
    """Whether the invoice has been due, and unpaid, for 60 days or more."""
    owes = hire.agency_id is not None and hire.paid_on is None and hire.settlement is None
    return owes and today - hire.due_on >= LONG_OVERDUE


def check_guarantee(hire: AgencyHire, failed_on: date, *, latest: date) -> None:
    """Raise GuaranteeOver or FieldInvalid unless the hire can have failed on that day under its guarantee.

    `latest` is the last day that has come.
    """
    if failed_on > latest:
        raise FieldInvalid(field="failed_on", hint="a day that has come")
    if failed_on < hire.starts_on:
        raise FieldInvalid(field="failed_on", hint="not before the first day of work")
    if failed_on > hire.guaranteed_until or hire.settlement is not None:
        raise GuaranteeOver(until=hire.guaranteed_until)


def can_fail(starts_on: date, settlement: str | None, today: date) -> bool:
    """Whether a hire can be said today to have failed under its guarantee, for the buttons of a page."""
    return settlement is None and starts_on <= today


def settlement_of(hire: AgencyHire, *, client_overdue: bool) -> Settlement:
    """What a failure does: void what is unpaid, refund what is paid; refunds wait for what is long overdue."""
    if hire.paid_on is None:
        return Settlement.VOID
    return Settlement.REFUND_WAITING if client_overdue else Settlement.REFUNDED
