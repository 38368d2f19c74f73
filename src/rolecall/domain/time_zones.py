"""Times that people arrange by the clock of a place: read once, stored in UTC with the zone's IANA name, said with it.

A zone puts its clocks forward, so that some times are on no clock, and back, so that others come twice.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from rolecall.domain.errors import FieldInvalid, FieldMissing
from rolecall.domain.texts import folded

_REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip
_UTC = "UTC"


class Turn(StrEnum):
    """Which of two equal times of a night is meant: before the clocks are put back, or after."""

    FIRST = "first"
    SECOND = "second"


@cache
def zone_names() -> Sequence[str]:
    """The names to choose from: UTC, and those that are called after a place."""
    return [_UTC, *sorted(name for name in available_timezones() if name.partition("/")[0] in _REGIONS)]


@cache
def _by_words() -> dict[str, str | None]:
    """Names by how they may be typed: in full or by the place alone, None where two places have one name."""
    found: dict[str, str | None] = {}
    for name in zone_names():
        place = folded(name.rpartition("/")[2])
        found[place] = None if place in found else name
    return found | {folded(name): name for name in zone_names()}


def read_zone(text: str, *, field: str = "time_zone") -> str:
    """The IANA name of a zone that was typed, as Europe/Stockholm or stockholm.

    Raises FieldMissing or FieldInvalid.
    """
    words = folded("_".join(text.split()))
    if not words:
        raise FieldMissing(field=field)
    name = _by_words().get(words)
    if name is None:
        raise FieldInvalid(field=field, hint="a time zone of the list, such as Europe/Stockholm")
    return name


def moments(day: date, at: time, zone: str) -> list[datetime]:
    """When a zone's clocks show a time on a day, in UTC: once, never, or twice in order."""
    local = datetime.combine(day, at)
    found = {local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(one for one in found if one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local)


def moment(day: date, at: time, zone: str, *, turn: Turn | None = None) -> datetime:
    """The moment in UTC at which a zone's clocks show a time on a day.

    Raises FieldInvalid for `at` where no clock shows it, and for `turn` where it comes twice and nobody says which.
    """
    found = moments(day, at, zone)
    if not found:
        hint = f"another time: clocks in {zone} are put forward over {at:%H:%M} on that day"
        raise FieldInvalid(field="at", hint=hint)
    if len(found) > 1 and turn is None:
        hint = f"which one: clocks in {zone} are put back, and show {at:%H:%M} twice on that day"
        raise FieldInvalid(field="turn", hint=hint)
    return found[1] if len(found) > 1 and turn == Turn.SECOND else found[0]


def spoken(at: datetime, zone: str | None) -> str:
    """A moment by the clock of a zone that is named, as in Tue 1 December 2026, 14:30 (Europe/Stockholm, UTC+1)."""
    local = at.astimezone(ZoneInfo(zone or _UTC))
    named = _UTC if zone in {None, _UTC} else f"{zone}, {offset_of(local)}"
    return f"{local:%a %-d %B %Y, %H:%M} ({named})"


def offset_of(local: datetime) -> str:
    """How far the clock of an aware time is from UTC, as UTC+1 or UTC+5:30."""
    offset = local.utcoffset()
    assert offset is not None, "the time is in a zone"
    hours, rest = divmod(abs(round(offset.total_seconds() / 60)), 60)
    return f"UTC{'-' if offset.days < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
