"""Who owns a candidate, for how long, and which contact counts: at the edges, and across time zones."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from rolecall.actions.ids import new_id
from rolecall.domain.errors import FieldInvalid
from rolecall.domain.ownership import check_contact, is_owned, latest_day, owned_until, payee
from rolecall.domain.submissions import Submission, email_key, name_key, phone_key

STOCKHOLM, NEW_YORK, KIRITIMATI = ZoneInfo("Europe/Stockholm"), ZoneInfo("America/New_York"), ZoneInfo("Etc/GMT-14")


@pytest.mark.parametrize(
    ("confirmed_at", "until"),
    [
        (datetime(2026, 3, 1, 23, 30, tzinfo=UTC), datetime(2026, 8, 28, 23, 30, tzinfo=UTC)),
        (datetime(2028, 1, 1, tzinfo=UTC), datetime(2028, 6, 29, tzinfo=UTC)),  # a leap year's day counts
        (
            datetime(2026, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
            datetime(2027, 6, 29, 23, 59, 59, 1, tzinfo=UTC),
        ),
        # In both zones clocks change within the 180 days: it is as long as everywhere.
        (datetime(2026, 3, 2, 0, 30, tzinfo=STOCKHOLM), datetime(2026, 8, 28, 23, 30, tzinfo=UTC)),
        (datetime(2026, 10, 1, 12, 0, tzinfo=NEW_YORK), datetime(2027, 3, 30, 16, 0, tzinfo=UTC)),
    ],
)
def test_180_days_are_as_long_in_every_zone(confirmed_at: datetime, until: datetime) -> None:
    assert owned_until(confirmed_at) == until
    assert owned_until(confirmed_at) - confirmed_at.astimezone(UTC) == timedelta(days=180)


def test_ownership_ends_with_its_last_microsecond_whatever_the_clock_on_the_wall() -> None:
    until = owned_until(datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    before, at = datetime(2026, 8, 28, 23, 29, 59, 999_999, tzinfo=UTC), datetime(2026, 8, 28, 23, 30, tzinfo=UTC)
    for zone in (UTC, STOCKHOLM, NEW_YORK, KIRITIMATI):
        assert is_owned(until, before.astimezone(zone))
        assert not is_owned(until, at.astimezone(zone))
    assert not is_owned(None, at)


@pytest.mark.parametrize(
    ("contacted_on", "counts"),
    [
        (date(2025, 9, 1), False),
        (date(2025, 9, 2), True),  # 180 days before 1 March 2026
        (date(2026, 3, 1), True),
        (date(2026, 3, 2), False),
    ],
)
@pytest.mark.parametrize("zone", [UTC, STOCKHOLM, NEW_YORK, timezone(timedelta(hours=-12))])
def test_a_contact_counts_in_the_180_days_before_the_day_in_utc(contacted_on: date, counts: bool, zone) -> None:  # type: ignore[no-untyped-def]  # noqa: FBT001
    confirmed_at = datetime(2026, 3, 1, 23, 30, tzinfo=UTC).astimezone(zone)
    if counts:
        check_contact(contacted_on, confirmed_at)
    else:
        with pytest.raises(FieldInvalid):
            check_contact(contacted_on, confirmed_at)


def test_the_latest_day_is_that_of_the_zone_farthest_ahead() -> None:
    assert latest_day(datetime(2026, 3, 1, 9, 59, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert latest_day(datetime(2026, 3, 1, 10, 0, tzinfo=UTC)) == date(2026, 3, 2)
    assert latest_day(datetime(2026, 2, 28, 23, 0, tzinfo=NEW_YORK)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "address",
    ["ada.king@gmail.com", "ADA.King@Gmail.com ", "adaking+work@gmail.com", "ada.king@googlemail.com"],
)
def test_one_mailbox_is_one_key(address: str) -> None:
    assert email_key(address) == "adaking@gmail.com"


def test_other_mailboxes_are_others() -> None:
    keys = {email_key(one) for one in ("ada.king@example.org", "adaking@example.org", "ada.king@example.com", "+@a.se")}
    assert len(keys) == 4


@pytest.mark.parametrize("name", [("Zoë", "Ångström-Lee"), ("ÅNGSTRÖM", "Lee Zoe"), ("Zoe\u0308 ", "Angstrom Lee")])
def test_one_name_is_one_key(name: tuple[str, str]) -> None:
    assert name_key(*name) == "angstrom lee zoe"


@pytest.mark.parametrize("number", ["+46 70 123 45 67", "0046701234567", "070-123 45 67", "(070) 1234567"])
def test_one_number_is_one_key(number: str) -> None:
    assert phone_key(number) == "701234567"


@pytest.mark.parametrize("number", [None, "", "-", "000"])
def test_no_number_is_no_key(number: str | None) -> None:
    assert phone_key(number) is None


HIRED_AT = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
HERE, THERE = new_id(), new_id()
NORTHWIND, SOUTHGATE, EASTERN = new_id(), new_id(), new_id()


def confirmed(agency_id: UUID, confirmed_at: datetime, *, posting_id: UUID = THERE, moved: bool = False) -> Submission:
    """A submission of Ada that she confirmed at a moment."""
    return Submission(
        workspace_id=HERE,
        id=new_id(),
        posting_id=posting_id,
        agency_id=agency_id,
        recruiter_id=None,
        first_name="Ada",
        last_name="King",
        email="ada@example.org",
        phone=None,
        location=None,
        current_title=None,
        current_company=None,
        linkedin_url=None,
        pitch=None,
        email_key="ada@example.org",
        name_key="ada king",
        phone_key=None,
        must_haves=[],
        answers=[],
        resume_id=None,
        confirmed_at=confirmed_at,
        owned_until=owned_until(confirmed_at),
        transferred_at=confirmed_at if moved else None,
        stage_since=confirmed_at,
        created_at=confirmed_at,
        updated_at=confirmed_at,
    )


def paid(*submissions: Submission, contacts: Sequence[date] = (), hired_at: datetime = HIRED_AT) -> UUID | None:
    """Who is paid for a hire here."""
    return payee(submissions, posting_id=HERE, hired_at=hired_at, contacts=contacts)


def test_the_agency_of_the_posting_is_paid_else_the_first_confirmed_one() -> None:
    first = confirmed(NORTHWIND, datetime(2026, 6, 1, tzinfo=UTC))
    later = confirmed(SOUTHGATE, datetime(2026, 7, 1, tzinfo=UTC))
    assert paid(first, later) == NORTHWIND
    assert paid(first, later, replace(later, posting_id=HERE)) == SOUTHGATE
    assert paid(first, confirmed(SOUTHGATE, datetime(2026, 7, 1, tzinfo=UTC), posting_id=HERE, moved=True)) == NORTHWIND
    assert paid() is None


@pytest.mark.parametrize(("after", "payee_"), [(timedelta(microseconds=-1), NORTHWIND), (timedelta(0), SOUTHGATE)])
def test_who_owned_at_the_moment_of_the_hire_is_paid(after: timedelta, payee_: UUID) -> None:
    first = confirmed(NORTHWIND, HIRED_AT - timedelta(days=180))
    assert paid(first, confirmed(SOUTHGATE, HIRED_AT - timedelta(days=1)), hired_at=HIRED_AT + after) == payee_


def test_who_was_confirmed_after_the_hire_is_not_paid() -> None:
    assert paid(confirmed(NORTHWIND, HIRED_AT)) == NORTHWIND
    assert paid(confirmed(NORTHWIND, HIRED_AT + timedelta(microseconds=1))) is None


@pytest.mark.parametrize(
    ("contact", "payee_"),
    [
        (date(2026, 6, 1), EASTERN),  # before all but Eastern's, who was confirmed on 30 May
        (date(2026, 5, 30), None),  # on the day of the first confirmation it reaches all
        (date(2026, 1, 3), NORTHWIND),  # 180 days before Southgate's, and before Eastern's
        (date(2025, 12, 1), SOUTHGATE),  # 180 days before Eastern’s alone
        (date(2025, 11, 30), EASTERN),  # 181 days before the first of all
    ],
)
def test_a_proven_contact_counts_against_whoever_came_within_180_days_of_it(contact: date, payee_: UUID | None) -> None:
    eastern = confirmed(EASTERN, datetime(2026, 5, 30, 0, 0, tzinfo=UTC))
    northwind = confirmed(NORTHWIND, datetime(2026, 8, 20, 23, 59, tzinfo=UTC))
    southgate = confirmed(SOUTHGATE, datetime(2026, 7, 2, 12, 0, tzinfo=UTC))
    assert paid(eastern, southgate, northwind, contacts=[contact]) == payee_


def test_the_day_of_a_confirmation_is_that_in_utc() -> None:
    late = confirmed(NORTHWIND, datetime(2026, 3, 31, 21, 0, tzinfo=NEW_YORK))  # 1 April in UTC
    hired_at = datetime(2026, 4, 2, tzinfo=UTC)
    assert paid(late, contacts=[date(2026, 4, 1)], hired_at=hired_at) is None
    assert paid(late, contacts=[date(2026, 4, 2)], hired_at=hired_at) == NORTHWIND
    assert paid(late, contacts=[date(2025, 10, 3)], hired_at=hired_at) is None
    assert paid(late, contacts=[date(2025, 10, 2)], hired_at=hired_at) == NORTHWIND
