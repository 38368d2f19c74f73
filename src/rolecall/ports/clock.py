"""The time, as a function that tests can replace."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Answers the present time in UTC."""

    def __call__(self) -> datetime: ...


def system_clock() -> datetime:
    """The machine's time in UTC."""
    return datetime.now(UTC)
