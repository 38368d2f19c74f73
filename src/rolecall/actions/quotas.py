"""Plan limits, exact also for requests at the same time: who asks holds the count until its transaction ends."""

from rolecall.actions.context import Context
from rolecall.domain.errors import ActiveJobsUsedUp, CompaniesUsedUp
from rolecall.store import quotas


async def check_open_jobs(ctx: Context, *, at_most: int) -> None:
    """Raise ActiveJobsUsedUp unless the workspace may open another job."""
    await quotas.hold(ctx.conn, ctx.workspace_id, "open jobs")
    if await quotas.open_jobs(ctx.conn, ctx.workspace_id) >= at_most:
        raise ActiveJobsUsedUp


async def check_companies(ctx: Context, *, at_most: int) -> None:
    """Raise CompaniesUsedUp unless the workspace may have another company of its own."""
    await quotas.hold(ctx.conn, ctx.workspace_id, "companies")
    if await quotas.companies(ctx.conn, ctx.workspace_id) >= at_most:
        raise CompaniesUsedUp
