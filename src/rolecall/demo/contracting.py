"""The demo's contract work: somebody at work for four weeks, with timesheets in each state and a rate that changes."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from rolecall.actions import confirming, contract_hires, submissions, submitting, timesheets
from rolecall.actions.confirming import Confirmation
from rolecall.actions.context import Context
from rolecall.actions.jobs import NewJob, create_job, move_job
from rolecall.actions.postings import NOT_STORED, distribute, get_posting, move_posting, save_posting
from rolecall.actions.submitting import NewSubmission
from rolecall.demo import contract_cast as cast
from rolecall.domain.clients import ClientUser
from rolecall.domain.contract_hires import ContractHire, NewContractHire
from rolecall.domain.contract_work import ContractTerms, PayUnit
from rolecall.domain.jobs import JobStatus
from rolecall.domain.missions import terms_of
from rolecall.domain.postings import PostingState
from rolecall.domain.timesheets import Entry, week_of
from rolecall.store import agency_fees
from rolecall.store.agencies import Recruiter

_WEEK = timedelta(days=7)
_STEPS_BEFORE = timedelta(days=10)  # from the submission to the first day of work


async def fill_contract_work(ctx: Context, company_id: UUID, user: ClientUser, recruiter: Recruiter) -> None:
    """A job by contract, somebody whom the recruiter submits for it, and the weeks since the person began."""
    monday = week_of(ctx.now.date())[0] - cast.WEEKS * _WEEK
    before = replace(ctx, now=ctx.now - cast.WEEKS * _WEEK - _STEPS_BEFORE)
    new = NewJob(
        company_id=company_id, title=cast.TITLE, description=cast.TEXT, contract_type="freelance", workplace="hybrid"
    )
    draft, _ = await create_job(ctx, new)
    job = await move_job(ctx, draft, JobStatus.OPEN)
    terms = replace(terms_of(job, text=cast.TEXT, fee_percent=cast.MARKUP), questions=[cast.QUESTION])
    await save_posting(ctx, job, user.client_id, terms=terms, version=NOT_STORED, creator_id=user.id)
    await move_posting(ctx, job, PostingState.OPEN)
    await distribute(ctx, job, [recruiter.agency_id])
    posting = await get_posting(ctx, job)
    said = ContractTerms(
        pay_rate=cast.PAY_RATE,
        currency=cast.CURRENCY,
        unit=PayUnit.HOUR,
        availability=cast.AVAILABILITY,
        available_from=monday,
    )
    submitted = NewSubmission(posting_id=posting.id, person=cast.PERSON, pitch=cast.PITCH, contract=said)
    known = await submitting.submit(before, recruiter.agency_id, recruiter.id, submitted)
    await confirming.confirm(before, known.id, Confirmation(person=cast.PERSON, answers=[cast.ANSWER], rating=5))
    for feedback in cast.WORDS:
        await submissions.advance(before, known.id, feedback=feedback)
    hire = await contract_hires.log_contract_hire(
        before, known.id, await _hire(ctx, user, recruiter, monday), user_id=user.id
    )
    await _weeks(ctx, hire, user, recruiter)


async def _hire(ctx: Context, user: ClientUser, recruiter: Recruiter, monday: date) -> NewContractHire:
    agreed = await agency_fees.agreed(ctx.conn, ctx.workspace_id, user.client_id, recruiter.agency_id)
    return NewContractHire(
        starts_on=monday,
        ends_on=monday + cast.MONTHS * timedelta(days=30),
        pay_rate=cast.PAY_RATE,
        currency=cast.CURRENCY,
        unit=PayUnit.HOUR,
        markup_percent=agreed[0].percentage if agreed else cast.MARKUP,
        fee_note=agreed[0].note if agreed else None,
        work_location=cast.PLACE,
        keep_open=True,
    )


async def _weeks(ctx: Context, hire: ContractHire, user: ClientUser, recruiter: Recruiter) -> None:
    """A timesheet of each week: the first ones are approved, one came back, the last one waits."""
    for number, (hours, note, reason) in enumerate(cast.SHEETS):
        monday = hire.starts_on + number * _WEEK
        friday = monday + timedelta(days=4)
        entry = Entry(from_day=monday, to_day=friday, quantity=Decimal(hours), note=note)
        sheet = await timesheets.submit_timesheet(ctx, hire.id, recruiter.agency_id, recruiter.id, entry)
        if reason:
            await timesheets.reject_timesheet(ctx, user, sheet.id, version=sheet.version, reason=reason)
        elif number < len(cast.SHEETS) - 1:
            await timesheets.approve_timesheet(ctx, user, sheet.id, version=sheet.version)
    later = hire.starts_on + (len(cast.SHEETS) + 2) * _WEEK
    await contract_hires.set_rate(ctx, user, hire.id, from_day=later, pay_rate=cast.LATER_PAY_RATE)
