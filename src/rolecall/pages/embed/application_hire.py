"""The form that logs a hire: the fees to choose from, and what was typed as a hire."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from rolecall.actions.embedding.application import ApplicationVisit
from rolecall.actions.payees import payee_of
from rolecall.domain.errors import DomainError, FieldInvalid, FieldMissing
from rolecall.domain.fees import CustomFee
from rolecall.domain.hires import NewHire
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
    """What the client and the agency that is paid agreed on, or the posting's own fee where they did not."""
    visit, hired_at = opened.visit, opened.services.clock()
    payee = await payee_of(opened.conn, visit.submission, visit.posting, hired_at=hired_at)
    agency_id = payee or visit.submission.agency_id
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


async def read_hire(opened: Opened[ApplicationVisit], form: Form) -> NewHire:
    """The hire that the form tells of. Raises FormRefused with all that is wrong with it."""
    choices = {choice.value: choice.fee for choice in await fees_to_choose(opened)}
    faults: dict[str, str] = {}

    def read(name: str, of: Callable[[Form, str], Value]) -> Value | None:
        try:
            return of(form, name)
        except DomainError as error:
            faults[name] = fault_text(error)
            return None

    starts_on, pay = read("starts_on", read_day), read("first_year_pay", read_amount)
    currency, location = read("currency", _currency), read("work_location", _required)
    center = read("cost_center", _cost_center)
    fee = choices.get(form.first("fee"))
    if fee is None:
        faults["fee"] = "Choose one of these fees."
    if form.first("posting") not in {"open", "closed"}:
        faults["posting"] = "Choose one."
    if faults or starts_on is None or pay is None or currency is None or location is None or fee is None:
        raise FormRefused(faults)
    return NewHire(
        starts_on=starts_on,
        first_year_pay=pay,
        currency=currency,
        work_location=location,
        keep_open=form.first("posting") == "open",
        fee_percent=fee.percentage,
        fee_note=fee.note,
        invoice_memo=form.one("invoice_memo").strip() or None,
        cost_center_id=center,
    )


def _required(form: Form, name: str) -> str:
    text = form.one(name).strip()
    if not text:
        raise FieldMissing(field=name)
    return text


def _currency(form: Form, name: str) -> str:
    return _required(form, name).upper()


def _cost_center(form: Form, name: str) -> UUID | None:
    text = form.one(name)
    if not text:
        return None
    center = parse_id(text)
    if center is None:
        raise FieldInvalid(field=name, hint="one of these cost centers")
    return center
