"""When people are warned of unsorted candidates, and when a posting locks: at the edges, to the second."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rolecall.domain.locking import Neglect, locks_at, neglect

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("waited", "expected"),
    [
        (-SECOND, Neglect(0, locks=False, warned_days=None)),
        (timedelta(days=3) - SECOND, Neglect(2, locks=False, warned_days=None)),
        (timedelta(days=3), Neglect(3, locks=False, warned_days=3)),
        (timedelta(days=6) - SECOND, Neglect(5, locks=False, warned_days=3)),
        (timedelta(days=6), Neglect(6, locks=False, warned_days=6)),
        (timedelta(days=7) - SECOND, Neglect(6, locks=False, warned_days=6)),
        (timedelta(days=7), Neglect(7, locks=True, warned_days=6)),
        (timedelta(days=400), Neglect(400, locks=True, warned_days=6)),
    ],
)
def test_what_is_due(waited: timedelta, expected: Neglect) -> None:
    assert neglect(NOON, NOON + waited) == expected


def test_nobody_waits() -> None:
    assert neglect(None, NOON) == Neglect(0, locks=False, warned_days=None)


def test_days_are_counted_over_a_change_of_clocks() -> None:
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    since = datetime(2026, 10, 24, 12, tzinfo=summer)
    assert neglect(since, datetime(2026, 10, 27, 10, 59, 59, tzinfo=winter)).warned_days is None
    assert neglect(since, datetime(2026, 10, 27, 11, tzinfo=winter)).warned_days == 3
    assert locks_at(since) == datetime(2026, 10, 31, 11, tzinfo=winter)
