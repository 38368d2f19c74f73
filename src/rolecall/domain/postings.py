"""Postings: a job offered to agencies."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from rolecall.domain.contract_work import Engagement
from rolecall.domain.errors import (
    DomainError,
    FieldInvalid,
    JobNotOffered,
    MoveRefused,
    PostingClosed,
)
from rolecall.domain.jobs import JobStatus
from rolecall.domain.texts import check_text

LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 20_000
LONGEST_MUST_HAVE = 200
MOST_MUST_HAVES = 20
LONGEST_QUESTION = 300
MOST_QUESTIONS = 3
LONGEST_REASON = 500
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?", re.ASCII)


class PostingState(StrEnum):
    """Yielded asks agencies to slow down. Locked is set by the platform when new candidates are left unsorted."""

    DRAFT = "draft"
    OPEN = "open"
    YIELDED = "yielded"
    LOCKED = "locked"
    CLOSED = "closed"


MOVES: dict[PostingState, frozenset[PostingState]] = {
    PostingState.DRAFT: frozenset({PostingState.OPEN}),
    PostingState.OPEN: frozenset({PostingState.YIELDED, PostingState.LOCKED, PostingState.CLOSED}),
    PostingState.YIELDED: frozenset({PostingState.OPEN, PostingState.LOCKED, PostingState.CLOSED}),
    PostingState.LOCKED: frozenset({PostingState.OPEN, PostingState.YIELDED, PostingState.CLOSED}),
    PostingState.CLOSED: frozenset({PostingState.OPEN}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What agencies read. All of it is plain text.

    `fee_percent` is of the first year's pay, and on contract work the markup on the rate of pay.
    """

    title: str
    description: str
    fee_percent: Decimal
    must_haves: list[str]
    questions: list[str]
    engagement: Engagement = Engagement.PERMANENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A stored posting. `version` counts the changes of its terms.

    `yield_reason` is set while it is yielded, and while one that was yielded is locked. `creator_id` is the client's
    user who made it, None for nobody's. `cost_center_id` is None for the client's default. `warned_days` is the day of
    the last warning that new candidates wait to be sorted.
    """

    workspace_id: UUID
    id: UUID
    job_id: UUID
    client_id: UUID
    state: PostingState
    title: str
    description: str
    fee_percent: Decimal
    must_haves: list[str]
    questions: list[str]
    yield_reason: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    creator_id: UUID | None = None
    cost_center_id: UUID | None = None
    locked_at: datetime | None = None
    warned_days: int | None = None
    engagement: Engagement = Engagement.PERMANENT

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", PostingState(self.state))
        object.__setattr__(self, "engagement", Engagement(self.engagement))

    @property
    def terms(self) -> Terms:
        return Terms(
            title=self.title,
            description=self.description,
            fee_percent=self.fee_percent,
            must_haves=self.must_haves,
            questions=self.questions,
            engagement=self.engagement,
        )


def shown_state(state: PostingState, job: JobStatus) -> PostingState:
    """The state agencies and clients see: once offered, a posting is closed while its job is not open.

    The stored state stays, so a job that is paused and opened again takes its posting along.
    """
    if state == PostingState.DRAFT or job == JobStatus.OPEN:
        return state
    return PostingState.CLOSED


def check_move(old: PostingState, new: PostingState) -> None:
    """Raise MoveRefused unless a posting may go from `old` to `new`. Staying where it is, is always allowed."""
    if new != old and new not in MOVES[old]:
        raise MoveRefused(kind="posting", old=old, new=new)


def check_client_may_move(old: PostingState, new: PostingState, *, job: JobStatus) -> None:
    """Raise MoveRefused or JobNotOffered unless a client may move a posting. Only an open job is offered.

    Locking is the platform's, and so is the way back: a locked posting opens again when its candidates are sorted.
    """
    if job != JobStatus.OPEN:
        raise JobNotOffered(status=job)
    check_move(old, new)
    if new not in {old, PostingState.CLOSED} and PostingState.LOCKED in {old, new}:
        raise MoveRefused(kind="posting", old=old, new=new)


def can_move(old: PostingState, new: PostingState, *, job: JobStatus) -> bool:
    """Whether a client may take a posting from `old` to another state, for the buttons of a page."""
    try:
        check_client_may_move(old, new, job=job)
    except (MoveRefused, JobNotOffered):
        return False
    return new != old


def check_changeable(state: PostingState, *, job: JobStatus) -> None:
    """Raise unless terms and agencies may change: those of a closed posting are what agencies last worked by."""
    if shown_state(state, job) != PostingState.CLOSED:
        return
    if job != JobStatus.OPEN:
        raise JobNotOffered(status=job)
    raise PostingClosed


def read_fee_percent(text: str) -> Decimal:
    """The percentage that `text` spells, as in 18, 17.5 or 17,25 %. Raises FieldInvalid."""
    match = _PERCENT.fullmatch(text.strip())
    if match is None:
        raise FieldInvalid(field="fee_percent", hint="a number such as 18 or 17.5, with at most two decimals")
    return Decimal(f"{match[1]}.{match[2] or 0}")


def check_fee_percent(fee: Decimal) -> None:
    """Raise FieldInvalid unless 0 < fee <= 100 with at most two decimals."""
    if not fee.is_finite() or not 0 < fee <= 100:
        raise FieldInvalid(field="fee_percent", hint="more than 0 and at most 100")
    if fee != round(fee, 2):
        raise FieldInvalid(field="fee_percent", hint="at most two decimals")


def check_title(title: str) -> None:
    """Raise FieldMissing or FieldInvalid unless it is one line of text."""
    check_text(title, field="title", longest=LONGEST_TITLE)


def check_description(description: str) -> None:
    """Raise FieldMissing or FieldInvalid unless it is text."""
    check_text(description, field="description", longest=LONGEST_DESCRIPTION, lines=True)


def check_must_haves(must_haves: list[str]) -> None:
    """Raise FieldInvalid for too many must-haves, or one that is empty or too long."""
    if len(must_haves) > MOST_MUST_HAVES:
        raise FieldInvalid(field="must_haves", hint=f"at most {MOST_MUST_HAVES} lines, these are {len(must_haves)}")
    for must_have in must_haves:
        check_text(must_have, field="must_haves", longest=LONGEST_MUST_HAVE)


def check_questions(questions: list[str]) -> None:
    """Raise FieldInvalid for too many questions, or one that is empty or too long."""
    if len(questions) > MOST_QUESTIONS:
        raise FieldInvalid(field="questions", hint=f"at most {MOST_QUESTIONS}")
    for question in questions:
        check_text(question, field="questions", longest=LONGEST_QUESTION)


def check_yield_reason(reason: str) -> None:
    """Raise FieldMissing or FieldInvalid unless agencies can be shown it."""
    check_text(reason, field="reason", longest=LONGEST_REASON, lines=True)


TERM_CHECKS: Mapping[str, Callable[[Terms], None]] = {
    "title": lambda terms: check_title(terms.title),
    "description": lambda terms: check_description(terms.description),
    "fee_percent": lambda terms: check_fee_percent(terms.fee_percent),
    "must_haves": lambda terms: check_must_haves(terms.must_haves),
    "questions": lambda terms: check_questions(terms.questions),
}


def check_terms(terms: Terms) -> None:
    """Raise the first error of the terms."""
    for check in TERM_CHECKS.values():
        check(terms)


def faults_of(terms: Terms) -> dict[str, DomainError]:
    """The error of each field that has one."""
    faults: dict[str, DomainError] = {}
    for field, check in TERM_CHECKS.items():
        try:
            check(terms)
        except DomainError as error:
            faults[field] = error
    return faults
