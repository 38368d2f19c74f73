"""HirEmpire's shapes. Ids are UUIDs as text; times are UTC with three decimals and a Z."""

from datetime import UTC, datetime
from typing import Literal

import msgspec

from rolecall.surfaces.hirempire.queries import SourceRow


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


def source_shape(row: SourceRow, *, jobs_url: str) -> SourceShape:
    return SourceShape(
        id=str(row.id),
        source_name=row.name,
        source_url=_url(row, jobs_url),
        visits=row.visits,
        created_at=_time(row.created_at),
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
        created_at=_time(row.created_at),
    )


def _url(row: SourceRow, jobs_url: str) -> str:
    return f"{jobs_url}/{row.company_slug}/{row.id}"


def _time(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
