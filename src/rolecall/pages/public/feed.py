"""What all feeds have in common: what they know of a company and its jobs, and what makes one format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rolecall.pages.public.feed_queries import FeedJob
from rolecall.pages.public.feed_xml import Around, Element
from rolecall.store.companies import Company
from rolecall.web.translation import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed of a company. `address` is the board's, `own_address` the feed's; `total` counts its jobs.

    `options` are what its address says besides, as far as the format asks for it.
    """

    company: Company
    words: Language
    address: str
    own_address: str
    publisher_url: str
    changed_at: datetime
    total: int
    options: dict[str, str] = field(default_factory=dict[str, str])

    def page(self, job: FeedJob) -> str:
        """Where people read of a job and apply: its link for this channel, which counts them, or its own page."""
        return f"{self.address}/{job.link_id or job.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of feed. `channel` is the name of the source links that its readers are led by, folded.

    `options` reads what may stand in an address, by name: a value that it gives None for is refused. `entries` gives a
    job's elements, none where the format cannot show it.
    """

    media_type: str
    around: Callable[[Feed], Around]
    entries: Callable[[FeedJob, Feed], Sequence[Element]]
    channel: str = ""
    at_most: int | None = None
    options: dict[str, Callable[[str], str | None]] = field(default_factory=dict[str, Callable[[str], str | None]])


def known_places(job: FeedJob, company: Company) -> list[dict[str, Any]]:
    """A job's places whose country is known; the company's own where there is none. Job boards take no job without."""
    found = [place for place in job.places if place["country_code"] is not None]
    if found or company.country_code is None:
        return found
    known = dict.fromkeys(("number", "address", "postal_code", "region"))
    return [{**known, "city": company.city, "country_code": company.country_code}]
