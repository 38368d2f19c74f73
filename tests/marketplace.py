"""Agencies at work in the tests: a posting that goes to two agencies, and people whom they submit."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from rolecall.actions import agencies, confirming, postings, submitting
from rolecall.actions.agencies import NewRecruiter
from rolecall.actions.confirming import Confirmation
from rolecall.actions.context import Context
from rolecall.actions.submitting import NewSubmission
from rolecall.domain.hires import NewHire
from rolecall.domain.jobs import Job
from rolecall.domain.postings import Posting, PostingState, Terms
from rolecall.domain.submissions import Meets, MustHaveAnswer, PersonFacts, Submission
from rolecall.store import submissions
from rolecall.store.agencies import Agency, Recruiter
from tests.partnership import Partnership

MUST_HAVES = ["Five years of embedded C", "Swedish or English"]
QUESTIONS = ["When could you start?"]
ADA = PersonFacts(first_name="Ada", last_name="Lovelace", email="ada@example.org", phone="+46 70 123 45 67")

HIRE = NewHire(
    starts_on=date(2026, 6, 1),
    first_year_pay=Decimal(61_234),
    currency="EUR",
    work_location="Lund",
    keep_open=True,
    fee_percent=Decimal("17.5"),
)


@dataclass(frozen=True, slots=True)
class Marketplace:
    """The client's `job` has the open `posting`, which goes to both agencies; each has one recruiter."""

    partnership: Partnership
    job: Job
    posting: Posting
    northwind: Agency
    southgate: Agency
    recruiters: dict[str, Recruiter]

    @asynccontextmanager
    async def acting(self, *, now: datetime | None = None) -> AsyncGenerator[Context]:
        """A transaction to act in, at another time if given."""
        world = self.partnership.world
        async with world.services.database.writing() as conn:
            ctx = world.context(conn)
            yield ctx if now is None else replace(ctx, now=now)

    async def submit(
        self, agency: Agency, person: PersonFacts = ADA, *, posting: Posting | None = None, now: datetime | None = None
    ) -> Submission:
        """A submission that waits for the person."""
        new = NewSubmission(
            posting_id=(posting or self.posting).id,
            person=person,
            must_haves=[MustHaveAnswer(must_have=one, meets=Meets.YES, note="For years.") for one in MUST_HAVES],
            pitch="The best we know.",
        )
        async with self.acting(now=now) as ctx:
            return await submitting.submit(ctx, agency.id, self.recruiters[agency.name].id, new)

    async def confirm(
        self,
        submission: Submission,
        person: PersonFacts = ADA,
        *,
        answers: Sequence[str] = ("In May.",),
        rating: int | None = 5,
        now: datetime | None = None,
    ) -> Submission:
        """The submission once the person has confirmed it."""
        async with self.acting(now=now) as ctx:
            said = Confirmation(person=person, answers=answers, rating=rating)
            return await confirming.confirm(ctx, submission.id, said)

    async def confirmed(self, agency: Agency, person: PersonFacts = ADA, *, now: datetime | None = None) -> Submission:
        """A submission that the person has confirmed."""
        return await self.confirm(await self.submit(agency, person, now=now), person, now=now)

    async def stored(self, submission: Submission) -> Submission:
        """The submission as it is now."""
        async with self.partnership.world.services.database.reading() as conn:
            found = await submissions.get(conn, submission.workspace_id, submission.id)
        assert found is not None
        return found

    async def offer(self, job: Job, *, creator_id: UUID | None = None) -> Posting:
        """The open posting of another job, to both agencies, made by a user of the client if given."""
        both = [self.northwind, self.southgate]
        async with self.acting() as ctx:
            return await open_posting(ctx, job, self.partnership.client.id, both, creator_id=creator_id)


async def build_marketplace(partnership: Partnership) -> Marketplace:
    """A marketplace around a partner's client and its job."""
    northwind = await partnership.agency("Northwind Search", preferred=True)
    southgate = await partnership.agency("Southgate Talent")
    async with partnership.world.services.database.writing() as conn:
        ctx = partnership.world.context(conn)
        recruiters = {
            agency.name: await agencies.add_recruiter(
                ctx, agency.id, NewRecruiter(first_name=first, last_name=last, email=email)
            )
            for agency, first, last, email in (
                (northwind, "Nora", "Berg", "nora@northwind.example"),
                (southgate, "Sam", "Dale", "sam@southgate.example"),
            )
        }
        posting = await open_posting(ctx, partnership.job, partnership.client.id, [northwind, southgate])
    return Marketplace(partnership, partnership.job, posting, northwind, southgate, recruiters)


async def open_posting(
    ctx: Context, job: Job, client_id: UUID, agencies_: Sequence[Agency], *, creator_id: UUID | None = None
) -> Posting:
    """An open posting of a job that goes to agencies."""
    terms = Terms(
        title=job.title,
        description="Own the firmware.",
        fee_percent=Decimal("17.5"),
        must_haves=MUST_HAVES,
        questions=QUESTIONS,
    )
    await postings.save_posting(ctx, job, client_id, terms=terms, version=postings.NOT_STORED, creator_id=creator_id)
    await postings.move_posting(ctx, job, PostingState.OPEN)
    for agency in agencies_:
        await postings.add_agency(ctx, job, agency.id)
    return await postings.get_posting(ctx, job)
