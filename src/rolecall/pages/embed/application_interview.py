"""The form that schedules an interview: a time by the clock of a zone."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rolecall.actions import submissions
from rolecall.actions.embedding.application import ApplicationVisit
from rolecall.actions.teammates import keep_time_zone
from rolecall.domain.errors import FieldInvalid, FieldMissing
from rolecall.domain.time_zones import Turn, moment, moments, offset_of, read_zone, zone_names
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.application_acting import acting
from rolecall.pages.embed.forms import Form, read_day
from rolecall.pages.embed.frame import Done, Tried

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_LONGEST_INTERVIEW = 24 * 60  # minutes
_FORM = "interview"


async def schedule(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """An interview: `day`, `at` (a time as 14:30), `time_zone`, `minutes` and `location`.

    `turn` says which is meant of a time that comes twice. It is as long as `minutes` say, also
    where clocks change meanwhile.
    """
    ctx = await acting(opened)
    zone = read_zone(form.one("time_zone"))
    starts_at = moment(read_day(form, "day"), _time(form), zone, turn=_turn(form))
    await submissions.schedule_interview(
        ctx,
        opened.visit.submission.id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=_minutes(form)),
        location=form.one("location").strip() or None,
        time_zone=zone,
    )
    await keep_time_zone(ctx, opened.visit.user, zone)
    return Done(word="scheduled", part="interviews")


def choices(opened: Opened[ApplicationVisit], tried: Tried) -> Mapping[str, Any]:
    """What the form offers: the zones, the one that the user chose last, and the turns of a time that comes twice."""
    return {"zones": zone_names(), "own_zone": opened.visit.user.time_zone, "turns": _turns(tried)}


def _turns(tried: Tried) -> list[tuple[str, str]]:
    """What to choose between where the time that was typed comes twice, else nothing."""
    if tried.name != _FORM:
        return []
    with suppress(FieldInvalid, FieldMissing):
        zone = read_zone(tried.form.one("time_zone"))
        found = moments(read_day(tried.form, "day"), _time(tried.form), zone)
        if len(found) > 1:
            offsets = [offset_of(one.astimezone(ZoneInfo(zone))) for one in found]
            before, after = f"Before clocks go back ({offsets[0]})", f"After clocks go back ({offsets[1]})"
            return [("", "Choose"), (Turn.FIRST, before), (Turn.SECOND, after)]
    return []


def _turn(form: Form) -> Turn | None:
    text = form.one("turn")
    if not text:
        return None
    if text not in set(Turn):
        raise FieldInvalid(field="turn", hint="one of these")
    return Turn(text)


def _time(form: Form) -> time:
    text = form.one("at").strip()
    if not text:
        raise FieldMissing(field="at")
    if not _TIME.fullmatch(text):
        raise FieldInvalid(field="at", hint="a time such as 14:30")
    return time.fromisoformat(text)


def _minutes(form: Form) -> int:
    text = form.one("minutes").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 0 < int(text) <= _LONGEST_INTERVIEW):
        raise FieldInvalid(field="minutes", hint="a number of minutes, at most a day")
    return int(text)
