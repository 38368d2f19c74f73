"""Applications: one candidate pursuing one job, and the statuses that it goes through."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class ApplicationStatus(StrEnum):
    """Where an application stands. A recruiter may set any of them at any time: people change their minds."""

    APPLIED = "applied"
    SCREENING = "screening"
    PHONE_SCREEN = "phone_screen"
    INTERVIEW = "interview"
    TECHNICAL = "technical"
    OFFER = "offer"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    ON_HOLD = "on_hold"
    SHORTLISTED = "shortlisted"
    QUALIFIED = "qualified"
    UPLOADED = "uploaded"


# The hiring process of a job that nobody has given another: name and the status that it stands for, in order.
DEFAULT_STAGES: tuple[tuple[str, ApplicationStatus], ...] = (
    ("Applied", ApplicationStatus.APPLIED),
    ("Screening", ApplicationStatus.SCREENING),
    ("Phone screen", ApplicationStatus.PHONE_SCREEN),
    ("Interview", ApplicationStatus.INTERVIEW),
    ("Technical interview", ApplicationStatus.TECHNICAL),
    ("Offer", ApplicationStatus.OFFER),
    ("Hired", ApplicationStatus.HIRED),
)


class AttachmentKind(StrEnum):
    """What a document of a candidate is."""

    RESUME = "resume"
    COVER_LETTER = "cover_letter"
    OFFER_LETTER = "offer_letter"
    PORTFOLIO = "portfolio"
    CERTIFICATE = "certificate"
    PHOTO = "photo"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One candidate pursuing one job. `tracking` is what the career site sent along; `number` is the database's.

    `follow_up_note` is a recruiter's, for the next message to the person.
    """

    workspace_id: UUID
    id: UUID
    connector_id: UUID
    candidate_id: UUID
    job_id: UUID
    status: ApplicationStatus
    created_at: datetime
    updated_at: datetime
    modified_at: datetime
    number: int | None = None
    remote_id: str | None = None
    publication_id: UUID | None = None
    source_link_id: UUID | None = None
    agency_id: UUID | None = None
    credited_to_id: UUID | None = None
    stage_id: UUID | None = None
    reject_reason_id: UUID | None = None
    source: str | None = None
    motivation: str | None = None
    tracking: dict[str, Any]
    applied_at: datetime | None = None
    rejected_at: datetime | None = None
    follow_up_note: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "status", ApplicationStatus(self.status))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A document of a candidate: `file_id` where it is in our file store, else `url`. `number` is the database's."""

    workspace_id: UUID
    id: UUID
    connector_id: UUID
    candidate_id: UUID
    kind: str
    created_at: datetime
    modified_at: datetime
    number: int | None = None
    remote_id: str | None = None
    application_id: UUID | None = None
    name: str | None = None
    file_id: UUID | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step of a job's hiring process, in order of `position`; `status` is what it stands for, where it has one."""

    workspace_id: UUID
    id: UUID
    job_id: UUID
    name: str
    position: int
    created_at: datetime
    modified_at: datetime
    remote_id: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a question of the application form, with the question's words as they were then.

    `answer` is text, a number, a list of texts or None; a file's answer is its `file_id`.
    """

    workspace_id: UUID
    application_id: UUID
    position: int
    question: str
    kind: str
    question_id: UUID | None = None
    answer: Any = None
    file_id: UUID | None = None
