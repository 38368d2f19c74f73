"""Who owns a candidate: the agency whose submission to a posting was confirmed first, for 180 days.

All moments are in UTC; days are whole days of 24 hours, so that no change of clocks makes one longer.
"""

from datetime import UTC, date, datetime, timedelta

from rolecall.domain.errors import FieldInvalid

OWNED_FOR = timedelta(days=180)
CONTACT_WITHIN = timedelta(days=180)


def owned_until(confirmed_at: datetime) -> datetime:
    """The moment from which a submission confirmed then is owned no more."""
    return confirmed_at.astimezone(UTC) + OWNED_FOR  # in a zone with summer time this would add wall clock


def is_owned(until: datetime | None, now: datetime) -> bool:
    """Whether ownership that lasts until then holds now."""
    return until is not None and now < until


def check_contact(contacted_on: date, confirmed_at: datetime) -> None:
    """Raise FieldInvalid unless the employer's contact was in the 180 days before the submission was confirmed."""
    confirmed_on = confirmed_at.astimezone(UTC).date()
    if contacted_on > confirmed_on:
        raise FieldInvalid(field="contacted_on", hint="a day before the candidate confirmed")
    if confirmed_on - contacted_on > CONTACT_WITHIN:
        raise FieldInvalid(field="contacted_on", hint="at most 180 days before the candidate confirmed")


def latest_day(now: datetime) -> date:
    """The latest date that it is anywhere on Earth, in the zone that is farthest ahead: UTC+14."""
    return (now.astimezone(UTC) + timedelta(hours=14)).date()
