"""What the form that submits somebody for contract work says of the rate of pay and of when the person can work."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from rolecall.domain.contract_work import LONGEST_AVAILABILITY, ContractTerms, PayUnit, check_currency, check_rate
from rolecall.domain.errors import FieldInvalid, FieldMissing
from rolecall.domain.texts import check_text
from rolecall.domain.typed import read_amount, read_day
from rolecall.pages.agency.sent import Sent, faults_of

Value = TypeVar("Value")


def read_contract_terms(sent: Sent, faults: dict[str, str]) -> ContractTerms | None:
    """The terms in a form; what is wrong with them comes to the other faults, and then there are none."""

    def read(of: Callable[[str], Value], field: str) -> Value | None:
        try:
            return of(sent.line(field))
        except (FieldMissing, FieldInvalid) as error:
            faults.update(faults_of(error))
            return None

    pay_rate, currency, unit = read(_rate, "pay_rate"), read(_currency, "currency"), read(_unit, "unit")
    availability, available_from = read(_availability, "availability"), read(_day, "available_from")
    if pay_rate is None or currency is None or unit is None or availability is None or available_from is None:
        return None
    return ContractTerms(
        pay_rate=pay_rate, currency=currency, unit=unit, availability=availability, available_from=available_from
    )


def _rate(text: str) -> Decimal:
    rate = read_amount(text, field="pay_rate", example="62.50")
    check_rate(rate, field="pay_rate")
    return rate


def _currency(text: str) -> str:
    check_currency(text.upper())
    return text.upper()


def _unit(text: str) -> PayUnit:
    if text not in set(PayUnit):
        raise FieldInvalid(field="unit", hint="choose one")
    return PayUnit(text)


def _availability(text: str) -> str:
    check_text(text, field="availability", longest=LONGEST_AVAILABILITY)
    return text


def _day(text: str) -> date:
    return read_day(text, field="available_from")
