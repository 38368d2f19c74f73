"""Submissions: people whom agencies submit to a posting, and the stages that they go through."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from rolecall.domain.applications import ApplicationStatus
from rolecall.domain.errors import FieldInvalid, MoveRefused
from rolecall.domain.texts import check_text, folded

LONGEST_NAME = 100
LONGEST_ADDRESS = 320
LONGEST_PHONE = 40
LONGEST_LINE = 200
LONGEST_URL = 2_000
LONGEST_PITCH = 4_000
LONGEST_NOTE = 1_000
LONGEST_ANSWER = 4_000
LONGEST_FEEDBACK = 2_000
LONGEST_MESSAGE = 4_000
ASKED_AGAIN_AFTER = timedelta(hours=24)
_DOTS_DO_NOT_COUNT = frozenset({"gmail.com", "googlemail.com"})
_DIGITS_COMPARED = 9


class SubmissionStage(StrEnum):
    """Unconfirmed is the agency's word alone: the employer sees nothing until the person has confirmed."""

    UNCONFIRMED = "unconfirmed"
    AWAITING_SORT = "awaiting_sort"
    REVIEWING = "reviewing"
    INTERVIEWING = "interviewing"
    OFFERS = "offers"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class Side(StrEnum):
    """Who moves a submission: the person, the agency, or the employer."""

    CANDIDATE = "candidate"
    AGENCY = "agency"
    CLIENT = "client"


class Meets(StrEnum):
    """What an agency says of a must-have."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


_DECLINED = {SubmissionStage.DECLINED: Side.CANDIDATE}
_WITHDRAWN = {SubmissionStage.WITHDRAWN: Side.AGENCY}
_REJECTED = {SubmissionStage.REJECTED: Side.CLIENT}

# From each stage, where a submission may go and who takes it there. A rejection is undone to the stage it came from.
MOVES: dict[SubmissionStage, dict[SubmissionStage, Side]] = {
    SubmissionStage.UNCONFIRMED: {SubmissionStage.AWAITING_SORT: Side.CANDIDATE, **_DECLINED, **_WITHDRAWN},
    SubmissionStage.AWAITING_SORT: {SubmissionStage.REVIEWING: Side.CLIENT, **_DECLINED, **_WITHDRAWN, **_REJECTED},
    SubmissionStage.REVIEWING: {SubmissionStage.INTERVIEWING: Side.CLIENT, **_DECLINED, **_WITHDRAWN, **_REJECTED},
    SubmissionStage.INTERVIEWING: {SubmissionStage.OFFERS: Side.CLIENT, **_DECLINED, **_WITHDRAWN, **_REJECTED},
    SubmissionStage.OFFERS: {SubmissionStage.HIRED: Side.CLIENT, **_DECLINED, **_WITHDRAWN, **_REJECTED},
    SubmissionStage.HIRED: {},
    SubmissionStage.DECLINED: {},
    SubmissionStage.WITHDRAWN: {},
    SubmissionStage.REJECTED: {
        SubmissionStage.AWAITING_SORT: Side.CLIENT,
        SubmissionStage.REVIEWING: Side.CLIENT,
        SubmissionStage.INTERVIEWING: Side.CLIENT,
        SubmissionStage.OFFERS: Side.CLIENT,
    },
}

# How an application of the one record stands while its submission is in a stage.
APPLICATION_STATUS: dict[SubmissionStage, ApplicationStatus] = {
    SubmissionStage.AWAITING_SORT: ApplicationStatus.APPLIED,
    SubmissionStage.REVIEWING: ApplicationStatus.SCREENING,
    SubmissionStage.INTERVIEWING: ApplicationStatus.INTERVIEW,
    SubmissionStage.OFFERS: ApplicationStatus.OFFER,
    SubmissionStage.HIRED: ApplicationStatus.HIRED,
    SubmissionStage.DECLINED: ApplicationStatus.WITHDRAWN,
    SubmissionStage.WITHDRAWN: ApplicationStatus.WITHDRAWN,
    SubmissionStage.REJECTED: ApplicationStatus.REJECTED,
}

EXITS = frozenset({SubmissionStage.DECLINED, SubmissionStage.WITHDRAWN, SubmissionStage.REJECTED})
IN_PROCESS = (
    SubmissionStage.AWAITING_SORT,
    SubmissionStage.REVIEWING,
    SubmissionStage.INTERVIEWING,
    SubmissionStage.OFFERS,
)
# From `reviewing` on the employer knows the agency, and both can write to each other.
OPEN_TO_TALK = frozenset({*IN_PROCESS[1:], SubmissionStage.HIRED})
TRANSFERABLE = frozenset(IN_PROCESS[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A stored submission; migration 0023 says what the less plain columns mean.

    `must_haves` are objects with must_have, meets and note; `answers` with question and answer.
    """

    workspace_id: UUID
    id: UUID
    posting_id: UUID
    agency_id: UUID
    recruiter_id: UUID | None
    external_id: str | None = None
    stage: SubmissionStage = SubmissionStage.UNCONFIRMED
    exited_from: str | None = None
    first_name: str
    last_name: str
    email: str
    phone: str | None
    location: str | None
    current_title: str | None
    current_company: str | None
    linkedin_url: str | None
    pitch: str | None
    email_key: str
    name_key: str
    phone_key: str | None
    must_haves: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    recruiter_rating: int | None = None
    resume_id: UUID | None
    resume_replaced_at: datetime | None = None
    candidate_id: UUID | None = None
    application_id: UUID | None = None
    mailed_at: datetime | None = None
    confirmed_at: datetime | None = None
    owned_until: datetime | None = None
    transferred_at: datetime | None = None
    stage_since: datetime
    client_read_at: datetime | None = None
    agency_read_at: datetime | None = None
    withdrawal_seen_at: datetime | None = None
    created_at: datetime
    updated_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "stage", SubmissionStage(self.stage))

    @property
    def name(self) -> str:
        """The person's name, as people say it."""
        return f"{self.first_name} {self.last_name}"

    @property
    def talks(self) -> bool:
        """Whether the employer knows the agency, and both may write to each other; an exit keeps what was there."""
        stage = SubmissionStage(self.exited_from) if self.stage in EXITS and self.exited_from else self.stage
        return stage in OPEN_TO_TALK


