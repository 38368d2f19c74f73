"""Resumes that are uploaded for a member: taken in, become candidates once they are read, or wait for the member.

The person behind a known e-mail address is never changed by an upload alone: the member is asked first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import msgspec

from rolecall.actions.candidates import Person, join_candidate
from rolecall.actions.contacts import read_email
from rolecall.actions.context import Context, record
from rolecall.actions.files import keep_file
from rolecall.actions.ids import new_id
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.applications import Attachment, AttachmentKind
from rolecall.domain.candidates import Candidate, CandidateKind, folded_email
from rolecall.domain.errors import AssistantRequestUnknown, FieldInvalid, FieldMissing
from rolecall.domain.resumes import (
    AssistantRequest,
    RequestKind,
    Resolution,
    ResumeUpload,
    UploadStatus,
    check_may_resolve,
)
from rolecall.domain.texts import check_text
from rolecall.ports.resumes import ReadResume
from rolecall.store import assistant_requests, attachments, candidates, files, queue, resume_uploads
from rolecall.store.files import File

READ = "resumes.read"
RESUMES = "resumes"
_LONGEST_NAME = 255
# What each outcome of a reading tells or asks the member.
_KINDS = {
    UploadStatus.COMPLETED: RequestKind.CANDIDATE_CREATED,
    UploadStatus.NEEDS_REVIEW: RequestKind.RESUME_REVIEW,
    UploadStatus.NEEDS_COMPLETION: RequestKind.RESUME_COMPLETION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What a person adds to a resume that says too little; names replace those that were read."""

    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None


async def accept_resume(ctx: Context, member_id: UUID, file: File) -> ResumeUpload:
    """Store an upload and queue its reading. The file's bytes are in the file store already, its row is not."""
    await keep_file(ctx, file)
    upload = ResumeUpload(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        member_id=member_id,
        file_id=file.id,
        status=UploadStatus.PROCESSING,
        created_at=ctx.now,
    )
    await resume_uploads.insert(ctx.conn, upload)
    await record(ctx, "resume_upload", "received", record_id=upload.id, member_id=str(member_id))
    await queue.defer(ctx.conn, READ, queue=RESUMES, workspace=str(ctx.workspace_id), upload=str(upload.id))
    return upload


async def finish_upload(
    ctx: Context, upload_id: UUID, read: ReadResume | None, *, reason: str | None = None
) -> ResumeUpload | None:
    """Decide what becomes of an upload: a new candidate, a question to the member, or nothing, for the reason given.

    None when it was decided before: however often a resume is read, one candidate comes of it.
    """
    upload = await resume_uploads.lock(ctx.conn, ctx.workspace_id, upload_id)
    if upload is None or upload.status != UploadStatus.PROCESSING:
        return None
    if read is None:
        upload = replace(upload, status=UploadStatus.FAILED, reason=reason)
    else:
        facts = msgspec.to_builtins(read) | {"emails": _usable(read.emails)}
        del facts["text"]
        upload = await _decide(ctx, replace(upload, facts=facts))
    upload = replace(upload, finished_at=ctx.now)
    await resume_uploads.settle(ctx.conn, upload)
    kind = _KINDS.get(UploadStatus(upload.status))
    if kind is not None:
        await assistant_requests.insert(ctx.conn, _request(ctx, upload, kind))
    await record(ctx, "resume_upload", "finished", record_id=upload.id, status=upload.status)
    return upload


async def resolve_request(
    ctx: Context, request_id: UUID, resolution: Resolution, *, completion: Completion | None = None
) -> AssistantRequest:
    """Settle a request: `merged` fills the known candidate's gaps, `completed` makes one with the address given.

    Raises AssistantRequestUnknown, AssistantRequestSettled, AssistantRequestOfOtherKind, FieldMissing or FieldInvalid.
    """
    request = await assistant_requests.lock(ctx.conn, ctx.workspace_id, request_id)
    if request is None:
        raise AssistantRequestUnknown(request=request_id)
    check_may_resolve(request, resolution)
    candidate_id = request.candidate_id
    if resolution in {Resolution.MERGED, Resolution.COMPLETED}:
        upload = await resume_uploads.lock(ctx.conn, ctx.workspace_id, request.upload_id)
        assert upload is not None, "a request goes with its upload"
        completion = _checked(completion or Completion(), needs_email=resolution is Resolution.COMPLETED)
        candidate = await _become_candidate(ctx, upload, completion)
        await resume_uploads.settle(
            ctx.conn, replace(upload, status=UploadStatus.COMPLETED, candidate_id=candidate.id, finished_at=ctx.now)
        )
        candidate_id = candidate.id
    await assistant_requests.resolve(
        ctx.conn, ctx.workspace_id, request_id, resolution=resolution, candidate_id=candidate_id, at=ctx.now
    )
    await record(ctx, "assistant_request", "resolved", record_id=request_id, resolution=resolution)
    return replace(request, resolution=resolution, candidate_id=candidate_id, resolved_at=ctx.now)


