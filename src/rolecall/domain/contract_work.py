"""Contract work: people who stay with their agency, which pays them by the hour or the day and bills the employer."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from rolecall.domain.errors import FieldInvalid
from rolecall.domain.texts import check_text

MOST_RATE = Decimal(100_000)
LONGEST_AVAILABILITY = 200
_CENT = Decimal("0.01")
# Words of jobs' kinds of contract, as `engagement_of` spells them. Somebody hired for a fixed term is the employer's.
_CONTRACT_TYPES = frozenset(
    {"contract", "contractor", "freelance", "freelancer", "interim", "project-based", "temp", "temporary"}
)


class Engagement(StrEnum):
    """What somebody is hired for: to become the employer's, for a fee, or to work there for an agency by timesheets."""

    PERMANENT = "permanent"
    CONTRACT = "contract"


class PayUnit(StrEnum):
    """What a rate is paid for."""

    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerms:
    """What an agency says of a person: `pay_rate` is what the person gets for a `unit`, `currency` a code of ISO 4217.

    `availability` is in words, as in 32 hours a week; `available_from` is the first day on which work can start.
    """

    pay_rate: Decimal
    currency: str
    unit: PayUnit
    availability: str
    available_from: date

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", PayUnit(self.unit))


def engagement_of(contract_type: str | None) -> Engagement:
    """What a job's kind of contract means for its posting; permanent where it says nothing of it."""
    word = (contract_type or "").strip().casefold().replace(" ", "-").replace("_", "-")
    return Engagement.CONTRACT if word in _CONTRACT_TYPES else Engagement.PERMANENT


def check_contract_terms(terms: ContractTerms) -> None:
    """Raise FieldMissing or FieldInvalid for the first term that is wrong."""
    check_rate(terms.pay_rate, field="pay_rate")
    check_currency(terms.currency)
    check_text(terms.availability, field="availability", longest=LONGEST_AVAILABILITY)


def check_rate(rate: Decimal, *, field: str) -> None:
    """Raise FieldInvalid unless it is an amount for an hour or a day, in cents."""
    if not rate.is_finite() or not 0 < rate <= MOST_RATE:
        raise FieldInvalid(field=field, hint=f"more than 0 and at most {MOST_RATE:,}")
    if rate != round(rate, 2):
        raise FieldInvalid(field=field, hint="at most two decimals")


def check_currency(currency: str) -> None:
    """Raise FieldInvalid unless it looks like a code of ISO 4217."""
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha() or not currency.isupper():
        raise FieldInvalid(field="currency", hint="three capital letters, as in EUR")


def bill_rate(pay_rate: Decimal, markup_percent: Decimal) -> Decimal:
    """What the employer pays for an hour or a day: the rate of pay and the markup, rounded half up to cents."""
    return in_cents(pay_rate * (100 + markup_percent) / 100)


def in_cents(amount: Decimal) -> Decimal:
    """An amount rounded half up to cents."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
