"""Records as another system has them, in our words: what a connector reads, before any of it is stored.

`remote_id` is the system's own id, `raw` what the record was read from. Fields that name other records hold their
remote ids; what is not there is None. Words of open sets are ours where we have one, otherwise the system's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remote:
    remote_id: str
    raw: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteDepartment(_Remote):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteOffice(_Remote):
    """`country_code` is of ISO 3166-1."""

    name: str
    address: str | None = None
    city: str | None = None
    country_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteMember(_Remote):
    """A staff account."""

    email: str
    first_name: str
    last_name: str
    role: str
    disabled: bool = False
    remote_created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteTag(_Remote):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteRejectReason(_Remote):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteJob(_Remote):
    """`status` is one of JobStatus; `remote_status` the system's word where it says more."""

    title: str
    status: str
    description: str | None = None
    code: str | None = None
    remote_status: str | None = None
    confidential: bool = False
    headcount: int = 1
    departments: Sequence[str] = ()
    offices: Sequence[str] = ()
    hiring_managers: Sequence[str] = ()
    recruiters: Sequence[str] = ()
    posting_urls: Sequence[Mapping[str, str]] = ()
    remote_created_at: datetime | None = None
    remote_updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteStage(_Remote):
    """A step of a job's process; `position` counts from 0, `status` is one of ApplicationStatus."""

    job: str
    name: str
    position: int
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteQuestion(_Remote):
    """A question of a job's form; `choices` are objects with `id` and `label`."""

    job: str
    position: int
    text: str
    kind: str
    description: str | None = None
    required: bool = False
    choices: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteCandidate(_Remote):
    """`urls` are objects with `value` and `url_type`; `tags` are remote ids."""

    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    title: str | None = None
    email_addresses: Sequence[str] = ()
    phone_numbers: Sequence[str] = ()
    locations: Sequence[str] = ()
    urls: Sequence[Mapping[str, str]] = ()
    tags: Sequence[str] = ()
    is_private: bool | None = None
    can_email: bool | None = None
    last_interaction_at: datetime | None = None
    remote_created_at: datetime | None = None
    remote_updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteApplication(_Remote):
    """`status` is one of ApplicationStatus."""

    candidate: str
    job: str
    status: str
    stage: str | None = None
    credited_to: str | None = None
    reject_reason: str | None = None
    source: str | None = None
    applied_at: datetime | None = None
    rejected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteAttachment(_Remote):
    candidate: str
    kind: str
    name: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteActivity(_Remote):
    candidate: str | None = None
    member: str | None = None
    kind: str | None = None
    subject: str | None = None
    body: str | None = None
    visibility: str | None = None
    remote_created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteEeoc(_Remote):
    candidate: str
    submitted_at: datetime | None = None
    race: str | None = None
    gender: str | None = None
    veteran_status: str | None = None
    disability_status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteInterview(_Remote):
    application: str
    stage: str | None = None
    organizer: str | None = None
    interviewers: Sequence[str] = ()
    location: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    status: str | None = None
    remote_created_at: datetime | None = None
    remote_updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteScorecard(_Remote):
    application: str
    interview: str | None = None
    interviewer: str | None = None
    recommendation: str | None = None
    submitted_at: datetime | None = None
    remote_created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteOffer(_Remote):
    application: str
    creator: str | None = None
    status: str | None = None
    sent_at: datetime | None = None
    closed_at: datetime | None = None
    start_date: date | None = None
    remote_created_at: datetime | None = None


RemoteRecord: TypeAlias = (
    RemoteDepartment
    | RemoteOffice
    | RemoteMember
    | RemoteTag
    | RemoteRejectReason
    | RemoteJob
    | RemoteStage
    | RemoteQuestion
    | RemoteCandidate
    | RemoteApplication
    | RemoteAttachment
    | RemoteActivity
    | RemoteEeoc
    | RemoteInterview
    | RemoteScorecard
    | RemoteOffer
)
