"""Contract work in the tests: a posting for it, and somebody who was hired from it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from rolecall.actions import clients, confirming, contract_hires, postings, submissions, submitting, timesheets
from rolecall.actions.clients import user_of
from rolecall.actions.confirming import Confirmation
from rolecall.actions.context import Context
from rolecall.actions.submitting import NewSubmission
from rolecall.domain.clients import ClientUser
from rolecall.domain.contract_hires import ContractHire, NewContractHire
from rolecall.domain.contract_work import ContractTerms, Engagement, PayUnit
from rolecall.domain.jobs import Job
from rolecall.domain.postings import Posting
from rolecall.domain.submissions import Meets, MustHaveAnswer, PersonFacts, Submission
from rolecall.domain.timesheets import Entry, Timesheet
from rolecall.store.agencies import Agency
from tests.marketplace import ADA, MUST_HAVES, Marketplace, open_posting

NOW = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)  # a Tuesday
TERMS = ContractTerms(
    pay_rate=Decimal("62.50"),
    currency="EUR",
    unit=PayUnit.HOUR,
    availability="40 hours a week",
    available_from=date(2026, 6, 1),
)
CONTRACT_HIRE = NewContractHire(
    starts_on=date(2026, 6, 1),  # a Monday
    ends_on=date(2026, 11, 30),
    pay_rate=Decimal("62.50"),
    currency="EUR",
    unit=PayUnit.HOUR,
    markup_percent=Decimal("17.5"),
    work_location="Lund",
    keep_open=True,
)
FIRST_WEEK = Entry(from_day=date(2026, 6, 1), to_day=date(2026, 6, 7), quantity=Decimal(40), note="Boot loader.")


@dataclass(frozen=True, slots=True)
class Contracting:
    """Ada, hired by the client through Northwind for contract work; `user` has all rights at the client."""

    market: Marketplace
    job: Job
    posting: Posting
    submission: Submission
    hire: ContractHire
    user: ClientUser

    async def submit(self, entry: Entry = FIRST_WEEK, *, now: datetime = NOW) -> Timesheet:
        """A timesheet that waits for the client."""
        recruiter = self.market.recruiters["Northwind Search"]
        async with self.market.acting(now=now) as ctx:
            return await timesheets.submit_timesheet(ctx, self.hire.id, self.market.northwind.id, recruiter.id, entry)

    async def rate(self, from_day: date, pay_rate: str, *, now: datetime = NOW) -> None:
        """Another rate from a day on."""
        async with self.market.acting(now=now) as ctx:
            await contract_hires.set_rate(ctx, self.user, self.hire.id, from_day=from_day, pay_rate=Decimal(pay_rate))


async def contract_posting(ctx: Context, job: Job, client_id: UUID, agencies: list[Agency]) -> Posting:
    """An open posting for contract work that goes to agencies."""
    posting = await open_posting(ctx, job, client_id, agencies)
    terms = replace(posting.terms, engagement=Engagement.CONTRACT)
    return await postings.save_posting(ctx, job, client_id, terms=terms, version=posting.version)


async def with_offer(
    ctx: Context, posting: Posting, agency_id: UUID, recruiter_id: UUID | None, *, person: PersonFacts = ADA
) -> Submission:
    """Somebody whom an agency submitted for contract work and who has an offer."""
    must_haves = [MustHaveAnswer(must_have=one, meets=Meets.YES) for one in MUST_HAVES]
    new = NewSubmission(posting_id=posting.id, person=person, must_haves=must_haves, contract=TERMS)
    known = await submitting.submit(ctx, agency_id, recruiter_id, new)
    known = await confirming.confirm(ctx, known.id, Confirmation(person=person, answers=["In May."]))
    for _ in range(3):
        known = await submissions.advance(ctx, known.id, feedback="Good.")
    return known


async def build_contracting(
    market: Marketplace, *, new: NewContractHire = CONTRACT_HIRE, person: PersonFacts = ADA
) -> Contracting:
    """Ada at work; the posting goes to both agencies and stays open."""
    partnership = market.partnership
    job = await partnership.world.job("Contract Firmware Developer")
    recruiter = market.recruiters["Northwind Search"]
    async with market.acting() as ctx:
        agencies = [market.northwind, market.southgate]
        connector_id, external_id = partnership.connector.id, partnership.client.external_id
        await clients.add_client_job(ctx, connector_id, external_id, job_external_id="req-contract", job_id=job.id)
        posting = await contract_posting(ctx, job, partnership.client.id, agencies)
        known = await with_offer(ctx, posting, market.northwind.id, recruiter.id, person=person)
        user = await user_of(ctx, partnership.client, "u-558")
        hire = await contract_hires.log_contract_hire(ctx, known.id, new, user_id=user.id)
    return Contracting(market, job, posting, await market.stored(known), hire, user)
