"""Missions: what the operator makes of them."""

from uuid import UUID

from rolecall.actions import missions
from rolecall.actions.companies import NewCompany, create_company
from rolecall.actions.context import Context
from rolecall.actions.jobs import NewJob, create_job
from tests.architecture.cast import Act, Cast


async def _mission(ctx: Context, cast: Cast) -> UUID:
    company, _ = await create_company(ctx, NewCompany(name="Norrvik", partner_id=cast.partner.id))
    new = NewJob(company_id=company.id, title="Lead", description="Lead.", partner_id=cast.partner.id)
    job, _ = await create_job(ctx, new)
    return job.id


async def _publish(ctx: Context, cast: Cast) -> None:
    await missions.publish_mission(ctx, await _mission(ctx, cast))


async def _refuse(ctx: Context, cast: Cast) -> None:
    await missions.refuse_mission(ctx, await _mission(ctx, cast), reason="Filled elsewhere")


WRITES: dict[str, tuple[str, Act]] = {
    "missions.publish_mission": ("job.moved", _publish),
    "missions.refuse_mission": ("job.refused", _refuse),
}
