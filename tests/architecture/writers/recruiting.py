"""What a system that keeps recruiting records sends in: lists, candidates, and what becomes of applications."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from rolecall.actions import entering, hiring, linked_jobs, lists
from rolecall.actions.context import Context
from rolecall.actions.entering import NewAttachment, NewCandidate
from rolecall.actions.ids import new_id
from rolecall.actions.linked_jobs import LinkedJob
from rolecall.domain.jobs import JobStatus
from rolecall.store.files import File
from tests.architecture.cast import Act, Cast

_AT = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)


async def _candidate(ctx: Context, cast: Cast) -> UUID:
    return await entering.enter_candidate(ctx, cast.job.connector_id, NewCandidate(first_name="Mira"))


async def _application(ctx: Context, cast: Cast) -> UUID:
    candidate_id, job = await _candidate(ctx, cast), cast.job
    return await entering.enter_application(ctx, job.connector_id, candidate_id=candidate_id, job_id=job.id)


async def _attach(ctx: Context, cast: Cast) -> UUID:
    new = NewAttachment(kind="resume", url="https://files.example.org/cv.pdf")
    return await entering.attach(ctx, cast.job.connector_id, await _candidate(ctx, cast), new)


async def _keep_fetched(ctx: Context, cast: Cast) -> None:
    file = File(
        workspace_id=ctx.workspace_id, id=new_id(), key=str(new_id()), name="cv.pdf", media_type="application/pdf",
        size=1, sha256=b"", created_at=ctx.now,
    )  # fmt: skip
    await entering.keep_fetched(ctx, await _attach(ctx, cast), file)


async def _activity(ctx: Context, cast: Cast) -> None:
    facts: dict[str, Any] = {"kind": "note", "subject": None, "body": "Called.", "visibility": "public"}
    await hiring.create_activity(ctx, cast.job.connector_id, candidate_id=None, member_id=None, **facts)


async def _eeoc(ctx: Context, cast: Cast) -> None:
    facts: dict[str, Any] = {
        "race": None,
        "gender": "other",
        "veteran_status": None,
        "disability_status": None,
        "submitted_at": None,
    }
    await hiring.create_eeoc(ctx, cast.job.connector_id, candidate_id=await _candidate(ctx, cast), **facts)


async def _interview(ctx: Context, cast: Cast) -> None:
    at: dict[str, Any] = {"starts_at": _AT, "ends_at": _AT}
    application_id = await _application(ctx, cast)
    await hiring.create_interview(ctx, cast.job.connector_id, application_id=application_id, **at)


async def _scorecard(ctx: Context, cast: Cast) -> None:
    facts: dict[str, Any] = {
        "interview_id": None,
        "interviewer_id": None,
        "submitted_at": None,
        "remote_created_at": None,
    }
    application_id = await _application(ctx, cast)
    await hiring.create_scorecard(
        ctx, cast.job.connector_id, application_id=application_id, recommendation="yes", **facts
    )


async def _offer(ctx: Context, cast: Cast) -> None:
    facts: dict[str, Any] = {
        "creator_id": None,
        "sent_at": None,
        "closed_at": None,
        "start_date": None,
        "remote_created_at": None,
    }
    application_id = await _application(ctx, cast)
    await hiring.create_offer(ctx, cast.job.connector_id, application_id=application_id, status="draft", **facts)


async def _question(ctx: Context, cast: Cast) -> None:
    await hiring.create_question(ctx, cast.job.connector_id, job_id=cast.job.id, text="Tools?", kind="BOOLEAN")


async def _member(ctx: Context, cast: Cast) -> None:
    await entering.enter_member(ctx, cast.job.connector_id, email="ines@example.org")


WRITES: dict[str, tuple[str, Act]] = {
    "entering.attach": ("attachment.created", _attach),
    "entering.enter_application": ("application.created", _application),
    "entering.enter_candidate": ("candidate.created", _candidate),
    "entering.enter_member": ("member.created", _member),
    "entering.keep_fetched": ("attachment.fetched", _keep_fetched),
    "lists.create_department": (
        "department.created",
        lambda ctx, cast: lists.create_department(ctx, cast.job.connector_id, name="Research"),
    ),
    "lists.create_office": (
        "location.created",
        lambda ctx, cast: lists.create_office(ctx, cast.job.connector_id, name="Lisbon"),
    ),
    "lists.create_tag": ("tag.created", lambda ctx, cast: lists.create_tag(ctx, cast.job.connector_id, name="new")),
    "hiring.create_activity": ("activity.created", _activity),
    "hiring.create_eeoc": ("eeoc.created", _eeoc),
    "hiring.create_interview": ("interview.created", _interview),
    "hiring.create_offer": ("offer.created", _offer),
    "hiring.create_question": ("screening_question.created", _question),
    "hiring.create_reject_reason": (
        "reject_reason.created",
        lambda ctx, cast: hiring.create_reject_reason(ctx, cast.job.connector_id, name="Filled"),
    ),
    "hiring.create_scorecard": ("scorecard.created", _scorecard),
    "hiring.create_stage": (
        "stage.created",
        lambda ctx, cast: hiring.create_stage(ctx, cast.job.id, name="Trial day"),
    ),
    "linked_jobs.create_linked_job": (
        "job.created",
        lambda ctx, cast: linked_jobs.create_linked_job(
            ctx, cast.job.connector_id, LinkedJob(title="Lead", status=JobStatus.DRAFT)
        ),
    ),
}
