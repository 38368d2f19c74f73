"""Agencies and the postings that go to them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from rolecall.actions import agencies, confirming, locking, posting_questions, postings, submitting
from rolecall.actions.clients import user_of
from rolecall.actions.context import Context
from rolecall.actions.cost_centers import create_cost_center
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.fees import CustomFee
from rolecall.domain.jobs import Job
from rolecall.domain.posting_questions import PostingQuestion
from rolecall.domain.postings import PostingState, Terms, read_fee_percent
from rolecall.domain.submissions import Meets, MustHaveAnswer
from tests.architecture.cast import Act, Cast
from tests.marketplace import ADA, MUST_HAVES, open_posting

TERMS = Terms(title="Lead", description="Lead.", fee_percent=read_fee_percent("18"), must_haves=[], questions=[])

RECRUITER = agencies.NewRecruiter(first_name="Ines", last_name="Tam", email="ines.tam@corvid.example")


async def _add_agency(ctx: Context, cast: Cast) -> None:
    await postings.add_agency(ctx, await _offered(ctx, cast), cast.agency.id)


async def _stop_preferring(ctx: Context, cast: Cast) -> None:
    await agencies.prefer_agency(ctx, cast.client.id, cast.agency.id)
    await agencies.stop_preferring_agency(ctx, cast.client.id, cast.agency.id)


async def _set_agency_fees(ctx: Context, cast: Cast) -> None:
    await agencies.prefer_agency(ctx, cast.client.id, cast.agency.id)
    await agencies.set_agency_fees(ctx, cast.client.id, cast.agency.id, [CustomFee(percentage=Decimal(18))])


async def _add_preferred(ctx: Context, cast: Cast) -> None:
    await agencies.prefer_agency(ctx, cast.client.id, cast.agency.id)
    await postings.add_preferred_agencies(ctx, await _offered(ctx, cast), cast.client.id)


async def _remove_agency(ctx: Context, cast: Cast) -> None:
    await _add_agency(ctx, cast)
    await postings.remove_agency(ctx, cast.job, cast.agency.id)


async def _distribute(ctx: Context, cast: Cast) -> None:
    await postings.distribute(ctx, await _offered(ctx, cast), [cast.agency.id])


async def _choose_cost_center(ctx: Context, cast: Cast) -> None:
    job, user = await _offered(ctx, cast), await user_of(ctx, cast.client, "u-1")
    center = await create_cost_center(ctx, user, CostCenterFacts(name="Oslo", address="Kaia 4"))
    await postings.choose_cost_center(ctx, job, center.id)


async def _ask(ctx: Context, cast: Cast) -> PostingQuestion:
    posting = await open_posting(ctx, cast.job, cast.client.id, [cast.agency])
    return await posting_questions.ask_question(ctx, posting.id, cast.agency.id, None, "Which site?")


async def _answer(ctx: Context, cast: Cast) -> None:
    asked, user = await _ask(ctx, cast), await user_of(ctx, cast.client, "u-1")
    await posting_questions.answer_question(ctx, user, asked.posting_id, asked.id, "Lund.")


async def _watch(ctx: Context, cast: Cast) -> None:
    posting = await open_posting(ctx, cast.job, cast.client.id, [cast.agency])
    must_haves = [MustHaveAnswer(must_have=one, meets=Meets.YES) for one in MUST_HAVES]
    new = submitting.NewSubmission(posting_id=posting.id, person=ADA, must_haves=must_haves)
    waiting = await submitting.submit(ctx, cast.agency.id, None, new)
    await confirming.confirm(ctx, waiting.id, confirming.Confirmation(person=ADA, answers=["May."]))
    await locking.watch_posting(replace(ctx, now=ctx.now + timedelta(days=3)), posting.id)


async def _move_posting(ctx: Context, cast: Cast) -> None:
    await postings.move_posting(ctx, await _offered(ctx, cast), PostingState.OPEN)


async def _offered(ctx: Context, cast: Cast) -> Job:
    await postings.save_posting(ctx, cast.job, cast.client.id, terms=TERMS, version=postings.NOT_STORED)
    return cast.job


WRITES: dict[str, tuple[str, Act]] = {
    "agencies.add_recruiter": (
        "agency_recruiter.created",
        lambda ctx, cast: agencies.add_recruiter(ctx, cast.agency.id, RECRUITER),
    ),
    "agencies.create_agency": (
        "agency.created",
        lambda ctx, _: agencies.create_agency(ctx, agencies.NewAgency(name="Nordlys", email="desk@nordlys.example")),
    ),
    "agencies.prefer_agency": (
        "client.agency_preferred",
        lambda ctx, cast: agencies.prefer_agency(ctx, cast.client.id, cast.agency.id),
    ),
    "agencies.set_agency_fees": ("client.agency_fees_changed", _set_agency_fees),
    "agencies.stop_preferring_agency": ("client.agency_not_preferred", _stop_preferring),
    "locking.watch_posting": ("posting.warned", _watch),
    "posting_questions.answer_question": ("posting_question.answered", _answer),
    "posting_questions.ask_question": ("posting_question.asked", _ask),
    "postings.add_agency": ("posting.agencies_added", _add_agency),
    "postings.add_preferred_agencies": ("posting.agencies_added", _add_preferred),
    "postings.distribute": ("posting.agencies_added", _distribute),
    "postings.choose_cost_center": ("posting.changed", _choose_cost_center),
    "postings.move_posting": ("posting.moved", _move_posting),
    "postings.remove_agency": ("posting.agency_removed", _remove_agency),
    "postings.save_posting": ("posting.created", _offered),
}
READS = {"postings.get_posting"}