@dataclass(frozen=True, slots=True, kw_only=True)
class MustHaveAnswer:
    """What an agency says of one must-have of the posting."""

    must_have: str
    meets: Meets
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What a submission says of the person."""

    first_name: str
    last_name: str
    email: str
    phone: str | None = None
    location: str | None = None
    current_title: str | None = None
    current_company: str | None = None
    linkedin_url: str | None = None


def check_move(old: SubmissionStage, new: SubmissionStage, *, by: Side) -> None:
    """Raise MoveRefused unless this side may take a submission from `old` to `new`."""
    if MOVES[old].get(new) != by:
        raise MoveRefused(kind="submission", old=old, new=new)


def may_be_asked(submission: Submission, now: datetime) -> bool:
    """Whether a message may ask the person to confirm: while that is open, and at most once in 24 hours."""
    waits = submission.stage == SubmissionStage.UNCONFIRMED
    return waits and (submission.mailed_at is None or submission.mailed_at + ASKED_AGAIN_AFTER <= now)


def asked_again_from(submission: Submission) -> datetime:
    """From when an agency may have the person asked again: a day after the last message, or after none got out."""
    return (submission.mailed_at or submission.created_at) + ASKED_AGAIN_AFTER


def next_stage(stage: SubmissionStage) -> SubmissionStage | None:
    """One step on for the employer, None where there is none."""
    if stage == SubmissionStage.REJECTED:
        return None
    forward = (new for new, side in MOVES[stage].items() if side == Side.CLIENT and new not in EXITS)
    return next(forward, None)


def email_key(email: str) -> str:
    """The mailbox of an address, as it is compared: without letter case, tags (ada+work@) and the dots of Gmail."""
    user, _, host = folded(email.strip()).rpartition("@")
    mailbox = user.partition("+")[0] or user
    if host in _DOTS_DO_NOT_COUNT:
        return mailbox.replace(".", "") + "@gmail.com"
    return f"{mailbox}@{host}"


def name_key(first_name: str, last_name: str) -> str:
    """A name as it is compared: its words without letter case, accents, marks and order (some begin with the last)."""
    letters = unicodedata.normalize("NFKD", folded(f"{first_name} {last_name}"))
    bare = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(sorted(bare.split()))


def phone_key(phone: str | None) -> str | None:
    """A phone number as it is compared: its last digits, as only some write what is before. None for no number."""
    digits = "".join(c for c in phone or "" if c.isascii() and c.isdigit()).lstrip("0")
    return digits[-_DIGITS_COMPARED:] or None


def check_person(person: PersonFacts) -> None:
    """Raise FieldMissing or FieldInvalid for the first fact that is wrong. The address is read elsewhere."""
    check_text(person.first_name, field="first_name", longest=LONGEST_NAME)
    check_text(person.last_name, field="last_name", longest=LONGEST_NAME)
    check_text(person.email, field="email", longest=LONGEST_ADDRESS)
    for name, longest in (
        ("phone", LONGEST_PHONE),
        ("location", LONGEST_LINE),
        ("current_title", LONGEST_LINE),
        ("current_company", LONGEST_LINE),
        ("linkedin_url", LONGEST_URL),
    ):
        check_text(getattr(person, name) or "", field=name, longest=longest, required=False)
    if person.linkedin_url and not person.linkedin_url.startswith(("https://", "http://")):
        raise FieldInvalid(field="linkedin_url", hint="an http or https address")


def check_must_haves(answers: Sequence[MustHaveAnswer], *, asked: Sequence[str]) -> None:
    """Raise FieldInvalid unless each must-have of the posting is answered, and nothing else."""
    if [answer.must_have for answer in answers] != list(asked):
        raise FieldInvalid(field="must_haves", hint="answer each must-have of the posting, in its order")
    for answer in answers:
        check_text(answer.note, field="must_haves", longest=LONGEST_NOTE, lines=True, required=False)


def check_feedback(feedback: str) -> None:
    """Raise FieldMissing or FieldInvalid unless the agency can read it."""
    check_text(feedback, field="feedback", longest=LONGEST_FEEDBACK, lines=True)
