"""Bindbee's shapes. The default body of a job is stored with the job; see `rolecall.ports.unified`."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from rolecall.domain.jobs import Job, JobStatus
from rolecall.ports.unified import JOBS_URL_MARK

# Stands in rendered records, before a file's id, for the file's address.
FILE_MARK = b"\x03"
_FILE = re.compile(FILE_MARK + rb"([0-9a-f-]{36})")

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
    job_posting_urls: list[Url | dict[str, Any]]
    remote_created_at: str | None
    remote_updated_at: str | None
    confidential: bool
    departments: list[UUID]
    offices: list[UUID]
    hiring_managers: list[UUID]
    recruiters: list[UUID]


def job_body(job: Job) -> bytes:
    """A job's default body, as `rolecall.ports.unified.JobBody` asks."""
    own = [Url(_marked(job.public_path), "JOB_POSTING")] if job.public_path else []
    shape = JobShape(
        id=str(job.id),
        remote_id=job.remote_id,
        modified_at=utc(job.modified_at),
        name=job.title,
        description=job.description,
        code=job.code,
        status=job.remote_status or STATUS_WORDS[job.status],
        job_posting_urls=[*own, *job.posting_urls],
        remote_created_at=utc(job.remote_created_at) if job.remote_created_at else None,
        remote_updated_at=utc(job.remote_updated_at) if job.remote_updated_at else None,
        confidential=job.confidential,
        departments=job.department_ids,
        offices=job.location_ids,
        hiring_managers=job.hiring_manager_ids,
        recruiters=job.recruiter_ids,
    )
    return encode(shape)


encode = msgspec.json.Encoder().encode


def _marked(path: str) -> msgspec.Raw:
    """A JSON string of the mark and a path made of slugs. Only here does the mark get into a body."""
    return msgspec.Raw(b'"%b/%b"' % (JOBS_URL_MARK, path.encode("ascii")))


def utc(time: datetime) -> str:
    """A time as ISO 8601 in UTC with Z, without zeros at the end of a fraction, as PostgreSQL writes it."""
    text = time.astimezone(UTC).isoformat().removesuffix("+00:00")
    return f"{text.rstrip('0') if time.microsecond else text}Z"


def page_body(items: Sequence[bytes], *, cursor: str | None) -> bytes:
    """The envelope around records. A page is large: it is copied once."""
    last = b"null" if cursor is None else b'"%b"' % cursor.encode()
    parts = list(items) or [b""]
    parts[0] = b'{"cursor":%b,"page_size":%d,"items":[%b' % (last, len(items), parts[0])
    parts[-1] += b"]}"
    return b",".join(parts)


def filled(body: bytes, *, jobs_url: str, file_url: Callable[[UUID], str]) -> bytes:
    """Rendered records with the jobs base URL and the addresses of files put in."""
    body = body.replace(JOBS_URL_MARK, encode(jobs_url)[1:-1])
    if FILE_MARK in body:
        body = _FILE.sub(lambda found: encode(file_url(UUID(found[1].decode())))[1:-1], body)
    return body
