"""A row of each table that agencies at work leave, with one word in all texts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from rolecall.actions import (
    agency_hires,
    chat,
    confirming,
    contract_hires,
    ownership,
    submissions,
    submitting,
    timesheets,
)
from rolecall.actions.agencies import prefer_agency
from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.confirming import Confirmation
from rolecall.actions.context import Context
from rolecall.actions.cost_centers import create_cost_center
from rolecall.actions.ids import new_id
from rolecall.actions.jobs import NewJob, create_job, move_job
from rolecall.actions.posting_questions import ask_question
from rolecall.actions.submitting import NewSubmission
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.fees import CustomFee
from rolecall.domain.jobs import JobStatus
from rolecall.domain.submissions import Meets, MustHaveAnswer, PersonFacts, Side
from rolecall.store import agencies, agency_fees, clients
from rolecall.store.agencies import Agency
from rolecall.store.db import Connection
from tests.contracting import CONTRACT_HIRE, FIRST_WEEK, NOW, contract_posting, with_offer
from tests.marketplace import HIRE, MUST_HAVES, open_posting
from tests.world import World


async def trade(world: World, conn: Connection, mark: str, *, agency_id: UUID, recruiter_id: UUID) -> dict[str, str]:
    """Somebody whom an agency submitted to a job of its own, hired, talked about and contested; its ids."""
    ctx = world.context(conn)
    company, _ = await create_company(ctx, NewCompany(name=f"Trader {mark}"))
    job, _ = await create_job(ctx, NewJob(company_id=company.id, title=f"Trade {mark}", description=mark))
    job = await move_job(ctx, job, JobStatus.OPEN)
    agency = await agencies.get(conn, world.workspace.id, agency_id)
    client = (await clients.of_workspace(conn, world.workspace.id))[-1]
    assert agency is not None
    posting = await open_posting(ctx, job, client.id, [agency])
    person = PersonFacts(first_name=mark, last_name=mark, email=f"{mark}@people.example")
    must_haves = [MustHaveAnswer(must_have=one, meets=Meets.PARTLY, note=mark) for one in MUST_HAVES]
    new = NewSubmission(posting_id=posting.id, person=person, must_haves=must_haves, pitch=mark)
    known = await submitting.submit(ctx, agency_id, recruiter_id, new)
    known = await confirming.confirm(ctx, known.id, Confirmation(person=person, answers=[mark]))
    for _ in range(3):
        known = await submissions.advance(ctx, known.id, feedback=mark)
    await chat.say(ctx, known.id, side=Side.AGENCY, author_id=recruiter_id, text=mark)
    await ask_question(ctx, posting.id, agency_id, recruiter_id, mark)
    assert known.confirmed_at is not None
    await ownership.contest(ctx, known.id, contacted_on=known.confirmed_at.date(), evidence=mark)
    agreed = await agency_fees.agreed(conn, world.workspace.id, client.id, agency_id)
    fee_percent = agreed[0].percentage if agreed else HIRE.fee_percent
    hire = replace(HIRE, fee_percent=fee_percent, work_location=mark, invoice_memo=mark)
    await agency_hires.log_hire(ctx, known.id, hire)
    await _contract_work(ctx, world, mark, agency=agency, recruiter_id=recruiter_id)
    await _rows_without_actions(conn, world.workspace.id, mark, recruiter_id=recruiter_id)
    user = (await clients.users(conn, world.workspace.id, client.id))[0]
    await create_cost_center(ctx, user, CostCenterFacts(name=mark, address=mark, notice=mark))
    await prefer_agency(ctx, client.id, agency_id, fees=[CustomFee(percentage=Decimal(18), note=mark)])
    return {"submission": str(known.id), "submission_job": str(job.id)}


async def _contract_work(ctx: Context, world: World, mark: str, *, agency: Agency, recruiter_id: UUID) -> None:
    """Somebody whom the agency submitted and the client hired for contract work, with a timesheet."""
    company, _ = await create_company(ctx, NewCompany(name=f"Contractor {mark}"))
    job, _ = await create_job(ctx, NewJob(company_id=company.id, title=f"Contract {mark}", description=mark))
    job = await move_job(ctx, job, JobStatus.OPEN)
    client = (await clients.of_workspace(ctx.conn, world.workspace.id))[-1]
    posting = await contract_posting(ctx, job, client.id, [agency])
    person = PersonFacts(first_name=mark, last_name=mark, email=f"{mark}@contractors.example")
    known = await with_offer(ctx, posting, agency.id, recruiter_id, person=person)
    agreed = await agency_fees.agreed(ctx.conn, world.workspace.id, client.id, agency.id)
    percent = agreed[0].percentage if agreed else posting.fee_percent
    new = replace(CONTRACT_HIRE, markup_percent=percent, work_location=mark, invoice_memo=mark)
    hire = await contract_hires.log_contract_hire(ctx, known.id, new)
    later = replace(ctx, now=max(ctx.now, NOW))
    entry = replace(FIRST_WEEK, note=mark)
    await timesheets.submit_timesheet(later, hire.id, agency.id, recruiter_id, entry)


async def _rows_without_actions(conn: Connection, workspace_id: UUID, mark: str, *, recruiter_id: UUID) -> None:
    await conn.execute(
        """
        insert into agency_session (workspace_id, id, recruiter_id, token_hash, created_at, seen_at, expires_at)
        values (%s, %s, %s, %s, now(), now(), now() + %s)
        """,
        (workspace_id, new_id(), recruiter_id, mark.encode(), timedelta(days=1)),
    )
    await conn.execute(
        """
        insert into agency_sign_in_link (workspace_id, id, recruiter_id, token_hash, created_at, expires_at)
        values (%s, %s, %s, %s, now(), now() + %s)
        """,
        (workspace_id, new_id(), recruiter_id, mark.encode(), timedelta(days=1)),
    )
