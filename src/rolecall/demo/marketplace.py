"""The demo's agencies at work: postings, recruiters who sign in, and people in every stage, made by the actions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from rolecall.actions import agency_hires, chat, confirming, submissions, submitting
from rolecall.actions.agencies import add_recruiter
from rolecall.actions.clients import user_of
from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.confirming import Confirmation
from rolecall.actions.context import Context
from rolecall.actions.files import RESUMES, check_file, put_file
from rolecall.actions.jobs import NewJob, create_job, move_job
from rolecall.actions.missions import publish_mission
from rolecall.actions.partners import create_partner
from rolecall.actions.postings import NOT_STORED, distribute, move_posting, save_posting
from rolecall.actions.submitting import NewSubmission
from rolecall.actions.text import plain_lines
from rolecall.demo import market_cast as cast
from rolecall.demo.cast import COLLEAGUE, USER
from rolecall.demo.contracting import fill_contract_work
from rolecall.demo.market_cast import Brought
from rolecall.demo.organization import fill_organization, fill_questions
from rolecall.domain import time_zones
from rolecall.domain.clients import Client, ClientUser
from rolecall.domain.hires import NewHire
from rolecall.domain.jobs import HeldJob, Job, JobStatus
from rolecall.domain.missions import Offer, terms_of
from rolecall.domain.postings import Posting, PostingState
from rolecall.domain.submissions import MustHaveAnswer, Side, Submission, SubmissionStage
from rolecall.services import Services
from rolecall.store import agencies, agency_fees, clients, companies, partners, postings
from rolecall.store import submissions as stored
from rolecall.store.agencies import Agency, Recruiter
from rolecall.store.db import Connection
from rolecall.store.files import File
from rolecall.store.workspaces import Workspace

_STEPS = (SubmissionStage.REVIEWING, SubmissionStage.INTERVIEWING, SubmissionStage.OFFERS, SubmissionStage.HIRED)
# After how many of the employer's steps somebody leaves.
_LEFT_AFTER = {SubmissionStage.WITHDRAWN: 1}
_CONFIRMED_AFTER = timedelta(hours=5)
_STEP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Market:
    """Who trades on a posting, as of the moment when the demo is filled."""

    ctx: Context
    posting: Posting
    agencies: Mapping[str, Agency]
    recruiters: Mapping[str, Recruiter]
    user: ClientUser

    def then(self, moment: datetime) -> Context:
        """The context at an earlier moment."""
        return replace(self.ctx, now=min(moment, self.ctx.now))


async def offer_to_agencies(ctx: Context, job: Job, client: Client) -> HeldJob:
    """Open a mission with a posting of the demo's client, which goes to the two agencies that sign in."""
    if await postings.of_job(ctx.conn, ctx.workspace_id, job.id) is None:
        terms = terms_of(job, text=plain_lines(job.description or ""), fee_percent=cast.FEE_PERCENT)
        terms = replace(terms, must_haves=cast.MUST_HAVES, questions=cast.QUESTIONS)
        maker = await user_of(ctx, client, USER)
        await save_posting(ctx, job, client.id, terms=terms, version=NOT_STORED, creator_id=maker.id)
    known = await _agencies(ctx.conn, ctx.workspace_id)
    return await publish_mission(ctx, job.id, offer=Offer(agency_ids=[agency.id for agency in known.values()]))


async def fill_marketplace(services: Services, workspace: Workspace, *, job_id: UUID, company_id: UUID) -> None:
    """Fill it, unless somebody has been submitted already: what somebody moved or removed stays so."""
    async with services.database.reading() as conn:
        posting = await postings.of_job(conn, workspace.id, job_id)
        known = await _agencies(conn, workspace.id)
        if posting is None or await _traded(conn, known):
            return
    resumes = [await _resume(services, workspace, one) for one in cast.PEOPLE]
    async with services.database.writing() as conn:
        ctx = await services.context(conn, workspace.id, actor="operator")
        recruiters = {name: await _recruiter(ctx, agency) for name, agency in known.items()}
        user = await fill_organization(ctx, posting.client_id)
        market = Market(ctx, posting, known, recruiters, user)
        for one, resume in zip(cast.PEOPLE, resumes, strict=True):
            await _bring(market, one, resume)
        await fill_questions(ctx, posting, user, list(recruiters.values()))
        await _second_posting(ctx, posting.client_id, company_id, known)
        await fill_contract_work(ctx, company_id, user, recruiters[cast.HARBOUR])
        await _waiting_mission(ctx)


