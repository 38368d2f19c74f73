"""Reports of clients: the days that they are about. Days are those of UTC, wherever the reader is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from rolecall.domain.errors import FieldInvalid

USUAL_DAYS = 90
LONGEST = timedelta(days=3 * 366)
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days of UTC, the `first` and the `last` one too."""

    first: date
    last: date

    @property
    def starts_at(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time.min, tzinfo=UTC)

    @property
    def ends_at(self) -> datetime:
        """The moment after its last."""
        return datetime.combine(self.last + timedelta(days=1), time.min, tzinfo=UTC)


def usual_period(today: date) -> Period:
    """The days until today that a report is about when nobody says otherwise."""
    return Period(first=today - timedelta(days=USUAL_DAYS - 1), last=today)


def month_of(first: date) -> Period:
    """The month that begins on a day."""
    return Period(first=first, last=(first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1))


def read_month(text: str) -> Period:
    """The month that is written as 2026-03. Raises FieldInvalid."""
    try:
        month = month_of(datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date())
        check_period(month)
    except (ValueError, OverflowError, FieldInvalid) as error:
        raise FieldInvalid(field="month", hint="a month such as 2026-03") from error
    return month


def months_beside(month: Period) -> Sequence[tuple[str, Period]]:
    """The months before and after one, with what to call them."""
    earlier = month_of((month.first - timedelta(days=1)).replace(day=1))
    return [("Earlier", earlier), ("Later", month_of(month.last + timedelta(days=1)))]


def check_period(period: Period) -> None:
    """Raise FieldInvalid for days in the wrong order, too many of them, or years that cannot be."""
    for name in ("first", "last"):
        if not _FIRST_YEAR <= getattr(period, name).year <= _LAST_YEAR:
            raise FieldInvalid(field=name, hint=f"a day from {_FIRST_YEAR} to {_LAST_YEAR}")
    if period.last < period.first:
        raise FieldInvalid(field="last", hint="not before the first day")
    if period.last - period.first >= LONGEST:
        raise FieldInvalid(field="last", hint="within three years of the first day")
