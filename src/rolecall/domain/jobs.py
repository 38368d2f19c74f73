"""The job: one record that every surface reads and writes."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NewType
from uuid import UUID

from rolecall.domain.errors import FieldInvalid, JobNotOpen, JobTakesNoApplications, MoveRefused
from rolecall.domain.texts import check_text

LONGEST_TITLE = 300  # characters, as of the other lengths
LONGEST_DESCRIPTION = 50_000
LONGEST_WORD = 200
MOST_OPENINGS = 100_000
LARGEST_SALARY = Decimal(10) ** 15
WORKPLACES = ("onsite", "hybrid", "remote")
SALARY_PERIODS = ("hour", "day", "week", "biweek", "month", "year")  # biweek: every two weeks
CAREER_LEVELS = ("junior", "mid-level", "senior", "team-leader", "manager", "director", "vp", "c-level")
# The optional fields of an application form.
FORM_FIELDS = (
    "cover_letter",
    "photo",
    "experience_years",
    "languages",
    "nationality",
    "location",
    "salary_expectation",
)
_LANGUAGE = re.compile(r"[a-z]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")


class JobStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"


MOVES: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.DRAFT: frozenset({JobStatus.OPEN, JobStatus.PAUSED, JobStatus.CLOSED, JobStatus.ARCHIVED}),
    JobStatus.OPEN: frozenset({JobStatus.DRAFT, JobStatus.PAUSED, JobStatus.CLOSED, JobStatus.ARCHIVED}),
    JobStatus.PAUSED: frozenset({JobStatus.DRAFT, JobStatus.OPEN, JobStatus.CLOSED, JobStatus.ARCHIVED}),
    JobStatus.CLOSED: frozenset({JobStatus.DRAFT, JobStatus.OPEN, JobStatus.PAUSED, JobStatus.ARCHIVED}),
    JobStatus.ARCHIVED: frozenset(),
}


_STOPS = frozenset({JobStatus.PAUSED, JobStatus.CLOSED, JobStatus.ARCHIVED})


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
    if new not in _STOPS:
        raise MoveRefused(kind="job", old=old, new=new)


def check_takes_applications(status: JobStatus) -> None:
    """Raise JobTakesNoApplications unless people may apply."""
    if status != JobStatus.OPEN:
        raise JobTakesNoApplications(status=status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job with the ids of all it belongs to.

    Salaries are gross amounts of `salary_currency` (ISO 4217) per `salary_period`. `description` is plain text or clean
    HTML. `public_path` is where its public page stands under the jobs base URL, None until it is first published; its
    `slug` is reserved. `form_fields` are those of FORM_FIELDS that its application form shows, None where it has no
    form of its own. `posting_urls` are addresses elsewhere, with `value` and `url_type`.
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
    salary_hidden: bool = False
    career_level: str | None = None
    slug: str | None = None
    form_fields: list[str] | None = None
    remote_created_at: datetime | None = None
    remote_updated_at: datetime | None = None
    published_at: datetime | None = None
    department_ids: list[UUID]
    location_ids: list[UUID]
    hiring_manager_ids: list[UUID]
    recruiter_ids: list[UUID]
    public_path: str | None = None
    posting_urls: list[dict[str, Any]] = dataclasses.field(default_factory=list[dict[str, Any]])

    def __post_init__(self) -> None:
        object.__setattr__(self, "status", JobStatus(self.status))


# A job that was read under a lock in the caller's transaction, or made in it: only such a one may be written.
HeldJob = NewType("HeldJob", Job)


def _check_title(job: Job) -> None:
    check_text(job.title, field="title", longest=LONGEST_TITLE)


def _check_words(job: Job) -> None:
    for field in ("code", "sector", "job_function", "contract_type", "remote_id", "external_id"):
        check_text(getattr(job, field) or "", field=field, longest=LONGEST_WORD, required=False)


def _check_workplace(job: Job) -> None:
    if job.workplace not in WORKPLACES:
        raise FieldInvalid(field="workplace", hint=f"one of {', '.join(WORKPLACES)}")


def _check_headcount(job: Job) -> None:
    if not 1 <= job.headcount <= MOST_OPENINGS:
        raise FieldInvalid(field="headcount", hint=f"from 1 to {MOST_OPENINGS:,}")


def _check_languages(job: Job) -> None:
    if not all(_LANGUAGE.fullmatch(language) for language in job.languages):
        raise FieldInvalid(field="languages", hint="codes of ISO 639-1, as in en")


def _check_amounts(job: Job) -> None:
    for field in ("salary_min", "salary_max"):
        amount = getattr(job, field)
        if amount is not None and not 0 <= amount <= LARGEST_SALARY:
            raise FieldInvalid(field=field, hint="an amount that is not negative")
    if job.salary_min is not None and job.salary_max is not None and job.salary_max < job.salary_min:
        raise FieldInvalid(field="salary_max", hint="not less than salary_min")


def _check_currency(job: Job) -> None:
    if job.salary_currency is not None and not _CURRENCY.fullmatch(job.salary_currency):
        raise FieldInvalid(field="salary_currency", hint="a code of ISO 4217, as in EUR")


def _check_period(job: Job) -> None:
    if job.salary_period is not None and job.salary_period not in SALARY_PERIODS:
        raise FieldInvalid(field="salary_period", hint=f"one of {', '.join(SALARY_PERIODS)}")


def _check_career_level(job: Job) -> None:
    if job.career_level is not None and job.career_level not in CAREER_LEVELS:
        raise FieldInvalid(field="career_level", hint=f"one of {', '.join(CAREER_LEVELS)}")


def _check_form_fields(job: Job) -> None:
    if not set(job.form_fields or ()) <= set(FORM_FIELDS):
        raise FieldInvalid(field="form_fields", hint=f"of {', '.join(FORM_FIELDS)}")


FACT_CHECKS: Mapping[str, Callable[[Job], None]] = {
    "title": _check_title,
    "words": _check_words,
    "workplace": _check_workplace,
    "headcount": _check_headcount,
    "languages": _check_languages,
    "salary": _check_amounts,
    "salary_currency": _check_currency,
    "salary_period": _check_period,
    "career_level": _check_career_level,
    "form_fields": _check_form_fields,
}


def check_facts(job: Job) -> None:
    """Raise FieldMissing or FieldInvalid for the first fact of a job that cannot be stored or makes no sense.

    Surfaces check in their contract's own words first; this is what holds for all of them.
    """
    for check in FACT_CHECKS.values():
        check(job)
