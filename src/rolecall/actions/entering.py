"""Candidates, applications, documents and staff as a system that keeps such records enters them, not an applicant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rolecall.actions.contacts import read_email
from rolecall.actions.context import Context, record
from rolecall.actions.files import keep_file
from rolecall.actions.ids import new_id
from rolecall.actions.slugs import person_slug
from rolecall.actions.stages import job_stages
from rolecall.domain.applications import Application, ApplicationStatus, Attachment
from rolecall.domain.candidates import Candidate, CandidateKind, CandidateStatus, folded_email
from rolecall.domain.errors import FieldInvalid, NameTaken
from rolecall.store import applications, attachments, candidates, queue, rows, terms
from rolecall.store.db import UniqueViolation
from rolecall.store.files import File
from rolecall.store.hiring import StaffAccount
from rolecall.store.terms import TAG, Term

FETCH = "attachments.fetch"
LARGEST_DOCUMENT = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCandidate:
    """A person's facts, as somebody else's system has them. `raw` is what came beside them."""

    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    title: str | None = None
    last_interaction_at: datetime | None = None
    is_private: bool | None = None
    can_email: bool | None = None
    locations: Sequence[str] = ()
    phone_numbers: Sequence[str] = ()
    email_addresses: Sequence[str] = ()
    urls: Sequence[dict[str, Any]] = ()
    tags: Sequence[str] = ()
    remote_created_at: datetime | None = None
    remote_updated_at: datetime | None = None
    avatar_url: str | None = None
    raw: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttachment:
    """A document: `file` is in the file store (`actions.files.put_file`), its row is not stored yet; or an address."""

    kind: str
    name: str | None = None
    file: File | None = None
    url: str | None = None


async def enter_candidate(ctx: Context, connector_id: UUID, new: NewCandidate) -> UUID:
    """A candidate of its own, also when the address is known: systems of record are not merged."""
    candidate_id = new_id()
    emails = [address.strip() for address in new.email_addresses if address.strip()]
    candidate = Candidate(
        workspace_id=ctx.workspace_id,
        id=candidate_id,
        connector_id=connector_id,
        slug=str(candidate_id),
        kind=CandidateKind.PROSPECT,
        status=CandidateStatus.POTENTIAL,
        first_name=new.first_name,
        last_name=new.last_name,
        email=next((folded_email(found) for address in emails if (found := read_email(address))), None),
        email_addresses=emails,
        phone_numbers=list(new.phone_numbers),
        title=new.title,
        company=new.company,
        locations=list(new.locations),
        urls=list(new.urls),
        spoken_languages=[],
        skills=[],
        avatar_url=new.avatar_url,
        is_private=new.is_private,
        can_email=new.can_email,
        last_interaction_at=new.last_interaction_at,
        remote_created_at=new.remote_created_at,
        remote_updated_at=new.remote_updated_at,
        created_at=ctx.now,
        updated_at=ctx.now,
        modified_at=ctx.now,
    )
    await candidates.insert(ctx.conn, candidate)
    if new.raw is not None:
        await candidates.set_raw(ctx.conn, ctx.workspace_id, candidate_id, raw=new.raw)
    name = person_slug(new.first_name, new.last_name)
    await candidates.add_number_to_slug(ctx.conn, ctx.workspace_id, candidate_id, name=name)
    await _tag(ctx, connector_id, candidate_id, new.tags)
    await record(ctx, "candidate", "created", record_id=candidate_id)
    return candidate_id


async def _tag(ctx: Context, connector_id: UUID, candidate_id: UUID, names: Sequence[str]) -> None:
    """Tag a candidate by names, with new tags where there are none; in one order, so that nobody waits in a circle."""
    made = [
        Term(workspace_id=ctx.workspace_id, id=new_id(), connector_id=connector_id, kind=TAG, name=name)
        for name in sorted({name.strip() for name in names if name.strip()})
    ]
    ids = [await terms.put(ctx.conn, tag) for tag in made]
    for tag, found in zip(made, ids, strict=True):
        if found == tag.id:
            await record(ctx, "tag", "created", record_id=found)
    await candidates.add_terms(ctx.conn, ctx.workspace_id, candidate_id, term_ids=ids)


async def enter_application(
    ctx: Context,
    connector_id: UUID,
    *,
    candidate_id: UUID,
    job_id: UUID,
    stage_id: UUID | None = None,
    credited_to_id: UUID | None = None,
    reject_reason_id: UUID | None = None,
    source: str | None = None,
    applied_at: datetime | None = None,
    rejected_at: datetime | None = None,
) -> UUID:
    """An application at a stage of its job, or at the first. Raises FieldInvalid for a stage of another job.

    Unlike an applicant, who keeps records may enter one for a job that is not open.
    """
    stage_id, status = await _stage(ctx, job_id, stage_id)
    application = Application(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        connector_id=connector_id,
        candidate_id=candidate_id,
        job_id=job_id,
        credited_to_id=credited_to_id,
        reject_reason_id=reject_reason_id,
        stage_id=stage_id,
        status=ApplicationStatus.REJECTED if rejected_at or reject_reason_id else status,
        source=source,
        tracking={},
        applied_at=applied_at or ctx.now,
        rejected_at=rejected_at,
        created_at=ctx.now,
        updated_at=ctx.now,
        modified_at=ctx.now,
    )
    await applications.insert(ctx.conn, application)
    ids = {"candidate_id": str(candidate_id), "job_id": str(job_id)}
    await record(ctx, "application", "created", record_id=application.id, **ids)
    return application.id


async def _stage(ctx: Context, job_id: UUID, asked: UUID | None) -> tuple[UUID, ApplicationStatus]:
    """The stage where an application begins, and the status that it stands for."""
    steps = await job_stages(ctx, job_id)
    found = next((step for step in steps if asked in {None, step.id}), None)
    if found is None:
        raise FieldInvalid(field="current_stage", hint="a stage of the job")
    return found.id, ApplicationStatus(found.status or ApplicationStatus.APPLIED)


async def attach(ctx: Context, connector_id: UUID, candidate_id: UUID, new: NewAttachment) -> UUID:
    """A document of a candidate. What stands at an address is fetched later, by a task; until then it is a link."""
    if new.file is not None:
        await keep_file(ctx, new.file)
    attachment = Attachment(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        connector_id=connector_id,
        candidate_id=candidate_id,
        kind=new.kind,
        name=new.name if new.file is None else new.file.name,
        file_id=None if new.file is None else new.file.id,
        url=None if new.file is not None else new.url,
        created_at=ctx.now,
        modified_at=ctx.now,
    )
    await attachments.insert(ctx.conn, attachment)
    if new.file is None and new.url is not None:
        await queue.defer(ctx.conn, FETCH, workspace=str(ctx.workspace_id), attachment=str(attachment.id))
    await record(ctx, "attachment", "created", record_id=attachment.id, candidate_id=str(candidate_id))
    return attachment.id


async def keep_fetched(ctx: Context, attachment_id: UUID, file: File) -> None:
    """Let an attachment be a file of ours instead of a link, unless it is one already."""
    await keep_file(ctx, file)
    if await attachments.set_file(ctx.conn, ctx.workspace_id, attachment_id, file=file, now=ctx.now):
        await record(ctx, "attachment", "fetched", record_id=attachment_id)


async def enter_member(
    ctx: Context,
    connector_id: UUID,
    *,
    email: str,
    first_name: str = "",
    last_name: str = "",
    role: str | None = None,
    disabled: bool = False,
    remote_created_at: datetime | None = None,
) -> UUID:
    """A staff account, which may lack a name. Raises NameTaken when the connector has one with this address."""
    member = StaffAccount(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        connector_id=connector_id,
        email=email.strip().lower(),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        role=role or "recruiter",
        disabled_at=ctx.now if disabled else None,
        remote_created_at=remote_created_at,
        created_at=ctx.now,
        modified_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await rows.insert(ctx.conn, "member", member)
    except UniqueViolation as error:
        raise NameTaken(kind="member", name=member.email) from error
    await record(ctx, "member", "created", record_id=member.id)
    return member.id
