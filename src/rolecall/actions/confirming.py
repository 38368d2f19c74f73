"""Confirming: the person picks the agency, checks what it says, and becomes a candidate of the one record."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from rolecall.actions.applying import NewAnswer, NewApplication, apply
from rolecall.actions.candidates import Person
from rolecall.actions.context import Context, record
from rolecall.actions.files import keep_file
from rolecall.actions.submission_moves import UNNAMED_SOURCE, Held, hold_submission, take
from rolecall.actions.submitted_resumes import attach_resume
from rolecall.actions.submitting import person_columns, read_person
from rolecall.domain.applications import Application
from rolecall.domain.errors import AlreadySubmitted, FieldInvalid, PostingNotTaking, ResumeReplaced
from rolecall.domain.ownership import is_owned, owned_until
from rolecall.domain.postings import PostingState, shown_state
from rolecall.domain.submissions import (
    LONGEST_ANSWER,
    PersonFacts,
    Side,
    Submission,
    SubmissionStage,
    check_move,
)
from rolecall.domain.texts import check_text
from rolecall.store import submissions
from rolecall.store.db import Connection
from rolecall.store.files import File

_CHOSE_OTHER = "The candidate is represented by another agency."
_TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What the person says: who they are, an answer to each of the posting's questions, and 1 to 5 for the recruiter.

    `asked` are the questions as the person read them, None where they are sure to be the posting's. `resume` takes the
    place of the agency's; its bytes are in the file store, its row is not stored yet.
    """

    person: PersonFacts
    answers: Sequence[str] = ()
    asked: Sequence[str] | None = None
    rating: int | None = None
    resume: File | None = None


async def rivals(conn: Connection, submission: Submission) -> list[Submission]:
    """The other agencies' submissions of the same person to the same posting that wait for the person too."""
    others = await submissions.of_person(conn, submission, posting_id=submission.posting_id)
    return [other for other in others if other.id != submission.id and other.stage == SubmissionStage.UNCONFIRMED]


async def confirm(ctx: Context, submission_id: UUID, confirmation: Confirmation) -> Submission:
    """Let the person be represented by this submission's agency: the others' are declined, the first one owns.

    The candidate and the application are made in the one record. Raises SubmissionUnknown, MoveRefused,
    PostingNotTaking, AlreadySubmitted, FieldMissing or FieldInvalid.
    """
    held = await hold_submission(ctx, submission_id)
    check_move(held.submission.stage, SubmissionStage.AWAITING_SORT, by=Side.CANDIDATE)
    _check_going_on(held)
    answers = _answered(confirmation, held.posting.questions)
    _check_rating(confirmation.rating)
    person = await read_person(ctx, _completed(confirmation.person, held.submission), job_id=held.job.id)
    await _check_not_owned(ctx, held.submission)
    await _check_not_owned(ctx, replace(held.submission, **person_columns(person)))
    if confirmation.resume is not None:
        await keep_file(ctx, confirmation.resume)
    resume_id = held.submission.resume_id if confirmation.resume is None else confirmation.resume.id
    for rival in await rivals(ctx.conn, held.submission):
        await take(ctx, rival, SubmissionStage.DECLINED, by=Side.CANDIDATE, feedback=_CHOSE_OTHER)
    application = await _apply(ctx, held, person, answers=answers, resume_id=resume_id)
    confirmed = await take(
        ctx,
        held.submission,
        SubmissionStage.AWAITING_SORT,
        by=Side.CANDIDATE,
        **person_columns(person),
        answers=answers,
        recruiter_rating=confirmation.rating,
        resume_id=resume_id,
        resume_replaced_at=ctx.now if confirmation.resume is not None else None,
        candidate_id=application.candidate_id,
        application_id=application.id,
        confirmed_at=ctx.now,
        owned_until=owned_until(ctx.now),
    )
    await record(ctx, "submission", "confirmed", record_id=submission_id, application=str(application.id))
    return confirmed


