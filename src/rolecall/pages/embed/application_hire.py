"""The form that logs a hire: the fees to choose from, and what was typed as a hire."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from rolecall.actions.embedding.application import ApplicationVisit
from rolecall.actions.payees import payee_of
from rolecall.domain.contract_work import Engagement
from rolecall.domain.errors import DomainError, FieldInvalid, FieldMissing
from rolecall.domain.fees import CustomFee
from rolecall.domain.hires import NewHire, check_first_day
from rolecall.domain.ids import parse_id
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.forms import Form, fault_text, read_amount, read_day
from rolecall.pages.embed.frame import FormRefused
from rolecall.pages.embed.job_form import fee_text
from rolecall.store import agency_fees

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A fee to choose; `value` stands for it in the form and changes with it."""

    value: str
    label: str
    fee: CustomFee


async def fees_to_choose(opened: Opened[ApplicationVisit]) -> list[Choice]:
    """What the client and the agency that is paid agreed on, or the posting's own fee where they did not.

    Contract work pays the agency for which the person works.
    """
    visit, agency_id = opened.visit, opened.visit.submission.agency_id
    if visit.posting.engagement == Engagement.PERMANENT:
        hired_at = opened.services.clock()
        agency_id = await payee_of(opened.conn, visit.submission, visit.posting, hired_at=hired_at) or agency_id
    agreed = await agency_fees.agreed(opened.conn, visit.workspace_id, visit.client.id, agency_id)
    fees = agreed or [CustomFee(percentage=visit.posting.fee_percent)]
    unnamed = "agreed with the agency" if agreed else "this posting"
    return [
        Choice(
            value=f"{number}:{fee.percentage}",
            label=f"{fee_text(fee.percentage)} % · {fee.note or unnamed}",
            fee=fee,
        )
        for number, fee in enumerate(fees)
    ]


class HireFields:
    """The fields that hires of both kinds have, read one after the other; `faults` says what is wrong with each."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.faults: dict[str, str] = {}

    def read(self, name: str, of: Callable[[Form, str], Value]) -> Value | None:
        """A field's value, None for one that is wrong."""
        try:
            return of(self._form, name)
        except DomainError as error:
            self.faults[name] = fault_text(error)
            return None

    async def fee(self, opened: Opened[ApplicationVisit]) -> CustomFee | None:
        """The fee that was chosen."""
        choices = {choice.value: choice.fee for choice in await fees_to_choose(opened)}
        fee = choices.get(self._form.first("fee"))
        if fee is None:
            self.faults["fee"] = "Choose one of these fees."
        return fee

    def keeps_open(self) -> bool:
        """Whether the posting stays open."""
        if self._form.first("posting") not in {"open", "closed"}:
            self.faults["posting"] = "Choose one."
        return self._form.first("posting") == "open"


async def read_hire(opened: Opened[ApplicationVisit], form: Form) -> NewHire:
    """The permanent hire that the form tells of. Raises FormRefused with all that is wrong with it."""
    fields = HireFields(form)
    starts_on = fields.read("starts_on", first_day(opened.services.clock().date()))
    pay = fields.read("first_year_pay", read_amount)
    currency, location = fields.read("currency", currency_of), fields.read("work_location", required)
    center, fee, keep_open = fields.read("cost_center", cost_center), await fields.fee(opened), fields.keeps_open()
    if starts_on is None or pay is None or currency is None or location is None or fee is None or fields.faults:
        raise FormRefused(fields.faults)
    return NewHire(
        starts_on=starts_on,
        first_year_pay=pay,
        currency=currency,
        work_location=location,
        keep_open=keep_open,
        fee_percent=fee.percentage,
        fee_note=fee.note,
        invoice_memo=form.one("invoice_memo").strip() or None,
        cost_center_id=center,
    )


def first_day(today: date) -> Callable[[Form, str], date]:
    """A reader of a field with a first day of work. It raises FieldMissing or FieldInvalid."""

    def read(form: Form, name: str) -> date:
        day = read_day(form, name)
        check_first_day(day, today=today)
        return day

    return read


def required(form: Form, name: str) -> str:
    """A field that is not empty. Raises FieldMissing."""
    text = form.one(name).strip()
    if not text:
        raise FieldMissing(field=name)
    return text


def currency_of(form: Form, name: str) -> str:
    """A field with a currency, in capital letters. Raises FieldMissing."""
    return required(form, name).upper()


def cost_center(form: Form, name: str) -> UUID | None:
    """A field with the id of a cost center, None where it is empty. Raises FieldInvalid."""
    text = form.one(name)
    if not text:
        return None
    center = parse_id(text)
    if center is None:
        raise FieldInvalid(field=name, hint="one of these cost centers")
    return center
