"""Resumes on their way to become candidates, and what members are told and asked about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from rolecall.domain.errors import AssistantRequestOfOtherKind, AssistantRequestSettled


class UploadStatus(StrEnum):
    """Where an upload stands. Only the first is followed by another, but for what a member settles."""

    PROCESSING = "processing"
    COMPLETED = "completed"
    NEEDS_REVIEW = "needs_review"
    NEEDS_COMPLETION = "needs_completion"
    FAILED = "failed"


class RequestKind(StrEnum):
    """What a member is told or asked: of a new candidate, of one that was known already, of one without an address."""

    CANDIDATE_CREATED = "candidate_created"
    RESUME_REVIEW = "resume_review"
    RESUME_COMPLETION = "resume_completion"


class Resolution(StrEnum):
    """How a request was settled."""

    SEEN = "seen"
    MERGED = "merged"
    COMPLETED = "completed"
    DISMISSED = "dismissed"


# How a request of each kind may be settled; dismissing one leaves everything as it is.
RESOLUTIONS: dict[RequestKind, frozenset[Resolution]] = {
    RequestKind.CANDIDATE_CREATED: frozenset({Resolution.SEEN, Resolution.DISMISSED}),
    RequestKind.RESUME_REVIEW: frozenset({Resolution.MERGED, Resolution.DISMISSED}),
    RequestKind.RESUME_COMPLETION: frozenset({Resolution.COMPLETED, Resolution.DISMISSED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeUpload:
    """A resume that was uploaded for a member.

    `facts` are what was read of it, a ReadResume without its text; `reason` is a sentence that says why nothing was.
    `candidate_id` is who was made of it, or who it may belong to.
    """

    workspace_id: UUID
    id: UUID
    member_id: UUID
    file_id: UUID
    status: str
    created_at: datetime
    reason: str | None = None
    facts: dict[str, Any] | None = None
    candidate_id: UUID | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantRequest:
    """What a member is told or asked about an upload; settled once `resolution` is there."""

    workspace_id: UUID
    id: UUID
    member_id: UUID
    upload_id: UUID
    kind: str
    created_at: datetime
    candidate_id: UUID | None = None
    resolution: str | None = None
    resolved_at: datetime | None = None


def check_may_resolve(request: AssistantRequest, resolution: Resolution) -> None:
    """Raise AssistantRequestSettled or AssistantRequestOfOtherKind unless the request may be settled like this."""
    if request.resolution is not None:
        raise AssistantRequestSettled(resolution=request.resolution)
    if resolution not in RESOLUTIONS[RequestKind(request.kind)]:
        raise AssistantRequestOfOtherKind(kind=request.kind.replace("_", " "))