async def _agencies(conn: Connection, workspace_id: UUID) -> dict[str, Agency]:
    found = {name: await agencies.by_name(conn, workspace_id, name) for name in cast.RECRUITERS}
    return {name: agency for name, agency in found.items() if agency is not None}


async def _traded(conn: Connection, known: Mapping[str, Agency]) -> bool:
    """Whether the agencies have submitted anybody: to an earlier mission where that of today is a new one."""
    for agency in known.values():
        if await stored.of_agency(conn, agency.workspace_id, agency.id, limit=1):
            return True
    return False


async def _recruiter(ctx: Context, agency: Agency) -> Recruiter:
    new = cast.RECRUITERS[agency.name]
    team = await agencies.recruiters(ctx.conn, ctx.workspace_id, agency.id)
    return next((one for one in team if one.email == new.email), None) or await add_recruiter(ctx, agency.id, new)


async def _bring(market: Market, one: Brought, resume: File) -> None:
    """Let an agency submit somebody, who then comes as far as the cast says."""
    begun = market.ctx.now - timedelta(days=one.days_ago)
    known = await _submit(market.then(begun), market, one, resume)
    if one.stage == SubmissionStage.UNCONFIRMED:
        return
    said = Confirmation(person=one.person, answers=[one.start, cast.ANSWER], rating=one.rating)
    await confirming.confirm(market.then(begun + _CONFIRMED_AFTER), known.id, said)
    await _follow(market, one, known, since=begun + _CONFIRMED_AFTER)


async def _submit(ctx: Context, market: Market, one: Brought, resume: File) -> Submission:
    answers = [
        MustHaveAnswer(must_have=must_have, meets=meets, note=one.note if meets != one.meets[-1] else "")
        for must_have, meets in zip(cast.MUST_HAVES, one.meets, strict=True)
    ]
    new = NewSubmission(
        posting_id=market.posting.id, person=one.person, must_haves=answers, pitch=one.pitch or None, resume=resume
    )
    return await submitting.submit(ctx, market.agencies[one.agency].id, market.recruiters[one.agency].id, new)


async def _follow(market: Market, one: Brought, known: Submission, *, since: datetime) -> None:
    """The employer's steps, a day apart, then what else happens in the last stage."""
    steps = _STEPS.index(one.stage) + 1 if one.stage in _STEPS else _LEFT_AFTER.get(one.stage, 0)
    moment = since
    for feedback in one.words[: min(steps, len(_STEPS) - 1)]:
        moment += _STEP
        await submissions.advance(market.then(moment), known.id, feedback=feedback)
    ctx = market.then(moment + _STEP)
    match one.stage:
        case SubmissionStage.DECLINED:
            await confirming.decline(ctx, known.id, reason=one.words[-1])
        case SubmissionStage.WITHDRAWN:
            await submitting.withdraw(ctx, known.id, known.agency_id, reason=one.words[-1])
        case SubmissionStage.REJECTED:
            await submissions.reject(ctx, known.id, feedback=one.words[-1])
        case SubmissionStage.INTERVIEWING:
            starts = time_zones.moment((market.ctx.now + timedelta(days=3)).date(), time(9, 30), cast.TIME_ZONE)
            ends = starts + timedelta(hours=2)
            where = {"location": "Lund Studio", "time_zone": cast.TIME_ZONE}
            await submissions.schedule_interview(ctx, known.id, starts_at=starts, ends_at=ends, **where)
        case SubmissionStage.OFFERS:
            await submissions.make_offer(ctx, known.id, start_date=(market.ctx.now + timedelta(days=60)).date())
        case SubmissionStage.HIRED:
            await _hire(ctx, market, known)
        case _:
            pass
    await _talk(market, one, known, since=moment)


