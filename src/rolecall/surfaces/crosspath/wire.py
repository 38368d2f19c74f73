"""CrossPath's shapes. Ids are UUIDs as text; times are UTC to the second."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec

from rolecall.domain.jobs import JobStatus
from rolecall.store.companies import Company
from rolecall.surfaces.crosspath.queries import MissionRow

STATUS_WORDS = {
    JobStatus.DRAFT: "Private",
    JobStatus.OPEN: "Live",
    JobStatus.PAUSED: "Paused",
    JobStatus.CLOSED: "Closed",
}
_STATUSES = {word.casefold(): status for status, word in STATUS_WORDS.items()}


def parse_status(text: str) -> JobStatus | None:
    """The status a word stands for, in any letter case; None for another word."""
    return _STATUSES.get(text.casefold())


class CompanyShape(msgspec.Struct, kw_only=True, rename="camel"):
    id: str
    external_id: str | None
    name: str
    website: str | None
    sector: str | None
    size: str | None
    location: str | None
    description: str | None
    logo_url: str | None
    created_at: str
    updated_at: str


class MissionShape(msgspec.Struct, kw_only=True, rename="camel"):
    id: str
    external_id: str | None
    company_id: str
    title: str
    description: str
    status: str
    position: str | None
    sector: str | None
    locations: list[str]
    languages: list[str]
    contract_type: str | None
    remote: str
    headcount: int
    salary_min: int | float | None
    salary_max: int | float | None
    currency: str | None
    created_at: str
    updated_at: str
    published_at: str | None


def company_shape(company: Company) -> CompanyShape:
    return CompanyShape(
        id=str(company.id),
        external_id=company.external_id,
        name=company.name,
        website=company.website,
        sector=company.sector,
        size=company.size,
        location=company.location_code,
        description=company.description,
        logo_url=company.logo_url,
        created_at=_time(company.created_at),
        updated_at=_time(company.updated_at),
    )


def mission_shape(row: MissionRow) -> MissionShape:
    return MissionShape(
        id=str(row.id),
        external_id=row.external_id,
        company_id=str(row.company_id),
        title=row.title,
        description=row.description,
        status=STATUS_WORDS[JobStatus(row.status)],
        position=row.job_function,
        sector=row.sector,
        locations=row.locations,
        languages=row.languages,
        contract_type=row.contract_type,
        remote=row.workplace,
        headcount=row.headcount,
        salary_min=_number(row.salary_min),
        salary_max=_number(row.salary_max),
        currency=row.salary_currency,
        created_at=_time(row.created_at),
        updated_at=_time(row.updated_at),
        published_at=_time(row.published_at) if row.published_at is not None else None,
    )


def _time(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
