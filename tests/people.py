"""Builders of people: a candidate, an application, and one of everything that hangs on them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from rolecall.actions.ids import new_id
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.applications import Answer, Application, ApplicationStatus, Attachment, Stage
from rolecall.domain.candidates import Candidate
from rolecall.domain.resumes import AssistantRequest, RequestKind, ResumeUpload, UploadStatus
from rolecall.store import (
    applications,
    assistant_requests,
    attachments,
    candidates,
    files,
    idempotency,
    resume_uploads,
    stages,
)
from rolecall.store.db import Connection
from rolecall.store.files import File
from rolecall.store.idempotency import Remembered
from tests.unified import make_records

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EMAIL = "mira.okafor@example.org"


async def make_candidate(conn: Connection, workspace_id: UUID, **facts: object) -> Candidate:
    """A stored candidate of the native connector; `facts` are fields of Candidate."""
    known: dict[str, object] = {
        "workspace_id": workspace_id,
        "id": new_id(),
        "connector_id": await native_connector_id(conn, workspace_id),
        "slug": f"mira-okafor-{new_id()}",
        "kind": "applicant",
        "status": "potential",
        "first_name": "Mira",
        "last_name": "Okafor",
        "email": EMAIL,
        "email_addresses": ["Mira.Okafor@example.org"],
        "phone_numbers": ["+351910000112"],
        "locations": ["Lisbon"],
        "urls": [{"value": "https://mira.example.org", "url_type": "PORTFOLIO"}],
        "spoken_languages": [{"language": "Portuguese", "fluency": "native"}],
        "skills": ["Python"],
        "created_at": NOW,
        "updated_at": NOW,
        "modified_at": NOW,
    }
    candidate = Candidate(**(known | facts))  # type: ignore[arg-type]
    await candidates.insert(conn, candidate)
    return candidate


async def make_application(conn: Connection, candidate: Candidate, job_id: UUID, **facts: object) -> Application:
    """A stored application for a job; `facts` are fields of Application."""
    known: dict[str, object] = {
        "workspace_id": candidate.workspace_id,
        "id": new_id(),
        "connector_id": candidate.connector_id,
        "candidate_id": candidate.id,
        "job_id": job_id,
        "status": ApplicationStatus.APPLIED,
        "tracking": {"utm_source": "newsletter"},
        "created_at": NOW,
        "updated_at": NOW,
        "modified_at": NOW,
    }
    application = Application(**(known | facts))  # type: ignore[arg-type]
    await applications.insert(conn, application)
    return application


def answer_of(application: Application, **facts: object) -> Answer:
    """An answer to one question, not stored; `facts` are fields of Answer."""
    known: dict[str, object] = {
        "workspace_id": application.workspace_id,
        "application_id": application.id,
        "position": 1,
        "question": "Which tools?",
        "kind": "multi_select",
        "answer": ["dbt", "Airflow"],
    }
    return Answer(**(known | facts))  # type: ignore[arg-type]


def attachment_of(application: Application, **facts: object) -> Attachment:
    """A resume that came with an application, not stored; `facts` are fields of Attachment."""
    known: dict[str, object] = {
        "workspace_id": application.workspace_id,
        "id": new_id(),
        "connector_id": application.connector_id,
        "candidate_id": application.candidate_id,
        "application_id": application.id,
        "kind": "resume",
        "url": "https://files.example.org/cv.pdf",
        "created_at": NOW,
        "modified_at": NOW,
    }
    return Attachment(**(known | facts))  # type: ignore[arg-type]


def stage_of(workspace_id: UUID, job_id: UUID, name: str, *, position: int) -> Stage:
    """A stage of a job, not stored."""
    return Stage(
        workspace_id=workspace_id,
        id=new_id(),
        job_id=job_id,
        name=name,
        position=position,
        created_at=NOW,
        modified_at=NOW,
    )


def remembered(workspace_id: UUID, *, now: datetime = NOW) -> Remembered:
    """A request under way, kept for 24 hours."""
    return Remembered(
        workspace_id=workspace_id,
        scope="test",
        key=b"key",
        request_hash=b"hash",
        record_id=None,
        answer=None,
        created_at=now,
        expires_at=now + timedelta(hours=24),
    )


def file_of(workspace_id: UUID, **facts: object) -> File:
    """A file's row, not stored; nor are its bytes."""
    file_id = new_id()
    known: dict[str, object] = {
        "workspace_id": workspace_id,
        "id": file_id,
        "key": f"{workspace_id}/{file_id}",
        "name": "cv.pdf",
        "media_type": "application/pdf",
        "size": 1,
        "sha256": b"",
        "created_at": NOW,
    }
    return File(**(known | facts))  # type: ignore[arg-type]


