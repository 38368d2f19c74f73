"""The job: one record that every surface reads and writes."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from rolecall.domain.errors import JobNotOpen, MoveRefused


class JobStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"


MOVES: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.DRAFT: frozenset({JobStatus.OPEN, JobStatus.ARCHIVED}),
    JobStatus.OPEN: frozenset({JobStatus.PAUSED, JobStatus.CLOSED, JobStatus.ARCHIVED}),
    JobStatus.PAUSED: frozenset({JobStatus.OPEN, JobStatus.CLOSED, JobStatus.ARCHIVED}),
    JobStatus.CLOSED: frozenset({JobStatus.OPEN, JobStatus.ARCHIVED}),
    JobStatus.ARCHIVED: frozenset(),
}


def check_move(old: JobStatus, new: JobStatus) -> None:
    """Raise MoveRefused unless a job may go from `old` to `new`. Staying where it is, is always allowed."""
    if new != old and new not in MOVES[old]:
        raise MoveRefused(kind="job", old=old, new=new)


def check_partner_may_move(old: JobStatus, new: JobStatus) -> None:
    """Raise unless the partner who pushed the job may move it: only while it is open, and only to a stop."""
    if new == old:
        return
    if old != JobStatus.OPEN:
        raise JobNotOpen
    check_move(old, new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job with the ids of all it belongs to.

    Salaries are gross amounts of `salary_currency` (ISO 4217) per `salary_period`. `description` is plain text or clean
    HTML. `public_path` is where its public page stands under the jobs base URL, None until it is first published.
    """

    workspace_id: UUID
    id: UUID
    connector_id: UUID
    company_id: UUID
    title: str
    status: JobStatus
    created_at: datetime
    updated_at: datetime
    modified_at: datetime
    description: str | None = None
    remote_id: str | None = None
    partner_id: UUID | None = None
    external_id: str | None = None
    code: str | None = None
    remote_status: str | None = None
    confidential: bool = False
    sector: str | None = None
    job_function: str | None = None
    contract_type: str | None = None
    workplace: str = "onsite"
    headcount: int = 1
    languages: list[str]
    salary_min: Decimal | None = None
    salary_max: Decimal | None = None
    salary_currency: str | None = None
    salary_period: str | None = None
    remote_created_at: datetime | None = None
    remote_updated_at: datetime | None = None
    published_at: datetime | None = None
    department_ids: list[UUID]
    location_ids: list[UUID]
    hiring_manager_ids: list[UUID]
    recruiter_ids: list[UUID]
    public_path: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "status", JobStatus(self.status))
