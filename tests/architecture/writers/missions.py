"""Missions: what the operator makes of them."""

from uuid import UUID

from rolecall.actions import clients, missions, offering
from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.context import Context
from rolecall.actions.jobs import JobChanges, NewJob, change_job, create_job, hold_job
from rolecall.domain.jobs import HeldJob
from rolecall.domain.missions import Audience, Offer
from tests.architecture.cast import Act, Cast


async def _mission(ctx: Context, cast: Cast) -> UUID:
    return (await _draft(ctx, cast)).id


async def _draft(ctx: Context, cast: Cast) -> HeldJob:
    company, _ = await create_company(ctx, NewCompany(name="Norrvik", partner_id=cast.partner.id))
    new = NewJob(company_id=company.id, title="Lead", description="Lead.", partner_id=cast.partner.id)
    job, _ = await create_job(ctx, new)
    return job


async def _live(ctx: Context, cast: Cast, *, to: Audience = Audience.NONE) -> HeldJob:
    offer = Offer(to=to)
    return await missions.publish_mission(ctx, await _mission(ctx, cast), offer=offer)


async def _offer(ctx: Context, cast: Cast) -> None:
    await offering.offer_mission(ctx, await _live(ctx, cast), Offer(to=Audience.ALL))


async def _offer_on_opening(ctx: Context, cast: Cast) -> None:
    await offering.offer_on_opening(ctx, await _live(ctx, cast), None)


async def _keep_in_step(ctx: Context, cast: Cast) -> None:
    live = await _live(ctx, cast, to=Audience.ALL)
    await change_job(ctx, await hold_job(ctx, live.id), JobChanges(title="Optics Lead"))


async def _publish(ctx: Context, cast: Cast) -> None:
    await missions.publish_mission(ctx, await _mission(ctx, cast))


async def _refuse(ctx: Context, cast: Cast) -> None:
    await missions.refuse_mission(ctx, await _mission(ctx, cast), reason="Filled elsewhere")


async def _found_house(ctx: Context, cast: Cast) -> None:
    await clients.let_client_act_for_workspace(ctx, cast.connector.id, "cust-1", acts=False)
    await offering.mission_client(ctx)


async def _take_over(ctx: Context, cast: Cast) -> None:
    await _found_house(ctx, cast)
    await _live(ctx, cast, to=Audience.ALL)
    await clients.let_client_act_for_workspace(ctx, cast.connector.id, "cust-1")


WRITES: dict[str, tuple[str, Act]] = {
    "missions.make_review_link": (
        "workspace.review_link_made",
        lambda ctx, _cast: missions.make_review_link(ctx),
    ),
    "missions.publish_mission": ("job.moved", _publish),
    "missions.refuse_mission": ("job.refused", _refuse),
    "offering.mission_client": ("client.created", _found_house),
    "offering.take_over_house": ("posting.changed", _take_over),
    "offering.keep_in_step": ("posting.changed", _keep_in_step),
    "offering.offer_mission": ("posting.agencies_added", _offer),
    "offering.offer_on_opening": ("posting.created", _offer_on_opening),
    "offering.set_mission_defaults": (
        "workspace.changed",
        lambda ctx, _cast: offering.set_mission_defaults(ctx, to=Audience.PREFERRED),
    ),
}
