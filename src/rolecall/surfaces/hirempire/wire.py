"""HirEmpire's shapes. Ids are UUIDs as text; times are UTC with three decimals and a Z."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal

import msgspec

from rolecall.actions.places import country_name
from rolecall.domain.jobs import JobStatus
from rolecall.surfaces.hirempire import words
from rolecall.surfaces.hirempire.queries import JobRow, SourceRow

Number = int | float

_NO_SOURCES = msgspec.Raw(b'{"count":0,"items":[]}')


class QuestionsShape(msgspec.Struct, kw_only=True):
    fields: dict[str, bool]
    custom: list[dict[str, Any]]


class JobShape(msgspec.Struct, kw_only=True):
    id: str
    created_time: str
    job_title: str
    public_slug: str
    company_name: str
    company_logo_url: str | None
    department: str | None
    industry: str | None
    career_level: str
    job_type: str
    job_mode: str
    job_location: str
    salary: str | None
    salary_type: str
    salary_min: Number | None
    salary_max: Number | None
    salary_fixed: Number | None
    currency: str | None
    salary_period: str | None
    is_salary_hidden: bool
    job_description: str
    questions: QuestionsShape | None
    sources: msgspec.Raw
    status: str
    applicants: int


class JobListShape(msgspec.Struct, kw_only=True):
    success: Literal[True] = True
    total_jobs: int
    jobs: list[JobShape]


class OneJobShape(msgspec.Struct, kw_only=True):
    success: Literal[True] = True
    job: JobShape


class SourceShape(msgspec.Struct, kw_only=True):
    """A link as job-sources lists it."""

    id: str
    source_name: str
    source_url: str
    visits: int
    created_at: str
    code: str


class SourceListShape(msgspec.Struct, kw_only=True):
    success: Literal[True] = True
    job_id: str
    total_sources: int
    sources: list[SourceShape]


class SourceWithJobShape(msgspec.Struct, kw_only=True):
    """A link as create-source returns it."""

    id: str
    job_id: str
    source_name: str
    source_url: str
    code: str
    visits: int
    created_at: str


class CreatedSourceShape(msgspec.Struct, kw_only=True):
    success: Literal[True] = True
    source: SourceWithJobShape


def job_shape(row: JobRow) -> JobShape:
    salary_type, text, fixed = _salary(row.salary_min, row.salary_max)
    is_range = salary_type == "range"
    return JobShape(
        id=str(row.id),
        created_time=time_text(row.created_at),
        job_title=row.title,
        public_slug=row.slug or str(row.id),
        company_name=row.company_name,
        company_logo_url=row.company_logo_url,
        department=row.department,
        industry=row.sector,
        career_level=row.career_level or words.DEFAULT_LEVEL,
        job_type=words.job_type_shown(row.job_type),
        job_mode=row.workplace,
        job_location=_location(row),
        salary=text,
        salary_type=salary_type,
        salary_min=number(row.salary_min) if is_range else None,
        salary_max=number(row.salary_max) if is_range else None,
        salary_fixed=number(fixed),
        currency=row.salary_currency,
        salary_period=words.PERIOD_SHOWN.get(row.salary_period or ""),
        is_salary_hidden=row.salary_hidden,
        job_description=row.description or "",
        questions=_questions(row),
        sources=msgspec.Raw(row.sources.encode()) if row.sources is not None else _NO_SOURCES,
        status=words.STATUS_SHOWN[JobStatus(row.status)],
        applicants=row.applicants,
    )


def _salary(least: Decimal | None, most: Decimal | None) -> tuple[str, str | None, Decimal | None]:
    """The type of a salary, its text, and its amount where there is one amount."""
    if least is None and most is None:
        return "confidential", None, None
    if least == most:
        return "fixed", str(number(least)), least
    bounds = [str(number(bound)) for bound in (least, most) if bound is not None]
    return "range", " - ".join(bounds), None


def _location(row: JobRow) -> str:
    """As in "Porto, Portugal"; only the country where there is no city, empty where nothing is known."""
    country = country_name(row.country_code) if row.country_code is not None else None
    if country is None:
        return row.place or ""
    return f"{row.city}, {country}" if row.city else country


def _questions(row: JobRow) -> QuestionsShape | None:
    if row.form_fields is None and not row.questions:
        return None
    shown = row.form_fields or ()
    fields = {switch: name in shown for switch, name in words.SWITCHES.items()}
    return QuestionsShape(fields=fields, custom=[_question(question) for question in row.questions])


def _question(question: dict[str, Any]) -> dict[str, Any]:
    kind = words.question_type_shown(question["kind"])
    options = question["options"] if kind in words.SELECTS else None
    parts = {"id": question["id"], "label": question["label"], "type": kind}
    return parts | {"options": options, "required": question["required"]}


def number(amount: Decimal | None) -> Number | None:
    """An amount as JSON has it, without a fraction of zero."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def source_shape(row: SourceRow, *, jobs_url: str) -> SourceShape:
    return SourceShape(
        id=str(row.id),
        source_name=row.name,
        source_url=_url(row, jobs_url),
        visits=row.visits,
        created_at=time_text(row.created_at),
        code=row.code,
    )


def source_with_job_shape(row: SourceRow, *, jobs_url: str) -> SourceWithJobShape:
    return SourceWithJobShape(
        id=str(row.id),
        job_id=str(row.job_id),
        source_name=row.name,
        source_url=_url(row, jobs_url),
        code=row.code,
        visits=row.visits,
        created_at=time_text(row.created_at),
    )


def _url(row: SourceRow, jobs_url: str) -> str:
    return f"{jobs_url}/{row.company_slug}/{row.id}"


def time_text(time: datetime) -> str:
    """A time in UTC with three decimals and a Z."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
