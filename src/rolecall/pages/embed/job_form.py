"""The form of a posting: what was typed, kept as it was typed, and the terms that it spells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from rolecall.actions.postings import NOT_STORED
from rolecall.actions.text import plain_lines
from rolecall.domain.contract_work import Engagement, engagement_of
from rolecall.domain.errors import DomainError, FieldInvalid, FieldMissing
from rolecall.domain.jobs import Job
from rolecall.domain.postings import MOST_QUESTIONS, Posting, Terms, faults_of, read_fee_percent
from rolecall.domain.texts import storable_text
from rolecall.pages.embed.forms import Form, fault_text
from rolecall.web.errors import UnreadableBody

_ANY_FEE = Decimal(1)
QUESTION_NAMES = [f"question_{number + 1}" for number in range(MOST_QUESTIONS)]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTerms:
    """A posting's terms as text in the form's fields. `faults` says for each field what is wrong with it."""

    version: int
    title: str = ""
    description: str = ""
    fee_percent: str = ""
    must_haves: str = ""
    questions: list[str]
    engagement: str = Engagement.PERMANENT
    faults: dict[str, str] = field(default_factory=dict[str, str])


def typed_from_job(job: Job) -> TypedTerms:
    """What the form of a new posting starts with."""
    return TypedTerms(
        version=NOT_STORED,
        title=job.title,
        description=plain_lines(job.description or ""),
        questions=[""] * MOST_QUESTIONS,
        engagement=engagement_of(job.contract_type),
    )


def typed_from_posting(posting: Posting) -> TypedTerms:
    """What the form of a stored posting starts with."""
    return TypedTerms(
        version=posting.version,
        title=posting.title,
        description=posting.description,
        fee_percent=fee_text(posting.fee_percent),
        must_haves="\n".join(posting.must_haves),
        questions=[*posting.questions, *[""] * MOST_QUESTIONS][:MOST_QUESTIONS],
        engagement=posting.engagement,
    )


def fee_text(fee: Decimal) -> str:
    """A percentage without needless zeros, as in 17.5."""
    return f"{fee:f}".rstrip("0").rstrip(".") if "." in f"{fee:f}" else f"{fee:f}"


def read_version(form: Form) -> int:
    """The version of the posting that the form was filled from. Raises UnreadableBody for what is no number."""
    text = form.first("version")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise UnreadableBody
    return int(text)


def read_terms(form: Form) -> tuple[TypedTerms, Terms | None]:
    """What was typed, and the terms it spells: None when a field has a fault. Raises UnreadableBody."""
    faults: dict[str, DomainError] = {}

    def read(name: str, fault_name: str, of: Callable[[str], Value], otherwise: Value) -> Value:
        try:
            return of(form.one(name))
        except DomainError as error:
            faults[fault_name] = error
            return otherwise

    questions = [read(name, "questions", str.strip, "") for name in QUESTION_NAMES]
    terms = Terms(
        title=read("title", "title", str.strip, "?"),
        description=read("description", "description", str.strip, "?"),
        fee_percent=read("fee_percent", "fee_percent", _fee, _ANY_FEE),
        must_haves=read("must_haves", "must_haves", _lines, []),
        questions=[question for question in questions if question],
        engagement=read("engagement", "engagement", _engagement, Engagement.PERMANENT),
    )
    faults = {**faults_of(terms), **faults}
    typed = TypedTerms(
        version=read_version(form),
        title=storable_text(form.first("title")),
        description=storable_text(form.first("description"), lines=True),
        fee_percent=storable_text(form.first("fee_percent")),
        must_haves=storable_text(form.first("must_haves"), lines=True),
        questions=[storable_text(form.first(name)) for name in QUESTION_NAMES],
        engagement=storable_text(form.first("engagement")),
        faults={name: fault_text(error) for name, error in faults.items()},
    )
    return typed, None if faults else terms


def _fee(text: str) -> Decimal:
    if not text.strip():
        raise FieldMissing(field="fee_percent")
    return read_fee_percent(text)


def _engagement(text: str) -> Engagement:
    if text not in set(Engagement):
        raise FieldInvalid(field="engagement", hint="choose one of these")
    return Engagement(text)


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