def upload_of(workspace_id: UUID, member_id: UUID, file_id: UUID, **facts: object) -> ResumeUpload:
    """A resume that has become a candidate, not stored."""
    known: dict[str, object] = {
        "workspace_id": workspace_id,
        "id": new_id(),
        "member_id": member_id,
        "file_id": file_id,
        "status": UploadStatus.COMPLETED,
        "created_at": NOW,
        "finished_at": NOW,
    }
    return ResumeUpload(**(known | facts))  # type: ignore[arg-type]


def request_of(upload: ResumeUpload, **facts: object) -> AssistantRequest:
    """What the member is told of an upload, not stored."""
    known: dict[str, object] = {
        "workspace_id": upload.workspace_id,
        "id": new_id(),
        "member_id": upload.member_id,
        "upload_id": upload.id,
        "kind": RequestKind.CANDIDATE_CREATED,
        "created_at": NOW,
    }
    return AssistantRequest(**(known | facts))  # type: ignore[arg-type]


async def make_everything(
    conn: Connection, workspace_id: UUID, job_id: UUID, *, mark: str, raw: Any = None
) -> dict[str, UUID]:
    """One row of every table about people, with `mark` in its texts; their ids by model of the unified API."""
    file_id, image_id = new_id(), new_id()
    file = file_of(workspace_id, id=file_id, name=f"{mark}.pdf")
    await files.insert(conn, file)
    candidate = await make_candidate(conn, workspace_id, first_name=mark, last_name=mark, photo_id=file_id)
    [member_id] = await _first(conn, "select id from member where workspace_id = %s limit 1", workspace_id)
    [term_id] = await _first(conn, "select id from term where workspace_id = %s and kind = 'tag' limit 1", workspace_id)
    await candidates.add_members(conn, workspace_id, candidate.id, member_ids=[member_id], now=NOW)
    await candidates.add_terms(conn, workspace_id, candidate.id, term_ids=[term_id])
    stage = stage_of(workspace_id, job_id, f"Stage {mark}", position=1)
    await stages.add_all(conn, [stage])
    application = await make_application(conn, candidate, job_id, stage_id=stage.id, source=f"Source {mark}")
    await applications.insert_answers(conn, [answer_of(application, question=f"Do you know {mark}?")])
    attachment = attachment_of(application, name=f"{mark}.pdf", file_id=file_id, url=None)
    await attachments.insert(conn, attachment)
    await idempotency.claim(conn, remembered(workspace_id))
    upload = upload_of(workspace_id, member_id, file_id, candidate_id=candidate.id)
    await resume_uploads.insert(conn, upload)
    await assistant_requests.insert(conn, request_of(upload, candidate_id=candidate.id))
    await conn.execute("insert into image values (%s, %s, %s, %s)", (workspace_id, image_id, mark, NOW))
    variant = (workspace_id, image_id, "default", "small", file_id, 1, 1)
    await conn.execute("insert into image_variant values (%s, %s, %s, %s, %s, %s, %s)", variant)
    return {
        "candidate": candidate.id,
        "application": application.id,
        "attachment": attachment.id,
        "job_interview_stage": stage.id,
        "tag": term_id,
        "remote_user": member_id,
        **await make_records(conn, application, member_id=member_id, mark=mark, raw=raw),
    }


async def _first(conn: Connection, query: str, workspace_id: UUID) -> tuple[UUID, ...]:
    row = await (await conn.execute(query.encode(), (workspace_id,))).fetchone()
    assert row is not None
    return row