async def _decide(ctx: Context, upload: ResumeUpload) -> ResumeUpload:
    """An address that is new makes a candidate; whoever decides about the same one at the same time waits."""
    emails: list[str] = (upload.facts or {})["emails"]
    if not emails:
        return replace(upload, status=UploadStatus.NEEDS_COMPLETION)
    email = folded_email(emails[0])
    connector_id = await native_connector_id(ctx.conn, ctx.workspace_id)
    await candidates.hold_address(ctx.conn, ctx.workspace_id, email)
    known = await candidates.by_email(ctx.conn, ctx.workspace_id, connector_id, email)
    if known:
        return replace(upload, status=UploadStatus.NEEDS_REVIEW, candidate_id=known[0].id)
    candidate = await _become_candidate(ctx, upload, Completion())
    return replace(upload, status=UploadStatus.COMPLETED, candidate_id=candidate.id)


async def _become_candidate(ctx: Context, upload: ResumeUpload, completion: Completion) -> Candidate:
    """The candidate that a resume is about, with the resume, in the member's repository."""
    person = _person(upload.facts or {}, completion)
    candidate, _ = await join_candidate(ctx, person, kind=CandidateKind.UPLOAD)
    file = await files.get(ctx.conn, ctx.workspace_id, upload.file_id)
    assert file is not None, "an upload has its file"
    attachment = Attachment(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        connector_id=candidate.connector_id,
        candidate_id=candidate.id,
        kind=AttachmentKind.RESUME,
        name=file.name,
        file_id=file.id,
        created_at=ctx.now,
        modified_at=ctx.now,
    )
    await attachments.insert(ctx.conn, attachment)
    await candidates.add_members(ctx.conn, ctx.workspace_id, candidate.id, member_ids=[upload.member_id], now=ctx.now)
    await record(ctx, "candidate", "resume_read", record_id=candidate.id, upload_id=str(upload.id))
    return candidate


def _person(facts: dict[str, Any], completion: Completion) -> Person:
    def first(name: str) -> Any:
        return next(iter(facts.get(name) or ()), None)

    return Person(
        first_name=completion.first_name or facts.get("first_name"),
        last_name=completion.last_name or facts.get("last_name"),
        email=completion.email or first("emails"),
        phone=first("phones"),
        title=facts.get("title"),
        company=facts.get("employer"),
        linkedin_url=facts.get("linkedin_url"),
        website_url=first("links"),
        language=facts.get("language"),
        city=facts.get("city"),
        country_code=facts.get("country_code"),
        skills=facts.get("skills") or (),
    )


def _usable(emails: Sequence[str]) -> list[str]:
    return [email for email in map(read_email, emails) if email is not None]


def _checked(completion: Completion, *, needs_email: bool) -> Completion:
    for name in ("first_name", "last_name"):
        check_text(getattr(completion, name) or "", field=name, longest=_LONGEST_NAME, required=False)
    if completion.email is None:
        if needs_email:
            raise FieldMissing(field="email")
        return completion
    email = read_email(completion.email)
    if email is None:
        raise FieldInvalid(field="email", hint="an e-mail address")
    return replace(completion, email=email)


def _request(ctx: Context, upload: ResumeUpload, kind: RequestKind) -> AssistantRequest:
    return AssistantRequest(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        member_id=upload.member_id,
        upload_id=upload.id,
        kind=kind,
        candidate_id=upload.candidate_id,
        created_at=ctx.now,
    )
