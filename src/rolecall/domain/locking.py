"""New candidates that nobody sorts: when a posting's people are warned, and when the platform locks it."""

from datetime import datetime, timedelta
from typing import NamedTuple

WARNED_AFTER = (3, 6)  # days
LOCKED_AFTER = 7  # days


class Neglect(NamedTuple):
    """How long the new candidate who waits longest has waited, in whole days, and what that calls for.

    `warned_days` is the warning that is due by now or has been given, None for none yet.
    """

    days: int
    locks: bool
    warned_days: int | None


def neglect(waits_since: datetime | None, now: datetime) -> Neglect:
    """What is due for a posting where somebody has waited since a time; None for nobody."""
    days = 0 if waits_since is None else max((now - waits_since) // timedelta(days=1), 0)
    return Neglect(
        days=days,
        locks=days >= LOCKED_AFTER,
        warned_days=max((day for day in WARNED_AFTER if day <= days), default=None),
    )


def locks_at(waits_since: datetime) -> datetime:
    """When a posting locks where somebody has waited since a time."""
    return waits_since + timedelta(days=LOCKED_AFTER)
