"""Bindbee's shapes. The default body of a job is stored with the job; see `rolecall.ports.unified`."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from rolecall.domain.jobs import Job, JobStatus
from rolecall.ports.unified import JOBS_URL_MARK
from rolecall.surfaces.bindbee.queries import DepartmentRow, OfficeRow, RemoteUserRow

STATUS_WORDS = {
    JobStatus.DRAFT: "DRAFT",
    JobStatus.OPEN: "OPEN",
    JobStatus.PAUSED: "PENDING",
    JobStatus.CLOSED: "CLOSED",
    JobStatus.ARCHIVED: "ARCHIVED",
}


class Url(msgspec.Struct):
    value: msgspec.Raw
    url_type: str


class JobShape(msgspec.Struct, kw_only=True):
    id: str
    remote_id: str | None
    modified_at: str
    custom_fields: None = None
    name: str
    description: str | None
    code: str | None
    status: str
    job_posting_urls: list[Url]
    remote_created_at: str | None
    remote_updated_at: str | None
    confidential: bool
    departments: list[UUID]
    offices: list[UUID]
    hiring_managers: list[UUID]
    recruiters: list[UUID]


def job_body(job: Job) -> bytes:
    """A job's default body, as `rolecall.ports.unified.JobBody` asks."""
    urls = [Url(_marked(job.public_path), "JOB_POSTING")] if job.public_path else []
    shape = JobShape(
        id=str(job.id),
        remote_id=job.remote_id,
        modified_at=utc(job.modified_at),
        name=job.title,
        description=job.description,
        code=job.code,
        status=job.remote_status or STATUS_WORDS[job.status],
        job_posting_urls=urls,
        remote_created_at=utc(job.remote_created_at) if job.remote_created_at else None,
        remote_updated_at=utc(job.remote_updated_at) if job.remote_updated_at else None,
        confidential=job.confidential,
        departments=job.department_ids,
        offices=job.location_ids,
        hiring_managers=job.hiring_manager_ids,
        recruiters=job.recruiter_ids,
    )
    return _encode(shape)


_encode = msgspec.json.Encoder().encode


def _marked(path: str) -> msgspec.Raw:
    """A JSON string of the mark and a path made of slugs. Only here does the mark get into a body."""
    return msgspec.Raw(b'"%b/%b"' % (JOBS_URL_MARK, path.encode("ascii")))


def utc(time: datetime) -> str:
    """A time as ISO 8601 in UTC with Z, to the microsecond where it has any."""
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def page_body(items: bytes, *, count: int, cursor: str | None, jobs_url: str) -> bytes:
    """The envelope around joined bodies, with the jobs base URL put in."""
    head = b'{"cursor":%b,"page_size":%d,"items":[' % (b"null" if cursor is None else b'"%b"' % cursor.encode(), count)
    return b"".join((head, items, b"]}")).replace(JOBS_URL_MARK, _encode(jobs_url)[1:-1])


def record_of(body: bytes, *, jobs_url: str) -> dict[str, Any]:
    """A stored body as a dict, for the shapes that differ from it."""
    return msgspec.json.decode(body.replace(JOBS_URL_MARK, _encode(jobs_url)[1:-1]))


def department(row: DepartmentRow) -> dict[str, Any]:
    return _common(row) | {"name": row.name}


def office(row: OfficeRow) -> dict[str, Any]:
    place = [part for part in (row.address, row.city, row.region, row.country_code) if part]
    return _common(row) | {"name": row.name, "location": ", ".join(place) or None}


def remote_user(row: RemoteUserRow) -> dict[str, Any]:
    return _common(row) | {
        "first_name": row.first_name,
        "last_name": row.last_name,
        "email": row.email,
        "disabled": row.disabled,
        "remote_created_at": utc(row.created_at),
        "access_role": _ACCESS_ROLES.get(row.role, row.role),
    }


def _common(row: DepartmentRow | OfficeRow | RemoteUserRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "remote_id": row.remote_id,
        "modified_at": utc(row.modified_at),
        "custom_fields": None,
    }


_ACCESS_ROLES = {"owner": "SUPER_ADMIN", "admin": "ADMIN", "recruiter": "RECRUITER", "interviewer": "INTERVIEWER"}
