"""The figures of source links: kept by day, from the visits and applications that came since the last time."""

from datetime import datetime

from rolecall.store import source_days
from rolecall.store.db import Connection


async def roll_up(conn: Connection, *, now: datetime, since: datetime | None = None) -> int:
    """Bring the figures of all workspaces up to date; how many days of links have other figures now.

    Whole days are counted anew, so it may be run twice, and at once: the second waits for the first. `since` reaches
    back further than the last time, for visits that were not stored when they happened.
    """
    await source_days.hold(conn)
    changed = await source_days.add_up_visits(conn, since=since)
    changed += await source_days.add_up_applications(conn, since=since)
    await source_days.note_until(conn, now)
    return changed
