"""People whom agencies submit, from the agency's word to the hire."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from rolecall.actions import (
    agency_hires,
    asking,
    chat,
    clients,
    confirming,
    ownership,
    statements,
    submissions,
    submitting,
)
from rolecall.actions.clients import user_of
from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.confirming import Confirmation
from rolecall.actions.context import Context
from rolecall.actions.ids import new_id
from rolecall.actions.jobs import NewJob, create_job, move_job
from rolecall.actions.submitting import NewSubmission
from rolecall.domain.jobs import JobStatus
from rolecall.domain.submissions import Meets, MustHaveAnswer, Side, Submission
from rolecall.store.files import File
from tests.architecture.cast import Act, Cast
from tests.marketplace import ADA, HIRE, MUST_HAVES, open_posting


async def _submitted(ctx: Context, cast: Cast) -> Submission:
    posting = await open_posting(ctx, cast.job, cast.client.id, [cast.agency])
    must_haves = [MustHaveAnswer(must_have=one, meets=Meets.YES) for one in MUST_HAVES]
    new = NewSubmission(posting_id=posting.id, person=ADA, must_haves=must_haves)
    return await submitting.submit(ctx, cast.agency.id, None, new)


async def confirmed(ctx: Context, cast: Cast) -> Submission:
    waiting = await _submitted(ctx, cast)
    return await confirming.confirm(ctx, waiting.id, Confirmation(person=ADA, answers=["May."]))


async def _advanced(ctx: Context, cast: Cast, steps: int = 1) -> Submission:
    known = await confirmed(ctx, cast)
    for _ in range(steps):
        known = await submissions.advance(ctx, known.id, feedback="Good.")
    return known


async def _withdraw(ctx: Context, cast: Cast) -> Submission:
    return await submitting.withdraw(ctx, (await _submitted(ctx, cast)).id, cast.agency.id, reason="Gone.")


async def _see_withdrawal(ctx: Context, cast: Cast) -> None:
    await submissions.see_withdrawal(ctx, (await _withdraw(ctx, cast)).id)


async def _name(ctx: Context, cast: Cast) -> None:
    await clients.add_client_application(ctx, (await confirmed(ctx, cast)).id, external_id="their-7")


async def _decline(ctx: Context, cast: Cast) -> None:
    await confirming.decline(ctx, (await _submitted(ctx, cast)).id)


async def _remind(ctx: Context, cast: Cast) -> None:
    known, later = await _submitted(ctx, cast), replace(ctx, now=ctx.now + timedelta(days=1))
    await asking.remind(later, known.id, cast.agency.id)


async def _note_asked(ctx: Context, cast: Cast) -> None:
    await confirming.note_asked(ctx, (await _submitted(ctx, cast)).id)


async def _replace_resume(ctx: Context, cast: Cast) -> None:
    known = await confirmed(ctx, cast)
    file_id = new_id()
    resume = File(
        workspace_id=ctx.workspace_id,
        id=file_id,
        key=f"{ctx.workspace_id}/{file_id}",
        name="ada.pdf",
        media_type="application/pdf",
        size=1,
        sha256=b"",
        created_at=ctx.now,
    )
    await confirming.replace_resume(ctx, known.id, resume)


async def _reject(ctx: Context, cast: Cast) -> Submission:
    return await submissions.reject(ctx, (await _advanced(ctx, cast)).id, feedback="Too far away.")


async def _undo(ctx: Context, cast: Cast) -> None:
    await submissions.undo_rejection(ctx, (await _reject(ctx, cast)).id)


async def _transfer(ctx: Context, cast: Cast) -> None:
    known = await _advanced(ctx, cast)
    other = await _other_job(ctx, cast)
    await submissions.transfer(ctx, known.id, to_job_id=other)


async def _other_job(ctx: Context, cast: Cast) -> UUID:
    company, _ = await create_company(ctx, NewCompany(name="Norrvik Drivers"))
    made, _ = await create_job(ctx, NewJob(company_id=company.id, title="Driver Developer", description="Drivers."))
    job = await move_job(ctx, made, JobStatus.OPEN)
    await open_posting(ctx, job, cast.client.id, [cast.agency])
    return job.id


async def _interview(ctx: Context, cast: Cast) -> None:
    known = await _advanced(ctx, cast, 2)
    await submissions.schedule_interview(ctx, known.id, starts_at=ctx.now, ends_at=ctx.now + timedelta(hours=1))


async def _make_offer(ctx: Context, cast: Cast) -> None:
    await submissions.make_offer(ctx, (await _advanced(ctx, cast, 3)).id)


async def _say(ctx: Context, cast: Cast) -> Submission:
    known = await _advanced(ctx, cast)
    await chat.say(ctx, known.id, side=Side.AGENCY, author_id=None, text="Any news?")
    return known


async def _mark_read(ctx: Context, cast: Cast) -> None:
    await chat.mark_read(ctx, (await _say(ctx, cast)).id, side=Side.CLIENT)


async def _hire(ctx: Context, cast: Cast) -> UUID:
    known = await _advanced(ctx, cast, 3)
    return (await agency_hires.log_hire(ctx, known.id, replace(HIRE, keep_open=False))).id


async def _pay(ctx: Context, cast: Cast) -> None:
    await agency_hires.mark_paid(ctx, await _hire(ctx, cast), on=ctx.now.date())


async def _fail(ctx: Context, cast: Cast) -> None:
    hire_id, later = await _hire(ctx, cast), max(ctx.now, datetime(2026, 9, 1, tzinfo=UTC))
    await agency_hires.fail_guarantee(replace(ctx, now=later), hire_id, on=HIRE.starts_on, reason="Left.")


async def _claim(ctx: Context, cast: Cast) -> None:
    user = await user_of(ctx, cast.client, "u-1")
    ctx = replace(ctx, now=ctx.now + timedelta(days=400))
    await statements.fail(ctx, user, await _hire(ctx, cast), on=HIRE.starts_on, reason="Left.")


async def _contest(ctx: Context, cast: Cast) -> UUID:
    known = await confirmed(ctx, cast)
    assert known.confirmed_at is not None
    made = await ownership.contest(ctx, known.id, contacted_on=known.confirmed_at.date(), evidence="Mail.")
    return made.id


async def _settle(ctx: Context, cast: Cast) -> None:
    await ownership.settle_contest(ctx, await _contest(ctx, cast), upheld=True)


WRITES: dict[str, tuple[str, Act]] = {
    "agency_hires.fail_guarantee": ("agency_hire.failed", _fail),
    "agency_hires.log_hire": ("agency_hire.logged", _hire),
    "agency_hires.mark_paid": ("agency_hire.paid", _pay),
    "asking.remind": ("submission.reminded", _remind),
    "clients.add_client_application": ("submission.named", _name),
    "chat.mark_read": ("submission.read", _mark_read),
    "chat.say": ("submission.message_sent", _say),
    "confirming.confirm": ("submission.confirmed", confirmed),
    "confirming.decline": ("submission.moved", _decline),
    "confirming.note_asked": ("submission.mailed", _note_asked),
    "confirming.replace_resume": ("submission.resume_replaced", _replace_resume),
    "ownership.contest": ("submission.contested", _contest),
    "ownership.settle_contest": ("submission.contest_settled", _settle),
    "statements.fail": ("agency_hire.failed", _claim),
    "submissions.advance": ("submission.moved", _advanced),
    "submissions.make_offer": ("offer.created", _make_offer),
    "submissions.reject": ("submission.moved", _reject),
    "submissions.schedule_interview": ("interview.created", _interview),
    "submissions.see_withdrawal": ("submission.read", _see_withdrawal),
    "submissions.transfer": ("submission.transferred", _transfer),
    "submissions.undo_rejection": ("submission.moved", _undo),
    "submitting.submit": ("submission.created", _submitted),
    "submitting.withdraw": ("submission.moved", _withdraw),
}

PARTS = {
    "postings.close_posting": "It tells of it itself; the hire and the move that close a posting are walked.",
    "submitted_resumes.attach_resume": "It tells of it itself; the writes that attach a resume are walked.",
    "submission_moves.note_move": "The write that moves the submission tells of it.",
    "submission_moves.take": "Each action that moves a submission is walked itself.",
    "submissions.end_all": "A posting that closes tells of it, and each move of its own.",
    "submitting.ask": "It only queues a message; the write that calls for it tells of it.",
    "agency_hires.stop_owing": "The settling of a contest tells of it.",
    "submitting.queue_message": "It only queues a message; the write that calls for it tells of it.",
    "submitting.read_person": "It only reads the country of a job.",
}

READS = ("confirming.rivals", "payees.fee_instead", "payees.payee_of", "submission_moves.hold_submission")