async def decline(ctx: Context, submission_id: UUID, *, reason: str | None = None) -> Submission:
    """Let the person go out of the process. Raises SubmissionUnknown or MoveRefused."""
    held = await hold_submission(ctx, submission_id)
    return await take(ctx, held.submission, SubmissionStage.DECLINED, by=Side.CANDIDATE, feedback=reason)


async def replace_resume(ctx: Context, submission_id: UUID, resume: File) -> Submission:
    """Put the person's own resume in the place of the agency's, once. The employer finds both in the record.

    Raises SubmissionUnknown or ResumeReplaced.
    """
    held = await hold_submission(ctx, submission_id)
    if held.submission.resume_replaced_at is not None:
        raise ResumeReplaced
    await keep_file(ctx, resume)
    facts = {"resume_id": resume.id, "resume_replaced_at": ctx.now}
    changed = await submissions.change(ctx.conn, ctx.workspace_id, submission_id, now=ctx.now, **facts)
    if changed.candidate_id is not None:
        await attach_resume(
            ctx, candidate_id=changed.candidate_id, application_id=changed.application_id, file_id=resume.id
        )
    await record(ctx, "submission", "resume_replaced", record_id=submission_id)
    return changed


async def note_asked(ctx: Context, submission_id: UUID) -> None:
    """Note that the message that asks the person was sent."""
    await submissions.mark(ctx.conn, ctx.workspace_id, submission_id, "mailed_at", at=ctx.now)
    await record(ctx, "submission", "mailed", record_id=submission_id)


def _check_going_on(held: Held) -> None:
    state = shown_state(held.posting.state, held.job.status)
    if state == PostingState.CLOSED:
        raise PostingNotTaking(state=state)


def _answered(confirmation: Confirmation, questions: Sequence[str]) -> list[dict[str, str]]:
    if confirmation.asked is not None and list(confirmation.asked) != list(questions):
        raise FieldInvalid(field="answers", hint="the questions have changed since they were read")
    if len(confirmation.answers) != len(questions):
        raise FieldInvalid(field="answers", hint=f"one to each of the {len(questions)} questions")
    for number, answer in enumerate(confirmation.answers, start=1):
        check_text(answer, field=f"answer_{number}", longest=LONGEST_ANSWER, lines=True)
    pairs = zip(questions, confirmation.answers, strict=True)
    return [{"question": question, "answer": answer.strip()} for question, answer in pairs]


def _check_rating(rating: int | None) -> None:
    if rating is not None and not 1 <= rating <= 5:
        raise FieldInvalid(field="rating", hint="1 to 5")


def _completed(person: PersonFacts, submission: Submission) -> PersonFacts:
    """What the person says; what they are not asked is what the agency said."""
    said = {name: value for name, value in asdict(person).items() if value is not None}
    told = {name: getattr(submission, name) for name in ("current_title", "current_company", "linkedin_url")}
    return PersonFacts(**told | said)


async def _check_not_owned(ctx: Context, submission: Submission) -> None:
    for other in await submissions.of_person(ctx.conn, submission, posting_id=submission.posting_id):
        if other.id != submission.id and is_owned(other.owned_until, ctx.now):
            raise AlreadySubmitted(who="Another agency" if other.agency_id != submission.agency_id else "Your agency")


async def _apply(
    ctx: Context, held: Held, person: PersonFacts, *, answers: Sequence[dict[str, str]], resume_id: UUID | None
) -> Application:
    new = NewApplication(
        job_id=held.job.id,
        person=Person(
            first_name=person.first_name,
            last_name=person.last_name,
            email=person.email,
            phone=person.phone,
            title=person.current_title,
            company=person.current_company,
            linkedin_url=person.linkedin_url,
            city=person.location,
            privacy_accepted_at=ctx.now,
        ),
        channel=UNNAMED_SOURCE,
        answers=[NewAnswer(question=one["question"], kind=_TEXT, answer=one["answer"]) for one in answers],
    )
    application = await apply(ctx, new)
    if resume_id is not None:
        await attach_resume(
            ctx, candidate_id=application.candidate_id, application_id=application.id, file_id=resume_id
        )
    return application