async def _hire(ctx: Context, market: Market, known: Submission) -> None:
    await submissions.make_offer(ctx, known.id, start_date=None)
    agreed = await agency_fees.agreed(ctx.conn, ctx.workspace_id, market.user.client_id, known.agency_id)
    hire = NewHire(
        starts_on=(market.ctx.now - timedelta(days=12)).date(),
        first_year_pay=cast.HIRE_PAY,
        currency=cast.HIRE_CURRENCY,
        work_location=cast.HIRE_PLACE,
        keep_open=True,
        fee_percent=agreed[0].percentage if agreed else cast.FEE_PERCENT,
    )
    await agency_hires.log_hire(ctx, known.id, hire, user_id=market.user.id)


async def _talk(market: Market, one: Brought, known: Submission, *, since: datetime) -> None:
    """The agency begins, and its last message has not been read yet."""
    for number, text in enumerate(one.chat):
        ctx, by_agency = market.then(since + timedelta(hours=3 * number)), number % 2 == 0
        side, author = (Side.AGENCY, market.recruiters[one.agency].id) if by_agency else (Side.CLIENT, market.user.id)
        if not by_agency:
            await chat.mark_read(ctx, known.id, side=Side.CLIENT)
        await chat.say(ctx, known.id, side=side, author_id=author, text=text)


async def _resume(services: Services, workspace: Workspace, one: Brought) -> File:
    """The resume of somebody, with its bytes stored."""
    who = one.person
    text = (
        f"{who.first_name} {who.last_name}\n{who.current_title}\n{who.location}\n{who.email}\n\n"
        f"Experience\n\n{who.current_title}, {who.current_company}, since 2021\n"
    )
    checked = await check_file(f"{who.first_name} {who.last_name}.txt", text.encode(), allowed=RESUMES)
    return await put_file(services.files, workspace.id, checked, clock=services.clock)


async def _second_posting(ctx: Context, client_id: UUID, company_id: UUID, known: Mapping[str, Agency]) -> None:
    """A job of the same company that agencies are asked to hold back on."""
    company = await companies.get(ctx.conn, ctx.workspace_id, company_id)
    if company is None:
        return
    new = NewJob(company_id=company.id, title=cast.FIELD_TITLE, description=cast.FIELD_TEXT)
    draft, _ = await create_job(ctx, new)
    job = await move_job(ctx, draft, JobStatus.OPEN)
    terms = terms_of(job, text=cast.FIELD_TEXT, fee_percent=cast.FEE_PERCENT)
    maker = await clients.user_by_external_id(ctx.conn, ctx.workspace_id, client_id, COLLEAGUE)
    creator_id = None if maker is None else maker.id
    await save_posting(ctx, job, client_id, terms=terms, version=NOT_STORED, creator_id=creator_id)
    await move_posting(ctx, job, PostingState.OPEN)
    await distribute(ctx, job, [agency.id for agency in known.values()])
    await move_posting(ctx, job, PostingState.YIELDED, reason=cast.FIELD_REASON)


async def _waiting_mission(ctx: Context) -> None:
    """A mission of another partner account, for the operator to review."""
    partner = await partners.by_name(ctx.conn, ctx.workspace_id, cast.WAITING_PARTNER)
    if partner is None:
        partner = await create_partner(ctx, cast.WAITING_PARTNER)
    new = NewCompany(name=cast.WAITING_COMPANY, partner_id=partner.id, external_id="demo-company")
    company, _ = await create_company(ctx, new)
    mission = NewJob(
        company_id=company.id,
        partner_id=partner.id,
        external_id="demo-mission-1",
        title=cast.WAITING_TITLE,
        description=cast.WAITING_TEXT,
    )
    await create_job(ctx, mission)
