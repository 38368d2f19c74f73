"""A company's jobs in the XML that Indeed reads: https://docs.indeed.com/indeed-apply/xml-feed.

A job stands in it once for each of its places, each time with a number of its own.
"""

import re
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from rolecall.actions.places import country_name
from rolecall.actions.text import description_html
from rolecall.pages.public.feed import Feed, Format, known_places
from rolecall.pages.public.feed_queries import FeedJob
from rolecall.pages.public.feed_xml import Around, Element, group, leaf, mail_date, wrapped
from rolecall.pages.public.structured_data import employment_type
from rolecall.pages.public.wording import ENGLISH, salary_text, word_text

_TYPES = {
    "FULL_TIME": "fulltime",
    "PART_TIME": "parttime",
    "TEMPORARY": "temporary",
    "CONTRACTOR": "contract",
    "INTERN": "internship",
    "VOLUNTEER": "volunteer",
}
_REMOTE = {"remote": "Fully remote", "hybrid": "Hybrid remote"}
# Indeed reads characters, not entities; these two stand for one that cannot be mistaken for markup.
_AMPERSAND = re.compile(r"&amp;(?![\w#])")


def _around(feed: Feed) -> Around:
    return Around(
        roots=[("source", {})],
        head=[
            leaf("publisher", "Rolecall"),
            leaf("publisherurl", feed.publisher_url),
            leaf("lastBuildDate", mail_date(feed.changed_at)),
        ],
    )


def _entries(job: FeedJob, feed: Feed) -> Sequence[Element]:
    return [_entry(job, place, feed) for place in known_places(job, feed.company)]


def _entry(job: FeedJob, place: dict[str, Any], feed: Feed) -> Element:
    number = place["number"]
    kind = employment_type(job.contract_type)
    facts = {
        "title": job.title,
        "date": f"{job.published_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "referencenumber": f"{job.id}-{number}" if number is not None else str(job.id),
        "requisitionid": job.code or str(job.id),
        "url": feed.page(job),
        "company": feed.company.name,
        "sourcename": feed.company.name,
        "city": place["city"] or country_name(place["country_code"]),
        "state": place["region"],
        "country": place["country_code"],
        "postalcode": place["postal_code"],
        "streetaddress": place["address"],
        "description": _description(job),
        "salary": salary_text(job, ENGLISH),
        "jobtype": _TYPES.get(kind or ""),
        "category": ", ".join(job.departments) or word_text(job.sector),
        "remotetype": _REMOTE.get(job.workplace),
        "expirationdate": job.ends_at.date().isoformat() if job.ends_at is not None else None,
    }
    return group("job", *(wrapped(name, text) for name, text in facts.items() if text))


def _description(job: FeedJob) -> str:
    html = description_html(job.description) or job.title
    return _AMPERSAND.sub("&", html.replace("&nbsp;", "\u00a0"))


FORMAT = Format(media_type="application/xml", around=_around, entries=_entries, channel="indeed")
