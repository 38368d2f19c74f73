"""The parts of the settings screen: each has a heading, what it shows, and its forms."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from starlette.responses import Response

from rolecall.actions.embedding.visits import Visit
from rolecall.domain.clients import ClientUser, Permission
from rolecall.domain.errors import DomainError, FieldMissing
from rolecall.domain.fees import CustomFee
from rolecall.domain.ids import parse_id
from rolecall.domain.postings import read_fee_percent
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.forms import Form, fault_text
from rolecall.pages.embed.frame import Done, FormRefused, Tried, templates
from rolecall.pages.embed.job_form import fee_text

FEES = "custom_fees"  # the field that the domain names
_SPARE_ROWS = 2
SHOWN = 50  # of a list

templates.filters["fee"] = fee_text  # pyright: ignore[reportUnknownMemberType] - Jinja types it as a bare dict


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the screen under its own heading. Whoever has none of `rights` does not see it; without any, all do."""

    name: str
    title: str
    rights: Sequence[Permission] = ()
    values: Callable[[Opened[Visit], Tried], Awaitable[dict[str, Any]]]
    forms: Mapping[str, Callable[[Opened[Visit], Form], Awaitable[Done]]] = field(default_factory=dict[str, Any])
    downloads: Mapping[str, Callable[[Opened[Visit]], Awaitable[Response]]] = field(default_factory=dict[str, Any])
    done: Mapping[str, str] = field(default_factory=dict[str, str])

    def shown_to(self, user: ClientUser) -> bool:
        """Whether a user sees it."""
        return not self.rights or any(user.may(right) for right in self.rights)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRow:
    """Two fields of a form: a percentage and what it is for, as they are typed."""

    percent: str = ""
    note: str = ""


def chosen(opened: Opened[Visit], tried: Tried, *, form: str, name: str) -> str:
    """The id of the record that is being edited: in the refused form that edits it, or in the address."""
    if tried.name:
        return tried.form.first(name) if tried.name == form else ""
    return opened.request.query_params.get(name, "")


def beyond(opened: Opened[Visit], name: str) -> UUID | None:
    """The last record of the page before, which the address names."""
    return parse_id(opened.request.query_params.get(name, ""))


def id_in(form: Form, name: str, unknown: type[DomainError], **facts: object) -> UUID:
    """The id in a form's field. Raises `unknown` with its facts for what is none."""
    found = parse_id(form.one(name))
    if found is None:
        raise unknown(**facts)
    return found


def fee_rows(fees: list[CustomFee], tried: Tried, form: str) -> list[FeeRow]:
    """The rows of a form for fees: as they were typed, or those agreed on and some empty ones."""
    if tried.name == form:
        pairs = zip(tried.form.every("percent"), tried.form.every("note"), strict=False)
        return [FeeRow(percent=percent, note=note) for percent, note in pairs] or [FeeRow()]
    rows = [FeeRow(percent=fee_text(fee.percentage), note=fee.note or "") for fee in fees]
    return [*rows, *[FeeRow()] * _SPARE_ROWS]


def read_fees(form: Form) -> list[CustomFee]:
    """The fees in the rows of a form; empty rows are none. Raises FormRefused."""
    percents, notes = form.every("percent"), form.every("note")
    rows = list(zip(percents, notes, strict=False)) if len(percents) == len(notes) else []
    try:
        return [
            CustomFee(percentage=_percentage(percent), note=note.strip() or None)
            for percent, note in rows
            if percent.strip() or note.strip()
        ]
    except DomainError as error:
        raise FormRefused({FEES: fault_text(error)}) from error


def _percentage(text: str) -> Decimal:
    if not text.strip():
        raise FieldMissing(field=FEES)
    return read_fee_percent(text)
