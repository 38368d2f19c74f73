"""What the demo's client tells of itself: its people, where its invoices go, and what agencies asked it."""

from uuid import UUID

from rolecall.actions.context import Context
from rolecall.actions.cost_centers import create_cost_center
from rolecall.actions.posting_questions import answer_question, ask_question
from rolecall.actions.teammates import change_organization, change_teammate
from rolecall.demo import market_cast as cast
from rolecall.demo.cast import COLLEAGUE, USER
from rolecall.domain.clients import ClientUser
from rolecall.domain.postings import Posting
from rolecall.store import clients
from rolecall.store.agencies import Recruiter


async def fill_organization(ctx: Context, client_id: UUID) -> ClientUser:
    """Give the client's people names and its invoices places to go to; the person who may do everything."""
    user, colleague = [await _user(ctx, client_id, name) for name in (USER, COLLEAGUE)]
    await change_organization(ctx, user, cast.ORGANIZATION)
    await change_teammate(ctx, user, user.id, cast.PEOPLE_OF_CLIENT[USER])
    await change_teammate(ctx, user, colleague.id, cast.PEOPLE_OF_CLIENT[COLLEAGUE])
    for center in cast.COST_CENTERS:
        await create_cost_center(ctx, user, center)
    return user


async def fill_questions(ctx: Context, posting: Posting, user: ClientUser, recruiters: list[Recruiter]) -> None:
    """Let agencies ask about the posting, one of them without an answer yet."""
    for recruiter, (question, answer) in zip(recruiters, cast.ASKED, strict=True):
        asked = await ask_question(ctx, posting.id, recruiter.agency_id, recruiter.id, question)
        if answer:
            await answer_question(ctx, user, posting.id, asked.id, answer)


async def _user(ctx: Context, client_id: UUID, external_id: str) -> ClientUser:
    found = await clients.user_by_external_id(ctx.conn, ctx.workspace_id, client_id, external_id)
    assert found is not None, "the demo's users are made with its client"
    return found
