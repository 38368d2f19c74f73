"""A company's jobs in the XML that LinkedIn reads.

https://learn.microsoft.com/en-us/linkedin/talent/job-postings/xml-feeds-development-guide. Two things that it asks for
are not known here: LinkedIn's own number of the company, and whom it may write to. They stand in the feed's address.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from email_validator import EmailNotValidError, validate_email

from rolecall.actions.places import country_name
from rolecall.actions.text import description_html
from rolecall.pages.public.feed import Feed, Format, known_places
from rolecall.pages.public.feed_queries import FeedJob
from rolecall.pages.public.feed_xml import Around, Element, group, leaf, mail_date, wrapped
from rolecall.pages.public.structured_data import employment_type

_TYPES = {
    "FULL_TIME": "FULL_TIME",
    "PART_TIME": "PART_TIME",
    "TEMPORARY": "TEMPORARY",
    "CONTRACTOR": "CONTRACT",
    "INTERN": "INTERNSHIP",
    "VOLUNTEER": "VOLUNTEER",
}
_WORKPLACES = {"onsite": "On-site", "hybrid": "Hybrid", "remote": "Remote"}
_LEVELS = {
    "junior": "ENTRY_LEVEL",
    "mid-level": "ASSOCIATE",
    "senior": "MID_SENIOR_LEVEL",
    "team-leader": "MID_SENIOR_LEVEL",
    "manager": "MID_SENIOR_LEVEL",
    "director": "DIRECTOR",
    "vp": "EXECUTIVE",
    "c-level": "EXECUTIVE",
}
_PERIODS = {
    "hour": "HOURLY",
    "day": "DAILY",
    "week": "WEEKLY",
    "biweek": "BIWEEKLY",
    "month": "MONTHLY",
    "year": "YEARLY",
}
_MOST_PLACES = 8


def _around(feed: Feed) -> Around:
    return Around(
        roots=[("source", {})],
        head=[
            leaf("lastBuildDate", mail_date(feed.changed_at)),
            leaf("publisherUrl", feed.publisher_url),
            leaf("publisher", "Rolecall"),
            leaf("expectedJobCount", str(feed.total)),
        ],
    )


def _entries(job: FeedJob, feed: Feed) -> Sequence[Element]:
    places = known_places(job, feed.company)
    if not places:
        return []
    first = places[0]
    names = [", ".join(filter(None, (one["city"], one["region"], country_name(one["country_code"])))) for one in places]
    facts = {
        "partnerJobId": str(job.id),
        "company": feed.company.name,
        "title": job.title,
        "description": description_html(job.description) or job.title,
        "applyUrl": feed.page(job),
        "companyId": feed.options.get("company_id"),
        "location": names[0],
        "city": first["city"],
        "state": first["region"],
        "country": first["country_code"],
        "postalCode": first["postal_code"],
        "workplaceTypes": _WORKPLACES[job.workplace],
        "jobtype": _TYPES.get(employment_type(job.contract_type) or "", "OTHER"),
        "experienceLevel": _LEVELS.get(job.career_level or ""),
        "listDate": _day(job.published_at),
        "expirationDate": _day(job.ends_at) if job.ends_at is not None else None,
        "posterEmail": feed.options.get("poster_email"),
    }
    leaves = (wrapped(name, text) for name, text in facts.items() if text)
    others = [wrapped("location", name) for name in list(dict.fromkeys(names))[1:_MOST_PLACES]]
    return [group("job", *leaves, group("alternateLocations", *others) if others else None, _salaries(job))]


def _salaries(job: FeedJob) -> Element | None:
    period = _PERIODS.get(job.salary_period or "")
    low, high = job.salary_min, job.salary_max
    if job.salary_currency is None or period is None or (low is None and high is None):
        return None
    ends = [
        group(name, wrapped("amount", _amount(end)), wrapped("currencyCode", job.salary_currency))
        for name, end in (("highEnd", high), ("lowEnd", low))
        if end is not None
    ]
    return group("salaries", group("salary", *ends, wrapped("period", period), wrapped("type", "BASE_SALARY")))


def _amount(amount: Decimal) -> str:
    return f"{amount:f}" if amount != amount.to_integral_value() else f"{amount:.0f}"


def _day(time: datetime) -> str:
    return f"{time.month}/{time.day}/{time.year}"


def _company_id(text: str) -> str | None:
    return text if re.fullmatch(r"[0-9]{1,20}", text) else None


def _email(text: str) -> str | None:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


FORMAT = Format(
    media_type="application/xml",
    around=_around,
    entries=_entries,
    channel="linkedin",
    options={"company_id": _company_id, "poster_email": _email},
)
