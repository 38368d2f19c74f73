"""The vendor's plans. An installation has none unless `ROLECALL_HIREMPIRE_PLAN` names one, which then holds for all."""

from dataclasses import dataclass

from rolecall.settings import Settings


@dataclass(frozen=True, slots=True)
class Plan:
    """What a workspace may have and do."""

    requests_per_hour: int
    active_jobs: int
    companies: int


PLANS = {
    "free": Plan(100, 1, 1),
    "starter": Plan(500, 5, 2),
    "pro": Plan(1_000, 10, 5),
    "premium": Plan(5_000, 30, 10),
}


def plan_of(settings: Settings) -> Plan | None:
    """The plan of this installation, None where there is none."""
    return PLANS[settings.hirempire_plan] if settings.hirempire_plan is not None else None


def requests_per_hour(settings: Settings) -> int | None:
    """How many requests a workspace may make in an hour: the operator's own number before the plan's."""
    plan = plan_of(settings)
    return settings.hirempire_requests_per_hour or (plan.requests_per_hour if plan is not None else None)
