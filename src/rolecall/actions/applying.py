"""Applying: a person, a job and what came along. Every form and API that takes applications goes through here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from rolecall.actions.candidates import Person, join_candidate
from rolecall.actions.context import Context, record
from rolecall.actions.files import keep_file
from rolecall.actions.ids import new_id
from rolecall.actions.stages import job_stages
from rolecall.domain.applications import (
    Answer,
    Application,
    ApplicationStatus,
    Attachment,
    AttachmentKind,
)
from rolecall.domain.candidates import Candidate
from rolecall.domain.errors import JobUnknown
from rolecall.domain.jobs import Job, check_takes_applications
from rolecall.store import applications, attachments, jobs, questions, source_links
from rolecall.store.files import File
from rolecall.store.source_links import SourceLink


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document whose bytes are in the file store (`actions.files.put_file`) and whose row is not stored yet.

    A photo also becomes the picture of a candidate who has none.
    """

    file: File
    kind: AttachmentKind = AttachmentKind.RESUME


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """An answer to a question, in the question's words; `file` is what a question for a file is answered with."""

    question: str
    kind: str
    question_id: UUID | None = None
    answer: Any = None
    file: File | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """What an application is made of. `channel` is the source when neither a source link nor utm_source names one."""

    job_id: UUID
    person: Person
    channel: str
    publication_id: UUID | None = None
    source_link_id: UUID | None = None
    agency_id: UUID | None = None
    credited_to_id: UUID | None = None
    motivation: str | None = None
    tracking: Mapping[str, str] = field(default_factory=dict[str, str])
    documents: Sequence[NewDocument] = ()
    answers: Sequence[NewAnswer] = ()


async def apply(ctx: Context, new: NewApplication) -> Application:
    """Store an application with its candidate, answers and documents, in the caller's transaction.

    A person whose e-mail address is known is the candidate that has it. A job without stages gets the usual ones, and
    the application stands in the first. Raises JobUnknown, and JobTakesNoApplications unless the job is open.
    """
    job = await jobs.get(ctx.conn, ctx.workspace_id, new.job_id)
    if job is None:
        raise JobUnknown(job=new.job_id)
    check_takes_applications(job.status)
    person = new.person
    if person.phone is not None and person.phone_country is None:
        person = replace(person, phone_country=await jobs.country(ctx.conn, ctx.workspace_id, job.id))
    for document in new.documents:
        await keep_file(ctx, document.file)
        if document.kind == AttachmentKind.PHOTO and person.photo_id is None:
            person = replace(person, photo_id=document.file.id)
    candidate, _ = await join_candidate(ctx, person)
    application = await _application(ctx, new, job, candidate)
    await applications.insert(ctx.conn, application)
    await _store_documents(ctx, application, new.documents)
    await _store_answers(ctx, application, new.answers)
    await record(
        ctx, "application", "created", record_id=application.id, candidate_id=str(candidate.id), job_id=str(job.id)
    )
    stored = await applications.get(ctx.conn, ctx.workspace_id, application.id)
    assert stored is not None
    return stored


async def _application(ctx: Context, new: NewApplication, job: Job, candidate: Candidate) -> Application:
    link = await _source_link(ctx, new.source_link_id, job)
    return Application(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        connector_id=candidate.connector_id,
        candidate_id=candidate.id,
        job_id=job.id,
        publication_id=new.publication_id,
        source_link_id=None if link is None else link.id,
        agency_id=new.agency_id,
        credited_to_id=new.credited_to_id,
        stage_id=(await job_stages(ctx, job.id))[0].id,
        status=ApplicationStatus.APPLIED,
        source=new.tracking.get("utm_source") or new.channel if link is None else link.name,
        motivation=new.motivation,
        tracking=dict(new.tracking),
        applied_at=ctx.now,
        created_at=ctx.now,
        updated_at=ctx.now,
        modified_at=ctx.now,
    )


async def _source_link(ctx: Context, link_id: UUID | None, job: Job) -> SourceLink | None:
    """The job's link. One of another job, or deleted while somebody filled in the form, counts for nothing."""
    if link_id is None:
        return None
    link = await source_links.get(ctx.conn, ctx.workspace_id, link_id)
    return link if link is not None and link.job_id == job.id else None


async def _store_documents(ctx: Context, application: Application, documents: Sequence[NewDocument]) -> None:
    for document in documents:
        attachment = Attachment(
            workspace_id=ctx.workspace_id,
            id=new_id(),
            connector_id=application.connector_id,
            candidate_id=application.candidate_id,
            application_id=application.id,
            kind=document.kind,
            name=document.file.name,
            file_id=document.file.id,
            created_at=ctx.now,
            modified_at=ctx.now,
        )
        await attachments.insert(ctx.conn, attachment)


async def _store_answers(ctx: Context, application: Application, answers: Sequence[NewAnswer]) -> None:
    for answer in answers:
        if answer.file is not None:
            await keep_file(ctx, answer.file)
    asked = [answer.question_id for answer in answers if answer.question_id is not None]
    known = await questions.held(ctx.conn, ctx.workspace_id, question_ids=asked) if asked else set[UUID]()
    made = [
        Answer(
            workspace_id=ctx.workspace_id,
            application_id=application.id,
            position=position,
            question_id=answer.question_id if answer.question_id in known else None,  # deleted since it was asked
            question=answer.question,
            kind=answer.kind,
            answer=answer.answer,
            file_id=None if answer.file is None else answer.file.id,
        )
        for position, answer in enumerate(answers, start=1)
    ]
    if made:
        await applications.insert_answers(ctx.conn, made)
