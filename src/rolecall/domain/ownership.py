"""Who owns a candidate: the agency whose submission to a posting was confirmed first, for 180 days.

All moments are in UTC; days are whole days of 24 hours, so that no change of clocks makes one longer.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from rolecall.domain.errors import FieldInvalid
from rolecall.domain.submissions import Submission

OWNED_FOR = timedelta(days=180)
CONTACT_WITHIN = timedelta(days=180)


def owned_until(confirmed_at: datetime) -> datetime:
    """The moment from which a submission confirmed then is owned no more."""
    return confirmed_at.astimezone(UTC) + OWNED_FOR  # in a zone with summer time this would add wall clock


def is_owned(until: datetime | None, now: datetime) -> bool:
    """Whether ownership that lasts until then holds now."""
    return until is not None and now < until


def contact_counts(contacted_on: date, confirmed_at: datetime) -> bool:
    """Whether the employer's contact was in the 180 days before the submission was confirmed."""
    return timedelta(0) <= confirmed_at.astimezone(UTC).date() - contacted_on <= CONTACT_WITHIN


def check_contact(contacted_on: date, confirmed_at: datetime) -> None:
    """Raise FieldInvalid unless the employer's contact was in the 180 days before the submission was confirmed."""
    if contacted_on > confirmed_at.astimezone(UTC).date():
        raise FieldInvalid(field="contacted_on", hint="a day before the candidate confirmed")
    if not contact_counts(contacted_on, confirmed_at):
        raise FieldInvalid(field="contacted_on", hint="at most 180 days before the candidate confirmed")


def payee(
    confirmed: Sequence[Submission], *, posting_id: UUID, hired_at: datetime, contacts: Sequence[date]
) -> UUID | None:
    """The agency that a hire for a posting pays: the one that submitted to it, else the one confirmed first.

    `confirmed` are the person's submissions at the employer, the first confirmed first. Those count that were owned at
    the moment of the hire, and that no contact reaches of which the employer has proven that it came before.
    """
    owning = [
        one
        for one in confirmed
        if one.confirmed_at is not None
        and one.confirmed_at <= hired_at
        and is_owned(one.owned_until, hired_at)
        and not any(contact_counts(contact, one.confirmed_at) for contact in contacts)
    ]
    here = [one for one in owning if one.posting_id == posting_id and one.transferred_at is None]
    return next((one.agency_id for one in (*here, *owning)), None)


def latest_day(now: datetime) -> date:
    """The latest date that it is anywhere on Earth, in the zone that is farthest ahead: UTC+14."""
    return (now.astimezone(UTC) + timedelta(hours=14)).date()
