"""Times by the clock of a zone: the nights on which clocks change, names as they are typed, and how they are said."""

from datetime import UTC, date, datetime, time

import pytest

from rolecall.domain.errors import FieldInvalid, FieldMissing
from rolecall.domain.time_zones import Turn, moment, moments, read_zone, spoken, zone_names

STOCKHOLM, NEW_YORK = "Europe/Stockholm", "America/New_York"


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        (date(2026, 12, 1), time(14, 30), STOCKHOLM, datetime(2026, 12, 1, 13, 30, tzinfo=UTC)),
        (date(2026, 7, 1), time(14, 30), STOCKHOLM, datetime(2026, 7, 1, 12, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 59), STOCKHOLM, datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(3, 0), STOCKHOLM, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # the next minute
        (date(2026, 11, 1), time(0, 59), NEW_YORK, datetime(2026, 11, 1, 4, 59, tzinfo=UTC)),
        (date(2026, 11, 1), time(2, 0), NEW_YORK, datetime(2026, 11, 1, 7, 0, tzinfo=UTC)),  # two hours later
        (date(2026, 6, 1), time(9, 0), "Asia/Kolkata", datetime(2026, 6, 1, 3, 30, tzinfo=UTC)),
        (date(2026, 6, 1), time(9, 0), "Pacific/Kiritimati", datetime(2026, 5, 31, 19, 0, tzinfo=UTC)),
        (date(2026, 6, 1), time(9, 0), "UTC", datetime(2026, 6, 1, 9, 0, tzinfo=UTC)),
    ],
)
def test_a_time_on_a_clock_is_one_moment(day: date, at: time, zone: str, expected: datetime) -> None:
    assert moment(day, at, zone) == expected
    assert moment(day, at, zone, turn=Turn.SECOND) == expected
    assert moments(day, at, zone) == [expected]


@pytest.mark.parametrize(
    ("day", "at", "zone"),
    [
        (date(2026, 3, 29), time(2, 0), STOCKHOLM),
        (date(2026, 3, 29), time(2, 59), STOCKHOLM),
        (date(2026, 3, 8), time(2, 30), NEW_YORK),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe"),  # half an hour is left out there
        (date(2011, 12, 30), time(12, 0), "Pacific/Apia"),  # a day that the islands left out
    ],
)
def test_a_time_that_no_clock_shows_is_refused(day: date, at: time, zone: str) -> None:
    assert moments(day, at, zone) == []
    with pytest.raises(FieldInvalid, match="put forward") as refused:
        moment(day, at, zone, turn=Turn.FIRST)
    assert refused.value.facts["field"] == "at"


@pytest.mark.parametrize(
    ("day", "at", "zone", "first", "second"),
    [
        (date(2026, 10, 25), time(2, 0), STOCKHOLM, "00:00", "01:00"),
        (date(2026, 10, 25), time(2, 59), STOCKHOLM, "00:59", "01:59"),
        (date(2026, 11, 1), time(1, 30), NEW_YORK, "05:30", "06:30"),
        (date(2026, 4, 5), time(1, 45), "Australia/Lord_Howe", "14:45", "15:15"),
    ],
)
def test_of_a_time_that_comes_twice_one_is_chosen(day: date, at: time, zone: str, first: str, second: str) -> None:
    with pytest.raises(FieldInvalid, match="put back") as refused:
        moment(day, at, zone)
    assert refused.value.facts["field"] == "turn"
    assert f"{moment(day, at, zone, turn=Turn.FIRST):%H:%M}" == first
    assert f"{moment(day, at, zone, turn=Turn.SECOND):%H:%M}" == second


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Europe/Stockholm", STOCKHOLM),
        (" europe/stockholm ", STOCKHOLM),
        ("stockholm", STOCKHOLM),
        ("new york", NEW_YORK),
        ("America/New York", NEW_YORK),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(typed: str, name: str) -> None:
    assert read_zone(typed) == name


@pytest.mark.parametrize(
    "typed", ["Mars/Base", "../../etc/passwd", "posix/Europe/Stockholm", "Europe", "+01:00", "\x00"]
)
def test_what_is_no_zone_is_refused(typed: str) -> None:
    with pytest.raises(FieldInvalid, match="Europe/Stockholm"):
        read_zone(typed)
    with pytest.raises(FieldMissing):
        read_zone(" ")


def test_the_list_begins_with_utc_and_has_places_only() -> None:
    names = zone_names()
    assert names[0] == "UTC"
    assert {STOCKHOLM, NEW_YORK, "Asia/Kolkata", "Pacific/Apia"} <= set(names)
    assert not {"EST", "Etc/GMT+5", "US/Eastern", "localtime", "Factory"} & set(names)


def test_a_moment_is_said_by_the_clock_of_its_zone() -> None:
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert spoken(at, STOCKHOLM) == "Sun 25 October 2026, 02:30 (Europe/Stockholm, UTC+2)"
    assert spoken(at.replace(hour=1), STOCKHOLM) == "Sun 25 October 2026, 02:30 (Europe/Stockholm, UTC+1)"
    assert spoken(at, NEW_YORK) == "Sat 24 October 2026, 20:30 (America/New_York, UTC-4)"
    assert spoken(at, "Asia/Kolkata") == "Sun 25 October 2026, 06:00 (Asia/Kolkata, UTC+5:30)"
    assert spoken(at, "America/St_Johns") == "Sat 24 October 2026, 22:00 (America/St_Johns, UTC-2:30)"
    assert spoken(at, None) == spoken(at, "UTC") == "Sun 25 October 2026, 00:30 (UTC)"
