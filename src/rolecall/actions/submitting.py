"""Submitting: an agency puts a person forward for a posting, and may take the word back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from rolecall.actions.contacts import read_email, read_phone
from rolecall.actions.context import Context, record
from rolecall.actions.files import keep_file
from rolecall.actions.ids import new_id
from rolecall.actions.submission_moves import hold_submission, take
from rolecall.domain.contract_work import ContractTerms, Engagement, check_contract_terms
from rolecall.domain.errors import (
    AlreadySubmitted,
    FieldInvalid,
    FieldMissing,
    PostingNotTaking,
    PostingUnknown,
    SubmissionUnknown,
)
from rolecall.domain.ownership import is_owned
from rolecall.domain.postings import Posting, PostingState, shown_state
from rolecall.domain.submissions import (
    EXITS,
    LONGEST_PITCH,
    MustHaveAnswer,
    PersonFacts,
    Side,
    Submission,
    SubmissionStage,
    check_feedback,
    check_must_haves,
    check_person,
    email_key,
    name_key,
    phone_key,
)
from rolecall.domain.texts import check_text
from rolecall.store import contract_hires, jobs, postings, queue, submissions
from rolecall.store.db import Connection
from rolecall.store.files import File

ASK = "submissions.ask"  # the task that asks the person by mail
_TAKING = (PostingState.OPEN, PostingState.YIELDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubmission:
    """What an agency submits. The bytes of `resume` are in the file store, its row is not stored yet.

    `contract` is said of people for contract work, and of nobody else.
    """

    posting_id: UUID
    person: PersonFacts
    must_haves: Sequence[MustHaveAnswer] = ()
    pitch: str | None = None
    resume: File | None = None
    contract: ContractTerms | None = None


async def submit(ctx: Context, agency_id: UUID, recruiter_id: UUID | None, new: NewSubmission) -> Submission:
    """Store a submission and queue the message that asks the person to confirm it.

    Raises PostingUnknown for a posting that does not go to the agency, PostingNotTaking, AlreadySubmitted, FieldMissing
    or FieldInvalid.
    """
    posting = await _taking(ctx, new.posting_id, agency_id)
    check_must_haves(new.must_haves, asked=posting.must_haves)
    _check_contract(new.contract, posting)
    check_text(new.pitch or "", field="pitch", longest=LONGEST_PITCH, lines=True, required=False)
    person = await read_person(ctx, new.person, job_id=posting.job_id)
    fresh = Submission(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        posting_id=posting.id,
        agency_id=agency_id,
        recruiter_id=recruiter_id,
        **person_columns(person),
        pitch=(new.pitch or "").strip() or None,
        must_haves=[{**asdict(answer), "note": answer.note.strip()} for answer in new.must_haves],
        answers=[],
        resume_id=None if new.resume is None else new.resume.id,
        stage_since=ctx.now,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    await _check_first(ctx, fresh)
    if new.resume is not None:
        await keep_file(ctx, new.resume)
    await submissions.insert(ctx.conn, fresh)
    if new.contract is not None:
        await contract_hires.insert_terms(ctx.conn, ctx.workspace_id, fresh.id, new.contract)
    await record(ctx, "submission", "created", record_id=fresh.id, posting=str(posting.id), agency=str(agency_id))
    await ask(ctx, fresh.id)
    return fresh


async def ask(ctx: Context, submission_id: UUID) -> None:
    """Queue the message that asks a person to confirm: a part of the write that calls for it."""
    await queue_message(ctx.conn, ctx.workspace_id, submission_id)


async def queue_message(conn: Connection, workspace_id: UUID, submission_id: UUID) -> None:
    """Queue the message that asks a person to confirm, one at a time for a submission."""
    lock = f"submission {submission_id}"
    await queue.defer(conn, ASK, lock=lock, workspace=str(workspace_id), submission=str(submission_id))


async def withdraw(ctx: Context, submission_id: UUID, agency_id: UUID, *, reason: str) -> Submission:
    """Take a submission of an agency back, for a reason that the employer reads.

    Raises SubmissionUnknown, MoveRefused, FieldMissing or FieldInvalid.
    """
    check_feedback(reason)
    held = await hold_submission(ctx, submission_id)
    if held.submission.agency_id != agency_id:
        raise SubmissionUnknown
    return await take(ctx, held.submission, SubmissionStage.WITHDRAWN, by=Side.AGENCY, feedback=reason)


async def read_person(ctx: Context, person: PersonFacts, *, job_id: UUID) -> PersonFacts:
    """What is said of a person, in the form in which it is stored. Raises FieldMissing or FieldInvalid."""
    check_person(person)
    email = read_email(person.email.strip())
    if email is None:
        raise FieldInvalid(field="email", hint="an e-mail address, as in ada@example.org")
    phone = (person.phone or "").strip()
    country = await jobs.country(ctx.conn, ctx.workspace_id, job_id) if phone else None
    return PersonFacts(
        first_name=person.first_name.strip(),
        last_name=person.last_name.strip(),
        email=email,
        phone=read_phone(phone, countries=[country]) if phone else None,
        location=_kept(person.location),
        current_title=_kept(person.current_title),
        current_company=_kept(person.current_company),
        linkedin_url=_kept(person.linkedin_url),
    )


def person_columns(person: PersonFacts) -> dict[str, Any]:
    """What is stored of a person, with the keys by which the same person is found again."""
    return {
        **asdict(person),
        "email_key": email_key(person.email),
        "name_key": name_key(person.first_name, person.last_name),
        "phone_key": phone_key(person.phone),
    }


def _kept(text: str | None) -> str | None:
    return (text or "").strip() or None


def _check_contract(terms: ContractTerms | None, posting: Posting) -> None:
    """Raise FieldMissing or FieldInvalid unless the terms of contract work are there exactly where they are asked."""
    if posting.engagement == Engagement.PERMANENT:
        if terms is not None:
            raise FieldInvalid(field="pay_rate", hint="none, as the posting is for permanent hires")
    elif terms is None:
        raise FieldMissing(field="pay_rate")
    else:
        check_contract_terms(terms)


async def _taking(ctx: Context, posting_id: UUID, agency_id: UUID) -> Posting:
    """The posting, held. Raises PostingUnknown or PostingNotTaking."""
    posting = await postings.hold(ctx.conn, ctx.workspace_id, posting_id)
    if posting is None or not await postings.goes_to(ctx.conn, ctx.workspace_id, posting_id, agency_id):
        raise PostingUnknown
    job = await jobs.get(ctx.conn, ctx.workspace_id, posting.job_id)
    if job is None or posting.state == PostingState.DRAFT:
        raise PostingUnknown
    state = shown_state(posting.state, job.status)
    if state not in _TAKING:
        raise PostingNotTaking(state=state)
    return posting


async def _check_first(ctx: Context, fresh: Submission) -> None:
    """Raise AlreadySubmitted where the person is confirmed and owned here, or already put forward by this agency."""
    for other in await submissions.of_person(ctx.conn, fresh, posting_id=fresh.posting_id):
        waits = other.confirmed_at is None and other.stage not in EXITS
        if is_owned(other.owned_until, ctx.now) or (waits and other.agency_id == fresh.agency_id):
            who = "Your agency" if other.agency_id == fresh.agency_id else "Another agency"
            raise AlreadySubmitted(who=who)
