"""A job's facts in words, for people."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit

from markupsafe import Markup

from rolecall.actions.places import country_name
from rolecall.actions.text import description_html as stored_html
from rolecall.domain.jobs import SALARY_PERIODS, JobStatus
from rolecall.pages.public.queries import JobPage, Place

WORKPLACES = {"onsite": "On site", "hybrid": "Hybrid", "remote": "Remote"}
_PERIODS = {word: f"per {word}" for word in SALARY_PERIODS} | {"biweek": "every two weeks"}
_PLACES_SHOWN = 6

# Why a page takes no applications: the sentence of its notice.
NOTICES = {
    JobStatus.DRAFT: "This job is being prepared. It takes no applications yet.",
    JobStatus.PAUSED: "This job is on hold. It takes no applications at the moment.",
    JobStatus.CLOSED: "This job is closed. It takes no applications any more.",
}


def description_html(text: str | None) -> Markup:
    """A stored description as HTML."""
    return Markup(stored_html(text))  # noqa: S704 - clean or escaped


def salary_text(page: JobPage) -> str | None:
    """As in "620,000 to 740,000 SEK per year"; None when there is no amount."""
    low, high = page.salary_min, page.salary_max
    if low is None and high is None:
        return None
    if low is None or high is None:
        amount = f"from {_amount(low)}" if low is not None else f"up to {_amount(high)}"
    else:
        amount = _amount(low) if low == high else f"{_amount(low)} to {_amount(high)}"
    period = _PERIODS.get(page.salary_period or "")
    text = " ".join(part for part in (amount, page.salary_currency, period) if part)
    return text[0].upper() + text[1:]


def _amount(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def places_text(places: Sequence[Place]) -> str | None:
    """The places on one line, each with its country; None when there is none."""
    return _listed([_place(place) for place in places])


def names_text(names: Sequence[str]) -> str | None:
    """Names of places on one line, None when there is none."""
    return _listed(names)


def _listed(names: Sequence[str]) -> str | None:
    shown = list(dict.fromkeys(names))
    more = len(shown) - _PLACES_SHOWN
    text = " · ".join(shown[:_PLACES_SHOWN])
    return f"{text} and {more} more" if more > 0 else text or None


def _place(place: Place) -> str:
    country = country_name(place.country_code) if place.country_code is not None else None
    if place.city is None or country is None or place.city == country:
        return place.name
    return f"{place.city}, {country}"


def word_text(word: str | None) -> str | None:
    """A stored word such as fixed-term as people write it: Fixed term. None for a missing or blank one."""
    text = (word or "").replace("-", " ").replace("_", " ").strip()
    return text[0].upper() + text[1:] if text else None


def date_text(time: datetime) -> str:
    """As in "4 May 2026"."""
    return f"{time.day} {time:%B %Y}"


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
