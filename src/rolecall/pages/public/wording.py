"""A job's facts in words, for people."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

from rolecall.actions.places import country_name
from rolecall.actions.text import description_html as stored_html
from rolecall.domain.jobs import JobStatus
from rolecall.pages.public.speaking import ENGLISH
from rolecall.web.translation import Language, message

WORKPLACES = {"onsite": message("On site"), "hybrid": message("Hybrid"), "remote": message("Remote")}
_PERIODS = {
    "hour": message("per hour"),
    "day": message("per day"),
    "week": message("per week"),
    "biweek": message("every two weeks"),
    "month": message("per month"),
    "year": message("per year"),
}
# The usual kinds of contract, as people write them; other words stay as they are stored.
_CONTRACTS = {
    "Full time": message("Full time"),
    "Part time": message("Part time"),
    "Fixed term": message("Fixed term"),
    "Permanent": message("Permanent"),
    "Temporary": message("Temporary"),
    "Contract": message("Contract"),
    "Freelance": message("Freelance"),
    "Internship": message("Internship"),
    "Project based": message("Project based"),
    "Volunteer": message("Volunteer"),
}
_PLACES_SHOWN = 6

# Why a page takes no applications: the sentence of its notice.
NOTICES = {
    JobStatus.DRAFT: message("This job is being prepared. It takes no applications yet."),
    JobStatus.PAUSED: message("This job is on hold. It takes no applications at the moment."),
    JobStatus.CLOSED: message("This job is closed. It takes no applications any more."),
}
ENDED = message("The time to apply for this job is over. It takes no applications any more.")


def description_html(text: str | None) -> Markup:
    """A stored description as HTML."""
    return Markup(stored_html(text))  # noqa: S704 - clean or escaped


class Paid(Protocol):
    """What is known of a salary."""

    @property
    def salary_min(self) -> Decimal | None: ...
    @property
    def salary_max(self) -> Decimal | None: ...
    @property
    def salary_currency(self) -> str | None: ...
    @property
    def salary_period(self) -> str | None: ...


def salary_text(page: Paid, words: Language = ENGLISH) -> str | None:
    """As in "620,000 to 740,000 SEK per year"; None when there is no amount."""
    low, high = page.salary_min, page.salary_max
    if low is None and high is None:
        return None
    if low is None or high is None:
        pattern = words.gettext("from %(amount)s") if high is None else words.gettext("up to %(amount)s")
        amount = pattern % {"amount": _amount(low if high is None else high, words)}
    elif low == high:
        amount = _amount(low, words)
    else:
        amount = words.gettext("%(low)s to %(high)s") % {"low": _amount(low, words), "high": _amount(high, words)}
    text = " ".join(part for part in (amount, pay_unit(page, words)) if part)
    return text[0].upper() + text[1:]


def pay_unit(page: Paid, words: Language) -> str:
    """What a salary is counted in, as in "SEK per year"; empty when nothing is known of it."""
    period = _PERIODS.get(page.salary_period or "")
    return " ".join(part for part in (page.salary_currency, words.gettext(period) if period else None) if part)


def _amount(amount: Decimal | None, words: Language) -> str:
    assert amount is not None
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return format_decimal(amount, format=pattern, locale=words.code)


class Located(Protocol):
    """A place as far as it is known."""

    @property
    def name(self) -> str: ...
    @property
    def city(self) -> str | None: ...
    @property
    def country_code(self) -> str | None: ...


def places_text(places: Sequence[Located], words: Language = ENGLISH) -> str | None:
    """The places on one line, each with its country; None when there is none."""
    return names_text([place_text(place, words) for place in places], words)


def names_text(names: Sequence[str], words: Language = ENGLISH) -> str | None:
    """Names of places on one line, None when there is none."""
    shown = list(dict.fromkeys(names))
    more = len(shown) - _PLACES_SHOWN
    text = " · ".join(shown[:_PLACES_SHOWN])
    if more > 0:
        return words.gettext("%(places)s and %(number)s more") % {"places": text, "number": more}
    return text or None


def place_text(place: Located, words: Language) -> str:
    """A place with its country, as far as they are known: Lund, Sweden."""
    country = country_name(place.country_code, locale=words.code) if place.country_code is not None else None
    if place.city is None or country is None:
        return place.name if place.city is not None or country is None else country
    return place.name if place.city == country else f"{place.city}, {country}"


def word_text(word: str | None, words: Language = ENGLISH) -> str | None:
    """A stored word such as fixed-term as people write it: Fixed term. None for a missing or blank one."""
    text = (word or "").replace("-", " ").replace("_", " ").strip()
    if not text:
        return None
    text = text[0].upper() + text[1:]
    return words.gettext(_CONTRACTS[text]) if text in _CONTRACTS else text


def language_name(code: str, words: Language = ENGLISH) -> str:
    """A language by its code (ISO 639-1), as in "Dutch"; the code where nobody knows it."""
    name = str(Locale(words.code).languages.get(code, code))
    return name[:1].upper() + name[1:]


def native_name(code: str) -> str:
    """A language in its own words, as in "Nederlands"."""
    try:
        name = Locale(code).get_language_name(code)
    except UnknownLocaleError:
        name = None
    return name[:1].upper() + name[1:] if name else code


def date_text(time: date, words: Language = ENGLISH) -> str:
    """As in "4 May 2026"."""
    return format_date(time, format="d MMMM y", locale=words.code)


def safe_link(url: str | None) -> str | None:
    """A web address that came from outside, None unless it is one: a javascript: link must not reach a page."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in {"http", "https"} and parts.hostname else None


def safe_image(url: str | None) -> str | None:
    """As `safe_link`, for https only: the pages' policy loads no other images."""
    link = safe_link(url)
    return link if link is not None and link.startswith("https://") else None
